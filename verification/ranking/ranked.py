"""What the order returns."""

from dataclasses import dataclass

from claims.wording import Words
from verification.matching.quotes import QuoteCheck


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A document proposed for a claim: the passage to show (offsets into its text), score, and why it stands here.

    `quote_check` is that of the claim's longest quotation; None for a claim without one. `role` is what the document is
    proposed for (one of `verification.models.Role`, empty where nothing tells). `also_at` are documents that hold the
    same text and stand for one source with it.
    """

    document_id: int
    start: int
    end: int
    score: float
    reasons: tuple[Words, ...]
    quote_check: QuoteCheck | None
    role: str = ""
    also_at: tuple[int, ...] = ()
