"""Who leaves the desk: what lies on it goes back to where others can take it. Drafts stay, and stay theirs."""

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models.clock import ClockTimestamp
from verification.models import Hat, Review, State, Turn
from verification.review.states import CHECKER, DESK
from verification.review.transitions import Actor, Move, move

# Turns that one sweep ends at most.
AT_ONCE = 500


def leave(person: User, actor: User | None = None) -> int:
    """End every open turn of somebody who was deactivated or is no checker any more; return how many ended.

    A case that was on their desk is queued again, a second check is free for somebody else. One that is on hold keeps
    its turn until it comes back: `close_left` ends it then. `actor` is who sent them away, None where a rule found it.
    """
    return _end(_open().filter(duty__person=person), actor)


def close_left() -> int:
    """End the turns of all who are inactive or no checkers, whichever way that came about; return how many ended."""
    checks = Group.objects.filter(name=CHECKER, user=OuterRef("duty__person"))
    return _end(_open().filter(Q(duty__person__is_active=False) | ~Exists(checks)))


def _open() -> QuerySet[Turn]:
    return Turn.objects.filter(closed_at__isnull=True).exclude(review__state=State.ON_HOLD)


def _end(turns: QuerySet[Turn], actor: User | None = None) -> int:
    found = turns.order_by("pk").values_list("pk", "review", "duty__person")[:AT_ONCE]
    return sum(_end_one(turn, review, person, actor) for turn, review, person in found)


def _end_one(turn: int, case: int, person: int, actor: User | None) -> bool:
    with transaction.atomic():
        review = Review.objects.select_for_update(no_key=True).get(pk=case)
        still = Turn.objects.filter(pk=turn, closed_at__isnull=True).first()
        if still is None or review.state == State.ON_HOLD:
            return False
        Turn.objects.filter(pk=turn).update(closed_at=ClockTimestamp(), closed_as=Turn.End.LEFT)
        on_desk = still.hat == Hat.FIRST and review.state in DESK
        told = {"person": person} | ({"by": actor.pk} if actor else {})
        move(case, Move("left_desk" if on_desk else "turn_ended", Actor(service="turns"), payload=told))
    return True
