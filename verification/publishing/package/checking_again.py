"""The quote and figure checks as a package tells them: their inputs, and what they give. Knows no Django."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from verification.matching.figures.contract import FIGURE_CHECK_VERSION
from verification.matching.quotes import QUOTE_CHECK_VERSION, check_quote
from verification.matching.stored_checks import figure_checks_json, quote_check_json

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
    return quote_check_json(check_quote(str(inputs["quote"]), text, speaker=inputs["speaker"]))


def _figures(inputs: Mapping[str, Any], passage: str) -> list[dict[str, object]]:
    days = {"claim_day": _day(inputs["claim_day"]), "source_day": _day(inputs["source_day"])}
    return figure_checks_json(str(inputs["claim"]), passage, int(inputs["start"]), **days)


def _day(told: Any) -> date | None:
    return None if told is None else date.fromisoformat(told)
