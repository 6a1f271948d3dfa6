"""What a checked article looks like in a terminal."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rich.console import Console
from rich.text import Text

from claims.models import Claim

# Colour never stands alone: the word beside it says the same.
STYLES = {"exact": "green", "normalised": "green", "spelling": "green", "edited": "cyan", "altered": "red"}
LABELS = {
    "exact": _("exact"),
    "normalised": _("normalised"),
    "spelling": _("spelling"),
    "edited": _("edited"),
    "altered": _("altered"),
    "not_found": _("no such quotation"),
}
FLAGS = {
    "negation": _("negation"),
    "number": _("number"),
    "modal": _("modal verb"),
    "name": _("name"),
    "tense": _("tense"),
    "quantifier": _("quantifier"),
    "stitched": _("stitched"),
    "truncated": _("truncated"),
    "wrong_speaker": _("wrong speaker"),
}
SHOWN = 3
EXCERPT = 300


def encodable(text: str, encoding: str | None) -> str:
    """Return `text` as an output of this encoding can write it: what it has no character for becomes an escape."""
    codec = encoding or "utf-8"
    return text.encode(codec, "backslashreplace").decode(codec)


def print_report(report: Mapping[str, Any], console: Console) -> None:
    """Print the article's head, then each claim with its best candidates and the comparison that was made."""
    article = report["article"]
    console.print(Text(article["title"] or gettext("(no title found)"), style="bold"))
    unknown = gettext("unknown")
    facts = [
        (gettext("outlet"), article["outlet"]),
        (gettext("byline"), article["byline"]),
        (gettext("published"), article["published"]),
        (gettext("language"), article["language"]),
    ]
    console.print(Text(" · ".join(f"{name} {value or unknown}" for name, value in facts), style="dim"))
    for number, claim in enumerate(report["claims"], start=1):
        console.print()
        _print_claim(number, claim, console)
    if not report["claims"]:
        console.print(gettext("No checkable claim was found in this article."))


def _print_claim(number: int, claim: Mapping[str, Any], console: Console) -> None:
    speaker = claim["speaker"] or gettext("speaker unknown")
    said = claim["said"] or gettext("date unknown")
    console.print(Text.assemble((f"{number}. ", "bold"), (claim["text"], "bold")))
    console.print(
        Text(f"   {speaker} · {Claim.Kind(claim['kind']).label} · {said} · {claim['score']:.2f}", style="dim")
    )
    console.print(Text(f"   {'; '.join(claim['reasons'])}", style="dim"))
    for candidate in claim["candidates"][:SHOWN]:
        _print_candidate(candidate, console)
    if not claim["candidates"]:
        console.print(Text("   " + gettext("no candidate in the library"), style="yellow"))


def _print_candidate(candidate: Mapping[str, Any], console: Console) -> None:
    check = candidate["quote_check"]
    line = Text(f"   {candidate['rank']}. ")
    if check:
        label = ", ".join([str(LABELS[check["class"]]), *(str(FLAGS[flag]) for flag in check["flags"])])
        line.append(f"[{label}] ", STYLES.get(check["class"], "dim"))
    line.append(f"{candidate['title'] or candidate['document']} ")
    published = (candidate["published"] or gettext("undated"))[:10]
    line.append(f"({candidate['source']}, {candidate['tier']}, {published})", "dim")
    console.print(line)
    if check and check["class"] == "altered":
        console.print(_difference(check["diff"]))
    else:
        words = "".join(part["source"] for part in check["diff"]) if check else ""
        console.print(Text(f"      {shorten(words or candidate['text'], EXCERPT, placeholder=' …')}"))
    console.print(Text(f"      {'; '.join(candidate['reasons'])}", style="dim"))


def _difference(parts: list[Mapping[str, str]]) -> Text:
    """Return a word diff: what only the article has in [- -], what only the source has in {+ +}."""
    line = Text("      ")
    for part in parts:
        if part["op"] == "equal":
            line.append(part["source"])
            continue
        if part["quote"].strip():
            line.append(f"[-{part['quote'].strip()}-]", "red")
        if part["source"].strip():
            line.append(f"{{+{part['source'].strip()}+}}", "green")
    return line
