"""The verbs of a case as somebody tries them: the case, who does it, a colleague, and a number from 1 to 5."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.contrib.auth.models import User
from django.utils import timezone

from tests.cases import finding
from verification.models import Hat, Rating, ReplyRequest, Review, State
from verification.review import (
    adjudication,
    afterwards,
    assignment,
    challenges,
    drafting,
    handing,
    holding,
    judgments,
    minor_edits,
    pressing,
    replies,
    triage,
    verdicts,
    waiving,
)
from verification.review.standing import judging_duty, standing_of
from verification.review.transitions import Actor

Verb = Callable[[Review, User, User, int], object]
WHY = "It has to be so."
# What the number means, where it chooses among things.
SECOND_CHECKS = (True, False, None)
HATS = (Hat.APPROVER, Hat.FIRST, Hat.SECOND, Hat.ADJUDICATOR, Hat.APPROVER)


def _judge(review: Review, person: User, _other: User, number: int) -> None:
    duty = judging_duty(standing_of(review), person)
    seen = judgments.judgment_of(duty).revision if duty else 0
    judgments.submit(review, person, finding(review, number), seen=seen, case_seen=review.revision)


def _write(review: Review, person: User, _other: User, number: int) -> None:
    seen = drafting.draft_of(review, person).revision
    words = {"headline": f"It is {number}", "explanation": "See [1].", "change_note": "Another look."}
    drafting.write(review, person, seen, **words)
    drafting.send_to_sign_off(review, person, Review.objects.get(pk=review.pk).revision)


def _adjudicate(review: Review, person: User, _other: User, number: int) -> None:
    rating = Rating.objects.get(scale__in_use=True, value=number)
    adjudication.adjudicate(review, person, review.revision, rating, WHY)


def _legal_read(review: Review, person: User, _other: User, number: int) -> None:
    outcome = drafting.HAS_TO_CHANGE if number == 1 else drafting.CLEARED
    seen = drafting.draft_of(review, person).revision
    drafting.legal_read(review, person, review.revision, outcome, WHY, text_seen=seen)


def _hold(review: Review, person: User, _other: User, number: int) -> None:
    until = timezone.now() + timedelta(hours=number) if number % 2 else None
    holding.hold(review, person, review.revision, WHY, until)


def _minor_edit(review: Review, person: User, _other: User, number: int) -> None:
    explanation = f"See [1], {'again, ' * number}please."
    minor_edits.minor_edit(review, person, review.revision, "A word", explanation, WHY, meaning_stays=True)


def _ask_reply(review: Review, person: User, _other: User, number: int) -> None:
    deadline, pause = timezone.now() + timedelta(hours=number), number == 5
    replies.ask_reply(
        review, person, review.revision, "The harbour board", "e-mail", "Is it so?", deadline, pause_turn=pause
    )


def _record_reply(review: Review, person: User, _other: User, _number: int) -> None:
    asked = ReplyRequest.objects.filter(review=review).order_by("-pk").first() or ReplyRequest()
    replies.record_reply(review, person, review.revision, asked, ReplyRequest.Outcome.ANSWERED, "It is so.")


def _postpone(review: Review, person: User, _other: User, number: int) -> None:
    verb = "postpone_second" if review.state == State.SECOND_CHECK else "postpone"
    handing.postpone(review, person, review.revision, number, WHY, verb=verb)


def _press(verb: str, review: Review, person: User, _other: User, _number: int) -> None:
    pressing.VERBS[verb](review, person, review.revision, WHY)


VERBS: dict[str, Verb] = {
    "accept": lambda r, p, _o, _n: triage.accept(r, p, r.revision),
    "decline": lambda r, p, _o, _n: triage.set_aside(r, p, r.revision, "decline", WHY),
    "plan": lambda r, p, _o, n: triage.plan(
        r, p, r.revision, priority=n / 5, deadline=None, second_check=SECOND_CHECKS[n % 3]
    ),
    "take": lambda r, p, _o, _n: assignment.take(r, p, r.revision),
    "assign": lambda r, p, o, _n: assignment.assign(r, p, o, seen=r.revision),
    "hand_over": lambda r, p, o, _n: handing.hand_over(r, p, o, r.revision),
    "postpone": _postpone,
    "take_second": lambda r, p, _o, _n: assignment.take(r, p, r.revision, "take_second"),
    "assign_second": lambda r, p, o, _n: handing.assign_second(r, p, o, r.revision),
    "waive_four_eyes": lambda r, p, o, n: waiving.waive(r, p, o, HATS[n - 1], r.revision, WHY),
    "judge": _judge,
    "write": _write,
    "adjudicate": _adjudicate,
    "legal_read": _legal_read,
    "approve": lambda r, p, _o, _n: verdicts.approve(r, p, r.revision),
    "publish": lambda r, p, _o, _n: verdicts.publish(r, p, r.revision),
    "correct": lambda r, p, _o, n: afterwards.correct(r, p, r.revision, ("correction", "update", "void")[n % 3], WHY),
    "challenge": lambda r, p, _o, _n: challenges.challenge(r, Actor(p), r.revision, "reader", WHY),
    "minor_edit": _minor_edit,
    "hold": _hold,
    "ask_reply": _ask_reply,
    "record_reply": _record_reply,
    "set_dates": lambda r, p, _o, n: afterwards.set_dates(
        r, p, r.revision, r.as_of, timezone.now() + timedelta(days=n)
    ),
    **{verb: partial(_press, verb) for verb in pressing.VERBS},
}
