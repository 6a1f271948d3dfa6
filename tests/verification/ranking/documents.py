"""Documents as the first stage hands them over, for tests, and the order they come in."""

from collections.abc import Mapping, Sequence
from datetime import date

from verification.ranking.days import Seed
from verification.ranking.found import Extract, FoundDocument
from verification.ranking.ordering import rank
from verification.ranking.query import ClaimQuery
from verification.ranking.ranked import RankedCandidate

QUOTATION = "The northern mole will be rebuilt by spring, and the ferry will sail again"
SPEECH = f"ADA EXAMPLE: Friends. {QUOTATION}. Thank you all for coming to Port Example."


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


def ordered(
    query: ClaimQuery, documents: Sequence[FoundDocument], seeds: Sequence[Seed] = (), limit: int = 10
) -> list[RankedCandidate]:
    """Return the documents in order, their extracts read as their texts."""
    texts = {document.id: "".join(extract.text for extract in document.extracts) for document in documents}

    def read(ids: Sequence[int]) -> Mapping[int, str]:
        return {id_: texts[id_] for id_ in ids if id_ in texts}

    return rank(query, documents, seeds, read, limit)


def said(candidate: RankedCandidate) -> str:
    """Return a candidate's reasons in a row."""
    return "; ".join(map(str, candidate.reasons))
