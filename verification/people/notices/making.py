"""Notices are made from the log, each once.

Ids of events are given before their transactions end, so a later id may be seen before an earlier one: the log is
therefore read in the order of its seals, which are made one after the other and hold whole transactions. How far it
was read moves in the transaction that stores the notices, and each is unique by person, event and kind: what is read
twice is told once. What no log holds is looked for in the same transaction, whose lock no other run has: turns that end
soon, and webhooks that the desk switched off.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.models.clock import read_clock
from claims.wording import Words, words
from verification.models import Hat, Notification, NotifiedUpTo, Review, ReviewEvent, SealEntry, Turn
from verification.people.notices.choices import Choices, chosen, notice_for
from verification.people.notices.kinds import BY_KEY, BY_VERB, ENDS_SOON
from verification.people.notices.told import Told, desk_of
from verification.people.notices.webhooks import tell_of_webhooks

# Events read in one run.
AT_MOST = 500
# A desk that has a long log when it is first read is told of what is fresh.
FRESH = timedelta(hours=1)
# A turn ends soon in its last hour, a short one in its last quarter.
SOON, SOON_SHARE = timedelta(hours=1), 4
SOON_TEXTS = {
    Hat.FIRST.value: words("Your turn on %(case)s ends at %(time)s."),
    Hat.SECOND.value: words("Your turn on the second check of %(case)s ends at %(time)s."),
}


def notify(limit: int = AT_MOST) -> int:
    """Tell people of the sealed events that come next, at most `limit`, and of what no log holds.

    Returns how many events were read. Does nothing where another run is at it.
    """
    _begin()
    with transaction.atomic():
        upto = NotifiedUpTo.objects.select_for_update(skip_locked=True).first()
        if upto is None:
            return 0
        entries = SealEntry.objects.select_related("event__review", "event__payload").order_by("pk")
        if upto.event:
            entries = entries.filter(pk__gt=SealEntry.objects.get(event=upto.event).pk)
        events = [entry.event for entry in entries[:limit]]
        if events:
            _tell(events)
            NotifiedUpTo.objects.filter(pk=upto.pk).update(event=events[-1].pk)
        _warn()
        tell_of_webhooks()
    return len(events)


def _begin() -> None:
    """Note, the first time, from where on the log is told."""
    if NotifiedUpTo.objects.exists():
        return
    old = SealEntry.objects.filter(event__at__lt=read_clock() - FRESH).order_by("-pk").first()
    NotifiedUpTo.objects.get_or_create(pk=1, defaults={"event": old.event_id if old else 0})


def _tell(events: Sequence[ReviewEvent]) -> None:
    told = [event for event in events if event.verb in BY_VERB]
    if not told:
        return
    desk = desk_of(told)
    choices = chosen(desk.people.keys())
    made: list[Notification] = []
    for event in told:
        made += _notices(Told.of(event, desk), choices)
    Notification.objects.bulk_create(made, ignore_conflicts=True, batch_size=1_000)


def _notices(told: Told, choices: Choices) -> Iterator[Notification]:
    for kind, rule in BY_VERB[told.event.verb]:
        if rule.while_still and not told.still:
            continue
        text = _filled(rule.text, told.review, who=told.who)
        for person in sorted(rule.who(told) & told.desk.people.keys()):
            if person != told.actor:
                about = {"review": told.review, "event": told.event}
                yield from notice_for(told.desk.people[person], kind, text, choices, about)


def _filled(text: Words, review: Review, **values: str) -> Words:
    """Fill in the places a text has, and no other value: what it does not say is not stored beside it either."""
    known = {"case": review.number} | values
    return Words(text.msgid, tuple((name, value) for name, value in known.items() if f"%({name})s" in text.msgid))


def _warn() -> None:
    """Tell of turns that end soon, once a turn. The cursor is locked: no other run tells the same."""
    kind = BY_KEY[ENDS_SOON]
    ending = list(_ending_soon())
    choices = chosen({turn.duty.person_id for turn in ending})
    made: list[Notification] = []
    for turn in ending:
        time = timezone.localtime(turn.until).strftime("%H:%M")
        text = _filled(SOON_TEXTS[turn.hat], turn.review, time=time)
        made += notice_for(turn.duty.person, kind, text, choices, {"review": turn.review})
    Notification.objects.bulk_create(made)


def _ending_soon() -> Iterable[Turn]:
    now = read_clock()
    known = Notification.objects.filter(
        person=OuterRef("duty__person"), review=OuterRef("review"), kind=ENDS_SOON, made_at__gte=OuterRef("opened_at")
    )
    ending = Turn.objects.filter(
        ~Exists(known),
        closed_at__isnull=True,
        paused_at__isnull=True,
        until__gt=now,
        until__lt=now + SOON,
        duty__person__is_active=True,
    )
    for turn in ending.select_related("review", "duty__person").order_by("until")[:AT_MOST]:
        if turn.until - now <= (turn.until - turn.opened_at) / SOON_SHARE:
            yield turn
