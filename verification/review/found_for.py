"""What searches found for a case's claim, as a person may see it: the desk's pages and the API show the same."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from verification.models import Candidate, Duty, Evidence, Review, SearchRun, Suggestion
from verification.models.candidate import OWN_WORDS
from verification.review.policy import is_kept_blind
from verification.review.standing import Standing

# A claim seldom needs more; the older ones of a source that was asked again are left out anyway.
MOST_RUNS = 30


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of a case in the order to show them, one of a document; the searches, newest first.

    `hidden` are the searches (by id) whose words the person must not learn of yet (`kept_back`).
    """

    candidates: Sequence[Candidate]
    runs: list[SearchRun]
    hidden: frozenset[int]


def found_for(standing: Standing, person: User, *, blind: bool) -> Found:
    """Return the candidates of a case, and the searches behind them, newest first (two queries).

    Of the whole library the newest search counts; of each document the newest candidate. What the desk itself handed
    in comes first, then what was found in somebody's own words and by nothing else; last, where these words are a
    colleague's and a check is blind. What this person picked before stays, even if the newest search has it no more.

    `blind` is what `is_kept_blind` says of this person.
    """
    review = standing.review
    runs = list(with_passages(_newest_of_each(review)).order_by("-pk"))
    library = newest_of_library(runs)
    chosen = [run.pk for run in runs if run.source_id is not None or run.pk == library or run.step == OWN_WORDS]
    kept = Evidence.objects.filter(judgment__review=review, judgment__person=person, candidate__isnull=False)
    wanted = Q(search_run__in=chosen) | Q(pk__in=kept.values("candidate"))
    joined = "document__source", "snapshot", "search_run", "counterpart_of", "suggestion"
    found = Candidate.objects.filter(wanted).select_related(*joined)
    ordered = sorted(
        found.defer("document__text"),
        key=lambda each: (each.search_run.source_id is None, -each.search_run_id, each.rank),
    )
    known = {each.document_id for each in ordered if each.search_run.step != OWN_WORDS}
    since = min((duty.since for duty in standing.duties if duty.person_id == person.pk), default=None)
    hidden = _not_told([run for run in runs if run.in_own_words], since) if blind else frozenset()
    by_document: dict[int, Candidate] = {}
    for candidate in sorted(ordered, key=lambda each: _place(each, known, hidden)):
        if candidate.document_id not in known or candidate.search_run.step != OWN_WORDS:
            by_document.setdefault(candidate.document_id, candidate)
    return Found(list(by_document.values()), runs, hidden)


def with_passages(runs: QuerySet[SearchRun]) -> QuerySet[SearchRun]:
    """Return search records with their source, each with how many `passages` came back, and what was suggested.

    `nothing` holds the suggestion that nothing tests the claim, None where there was none.
    """
    told = Suggestion.objects.filter(search_run=OuterRef("pk"), candidate__isnull=True)
    nothing = told.values(told=JSONObject(kind="kind", confidence="confidence", reasons="reasons"))[:1]
    return runs.select_related("source").annotate(passages=Count("candidates"), nothing=Subquery(nothing))


def newest_of_library(runs: Sequence[SearchRun]) -> int | None:
    """Return which search of the whole library is the newest that was answered (by id), of searches newest first."""
    return next((run.pk for run in runs if not run.step and run.source_id is None and run.answered), None)


def kept_back(person: User, review: Review, runs: Sequence[SearchRun]) -> frozenset[int]:
    """Return which searches (by id) a person must not know of yet: in a colleague's own words, while a check is blind.

    They may tell what that one thinks of the claim, as a comment may, and so may what they found. What was looked for
    since a person has a part in the case is told them (two queries at most, none where there is no such search).
    """
    own = [run for run in runs if run.in_own_words]
    if not own or not is_kept_blind(person, review):
        return frozenset()
    parts = Duty.objects.filter(review=review, cycle=review.cycle, person=person)
    return _not_told(own, parts.aggregate(since=Min("since"))["since"])


def _not_told(own: Sequence[SearchRun], since: datetime | None) -> frozenset[int]:
    """Return which of these searches began before somebody had a part in the case, or all where they have none."""
    return frozenset(run.pk for run in own if since is None or run.started_at < since)


def _place(candidate: Candidate, known: Container[int], hidden: Container[int]) -> int:
    if candidate.search_run.source_id is not None:
        return 0
    if candidate.search_run_id in hidden:
        return 3
    return 2 if candidate.document_id in known else 1


def _newest_of_each(review: Review) -> QuerySet[SearchRun]:
    """Return the newest searches of the library and the newest of live sources: many of one hide none of the other."""
    every = SearchRun.objects.filter(claim=review.claim_id).order_by("-pk").values("pk")
    library, live = every.filter(step="")[:MOST_RUNS], every.exclude(step="")[:MOST_RUNS]
    return SearchRun.objects.filter(Q(pk__in=library) | Q(pk__in=live))
