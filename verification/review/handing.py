"""A check changes hands without going back to the queue, or gets more time."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from claims.wording import words
from verification.models import Desk, Duty, Hat, Judgment, Review, State, Turn
from verification.review.assignment import close_turns, must_receive, open_turn, stop_clock
from verification.review.carried import begin_as
from verification.review.policy import roles_of
from verification.review.refusals import NotYours, Refusal, Unmet
from verification.review.standing import Standing, name_of, standing_of
from verification.review.states import EDITOR
from verification.review.transitions import Actor, Move, move, must_be_allowed, put_on

# Which verb gives a turn more time, by the hat whose turn it is.
POSTPONES = {"postpone": Hat.FIRST, "postpone_second": Hat.SECOND}


def hand_over(review: Review, actor: User, to: User, seen: int, note: str = "") -> Standing:
    """Give a case that is on a desk to another checker, by whoever has it or an editor.

    Their judgment begins as a copy of the draft so far, unless they have written one of their own in this cycle; the
    draft of whoever had it stays theirs. A case that awaits something goes on waiting. Raises NotYours when the other
    cannot have it (`assignment.must_receive`), Unmet when they have it already.
    """
    with transaction.atomic():
        before = standing_of(Review.objects.select_for_update(no_key=True).get(pk=review.pk))
        wish = Move("hand_over", Actor(actor), seen, payload={"to": to.pk, "note": note.strip()})
        must_be_allowed(before, wish)
        turn = before.turn(Hat.FIRST)
        if turn and turn.duty.person_id == to.pk:
            raise Unmet(Refusal("turn", words("%(name)s has this case already.", name=name_of(to))))
        if turn:
            must_receive(before, to, Hat.FIRST)
        standing = move(review.pk, wish)
        close_turns(review, Turn.End.HANDED_OVER)
        duty = put_on(standing.review, to, Hat.FIRST)
        open_turn(duty, given_by=actor, note=note.strip())
        if standing.review.state != State.RESEARCHING:
            stop_clock(review)
        if turn:
            _go_on_from(turn.duty, duty)
    return standing_of(standing.review)


def _go_on_from(before: Duty, after: Duty) -> None:
    """Let a judgment begin as somebody's draft; one that was saved, or submitted and returned, is not overwritten."""
    draft = Judgment.objects.filter(duty=before).first()
    if draft is None:
        return
    values = {"review": after.review, "cycle": after.cycle, "person": after.person, "hat": after.hat}
    own, _made = Judgment.objects.get_or_create(duty=after, defaults=values)
    if own.revision == 0:
        own.evidence.all().delete()
        own.searches.all().delete()
        begin_as(own, draft)


def assign_second(review: Review, editor: User, to: User, seen: int, note: str = "") -> Standing:
    """Give the blind second check of a case to a checker, with a note.

    Raises NotYours when they cannot have it, or while somebody has it: that one is recalled first.
    """
    with transaction.atomic():
        before = standing_of(Review.objects.select_for_update(no_key=True).get(pk=review.pk))
        wish = Move("assign_second", Actor(editor), seen, payload={"to": to.pk, "note": note.strip()})
        must_be_allowed(before, wish)
        must_receive(before, to, Hat.SECOND)
        standing = move(review.pk, wish)
        open_turn(put_on(standing.review, to, Hat.SECOND), given_by=editor, note=note.strip())
    return standing_of(standing.review)


def most_hours() -> int:
    """Return by how many hours a turn can be put off at once: the length of a turn, and one at least."""
    return max(1, Desk.get().turn_minutes // 60)


def postpone(review: Review, person: User, seen: int, hours: int, reason: str, *, verb: str = "postpone") -> Standing:
    """Put off the end of a turn, a first check's (`postpone`) or a second's (`postpone_second`), by whole hours.

    A checker does it so many times a turn as the desk allows, an editor always. Raises Unmet when the hours are none
    that can be given, NotYours when the checker has no more.
    """
    with transaction.atomic():
        locked = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        turn = standing_of(locked).turn(POSTPONES[verb])
        length, most = timedelta(hours=hours), most_hours()
        if not 1 <= hours <= most:
            raise Unmet(Refusal("hours", words("Give between 1 and %(most)s hours.", most=most)))
        until = turn.until + length if turn else None
        payload = {"hours": hours, "until": until.isoformat() if until else None}
        standing = move(review.pk, Move(verb, Actor(person), seen, reason, payload))
        assert turn is not None  # nosec B101 (policy refuses what is on nobody's desk)
        if EDITOR not in roles_of(person) and turn.postponed >= Desk.get().postponements:
            told = words(
                "The end of this turn was put off %(times)s times, as often as a checker may: ask an editor.",
                times=turn.postponed,
            )
            raise NotYours(Refusal("postponed", told))
        Turn.objects.filter(pk=turn.pk).update(until=F("until") + length, postponed=F("postponed") + 1)
    return standing_of(standing.review)
