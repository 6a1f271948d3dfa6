"""What a probe found, as it looks in a terminal."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from rich.console import Console
from rich.text import Text

MOST_ADDRESS = 100


def print_probe(probe: Mapping[str, Any], console: Console) -> None:
    """Print one probe (`Probe.to_json`): each step, what it asked, and below it what differs and what is worth knowing.

    Colour never stands alone: the sign and the word before a line say the same.
    """
    console.print(Text(f"{probe['name']} ({probe['connector']})", style="bold"))
    for step in probe["steps"]:
        shown = ngettext("%(count)d entry", "%(count)d entries", step["shown"]) % {"count": step["shown"]}
        outcome = step["outcome"] if step["answers"] else gettext("not asked")
        told = f"{outcome}, {shown}" if step["shown"] else outcome
        console.print(Text(f"  {step['name']}: {told}", style="red" if step["differs"] else "green"))
        for answer in step["answers"]:
            url = answer["url"] if len(answer["url"]) <= MOST_ADDRESS else f"{answer['url'][:MOST_ADDRESS]}…"
            facts = (answer["method"], url, answer["status"] or gettext("no status"), answer["media_type"] or "–")
            console.print(Text(f"    {' · '.join(map(str, facts))}", style="dim"))
        for sentence in step["differs"]:
            console.print(Text(f"    ≠ {gettext('differs')}: {sentence}", style="red"))
        for sentence in step["notes"]:
            console.print(Text(f"    {gettext('note')}: {sentence}"))
    console.print()


def conclusion(probed: int, differs: int) -> str:
    """Return what came of all probes, in one line."""
    sources = ngettext("%(count)d source asked", "%(count)d sources asked", probed) % {"count": probed}
    if not differs:
        return gettext("%(sources)s: nothing differs.") % {"sources": sources}
    found = ngettext("%(count)d thing differs.", "%(count)d things differ.", differs) % {"count": differs}
    return gettext("%(sources)s: %(found)s") % {"sources": sources, "found": found}
