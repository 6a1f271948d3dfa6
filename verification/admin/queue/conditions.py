"""Which cases a tab, a filter or a panel holds: conditions on Review, each said once.

Every condition tests by subquery where it looks at other tables, so that any of them can be joined with any other
without a case coming up twice.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Case, Exists, F, OuterRef, Q, When

from claims.models import Appearance
from verification.admin.queue.deadlines import day_of
from verification.models import Duty, Hat, Judgment, Review, State, Turn
from verification.review.states import OPEN

AWAITING = (State.AWAITING_SOURCE, State.AWAITING_REPLY)
# Where a deadline still has to be met.
RUNNING = (State.TRIAGE, *OPEN, State.ON_HOLD)

_open_turns = Turn.objects.filter(review=OuterRef("pk"), closed_at__isnull=True)
_duties = Duty.objects.filter(review=OuterRef("pk"), cycle=OuterRef("cycle"))


def is_open() -> Q:
    """Return the condition that a case is past triage and before publication."""
    return Q(state__in=OPEN)


def held(person: User) -> Q:
    """Return the condition that a case lies on a person's desk: their turn is open."""
    return Q(Exists(_open_turns.filter(duty__person=person)))


def to_write(person: User) -> Q:
    """Return the condition that a person's judgment goes out, and its text is still to be written."""
    judged = Judgment.objects.filter(
        review=OuterRef("pk"),
        cycle=OuterRef("cycle"),
        person=person,
        hat__in=[Hat.FIRST, Hat.ADJUDICATOR],
        submitted_at__isnull=False,
    )
    return Q(Exists(judged), state=State.DRAFTING)


def mine(person: User) -> Q:
    """Return the condition that a case waits for this person's own work."""
    return held(person) | to_write(person)


def without_checker() -> Q:
    """Return the condition that a case waits for somebody to take it, for a first or a second check."""
    untaken = Q(state=State.SECOND_CHECK) & ~Q(Exists(_open_turns.filter(hat=Hat.SECOND)))
    return Q(state=State.QUEUED) | untaken


def strange_to(person: User) -> Q:
    """Return the condition that a person has no part in this cycle yet, so that four eyes stay four."""
    return ~Q(Exists(_duties.filter(person=person)))


def late(now: datetime) -> Q:
    """Return the condition that a deadline has passed."""
    return Q(state__in=RUNNING, deadline__lt=now)


def due_today(now: datetime) -> Q:
    """Return the condition that a deadline falls on the desk's today, passed or not."""
    begin, end = day_of(now)
    return Q(state__in=RUNNING, deadline__gte=begin, deadline__lt=end)


def due_soon(now: datetime) -> Q:
    """Return the condition that a deadline comes within two days."""
    return Q(state__in=RUNNING, deadline__gte=now, deadline__lt=now + timedelta(days=2))


def no_deadline() -> Q:
    """Return the condition that nobody has set a deadline."""
    return Q(deadline__isnull=True)


def about(topic: int) -> Q:
    """Return the condition that a case is about a topic."""
    return Q(Exists(Review.topics.through.objects.filter(review=OuterRef("pk"), topic=topic)))


def printed_by(outlet: int) -> Q:
    """Return the condition that a claim stands in an article of this outlet."""
    return Q(Exists(Appearance.objects.filter(claim=OuterRef("claim"), article__outlet=outlet)))


def printed_by_name(words: str) -> Q:
    """Return the condition that a claim stands in an article of an outlet with these words in its name."""
    return Q(Exists(Appearance.objects.filter(claim=OuterRef("claim"), article__outlet__name__icontains=words)))


URGENT_FIRST = ("-priority", "pk")
BY_DEADLINE = (F("deadline").asc(nulls_last=True), *URGENT_FIRST)
# What is paused comes after what can be gone on with.
OWN_WORK = (Case(When(state__in=AWAITING, then=1), default=0).asc(), *BY_DEADLINE)
