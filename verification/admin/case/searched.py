"""What was asked about a claim, as a case's page shows it: each search record, and whether it is attached."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from verification.models import Duty, Review, SearchEvidence, SearchRun, Suggestion
from verification.review.judgments import may_be_attached
from verification.review.policy import is_kept_blind


@dataclass(frozen=True, slots=True)
class Asked:
    """One search record, and the number that cites it (0 while it is not attached)."""

    run: SearchRun
    number: int
    may_attach: bool


def with_passages(runs: QuerySet[SearchRun]) -> QuerySet[SearchRun]:
    """Return search records with their source, each with how many `passages` came back, and what was suggested.

    `nothing` holds the suggestion that nothing tests the claim, None where there was none.
    """
    told = Suggestion.objects.filter(search_run=OuterRef("pk"), candidate__isnull=True)
    nothing = told.values(told=JSONObject(kind="kind", confidence="confidence", reasons="reasons"))[:1]
    return runs.select_related("source").annotate(passages=Count("candidates"), nothing=Subquery(nothing))


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


def kept_back(person: User, review: Review, runs: Sequence[SearchRun]) -> frozenset[int]:
    """Return which searches (by id) a person must not know of yet: in a colleague's own words, while a check is blind.

    They may tell what that one thinks of the claim, as a comment may, and so may what they found. What was looked for
    since a person has a part in the case is told them (two queries at most, none where there is no such search).
    """
    own = [run for run in runs if run.in_own_words]
    if not own or not is_kept_blind(person, review):
        return frozenset()
    parts = Duty.objects.filter(review=review, cycle=review.cycle, person=person)
    since = parts.aggregate(since=Min("since"))["since"]
    return frozenset(run.pk for run in own if since is None or run.started_at < since)
