"""A judgment's evidence as the desk shows it: the passage with what matters marked, and the comparison made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verification.matching.marking import by_paragraph, marked_spans, pieces, quotation_in_place
from verification.models import Evidence


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence; its passage is cut into pieces, each with whether it is marked."""

    piece: Evidence
    passage: list[tuple[str, bool]]
    shows_diff: bool


def shown(piece: Evidence, wording: str) -> Shown:
    """Return a piece with the quotation marked where it stands, else what it has in common with the claim."""
    in_place = quotation_in_place(piece.exact, piece.start, piece.quote_check)
    passage = in_place or pieces(piece.exact, marked_spans(piece.exact, wording))
    return Shown(piece, by_paragraph(passage), _shows_diff(piece.quote_check))


def _shows_diff(check: Mapping[str, Any] | None) -> bool:
    return bool(check and check["class"] != "not_found" and any(part["op"] != "equal" for part in check["diff"]))
