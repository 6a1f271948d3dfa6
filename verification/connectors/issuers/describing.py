"""What `docs/sources.md` says of every connector: made of the classes and the catalogue, below what people wrote."""

import re
from collections.abc import Iterable, Sequence

from claims.wording import Words
from verification.connectors.issuers.catalogue import CatalogueEntry
from verification.connectors.issuers.contract import Connector, Setting, capabilities

MARK = "<!-- What follows is made by `manage.py describe_sources --write`: change the classes, not this page. -->"

NOT_PROBED = "Built from the hand-book, not yet probed"

CAPABILITIES = {
    "search": "is searched for words",
    "list_by_date": "is listed by date",
    "poll": "is asked for what is new",
    "resolve": "finds a document by its name or address",
    "find_capture": "finds copies of pages",
}


def renewed(page: str, connectors: Iterable[type[Connector]], entries: Sequence[CatalogueEntry]) -> str:
    """Return the page with everything below the mark made anew; what people wrote above it stays."""
    written = page.partition(MARK)[0].rstrip()
    return f"{written}\n\n{MARK}\n\n{described(connectors, entries)}"


def described(connectors: Iterable[type[Connector]], entries: Sequence[CatalogueEntry]) -> str:
    """Return the Markdown of every connector with its entries in the catalogue, in the order of the registry."""
    known = list(connectors)
    parts = ["## Overview", _overview(known, entries)]
    parts += [_connector(each, [entry for entry in entries if entry.connector == each.key]) for each in known]
    return "\n\n".join(parts) + "\n"


def _overview(connectors: Sequence[type[Connector]], entries: Sequence[CatalogueEntry]) -> str:
    rows = ["| connector | key | does | in the catalogue |", "|---|---|---|---|"]
    for each in connectors:
        does = ", ".join(capabilities(each)) or "fetch"
        count = sum(entry.connector == each.key for entry in entries)
        rows.append(f"| [{_text(each.title)}](#{each.key}) | `{each.key}` | {does} | {count or '–'} |")
    return "\n".join(rows)


def _connector(connector: type[Connector], entries: Sequence[CatalogueEntry]) -> str:
    does = "; ".join(CAPABILITIES[name] for name in capabilities(connector))
    needs_settings = any(setting.required for setting in connector.settings)
    probe = "NAME` (it needs a source" if needs_settings else f"--connector {connector.key}` (as it is shipped"
    parts = [
        f'## <a id="{connector.key}"></a>{_text(connector.title)}',
        f"{_text(connector.summary)} It {does}.",
        f"*{NOT_PROBED}* (hand-book {connector.hand_book}). Ask it: `manage.py probe_source {probe}).",
    ]
    if secret := connector.secret:
        parts.append(
            f"**Key**: it needs one, called `{secret.name}`: set `SOURCE_KEYS={secret.name}=…` (several are parted by "
            f"commas; or name a file in `SOURCE_KEYS_FILE`). It is sent as `{secret.header}: "
            f"{secret.value.replace('{key}', '…')}` to the source’s own host alone, and never archived or shown."
        )
    if connector.settings:
        rows = ["| setting | what it says | default |", "|---|---|---|"]
        parts.append("\n".join([*rows, *map(_setting, connector.settings)]))
    if connector.quirks:
        parts.append("\n".join(f"- {_text(quirk)}" for quirk in connector.quirks))
    if entries:
        parts.append("\n".join(["In the catalogue:", "", *map(_entry, entries)]))
    return "\n\n".join(parts)


def _setting(setting: Setting) -> str:
    said = ". ".join(str(each).rstrip(".") for each in (setting.label, setting.help) if each)
    choices = ", ".join(f"`{value}` {label}" for value, label in setting.choices)
    default = setting.default if setting.default not in (None, "", (), []) else ""
    shown = ", ".join(map(str, default)) if isinstance(default, list | tuple) else str(default)
    if setting.required:
        shown = "required"
    elif setting.kind == "flag":
        shown = "on" if setting.default else "off"
    told = f"{said}. Choices: {choices}" if choices else said
    return f"| `{setting.name}` | {_text(told)}. | {_text(shown) or '–'} |"


def _entry(entry: CatalogueEntry) -> str:
    facts = [f"T{entry.tier}", entry.speaks_for and f"speaks for {entry.speaks_for}", entry.zone, entry.licence]
    told = f"- **{entry.name}** (`{entry.key}`): {' · '.join(filter(None, facts))}"
    return f"{told}. {_text(entry.notes)}" if entry.notes else told


def _text(text: Words | str) -> str:
    """Return a sentence in which nothing is taken for Markdown or HTML."""
    return " ".join(re.sub(r"([*<|])", r"\\\1", str(text)).split())
