"""Whose a case is, and for how long: taken, given, handed over, given more time, put on hold, two parts for one."""

from typing import Final

from django.contrib.auth.models import User
from rest_framework import serializers

from verification.api.steps.offered import WHY, Ask, Do, Offered
from verification.api.steps.values import (
    LONGEST_NAME,
    Day,
    ForSomebody,
    Step,
    WithReason,
    Words,
    midnight,
    person_called,
)
from verification.review import assignment, handing, holding, waiving
from verification.review.standing import standing_of
from verification.review.transitions import LONGEST_REASON, Actor, Move, must_be_allowed

MOST_HOURS: Final = 99_999


class Postpone(WithReason):
    """More time for a turn."""

    hours = serializers.IntegerField(
        min_value=1, max_value=MOST_HOURS, help_text="whole hours, as many as a turn is long at most"
    )


class Hold(WithReason):
    """A case that waits."""

    until = Day(
        required=False,
        allow_null=True,
        default=None,
        help_text="the day on which it comes back by itself, in the desk's zone; null: when somebody takes it off",
    )


class Waive(Step):
    """Somebody who is let play two parts."""

    person = Words("log-in name of a checker or an editor", LONGEST_NAME)
    hat = serializers.ChoiceField(
        choices=[hat.value for hat in waiving.ROLES], help_text="the part that they may play beside their other one"
    )
    reason = Words("one sentence for the log", LONGEST_REASON)


def take(verb: str) -> Do:
    """Return what takes a case, or its second check."""
    return lambda ask: assignment.take(ask.review, ask.person, ask.seen, verb)


def postpone(verb: str) -> Do:
    """Return what puts off the end of a turn: a first check's, or a second's."""
    return lambda ask: handing.postpone(
        ask.review, ask.person, ask.seen, ask.said["hours"], ask.said["reason"], verb=verb
    )


def _person(ask: Ask, verb: str) -> User:
    """Return whom a step is about; who has which log-in name is told only to whoever may do the step at all."""
    must_be_allowed(standing_of(ask.review), Move(verb, Actor(ask.person), ask.seen))
    return person_called(ask.said["person"])


def assign(ask: Ask) -> object:
    """Give a case to a checker."""
    person = _person(ask, "assign")
    return assignment.assign(ask.review, ask.person, person, seen=ask.seen, note=ask.said["note"])


def hand_over(ask: Ask) -> object:
    """Give a case that is on a desk to another checker."""
    return handing.hand_over(ask.review, ask.person, _person(ask, "hand_over"), ask.seen, ask.said["note"])


def assign_second(ask: Ask) -> object:
    """Give the second check to a checker."""
    return handing.assign_second(ask.review, ask.person, _person(ask, "assign_second"), ask.seen, ask.said["note"])


def hold(ask: Ask) -> object:
    """Let a case wait."""
    day = ask.said["until"]
    return holding.hold(ask.review, ask.person, ask.seen, ask.said["reason"], midnight(day) if day else None)


def waive(ask: Ask) -> object:
    """Let somebody play two parts."""
    said = ask.said
    person = _person(ask, waiving.WAIVE)
    return waiving.waive(ask.review, ask.person, person, said["hat"], ask.seen, said["reason"])


DESKS: Final = (
    Offered("take", "Take a queued case.", Step, take("take"), repeatable=True),
    Offered("take_second", "Take the blind second check.", Step, take("take_second"), repeatable=True),
    Offered("assign", "Give a queued case to a checker.", ForSomebody, assign, {"person": "cato"}),
    Offered(
        "assign_second",
        "Give the blind second check to a checker. The note says nothing of what anybody found.",
        ForSomebody,
        assign_second,
        {"person": "sela"},
    ),
    Offered(
        "hand_over",
        "Hand a case that is on a desk over to another checker, whose judgment begins as the draft so far.",
        ForSomebody,
        hand_over,
        {"person": "sela", "note": "The ledger is read; the tender is not."},
    ),
    *(
        Offered(
            verb,
            f"Put off the end of the turn of a {check} check. It asks for a reason.",
            Postpone,
            postpone(verb),
            {"hours": 2, "reason": WHY},
        )
        for verb, check in (("postpone", "first"), ("postpone_second", "second"))
    ),
    Offered(
        "hold",
        "Put a case on hold, for good or until a day. It asks for a reason.",
        Hold,
        hold,
        {"until": "2031-06-01", "reason": "The board votes at the end of May."},
    ),
    Offered(
        "waive_four_eyes",
        "Let somebody play two parts in this cycle of a case. Log and readers are told why.",
        Waive,
        waive,
        {"person": "edda", "hat": "approver", "reason": "The other editor is at sea."},
    ),
)
