"""On hold: a case that waits until an editor takes it off, or until its day, when it comes back by itself."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from claims.models.clock import read_clock
from claims.wording import words
from verification.models import Review
from verification.review.assignment import start_clock, stop_clock
from verification.review.refusals import Refusal, Unmet
from verification.review.standing import Standing, standing_of
from verification.review.transitions import Actor, Move, move

# A hundred years: near the end of the calendar a time in another zone could not be stored.
FURTHEST = timedelta(days=36525)
SWEEPER = Actor(service="returns")


def hold(review: Review, editor: User, seen: int, reason: str, until: datetime | None = None) -> Standing:
    """Put a case on hold and pause its turn, with `until` so long: then it goes on by itself where it was.

    Raises Unmet when that time has passed already or is more than a hundred years away.
    """
    return _hold(review, Actor(editor), seen, reason, until)


def hold_until_its_day(review: Review, until: datetime) -> Standing:
    """Put a claim about the future, just accepted, on hold by rule until the day on which it can be checked."""
    return _hold(review, Actor(service="policy"), None, gettext("It can be checked on its day."), until)


def come_back(review: Review) -> Standing:
    """Take a case off hold whose day has come: its turn has as long to run as when it was paused."""
    with transaction.atomic():
        standing = move(review.pk, Move("hold_ended", SWEEPER))
        start_clock(standing.review)
    return standing_of(standing.review)


def must_lie_ahead(until: datetime, guard: str) -> None:
    """Raise Unmet where a time has passed, by the database's clock, or is more than a hundred years away."""
    now = read_clock()
    if until <= now:
        raise Unmet(Refusal(guard, words("That time has passed: name a later one.")))
    if until > now + FURTHEST:
        raise Unmet(Refusal(guard, words("Name a time within a hundred years.")))


def _hold(review: Review, actor: Actor, seen: int | None, reason: str, until: datetime | None) -> Standing:
    if until:
        must_lie_ahead(until, "until")
    payload = {"until": until.isoformat() if until else None}
    with transaction.atomic():
        move(review.pk, Move("hold", actor, seen, reason, payload, {"held_until": until}))
        stop_clock(review)
    return standing_of(Review.objects.get(pk=review.pk))
