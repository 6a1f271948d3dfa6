"""The quote and figure checks as a package tells them: their inputs, and what they give. Knows no Django."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final

from claims.wording import Words
from verification.matching.figures.checking import check_figures
from verification.matching.figures.contract import FIGURE_CHECK_VERSION
from verification.matching.quotes import QUOTE_CHECK_VERSION, check_quote

QUOTE, FIGURES = "quote", "figures"
VERSIONS: Final = {QUOTE: QUOTE_CHECK_VERSION, FIGURES: FIGURE_CHECK_VERSION}
# Why one cannot be run again.
WITHHELD: Final = "the text is withheld"
UNKNOWN_INPUTS: Final = "what it was made of is not on record any more"


def checked_again(kind: str, inputs: Mapping[str, Any], text: str) -> Any:
    """Return what the check of this kind gives for these inputs, as JSON holds it.

    `text` is, for a quotation, the source's whole text; for figures, the passage. Raises KeyError, TypeError and
    ValueError for inputs that are none.
    """
    return _quote(inputs, text) if kind == QUOTE else _figures(inputs, text)


def _quote(inputs: Mapping[str, Any], text: str) -> dict[str, object]:
    check = check_quote(str(inputs["quote"]), text, speaker=inputs["speaker"])
    return {
        "class": str(check.quote_class),
        "flags": list(check.flags),
        "similarity": round(check.similarity, 4),
        "start": check.start,
        "end": check.end,
        "before": check.before,
        "after": check.after,
        "turn_speaker": check.turn_speaker,
        "diff": [asdict(part) for part in check.diff],
        "version": check.version,
    }


def _figures(inputs: Mapping[str, Any], passage: str) -> list[dict[str, object]]:
    start, claim = int(inputs["start"]), str(inputs["claim"])
    days = {"claim_day": _day(inputs["claim_day"]), "source_day": _day(inputs["source_day"])}
    moved = [
        replace(check, source_start=check.source_start + start, source_end=check.source_end + start)
        for check in check_figures(claim, passage, **days)
    ]
    return [
        asdict(check) | {"working": [_told(line) for line in check.working], "version": FIGURE_CHECK_VERSION}
        for check in moved
    ]


def _told(line: Words) -> dict[str, object]:
    return {"msgid": line.msgid, "params": dict(line.params)}


def _day(told: Any) -> date | None:
    return None if told is None else date.fromisoformat(told)
