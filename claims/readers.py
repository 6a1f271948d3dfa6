"""What readers ask to have checked: kept until a person takes it in or sets it aside; nothing is fetched before."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from claims import work
from claims.archiving import Handed
from claims.capture.told import Told
from claims.intake import DuplicateArticle, read_article, store_article
from claims.models import Snapshot, Submission
from claims.models.clock import ClockTimestamp
from claims.submitting import FETCH

MOST_WAITING = 1000
WAITING = Q(way=Submission.Way.READER, person__isnull=True, set_aside_at__isnull=True)


class TooManyWait(Exception):
    """So much waits for the desk that no more is taken."""


class AskedOtherwise(Exception):
    """The same form was sent before, with other words in it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of what waits: what was asked first, and what others asked of the same address."""

    first: Submission
    all: Sequence[Submission]


def ask(public: uuid.UUID, url: str | None, note: str, contact: str = "") -> Submission:
    """Keep what a reader asks; `public` names the form, so that one sent twice is kept once.

    Raises TooManyWait, and AskedOtherwise.
    """
    kept = Submission.objects.filter(public=public).first()
    if kept is None:
        if waiting().count() >= MOST_WAITING:
            raise TooManyWait
        facts = {"way": Submission.Way.READER, "url": url, "note": note, "contact": contact}
        kept, _is_new = Submission.objects.get_or_create(public=public, defaults=facts)
    if (kept.way, kept.url, kept.note) != (Submission.Way.READER, url, note):
        raise AskedOtherwise
    return kept


def waiting() -> QuerySet[Submission]:
    """Return what waits for a person."""
    return Submission.objects.filter(WAITING)


def count_lines() -> int:
    """Return how many lines wait (one query)."""
    counted = waiting().aggregate(addresses=Count("url", distinct=True), words=Count("pk", filter=Q(url__isnull=True)))
    return int(counted["addresses"] + counted["words"])


def lines() -> list[Asked]:
    """Return what waits, oldest first; what was asked of one address is one line (one query)."""
    grouped: dict[str | int, list[Submission]] = {}
    for each in waiting().order_by("submitted_at", "pk"):
        grouped.setdefault(each.url or each.pk, []).append(each)
    return [Asked(group[0], group) for group in grouped.values()]


def take_in(submission: Submission, person: User) -> bool:
    """Make a line a person's: its address is fetched, or its words become the text of an article.

    False where it was taken in or set aside before. Raises CaptureError where the words are none that can be read.
    """
    ready = None if submission.url else read_article(_words_of(submission))
    with transaction.atomic():
        line = _locked(submission)
        if not line:
            return False
        if ready is None:
            Submission.objects.filter(pk__in=line).update(person=person)
            work.enlist(FETCH, line[:1])
            return True
        try:
            article = store_article(ready)
        except DuplicateArticle as duplicate:
            article = duplicate.article
        Submission.objects.filter(pk__in=line).update(person=person, article=article)
    return True


def set_aside(submission: Submission, person: User) -> bool:
    """Put a line away, and erase how its readers may be answered; False where it was dealt with before."""
    with transaction.atomic():
        line = _locked(submission)
        put_away = Submission.objects.filter(pk__in=line)
        return bool(put_away.update(set_aside_at=ClockTimestamp(), set_aside_by=person, contact=""))


def _words_of(submission: Submission) -> Handed:
    told = Told(title=gettext("A reader’s question"))
    return Handed(submission.note.encode(), Snapshot.Origin.PASTED, media_type="text/plain", told=told)


def _locked(submission: Submission) -> list[int]:
    """Lock the line of a submission and return its rows, the first asked first; empty where it does not wait."""
    same = Q(url=submission.url) if submission.url else Q(pk=submission.pk)
    rows = waiting().select_for_update(no_key=True).filter(same).order_by("pk")
    line = list(rows.values_list("pk", flat=True))
    return line if submission.pk in line else []
