"""Any person tries any verb in any order: whatever happens, the case, its hats, its turns and its log agree."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.cases import Walk, finding
from tests.people import make_person
from verification.admin.case import steps
from verification.models import Duty, Hat, Judgment, Rating, Review, ReviewEvent, State, Turn, Verdict
from verification.review import assignment, judgments, triage, verdicts
from verification.review.proof import faults
from verification.review.refusals import Refused
from verification.review.standing import JUDGING, judging_duty, standing_of
from verification.review.states import TABLE

pytestmark = pytest.mark.django_db

WHY = "It has to be so."


def _judge(review: Review, person: User, value: int) -> None:
    duty = judging_duty(standing_of(review), person)
    seen = judgments.judgment_of(duty).revision if duty else 0
    judgments.submit(review, person, finding(review, value), seen=seen, case_seen=review.revision)


def _write(review: Review, person: User, value: int) -> None:
    seen = verdicts.draft_of(review, person).revision
    words = {"headline": f"It is {value}", "explanation": "See [1].", "change_note": "Another look."}
    verdicts.write(review, person, seen, **words)
    verdicts.send_to_sign_off(review, person, review.revision)


def _press(verb: str, review: Review, person: User, _value: int) -> None:
    steps.VERBS[verb](review, person, review.revision, WHY)


# Each takes the case, the person and a number from 1 to 5.
VERBS: dict[str, Callable[[Review, User, int], object]] = {
    "accept": lambda r, p, _n: triage.accept(r, p, r.revision),
    "decline": lambda r, p, _n: triage.set_aside(r, p, r.revision, "decline", WHY),
    "plan": lambda r, p, n: triage.plan(
        r, p, r.revision, priority=n / 5, deadline=None, second_check=(True, False, None)[n % 3]
    ),
    "take": lambda r, p, _n: assignment.take(r, p, r.revision),
    "take_second": lambda r, p, _n: assignment.take(r, p, r.revision, "take_second"),
    "judge": _judge,
    "write": _write,
    "adjudicate": lambda r, p, n: judgments.adjudicate(r, p, r.revision, Rating.objects.get(value=n), WHY),
    "approve": lambda r, p, _n: verdicts.approve(r, p, r.revision),
    "publish": lambda r, p, _n: verdicts.publish(r, p, r.revision),
    "correct": lambda r, p, n: verdicts.correct(r, p, r.revision, ("correction", "update", "void")[n % 3], WHY),
    **{verb: partial(_press, verb) for verb in steps.VERBS},
}
# The usual way on from each state, so that cases get far between the attempts.
ONWARD: dict[str, tuple[str, ...]] = {
    "triage": ("accept",),
    "declined": ("reconsider",),
    "queued": ("take",),
    "researching": ("judge",),
    "awaiting_source": ("resume",),
    "awaiting_reply": ("resume",),
    "proposed": ("ask_second", "pass_on"),
    "second_check": ("judge", "take_second"),
    "adjudication": ("adjudicate",),
    "drafting": ("write",),
    "sign_off": ("approve",),
    "approved": ("publish",),
    "published": ("correct",),
    "challenged": ("reaffirm",),
    "on_hold": ("release",),
}


class Desk(RuleBasedStateMachine):
    """One case, and a small desk on which some have two roles."""

    @initialize(second=st.sampled_from([True, False, None]))
    def open(self, second: bool | None) -> None:
        """Open a case in the queue."""
        self.point = transaction.atomic()
        self.point.__enter__()
        walk = Walk().accepted()
        Review.objects.filter(pk=walk.review.pk).update(second_check=second)
        self.pk = walk.review.pk
        self.people = [walk.checker, walk.second, make_person("checker", "editor"), walk.editor, make_person("editor")]
        self.people += [walk.publisher, make_person("editor", "publisher"), walk.intake]

    def teardown(self) -> None:
        """Take it all back, once the whole log is proved."""
        if not hasattr(self, "point"):
            return
        assert list(faults()) == []
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def review(self) -> Review:
        """Read the case."""
        return Review.objects.get(pk=self.pk)

    def do(self, verb: str, who: int, number: int) -> None:
        """Let a person try a verb; a refusal must have changed nothing of the case."""
        before, logged = self.review(), ReviewEvent.objects.count()
        person = User.objects.get(pk=self.people[who].pk)
        try:
            VERBS[verb](before, person, number)
        except Refused:
            after = self.review()
            assert (after.state, after.revision, after.held_from) == (before.state, before.revision, before.held_from)
            assert ReviewEvent.objects.count() == logged

    def somebody_does(self, verb: str, first: int, number: int) -> bool:
        """Let one after the other try a verb, until the case has moved."""
        revision = self.review().revision
        for place in range(len(self.people)):
            self.do(verb, (first + place) % len(self.people), number)
            if self.review().revision != revision:
                return True
        return False

    @rule(steps=st.integers(1, 6), first=st.integers(0, 7), number=st.integers(1, 5))
    def it_goes_on(self, steps: int, first: int, number: int) -> None:
        """Do what comes next, some steps long."""
        for step in range(steps):
            verbs = ONWARD.get(self.review().state, ())
            any(self.somebody_does(verb, first, 1 + (number + step) % 5) for verb in verbs)

    @rule(data=st.data(), first=st.integers(0, 7), number=st.integers(1, 5))
    def something_that_applies_is_done(self, data: Any, first: int, number: int) -> None:
        """Do a verb of the table that applies where the case stands, however seldom."""
        state = self.review().state
        applies = {verb for verb, step in TABLE.items() if state in step.sources} & set(VERBS)
        verbs = sorted(applies - {"withdraw"})  # which is the end: anybody tries it below
        if verbs:
            self.somebody_does(data.draw(st.sampled_from(verbs)), first, number)

    @rule(verb=st.sampled_from(sorted(VERBS)), who=st.integers(0, 7), number=st.integers(1, 5))
    def anybody_tries_anything(self, verb: str, who: int, number: int) -> None:
        """Let one person try one verb."""
        self.do(verb, who, number)

    @rule(hours=st.integers(1, 4))
    def time_passes(self, hours: int) -> None:
        """Let time pass; seldom so much that turns run out."""
        if hours < 4:
            return
        Turn.objects.filter(closed_at__isnull=True, paused_at__isnull=True).update(until="2001-01-01T00:00Z")
        assignment.close_run_out()

    @invariant()
    def the_case_and_its_log_agree(self) -> None:
        """Compare the row with the last line of its log."""
        review = self.review()
        last = ReviewEvent.objects.filter(review=review).order_by("-seq")[0]
        assert review.state in State.values
        assert (last.to_state, last.cycle) == (review.state, review.cycle)
        assert (review.state == State.ON_HOLD) == bool(review.held_from)

    @invariant()
    def hats_and_turns_are_where_they_belong(self) -> None:
        """Look for two hats on one head, and for turns nobody should have."""
        heads = Duty.objects.values("review", "cycle", "person").annotate(hats=Count("pk"))
        assert all(head["hats"] == 1 for head in heads)
        review = self.review()
        hats = {turn.hat for turn in Turn.objects.filter(review=review, closed_at__isnull=True)}
        stage = review.held_from or review.state
        may_be = {Hat.SECOND.value} if stage == State.SECOND_CHECK else set()
        must_be = (
            {JUDGING[State.RESEARCHING]} if stage in {"researching", "awaiting_source", "awaiting_reply"} else set()
        )
        assert must_be <= hats <= must_be | may_be

    @invariant()
    def judgments_count_once(self) -> None:
        """Look for a judgment that is in where none should be, and for one that is missing."""
        review = self.review()
        stage = review.held_from or review.state
        found = list(Judgment.objects.filter(review=review, cycle=review.cycle, submitted_at__isnull=False))
        hats = [judgment.hat for judgment in found]
        assert len(hats) == len(set(hats))
        if stage in {"queued", "researching", "awaiting_source", "awaiting_reply"}:
            assert not hats
        if stage in {"proposed", "second_check"}:
            assert hats == [Hat.FIRST]
        if stage in {"drafting", "sign_off", "approved"}:
            assert judgments.deciding_judgment(review) is not None

    @invariant()
    def versions_are_signed_by_others(self) -> None:
        """Look at each version: whose judgment it is, who signed, and whether what is out is the newest."""
        review = self.review()
        for verdict in Verdict.objects.filter(review=review).select_related("judgment", "approval"):
            parts = Duty.objects.filter(review=review, cycle=verdict.cycle).exclude(hat=Hat.APPROVER)
            assert verdict.approval.person_id not in set(parts.values_list("person", flat=True))
            assert (verdict.approval.cycle, verdict.judgment.cycle) == (verdict.cycle, verdict.cycle)
            assert verdict.judgment.submitted_at
        if review.state in {State.PUBLISHED, State.CHALLENGED}:
            assert review.publication is not None
        if review.state == State.WITHDRAWN:
            assert review.publication is None


def test_whatever_people_try_case_hats_turns_and_log_agree() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
