"""Whose case it is: taken, given, handed back; turns that pause while something is awaited, and run out."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet

from claims.models.clock import ClockTimestamp
from claims.wording import words
from verification.models import Desk, Duty, Hat, Review, State, Turn
from verification.review.log import Entry, append
from verification.review.policy import roles_of
from verification.review.refusals import NotYours, Refusal
from verification.review.standing import Standing, name_of, standing_of
from verification.review.states import CHECKER
from verification.review.transitions import Actor, Move, move, put_on

HATS = {"take": Hat.FIRST, "take_second": Hat.SECOND}


def take(review: Review, person: User, seen: int | None = None, verb: str = "take") -> Standing:
    """Take a queued case (`take`), or the blind second check of one (`take_second`), and open one's turn."""
    with transaction.atomic():
        standing = move(review.pk, Move(verb, Actor(person), seen))
        duty = standing.duty_of(person.pk, HATS[verb])
        assert duty is not None  # nosec B101 (the step gives the hat)
        open_turn(duty)
    return standing_of(standing.review)


def take_next(person: User) -> Standing | None:
    """Take the most urgent queued case that a person may check; None when there is none.

    Cases that others are taking at this moment are skipped, not waited for.
    """
    with transaction.atomic():
        mine = Duty.objects.filter(person=person, cycle=F("review__cycle")).values("review")
        due = Review.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
        review = due.filter(state=State.QUEUED).exclude(pk__in=mine).order_by("-priority", "pk").first()
        return take(review, person, review.revision) if review else None


def assign(review: Review, editor: User, person: User, *, seen: int | None = None, note: str = "") -> Standing:
    """Give a queued case to a checker, with a note.

    Raises NotYours when the person is no active checker, or wears another hat in this case.
    """
    with transaction.atomic():
        if not person.is_active or CHECKER not in roles_of(person):
            raise NotYours(Refusal("role", words("%(name)s is not a checker of this desk.", name=name_of(person))))
        locked = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        if standing_of(locked).hats_of(person.pk) - {Hat.FIRST}:
            raise NotYours(Refusal("four_eyes", words("%(name)s has another part in this case.", name=name_of(person))))
        payload = {"to": person.pk, "note": note.strip()}
        standing = move(review.pk, Move("assign", Actor(editor), seen, payload=payload))
        open_turn(put_on(standing.review, person, Hat.FIRST), given_by=editor, note=note.strip())
    return standing_of(standing.review)


def give_back(review: Review, person: User, seen: int, verb: str, reason: str) -> Standing:
    """Free a case for others: `hand_back` by whoever has it, `recall` by an editor. Drafts are kept.

    `hand_back_second` and `recall_second` do the same with a second check, which stays where it is.
    """
    with transaction.atomic():
        standing = move(review.pk, Move(verb, Actor(person), seen, reason))
        close_turns(review, Turn.End.HANDED_BACK if verb.startswith("hand_back") else Turn.End.RECALLED)
    return standing_of(standing.review)


def pause(review: Review, person: User, seen: int, verb: str, reason: str) -> Standing:
    """Stop the clock of a turn: `await_source`, `await_reply`, or `hold`."""
    with transaction.atomic():
        standing = move(review.pk, Move(verb, Actor(person), seen, reason))
        _open(review).filter(paused_at__isnull=True).update(paused_at=ClockTimestamp())
    return standing_of(standing.review)


def resume(review: Review, person: User, seen: int, verb: str = "resume") -> Standing:
    """Go on (`resume`, or `release` from hold): the turn has as long to run as when it was paused."""
    with transaction.atomic():
        standing = move(review.pk, Move(verb, Actor(person), seen))
        if standing.review.state not in {State.AWAITING_SOURCE, State.AWAITING_REPLY}:
            paused = _open(review).filter(paused_at__isnull=False)
            paused.update(until=F("until") + (ClockTimestamp() - F("paused_at")), paused_at=None)
    return standing_of(standing.review)


def end(review: Review, person: User, seen: int, verb: str, reason: str) -> Standing:
    """End a case before publication (`withdraw`), or drop a correction and leave what is published (`abandon`)."""
    with transaction.atomic():
        standing = move(review.pk, Move(verb, Actor(person), seen, reason))
        close_turns(review, Turn.End.RECALLED)
    return standing_of(standing.review)


def close_run_out() -> int:
    """Send back to the queue the cases whose turn ran out, and free second checks; return how many turns ended."""
    due = Turn.objects.filter(closed_at__isnull=True, paused_at__isnull=True, until__lt=ClockTimestamp())
    ended = 0
    for turn in due.select_related("review").order_by("until")[:500]:
        with transaction.atomic():
            review = Review.objects.select_for_update(no_key=True).get(pk=turn.review_id)
            still = _open(review).filter(pk=turn.pk, paused_at__isnull=True, until__lt=ClockTimestamp())
            if still.update(closed_at=ClockTimestamp(), closed_as=Turn.End.RAN_OUT):
                ended += 1
                if review.state == State.RESEARCHING and turn.hat == Hat.FIRST:
                    move(review.pk, Move("turn_ran_out", Actor(service="turns")))
                else:
                    append(Entry(review, "service:turns", "turn_ended", review.state, review.state))
    return ended


def open_turn(duty: Duty, *, given_by: User | None = None, note: str = "") -> Turn:
    """Open a turn of the desk's length; the database refuses a second one for this hat."""
    length = timedelta(minutes=Desk.get().turn_minutes)
    return Turn.objects.create(
        duty=duty,
        review_id=duty.review_id,
        hat=duty.hat,
        given_by=given_by,
        note=note,
        until=ClockTimestamp() + length,
    )


def close_turns(review: Review, how: Turn.End) -> None:
    """Close every open turn of a case."""
    _open(review).update(closed_at=ClockTimestamp(), closed_as=how)


def _open(review: Review) -> QuerySet[Turn]:
    return Turn.objects.filter(review=review, closed_at__isnull=True)
