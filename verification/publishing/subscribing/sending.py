"""Mail to subscribers: what is owed is read from the sealed log, in its order, and sent by whoever has the lease.

One letter for each publication and subscriber. That it was sent and how far somebody was told are stored in one
transaction after the server took it: a worker that is killed in between sends that one letter again, under the same
Message-ID, by which mail programs know the double. A letter whose words are refused for good is given up after some
days, which is stored as well, and the next one is sent; where the server takes no other letter either, it is the server
that refuses, and that takes weeks. A minor edit is no publishing in the log, and is sent to nobody.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Final

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet

from claims import work
from claims.models import Work
from claims.models.clock import ClockTimestamp, read_clock
from verification.models import Change, Publication, SealEntry, Subscriber, SubscriberMail
from verification.people.post import Letter, NotTaken, Post
from verification.publishing.subscribing import letters
from verification.publishing.subscribing.asking import leave
from verification.publishing.subscribing.links import takes_subscribers
from verification.publishing.webhooks.making import PUBLISH, published_by

MAIL: Final = "verification.subscriber_mail"
ALL: Final = 0
"""The subject of the one row of work: the list has one sender."""
AT_MOST: Final = 500
SECONDS: Final = 60.0
"""Letters of one run, and how long it goes on; the rest is for the next."""
PUBLICATIONS: Final = 50
AGAIN_AFTER: Final = timedelta(minutes=30)
"""A receiver that is refused for now is tried again after so long; most that refuse strangers at first want less."""
REFUSED_AGAIN_AFTER: Final = timedelta(days=1)
REFUSALS: Final = 3
"""Whose address is refused for good on so many days in a row is deleted."""
LETTER_TRIES: Final = 3
"""A letter whose words are refused for good is given up when it was tried on so many days, and others are taken."""
LONG_TRIES: Final = 14
"""It is given up after so many days even where the server takes no other letter."""
ASK_AGAIN_AFTER: Final = timedelta(minutes=15)
"""A server that refused five times within minutes is asked again after so long."""
LOOK_AGAIN_AFTER: Final = timedelta(minutes=1)
"""While a server that took nobody is tried with nobody, so soon is looked whether there is news for somebody else."""
TELL_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter to somebody: of a publication and its place in the sealed log, or the question (None, 0)."""

    subscriber: Subscriber
    publication: Publication | None = None
    place: int = 0

    @property
    def letter(self) -> Letter:
        """What is to be sent."""
        if self.publication is None:
            return letters.question(self.subscriber)
        return letters.news(self.publication, self.subscriber)

    @property
    def stands(self) -> bool:
        """Whether it is owed still: somebody may have left since it was listed, or been written to."""
        there = Subscriber.objects.filter(pk=self.subscriber.pk)
        due = there.filter(asked_at=None) if self.publication is None else there.filter(told_up_to__lt=self.place)
        return due.exists()


def enlist_due() -> None:
    """Make the work due where somebody is to be written to. Without a server nothing is tried."""
    if not takes_subscribers():
        return
    spent = Work.objects.filter(kind=MAIL, quarantined_at__lt=ClockTimestamp() - ASK_AGAIN_AFTER)
    for pk in spent.values_list("pk", flat=True):
        work.release(pk)
    if _to_ask().exists() or news_since(_told_least()):
        work.enlist(MAIL, [ALL])


def send_due(lease: work.Lease) -> None:
    """Write to whoever is to be written to, as many as one run may.

    Somebody whose address is refused holds up nobody else. Raises NotTaken where the server itself refuses, LeaseLost.
    """
    until, taken, put_off, refused = time.monotonic() + SECONDS, 0, "", set[int]()
    with Post() as post:
        for owed in islice(_letters(), AT_MOST):
            if time.monotonic() > until:
                break
            if not owed.stands:
                continue
            try:
                post.hand_in(owed.letter)
            except NotTaken as error:
                if not error.receiver:
                    raise
                _refused(owed, error, lease)
                put_off = str(error)
                refused.add(owed.subscriber.pk)
                continue
            with transaction.atomic():
                _renew(lease)
                _note(owed)
            taken += 1
    why = put_off or _said_before(lease)
    # Of whom a letter was given up just now, no time is stored when they are tried again.
    waiting = Subscriber.objects.filter(Q(due_at__gt=ClockTimestamp()) | Q(pk__in=refused))
    if why and not taken and waiting.count() > 1:
        # Nobody at all is taken: that is the server's doing, and stays to be seen as long as it lasts.
        work.postpone(lease, (AGAIN_AFTER if put_off else LOOK_AGAIN_AFTER).total_seconds(), why)
        return
    with transaction.atomic():
        work.complete(lease)


@dataclass(frozen=True, slots=True)
class News:
    """A publication, its place in the sealed log, and whether it replaced another version."""

    place: int
    publication: Publication
    replaces: bool


def news_since(place: int | None) -> list[News]:
    """Return what was put out behind a place of the sealed log, the oldest first, some fifty at most."""
    if place is None:
        return []
    lines = SealEntry.objects.filter(pk__gt=place, event__verb=PUBLISH).order_by("pk").select_related("event")
    out = ((line.pk, published_by(line.event)) for line in lines[:PUBLICATIONS])
    return [News(pk, each, each.verdict.change != Change.INITIAL) for pk, each in out if each]


def wanting(news: News) -> Q:
    """Return the condition that a subscriber is told of a publication."""
    told = Q(confirmed_at__isnull=False)
    return told if news.replaces else told & Q(wants=Subscriber.Wants.ALL)


def held_up() -> Q:
    """Return the condition that a row of work is mail to subscribers that could not be sent for an hour."""
    return Q(kind=MAIL, done_at=None, created_at__lt=ClockTimestamp() - TELL_AFTER) & ~Q(last_error="")


def _may_be_sent() -> QuerySet[Subscriber]:
    return Subscriber.objects.filter(Q(due_at=None) | Q(due_at__lte=ClockTimestamp()))


def _to_ask() -> QuerySet[Subscriber]:
    return _may_be_sent().filter(asked_at=None)


def _told_least() -> int | None:
    """Return up to where those were told who can be written to now and were told least; None without subscribers."""
    least: int | None = _may_be_sent().filter(confirmed_at__isnull=False).aggregate(least=Min("told_up_to"))["least"]
    return least


def _letters() -> Iterator[Owed]:
    """List all that is to be sent, news first: what strangers ask for here delays no correction."""
    yield from _owed()
    yield from map(Owed, _to_ask().order_by("pk")[:AT_MOST])


def _owed() -> Iterator[Owed]:
    """List the letters that are owed, publication by publication; who does not want one counts as told of it.

    Nobody is told of a publication before those that went out earlier: whoever was refused one of them stays behind.
    """
    before = _told_least() or 0
    for news in news_since(before):
        here = _may_be_sent().filter(confirmed_at__isnull=False, told_up_to__gte=before, told_up_to__lt=news.place)
        # By chance, so that one receiver at whom the server breaks off is not the first each time.
        for subscriber in here.filter(wanting(news)).order_by("?")[:AT_MOST]:
            yield Owed(subscriber, news.publication, news.place)
        here.exclude(wanting(news)).update(told_up_to=news.place, letter_refusals=0)
        before = news.place


def _said_before(lease: work.Lease) -> str:
    """Return what the server said when it took nobody in an earlier run; who was refused is not tried in each run."""
    return Work.objects.get(pk=lease.work_id).last_error


def _renew(lease: work.Lease) -> None:
    """Keep the right to send, in the transaction that stores what came of it. Raises LeaseLost."""
    if not work.renew(lease):
        raise work.LeaseLost(f"{lease.kind} {lease.subject}")


def _note(owed: Owed, refused: int | None = None) -> None:
    """Store that a letter was taken, or given up with the code `refused`. Call it in a transaction."""
    mine = Subscriber.objects.filter(pk=owed.subscriber.pk)
    if owed.publication is None:
        mine.update(asked_at=read_clock(), due_at=None)
        return
    taken = {"refusals": 0} if refused is None else {}
    # Who left while it was sent is nobody: the mail counts all the same.
    there = mine.update(told_up_to=owed.place, due_at=None, letter_refusals=0, **taken)
    who = owed.subscriber.pk if there else None
    SubscriberMail.objects.create(publication=owed.publication, subscriber_id=who, refused=refused)


def _refused(owed: Owed, error: NotTaken, lease: work.Lease) -> None:
    """Store what follows from a refusal of a receiver or of a letter's words. Raises LeaseLost."""
    with transaction.atomic():
        _renew(lease)
        if not error.of_letter:
            _put_off(owed.subscriber, error)
        elif _is_tried_enough(owed):
            _note(owed, error.receiver)
        else:
            mine = Subscriber.objects.filter(pk=owed.subscriber.pk)
            count = 0 if owed.publication is None else 1
            mine.update(due_at=read_clock() + REFUSED_AGAIN_AFTER, letter_refusals=F("letter_refusals") + count)


def _is_tried_enough(owed: Owed) -> bool:
    """Return whether a letter is given up when its words are refused once more.

    The question is so at once for who subscribes, whose every letter leads to the same page; for who does not yet it
    never is: they are forgotten without an answer. A server that takes nobody's letters says nothing of this one's
    words: then it is tried for long.
    """
    if owed.publication is None:
        return owed.subscriber.confirmed_at is not None
    tries = owed.subscriber.letter_refusals + 1
    return tries >= LONG_TRIES or (tries >= LETTER_TRIES and _takes_others())


def _put_off(subscriber: Subscriber, error: NotTaken) -> None:
    """Try a receiver later whom the server refused; take off who is refused for good again and again.

    Nobody who subscribes is taken off by a server that took no letter at all for a day.
    """
    mine, for_good = Subscriber.objects.filter(pk=subscriber.pk), error.receiver >= 500
    if for_good and (subscriber.confirmed_at is None or (subscriber.refusals + 1 >= REFUSALS and _takes_others())):
        leave(subscriber)
    elif for_good:
        mine.update(due_at=read_clock() + REFUSED_AGAIN_AFTER, refusals=F("refusals") + 1)
    else:
        mine.update(due_at=read_clock() + AGAIN_AFTER)


def _takes_others() -> bool:
    """Return whether the server took a letter within a day."""
    lately = SubscriberMail.objects.filter(sent_at__gt=ClockTimestamp() - REFUSED_AGAIN_AFTER)
    return lately.filter(refused=None).exists()
