"""Handing in: who brought which article, and what became of it.

A file or a text is read while the person waits. An address becomes due, and a worker brings its page in under a lease.
Submission and Article are stored in one transaction, so that whoever opens the cases knows who handed the article in.
"""

from django.contrib.auth.models import User
from django.db import transaction

from claims import work
from claims.archiving import Handed
from claims.capture.errors import CaptureError
from claims.capture.urls import parse_url
from claims.intake import DuplicateArticle, NotYet, ReadArticle, fetch, read_article, store_article
from claims.models import Article, Submission, Work
from claims.models.clock import read_clock
from claims.translation import say

FETCH = "claims.fetch"


def submit_article(person: User, handed: Handed) -> Submission:
    """Read and store what a person hands in; the same words handed in again lead to the article that is here already.

    Whoever handed the same article in before keeps the Submission of that day. An article that was registered before
    its submission was here already. Raises CaptureError when the bytes hold no article.
    """
    began, ready = read_clock(), read_article(handed)
    with transaction.atomic():
        _one_at_a_time(person)
        article = _stored(ready)
        before = Submission.objects.filter(person=person, article=article).order_by("pk").first()
        return before or Submission.objects.create(person=person, article=article, submitted_at=began)


def submit_address(person: User, url: str) -> Submission:
    """Note an address and make its fetching due; one that waits for the same person already is not noted twice.

    Raises BadUrl when the text is no address that is fetched.
    """
    href = parse_url(url).href
    with transaction.atomic():
        _one_at_a_time(person)
        last = Submission.objects.filter(person=person, url=href, article__isnull=True).order_by("-pk").first()
        if last and Work.objects.filter(work.OPEN, kind=FETCH, subject=last.pk).exists():
            return last
        submission = Submission.objects.create(person=person, url=href)
        work.enlist(FETCH, [submission.pk])
    return submission


def fetch_submission(submission: Submission, lease: work.Lease) -> None:
    """Bring in the page of a submission and store its article, once, under a lease.

    What cannot be read is stored as one sentence and the work is over, unless trying again may help: then the sentence
    is stored and the CaptureError raised, and the row of work says when that is. Raises Later where the host is not to
    be asked so soon, and LeaseLost when another worker took over meanwhile.
    """
    try:
        ready = read_article(fetch(submission.url or ""))
    except NotYet as early:
        if work.renew(lease):
            _end(submission, error=work.storable(say(early.later.sentence)))
        raise early.later from early
    except CaptureError as error:
        over = error.permanent or lease.attempt >= work.MAX_ATTEMPTS
        with transaction.atomic():
            if over:
                work.complete(lease)
            elif not work.renew(lease):
                raise work.LeaseLost(f"{lease.kind} {lease.subject}") from error
            _end(submission, error=work.storable(say(error.sentence)))
        if not over:
            raise
        return
    with transaction.atomic():
        work.complete(lease)
        _end(submission, article=_stored(ready))


def _end(submission: Submission, *, article: Article | None = None, error: str = "") -> None:
    Submission.objects.filter(pk=submission.pk).update(article=article, error=error)


def _stored(ready: ReadArticle) -> Article:
    try:
        return store_article(ready)
    except DuplicateArticle as duplicate:
        return duplicate.article


def _one_at_a_time(person: User) -> None:
    """Let a second click of the same person wait until the first one is through."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
