"""Which of a claim's documents are one source, as its searches found: copies, and accounts of an agreed text."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from verification.models import Candidate
from verification.review.gate import one_source_each


def counted_as(claim_id: int, documents: Collection[int], known: Iterable[Candidate] | None = None) -> dict[int, int]:
    """Return the documents that are one source with others, each with the id that stands for them all.

    One query, unless the claim's candidates are `known` (with `counterpart_of`); none for a single document, which has
    nothing to be one with.
    """
    if len(documents) < 2:
        return {}
    told = Q(also_at__isnull=False) | Q(agreed_text=True)
    if known is None:
        known = Candidate.objects.filter(told, claim=claim_id).select_related("counterpart_of")
    return one_source_each(_same(each) for each in known)


def _same(candidate: Candidate) -> Collection[int]:
    other = candidate.counterpart_of if candidate.agreed_text else None
    return [candidate.document_id, *(candidate.also_at or ()), *([other.document_id] if other else ())]
