"""A document on its way through the order."""

from dataclasses import dataclass
from enum import Enum

from verification.matching.quotes import QuoteCheck
from verification.ranking.found import FoundDocument
from verification.ranking.signals import Signals


class Hint(Enum):
    """Why words that were found are shown as a hint, not as a match."""

    FEW_WORDS = "few words"
    ALIKE = "alike, by nobody named"


@dataclass(frozen=True, slots=True)
class Scored:
    """A document with what speaks for it so far.

    `worth` is what its check is worth (0 to 8), `check` the one to show, `verbatim` tells that a claim without
    quotation marks stands here word for word.
    """

    document: FoundDocument
    signals: Signals
    score: float
    worth: float = 0.0
    check: QuoteCheck | None = None
    speaker_absent: bool = False
    hint: Hint | None = None
    verbatim: bool = False
