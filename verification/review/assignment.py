"""Whose case it is: taken, given, handed back; turns that pause while something is awaited, and run out."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet

from claims.models.clock import ClockTimestamp
from claims.wording import words
from verification.models import Desk, Duty, Hat, Review, State, Turn
from verification.review.fitness import reluctant, unfit
from verification.review.leaving import close_left
from verification.review.log import Entry, append
from verification.review.policy import roles_of
from verification.review.refusals import NotYours, Refusal
from verification.review.standing import Standing, name_of, standing_of
from verification.review.states import CHECKER
from verification.review.transitions import Actor, Move, move, must_be_allowed, put_on

HATS = {"take": Hat.FIRST, "take_second": Hat.SECOND}


def take(review: Review, person: User, seen: int | None = None, verb: str = "take") -> Standing:
    """Take a queued case (`take`), or the blind second check of one (`take_second`), and open one's turn.

    Raises NotYours when they are away, have a conflict of interest, or have as many open as they take on.
    """
    with transaction.atomic():
        standing = move(review.pk, Move(verb, Actor(person), seen))
        if why := reluctant(person, review):
            raise NotYours(why)
        duty = standing.duty_of(person.pk, HATS[verb])
        assert duty is not None  # nosec B101 (the step gives the hat)
        open_turn(duty)
    return standing_of(standing.review)


def assign(review: Review, editor: User, person: User, *, seen: int | None = None, note: str = "") -> Standing:
    """Give a queued case to a checker, with a note.

    Raises NotYours when the person cannot have it (`must_receive`).
    """
    with transaction.atomic():
        before = standing_of(Review.objects.select_for_update(no_key=True).get(pk=review.pk))
        wish = Move("assign", Actor(editor), seen, payload={"to": person.pk, "note": note.strip()})
        must_be_allowed(before, wish)
        must_receive(before, person, Hat.FIRST)
        standing = move(review.pk, wish)
        open_turn(put_on(standing.review, person, Hat.FIRST), given_by=editor, note=note.strip())
    return standing_of(standing.review)


def must_receive(standing: Standing, person: User, hat: str) -> None:
    """Raise NotYours when a person cannot be given a case's first or second check.

    So it is with whoever is no active checker, wears another hat in this cycle (unless that was waived), is away, or
    has a conflict of interest. How much somebody has, and what they read, the one who gives knows: pages tell it.
    """
    name = name_of(person)
    if not person.is_active or CHECKER not in roles_of(person):
        raise NotYours(Refusal("role", words("%(name)s is not a checker of this desk.", name=name)))
    if standing.hats_of(person.pk) - {hat} and not standing.duty_of(person.pk, hat):
        raise NotYours(Refusal("four_eyes", words("%(name)s has another part in this case.", name=name)))
    if why := unfit(person, standing.review):
        raise NotYours(why)


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
        stop_clock(review)
    return standing_of(standing.review)


def resume(review: Review, person: User, seen: int, verb: str = "resume") -> Standing:
    """Go on (`resume`, or `release` from hold): the turn has as long to run as when it was paused."""
    with transaction.atomic():
        standing = move(review.pk, Move(verb, Actor(person), seen))
        start_clock(standing.review)
    return standing_of(standing.review)


def stop_clock(review: Review) -> None:
    """Pause the open turns of a case."""
    _open(review).filter(paused_at__isnull=True).update(paused_at=ClockTimestamp())


def start_clock(review: Review) -> None:
    """Let the paused turns of a case run on, unless it still awaits something: as long as when they were paused."""
    if review.state not in {State.AWAITING_SOURCE, State.AWAITING_REPLY}:
        paused = _open(review).filter(paused_at__isnull=False)
        paused.update(until=F("until") + (ClockTimestamp() - F("paused_at")), paused_at=None)


def end(review: Review, person: User, seen: int, verb: str, reason: str) -> Standing:
    """End a case before publication (`withdraw`), or drop a correction and leave what is published (`abandon`)."""
    with transaction.atomic():
        standing = move(review.pk, Move(verb, Actor(person), seen, reason))
        close_turns(review, Turn.End.RECALLED)
    return standing_of(standing.review)


def close_run_out() -> int:
    """Send back to the queue the cases whose turn ran out, and free second checks; return how many turns ended.

    Turns of people who left the desk, by whatever way, end with them.
    """
    due = Turn.objects.filter(closed_at__isnull=True, paused_at__isnull=True, until__lt=ClockTimestamp())
    ended = close_left()
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
