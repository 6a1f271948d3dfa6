"""What comes back by itself: cases whose day has come, what is published and due to be seen again, silence after a
deadline. By the database's clock; each in its own transaction, so that one that cannot be done keeps no other waiting.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from claims.models.clock import ClockTimestamp
from verification.models import Change, ReplyRequest, Review, State
from verification.review.afterwards import new_cycle_changes, new_cycle_told
from verification.review.holding import SWEEPER, come_back
from verification.review.replies import keep_silence
from verification.review.states import OPEN, STANDING
from verification.review.transitions import Move, move

Of = TypeVar("Of")
log = logging.getLogger(__name__)
# Of each kind in one sweep, the longest due first.
MOST = 500
# Where a line of the log can tell of silence; a withdrawn case's requests wait until it is reopened.
TELLS_SILENCE = (*OPEN, State.ON_HOLD, *STANDING)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many cases came back from hold, how many came due, and how many requests nobody answered."""

    back: int
    due: int
    silent: int


def sweep() -> Swept:
    """Do what is due now. Two sweeps at once are safe: what one has locked the other passes over."""
    overdue = ReplyRequest.objects.filter(outcome="", deadline__lt=ClockTimestamp(), review__state__in=TELLS_SILENCE)
    return Swept(
        back=_each(_first(_held(), "held_until"), _bring_back),
        due=_each(_first(_to_be_seen(), "review_on"), _see_again),
        silent=_each(
            overdue.order_by("deadline").values_list("pk", "review")[:MOST],
            lambda pair: _tell_silence(*pair),
        ),
    )


def _held() -> QuerySet[Review]:
    return Review.objects.filter(state=State.ON_HOLD, held_until__lt=ClockTimestamp())


def _to_be_seen() -> QuerySet[Review]:
    """Published cases: what is challenged waits until that is answered."""
    return Review.objects.filter(state=State.PUBLISHED, review_on__lt=ClockTimestamp())


def _first(due: QuerySet[Review], by: str) -> Iterable[int]:
    return due.order_by(by).values_list("pk", flat=True)[:MOST]


def _each(due: Iterable[Of], do: Callable[[Of], bool]) -> int:
    done = 0
    for each in list(due):
        try:
            with transaction.atomic():
                done += do(each)
        except Exception:  # whatever is wrong with one, the others come back
            log.exception("Could not bring back %s", each)
    return done


def _locked(cases: QuerySet[Review], pk: int) -> Review | None:
    """Lock a case if it still is what was looked for and nobody else has it locked."""
    return cases.select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()


def _bring_back(pk: int) -> bool:
    review = _locked(_held(), pk)
    if review:
        come_back(review)
    return review is not None


def _see_again(pk: int) -> bool:
    review = _locked(_to_be_seen(), pk)
    if review:
        reason = gettext("Its review date came.")
        changes = new_cycle_changes(review, Change.UPDATE, reason)
        payload = {"change": Change.UPDATE, **new_cycle_told(review)}
        move(pk, Move("came_due", SWEEPER, None, reason, payload, changes))
    return review is not None


def _tell_silence(request: int, pk: int) -> bool:
    review = _locked(Review.objects.filter(state__in=TELLS_SILENCE), pk)
    return review is not None and keep_silence(review, request)
