"""Ending what is still to be done for articles that were handed in, and going on with it. What is done stays.

An article's way is three kinds of work, one after the other: its page is fetched, its claims are lifted out, and the
library is searched for each. They are ended in that order, so that nothing slips through to the next one meanwhile.
"""

from collections.abc import Collection, Iterator

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

from claims import work
from claims.intake import EXTRACT
from claims.models import Appearance, Claim, Submission
from claims.submitting import FETCH
from verification.models import State
from verification.review.policy import may_open, roles_of
from verification.review.standing import name_of
from verification.review.states import EDITOR
from verification.review.triage import RESEARCH, open_cases


def may_cancel(person: User, submission: Submission) -> bool:
    """Return whether a person may end the work for a submission, or go on with it: their own, or as an editor."""
    return may_open(person, "intake") and (submission.person_id == person.pk or EDITOR in roles_of(person))


def cancel(submissions: Collection[int], person: User) -> int:
    """End the open work for submissions (by id); return how many pieces there were.

    Claims that were lifted out already wait in triage, without a search. What stands in another article as well, or is
    past triage, is searched for as before.
    """
    return sum(work.cancel(kind, subjects, name_of(person)) for kind, subjects in _pieces(submissions))


def go_on(submissions: Collection[int]) -> int:
    """Make due again what was cancelled of submissions (by id); return how many pieces that were."""
    articles = _articles(submissions)
    claims = Claim.objects.filter(_stands_in(articles)).values_list("pk", flat=True)
    pieces = {FETCH: submissions, EXTRACT: articles, RESEARCH: claims}
    return sum(work.uncancel(kind, subjects) for kind, subjects in pieces.items())


def take_up(submission: Submission) -> int:
    """Go on with what was cancelled of what is handed in again; return how many pieces of work that were.

    That is also what was read at its address before, whoever had brought it.
    """
    same = Submission.objects.filter(pk=submission.pk)
    if submission.url:
        same |= Submission.objects.filter(url=submission.url, article__isnull=False)
    return go_on(list(same.values_list("pk", flat=True)))


def _pieces(submissions: Collection[int]) -> Iterator[tuple[str, Collection[int]]]:
    """Yield kinds of work with their subjects, each read after the one before was ended."""
    yield FETCH, submissions
    articles = _articles(submissions)
    yield EXTRACT, articles
    while open_cases(_stands_in(articles)):
        pass  # a case that is opened later would have its claim searched for
    elsewhere = Exists(Appearance.objects.filter(claim=OuterRef("pk")).exclude(article__in=articles))
    undecided = Claim.objects.filter(_stands_in(articles), ~elsewhere, review__state=State.TRIAGE)
    yield RESEARCH, list(undecided.values_list("pk", flat=True))


def _articles(submissions: Collection[int]) -> list[int]:
    read = Submission.objects.filter(pk__in=submissions, article__isnull=False)
    return list(read.values_list("article", flat=True))


def _stands_in(articles: Collection[int]) -> Exists:
    return Exists(Appearance.objects.filter(claim=OuterRef("pk"), article__in=articles))
