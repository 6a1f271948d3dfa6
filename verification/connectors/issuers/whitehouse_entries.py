"""Documents of the White House: known by the path they were first published under, wherever a copy of them lies."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from verification.connectors.fields import clean_id
from verification.connectors.issuers.contract import SourceEntry
from verification.connectors.issuers.recognising import Reader
from verification.connectors.issuers.whitehouse_eras import ARCHIVE_HOSTS, ERAS, SITE, Era
from verification.connectors.kinds import kind_of, tier_of

BACKGROUND = re.compile(r"background press\b|background (?:call|briefing)\b", re.IGNORECASE)
PERSONNEL = re.compile(r"nominat|appoint", re.IGNORECASE)
CURRENT_HOSTS = frozenset({"www.whitehouse.gov", "whitehouse.gov"})


def path_of(url: str) -> str | None:
    """Return the path that a page of the White House or of a copy was first published under; None for another site."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if host not in CURRENT_HOSTS and not ARCHIVE_HOSTS.match(host):
        return None
    return f"/{parts.path.strip('/')}"


def original_url(path: str) -> str:
    """Return the address that a document was first published at."""
    return f"{SITE}{path}/"


def copy_url(era: Era, path: str) -> str:
    """Return where a document of an era lies now."""
    return f"{era.copy}{path}" if era.key == "obama" else f"{era.copy}{path}/"


def era_at(url: str, era: Era) -> Era:
    """Return the era whose rules hold for a page that came from an address: redirects lead from one to the next."""
    host = urlsplit(url).hostname or ""
    return next((each for each in ERAS.values() if host == urlsplit(each.copy).hostname), era)


def known(entry: SourceEntry, era: Era) -> SourceEntry | None:
    """Return an entry under the path it was first published at, with its kind and tier; None for another site's page.

    The guid of a feed is kept in its memo, and that it names no speaker.
    """
    path = path_of(entry.url)
    if path is None or path == "/":
        return None
    kind = kind_in(era, path, entry)
    memo = dict(entry.memo)
    if entry.stable_id != clean_id(entry.url):
        memo["guid"] = entry.stable_id
    if entry.title and BACKGROUND.match(entry.title):
        memo["anonymous"] = True
    return replace(
        entry,
        stable_id=clean_id(path),
        url=copy_url(era, path),
        original_url=original_url(path),
        kind=kind,
        tier=tier_of(kind) if kind else None,
        language="en",
        memo=memo,
    )


def kind_in(era: Era, path: str, entry: SourceEntry) -> str | None:
    """Return a document's kind: told by its title, else by the section it stands in; None where neither tells."""
    told = kind_of(entry.title)
    if told != "other":
        return told
    sections = path.strip("/").split("/")[:-1]
    if "presidential-actions" in sections:
        categories = [str(each) for each in entry.memo.get("categories", ())]
        return "statement" if any(PERSONNEL.search(each) for each in (*categories, *sections)) else "order"
    return next((era.kinds[section] for section in sections if section in era.kinds), None)


def reader(era: Era) -> Reader:
    """Return what finds the addresses of an era's documents in a text, of the original and of its copy."""
    copy = re.escape(urlsplit(era.copy).hostname or "")
    pattern = re.compile(
        rf"(?<![\w.-])(?:https?://)?(?:(?:www\.)?whitehouse\.gov|{copy})({era.path.pattern})", re.IGNORECASE
    )
    return pattern, lambda found: original_url(found[1].rstrip("./"))
