"""The log read from empty says where each case stands, and names the event at which a case and its log part."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models.clock import read_clock
from tests.cases import Walk, finding, now
from tests.factories import make_claim, open_review
from tests.lives import TO_APPROVAL, lead
from tests.people import make_person
from tests.verification.review.log_lines import told
from tests.walls import tamper
from verification.models import Change, Hat, Review, ReviewEvent, State
from verification.review import (
    adjudication,
    afterwards,
    assignment,
    handing,
    holding,
    judgments,
    minor_edits,
    triage,
    verdicts,
    waiving,
)
from verification.review.comparing import BATCH, partings
from verification.review.log import erase_payload
from verification.review.replay import UNKNOWN, Line, replay

pytestmark = pytest.mark.django_db


def line(seq: int, verb: str, start: str, end: str, **fields: object) -> Line:
    values: dict[str, object] = {"cycle": 1, "actor": "user:1", "payload": {}}
    return Line(seq, verb, start, end, **values | fields)  # type: ignore[arg-type]


OPENED = (line(1, "opened", "", "triage", actor="service:sweep"), line(2, "accept", "triage", "queued"))
TAKEN = (*OPENED, line(3, "take", "queued", "researching", actor="user:7"))


def test_hats_turns_and_states_come_from_the_lines_alone() -> None:
    handed = line(4, "hand_over", "researching", "researching", actor="user:7", payload={"to": 8})
    case = replay([*TAKEN, handed])
    assert (case.state, case.turns, case.astray) == ("researching", {"first": 8}, None)
    assert case.hats == {(1, "first"): {7, 8}}
    case = replay([*TAKEN, handed, line(5, "propose", "researching", "proposed", actor="user:8")])
    assert case.turns == {}


ASTRAY = {
    "a verb nobody knows": (line(4, "wave", "researching", "published"), "no step “wave”"),
    "a step from elsewhere": (line(4, "publish", "approved", "published"), "begins in “approved”"),
    "a cycle of its own": (line(4, "await_reply", "researching", "awaiting_reply", cycle=2), "of cycle 2"),
    "somebody who had not the case": (line(4, "propose", "researching", "proposed", actor="user:9"), "did not have"),
}


@pytest.mark.parametrize(("last", "why"), ASTRAY.values(), ids=ASTRAY)
def test_the_first_step_outside_the_table_is_named(last: Line, why: str) -> None:
    case = replay([*TAKEN, last, line(5, "wave", "x", "y")])
    assert case.astray is not None
    assert (case.astray.seq, case.astray.verb) == (4, last.verb)
    assert why in str(case.astray.why)


def test_a_case_that_comes_off_hold_elsewhere_is_named() -> None:
    held = line(4, "hold", "researching", "on_hold")
    case = replay([*TAKEN, held, line(5, "release", "on_hold", "approved")])
    assert case.astray is not None
    assert "held from “researching”" in str(case.astray.why)


def test_a_second_hat_is_named_unless_it_was_waived_or_nobody_knows_any_more() -> None:
    on = (
        line(4, "propose", "researching", "proposed", actor="user:7"),
        line(5, "ask_second", "proposed", "second_check"),
    )
    taken = line(7, "take_second", "second_check", "second_check", actor="user:7")
    allowed = {"person": 7, "hat": "second"}
    for payload, astray in (({"person": 8, "hat": "second"}, True), (allowed, False), (None, False)):
        waived = line(6, "waive_four_eyes", "second_check", "second_check", payload=payload)
        case = replay([*TAKEN, *on, waived, taken])
        assert (case.astray is not None) == astray, payload


def test_what_an_erased_payload_told_is_unknown_and_no_fault() -> None:
    given = line(3, "assign", "queued", "researching", payload=None)
    case = replay([*OPENED, given, line(4, "propose", "researching", "proposed", actor="user:7")])
    assert case.astray is None
    assert case.hats == {(1, "first"): {UNKNOWN}}
    assert case.second_check is UNKNOWN


def busy_life() -> Walk:
    """Walk a case through handing over, two judgments, adjudication, an exception, two versions and a minor edit."""
    walk = Walk(second_check=True).accepted().taken()
    handing.hand_over(walk.review, walk.checker, make_person("checker"), walk.review.revision)
    walk.review = now(walk.review)
    handing.hand_over(walk.review, walk.editor, walk.checker, walk.review.revision)
    walk.review = now(walk.review)
    holding.hold(walk.review, walk.editor, walk.review.revision, "Not now.", read_clock() + timedelta(days=3))
    walk.review = now(walk.review)
    assignment.resume(walk.review, walk.editor, walk.review.revision, "release")
    walk.review = now(walk.review)
    walk.proposed()
    handing.assign_second(walk.review, walk.editor, walk.second, walk.review.revision)
    walk.review = now(walk.review)
    seen = walk.judgment(walk.second, Hat.SECOND).revision
    judgments.submit(walk.review, walk.second, finding(walk.review, 3), seen=seen, case_seen=walk.review.revision)
    walk.review, judge = now(walk.review), make_person("editor")
    rating = walk.judgment().rating
    assert rating is not None
    adjudication.adjudicate(walk.review, judge, walk.review.revision, rating, "The record settles it [1].")
    walk.review = now(walk.review)
    walk.drafted()
    waiving.waive(walk.review, walk.editor, judge, Hat.APPROVER, walk.review.revision, "Nobody else is here.")
    walk.review = now(walk.review)
    verdicts.approve(walk.review, judge, walk.review.revision)
    walk.review = now(walk.review)
    walk.published()
    minor_edits.minor_edit(
        walk.review, walk.editor, walk.review.revision, "No: the record says it differently", "It differs [1].", "Pen.",
        meaning_stays=True,
    )  # fmt: skip
    walk.review = now(walk.review)
    afterwards.correct(walk.review, walk.editor, walk.review.revision, Change.CORRECTION, "The hour was wrong.")
    walk.review = now(walk.review)
    return walk


def test_a_busy_case_is_where_its_log_leaves_it_and_every_erased_word_only_makes_it_unknown() -> None:
    walk = busy_life()
    assert told() == ""
    for event in ReviewEvent.objects.filter(review=walk.review, erases__isnull=True).exclude(verb="payload_erased"):
        erase_payload(event, actor="user:2", reason="Somebody asked to be forgotten.")
    assert told() == ""


PARTED = {
    "state": ("UPDATE verification_review SET state = 'approved' WHERE id = {case}", "stands in “approved”"),
    "cycle": ("UPDATE verification_review SET cycle = 3 WHERE id = {case}", "in cycle 3"),
    "claim": ("UPDATE verification_review SET claim_id = {claim} WHERE id = {case}", "another claim"),
    "second check": ("UPDATE verification_review SET second_check = true WHERE id = {case}", "second check is True"),
    "a turn": ("UPDATE verification_turn SET closed_at = now(), closed_as = 'done'", "of person –, but by its log"),
    "a hat": (
        "INSERT INTO verification_duty (review_id, cycle, person_id, hat) VALUES ({case}, 1, {second}, 'second')",
        "hat “second” in cycle 1, of which its log says nothing",
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("statement", "fault"), PARTED.values(), ids=PARTED)
def test_a_case_that_the_owner_moved_past_its_log_is_named_with_its_last_event(statement: str, fault: str) -> None:
    walk, other = Walk().accepted().taken(), Walk()
    names = {"case": walk.review.pk, "second": walk.second.pk, "claim": make_claim().pk}
    tamper(statement.format(**names), "review", "turn", "duty")
    found = told()
    assert f"case {walk.review.public}, event 3 (take): " in found
    assert fault in found
    assert str(other.review.public) not in found


@pytest.mark.django_db(transaction=True)
def test_an_event_that_the_owner_rewrote_to_fit_no_table_is_named() -> None:
    Walk().accepted().taken()
    tamper("UPDATE verification_reviewevent SET to_state = 'published' WHERE seq = 2")
    assert "event 2 (accept): the table of states has no step “accept” from “triage” to “published”" in told()


def test_a_case_without_any_log_is_named() -> None:
    review = open_review()
    lost = Review(claim=make_claim(), wording="Nobody opened this.", pk=review.pk + 1)
    assert [parting.seq for parting in partings()] == []
    lost.save()
    (parting,) = partings()
    assert (parting.case, parting.seq) == (lost.public, None)
    lost.delete()


def test_cases_are_compared_a_few_hundred_at_a_time() -> None:
    reviews = [open_review() for _ in range(3)]
    lead(reviews[0], "accept", *TO_APPROVAL)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert list(partings()) == []
    assert len(queries) <= 4 + 1
    assert len(reviews) < BATCH


def test_what_a_rule_decided_of_the_second_check_is_replayed() -> None:
    walk = Walk().accepted()
    triage.plan(walk.review, walk.editor, walk.review.revision, priority=0.5, deadline=None, second_check=None)
    walk.review = now(walk.review)
    walk.taken().proposed()
    assert walk.review.state == State.PROPOSED
    judgments.decide_second_check(walk.review, walk.editor, walk.review.revision, "ask_second")
    assert told() == ""
