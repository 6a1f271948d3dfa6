"""Documents as the first stage hands them over, for tests."""

from datetime import date

from verification.ranking.found import Extract, FoundDocument


def found(
    id_: int,
    text: str = "",
    *,
    title: str = "",
    kind: str = "other",
    tier: int = 1,
    speaks_for: str = "",
    published: date | None = None,
    score: float = 0.3,
) -> FoundDocument:
    """Return a document whose whole text is its one extract."""
    extracts = (Extract(0, len(text), text),) if text else ()
    return FoundDocument(id_, title, kind, tier, speaks_for, published, score, score, 0.0, 0.0, extracts)
