"""Handing in: who brought which article, by which way, and what became of it.

A file or a text is read while the person waits. An address becomes due, and a worker brings its page in under a lease.
Submission and Article are stored in one transaction, so that whoever opens the cases knows who handed the article in.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from claims import work
from claims.archiving import Handed
from claims.capture.errors import CaptureError
from claims.capture.urls import parse_url
from claims.intake import DuplicateArticle, NotYet, ReadArticle, fetch, read_article, store_article
from claims.models import ApiToken, Article, Submission, SubmissionKey, Work
from claims.models.clock import read_clock
from claims.translation import say

FETCH = "claims.fetch"
Way = Submission.Way


class KeyReused(Exception):
    """A program gave two different requests the same key."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands in, and by which way. A program has a token; `key` names its request, `digest` is of its body."""

    person: User
    way: Submission.Way = Way.DESK
    token: ApiToken | None = None
    key: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a handing-in came to; not `is_new` where the article or its address was here already."""

    submission: Submission
    is_new: bool


def submit_article(person: User, handed: Handed) -> Submission:
    """Read and store what a person hands in by hand: see `hand_in_article`."""
    return hand_in_article(Sender(person), handed).submission


def hand_in_article(sender: Sender, handed: Handed) -> HandedIn:
    """Read and store what is handed in; the same words handed in again lead to the article that is here already.

    Whoever handed the same article in before keeps the Submission of that day. An article that was registered before
    its submission was here already. Raises CaptureError when the bytes hold no article, and KeyReused.
    """
    began, ready = read_clock(), read_article(handed)
    with transaction.atomic():
        _one_at_a_time(sender.person)
        if kept := handed_in_before(sender):
            return HandedIn(kept, False)
        article, is_new = _stored(ready)
        before = Submission.objects.filter(person=sender.person, article=article).order_by("pk").first()
        submission = before or Submission.objects.create(
            person=sender.person, way=sender.way, token=sender.token, article=article, submitted_at=began
        )
        _keep_key(sender, submission)
    return HandedIn(submission, is_new)


def submit_address(person: User, url: str) -> Submission:
    """Note an address that is handed in by hand: see `hand_in_address`."""
    return hand_in_address(Sender(person), url).submission


def hand_in_address(sender: Sender, url: str) -> HandedIn:
    """Note an address and make its fetching due; one that is here already is not noted twice.

    By hand, that is one which still waits, or was cancelled, for the same person (who goes on with it is not said
    here): a page that was read is read anew. In a file or from a
    program it is also one that was read, whoever handed it in; in a file even one that could not be read, so that the
    same file does nothing the second time. Raises BadUrl when the text is no address that is fetched, and KeyReused.
    """
    href = parse_url(url).href
    with transaction.atomic():
        _one_at_a_time(sender.person)
        submission = handed_in_before(sender) or address_before(sender, href)
        is_new = submission is None
        if submission is None:
            article = None if sender.way == Way.DESK else article_at(href)
            submission = Submission.objects.create(
                person=sender.person, way=sender.way, token=sender.token, url=href, article=article
            )
            is_new = article is None
            if is_new:
                work.enlist(FETCH, [submission.pk])
        _keep_key(sender, submission)
    return HandedIn(submission, is_new)


def address_before(sender: Sender, href: str) -> Submission | None:
    """Return the handing-in of this address by the same person that another one would only repeat."""
    last = Submission.objects.filter(person=sender.person, url=href).order_by("-pk").first()
    waits = work.OPEN | work.CANCELLED  # whoever hands it in again takes it up
    if last is None or Work.objects.filter(waits, kind=FETCH, subject=last.pk).exists():
        return last
    if sender.way == Way.IMPORT or (sender.way == Way.API and last.article_id is not None):
        return last
    return None


def article_at(href: str) -> Article | None:
    """Return the newest article at an address, as it stands on the page or as somebody handed it in."""
    found = Article.objects.filter(url=href).order_by("-pk").first()
    if found is None:
        handed = Submission.objects.filter(url=href, article__isnull=False).select_related("article")
        last = handed.order_by("-pk").first()
        found = last.article if last else None
    return found


def handed_in_before(sender: Sender) -> Submission | None:
    """Return what the request with this key came to. Raises KeyReused where that was another request."""
    if not sender.key:
        return None
    keys = SubmissionKey.objects.select_related("submission")
    kept = keys.filter(token=sender.token, key=sender.key).first()
    if kept is None:
        return None
    if kept.digest != sender.digest:
        raise KeyReused(sender.key)
    return kept.submission


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
        _end(submission, article=_stored(ready)[0])


def _end(submission: Submission, *, article: Article | None = None, error: str = "") -> None:
    """Store what came of an address; of readers who asked for the same page, for all that were taken in together."""
    ended = Submission.objects.filter(pk=submission.pk)
    if submission.way == Way.READER:
        ended |= Submission.objects.filter(
            way=Way.READER, person=submission.person_id, url=submission.url, article__isnull=True
        )
    ended.update(article=article, error=error)


def _stored(ready: ReadArticle) -> tuple[Article, bool]:
    """Return the article, and whether it is new."""
    try:
        return store_article(ready), True
    except DuplicateArticle as duplicate:
        return duplicate.article, False


def _keep_key(sender: Sender, submission: Submission) -> None:
    """Note what the request with this key came to. The token's person is locked, so nobody else is writing it."""
    if sender.key:
        SubmissionKey.objects.get_or_create(
            token=sender.token, key=sender.key, defaults={"digest": sender.digest, "submission": submission}
        )


def _one_at_a_time(person: User) -> None:
    """Let a second click of the same person wait until the first one is through."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
