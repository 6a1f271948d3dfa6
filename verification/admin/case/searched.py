"""What was asked about a claim, as a case's page shows it: each search record, and whether it is attached."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from verification.models import Review, SearchEvidence, SearchRun
from verification.review.found_for import with_passages
from verification.review.judgments import may_be_attached


@dataclass(frozen=True, slots=True)
class Asked:
    """One search record, and the number that cites it (0 while it is not attached)."""

    run: SearchRun
    number: int
    may_attach: bool


def asked(review: Review, runs: Sequence[SearchRun], attached: Sequence[int], picked: int) -> list[Asked]:
    """Return the searches in their order (`with_passages`), those attached among them however old (one query at most).

    `attached` are the ids in the judgment form, numbered after its `picked` passages.
    """
    missing = set(attached) - {run.pk for run in runs}
    older = with_passages(SearchRun.objects.filter(pk__in=missing, claim=review.claim_id)) if missing else ()
    numbers = {pk: number for number, pk in enumerate(attached, start=picked + 1)}
    return [Asked(run, numbers.get(run.pk, 0), may_be_attached(run, review)) for run in (*runs, *older)]


def attached_records() -> QuerySet[SearchEvidence]:
    """Return search records as they are attached to judgments, by number, each with how many `passages` came back."""
    records = SearchEvidence.objects.select_related("search_run__source").order_by("number")
    return records.annotate(passages=Count("search_run__candidates"))
