"""What the desk's pages do with a case, programs do by the same verbs: planned, given away, held, asked, divided."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.api.programs import Program, problem
from verification.api.steps.every import OFFERED
from verification.api.told.cases import path_of
from verification.models import Duty, Hat, Judgment, ReplyRequest, Review, ReviewEvent, State, Topic, Turn
from verification.review.states import STEPS

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted()


def ahead(**span: float) -> str:
    return (timezone.now() + timedelta(**span)).isoformat()


def payload(review: Review) -> dict[str, Any]:
    """Return what the newest line of a case's log says."""
    told: dict[str, Any] = json.loads(ReviewEvent.objects.filter(review=review).order_by("-seq")[0].payload.body)
    return told


def fields(answer: Any) -> list[str]:
    return [each["field"] for each in problem(answer, 400)["errors"]]


def test_every_step_that_people_do_has_an_address() -> None:
    assert [step.verb for step in STEPS if not step.by_service and path_of(step.verb) is None] == []
    assert len({each.verb for each in OFFERED}) == len(OFFERED)


def test_the_same_claim_joins_the_case_that_checks_it(walk: Walk) -> None:
    again = Walk()
    editor = Program(walk.editor)
    told = editor.did(again.review, "duplicate", of=str(walk.review.public), reason="Word for word.")
    assert (told["state"], told["duplicate_of"]) == (State.DUPLICATE, str(walk.review.public))
    assert now(again.review).duplicate_of == walk.review
    assert payload(now(again.review))["reason"] == "Word for word."


def test_what_cannot_be_joined_is_refused(walk: Walk) -> None:
    again, program = Walk(), Program(walk.editor)
    assert problem(program.step(again.review, "duplicate", of=str(again.review.public)), 422)["guard"] == "original"
    assert fields(program.step(again.review, "duplicate", of="5c9d1f0e-52a9-4f0b-8f52-4b6a5d1c7e21")) == ["of"]
    assert fields(program.step(again.review, "duplicate", of="R-1")) == ["of"]
    stale = program.step(again.review, "duplicate", of=str(walk.review.public), revision=99)
    assert problem(stale, 409)["guard"] == "moved"
    checker = Program(walk.checker)
    refused = checker.step(again.review, "duplicate", of=str(walk.review.public))
    assert problem(refused, 403)["guard"] == "role"
    assert now(again.review).state == State.TRIAGE


def test_what_a_plan_leaves_out_stays_as_it_is(walk: Walk) -> None:
    Topic.objects.create(name="harbour")
    editor, deadline = Program(walk.editor), ahead(hours=5)
    told = editor.did(walk.review, "plan", priority=0.75, deadline=deadline, second_check=True, topics=["harbour"])
    assert (told["priority"], told["second_check"], told["topics"]) == (0.75, True, ["harbour"])
    assert now(walk.review).deadline == datetime.fromisoformat(deadline)
    told = editor.did(walk.review, "plan", priority=0.25)
    assert (told["priority"], told["second_check"], told["topics"]) == (0.25, True, ["harbour"])
    assert now(walk.review).deadline == datetime.fromisoformat(deadline)
    told = editor.did(walk.review, "plan", deadline=None, second_check=None, topics=[])
    assert (told["deadline"], told["second_check"], told["topics"]) == (None, None, [])


def test_a_deadline_that_has_passed_may_stay_and_none_is_set(walk: Walk) -> None:
    past = timezone.now() - timedelta(hours=1)
    Review.objects.filter(pk=walk.review.pk).update(deadline=past)
    editor = Program(walk.editor)
    told = editor.did(walk.review, "plan", priority=0.5)["deadline"]
    editor.did(walk.review, "plan", deadline=told)
    assert now(walk.review).deadline == past
    assert fields(editor.step(walk.review, "plan", deadline=ahead(hours=-2))) == ["deadline"]
    assert fields(editor.step(walk.review, "plan", deadline=ahead(days=40_000))) == ["deadline"]


@pytest.mark.parametrize("priority", [1.1, -0.1, "nan", "inf", 10**400, "high", None])
def test_a_priority_lies_between_0_and_1(walk: Walk, priority: object) -> None:
    assert fields(Program(walk.editor).step(walk.review, "plan", priority=priority)) == ["priority"]


def test_a_plan_is_an_editors_and_knows_the_topics_in_use(walk: Walk) -> None:
    assert problem(Program(walk.checker).step(walk.review, "plan", priority=0.5), 403)["guard"] == "role"
    Topic.objects.create(name="old", in_use=False)
    assert fields(Program(walk.editor).step(walk.review, "plan", topics=["old"])) == ["topics"]
    walk.review.topics.add(Topic.objects.get())
    assert Program(walk.editor).did(walk.review, "plan", topics=["old"])["topics"] == ["old"]
    walk.review = now(walk.review)
    walk.taken().proposed().drafted()
    assert problem(Program(walk.editor).step(walk.review, "plan", second_check=True), 422)["guard"] == "second_check"


def test_a_case_is_handed_over_with_its_draft(walk: Walk) -> None:
    checker = Program(walk.checker)
    checker.did(walk.review, "take")
    checker.did(walk.review, "save_judgment", judgment_revision=0, reasoning="So far.")
    told = checker.did(walk.review, "hand_over", person=walk.second.username, note="The tender is not read.")
    assert told["holder"] == "Sela Rope"
    assert Turn.objects.get(closed_at=None).note == "The tender is not read."
    assert Judgment.objects.get(person=walk.second).reasoning == "So far."
    assert problem(checker.step(walk.review, "hand_over", person=walk.second.username), 403)["guard"] == "turn"


def test_a_case_is_handed_over_to_a_checker_only(walk: Walk) -> None:
    checker = Program(walk.checker)
    checker.did(walk.review, "take")
    assert fields(checker.step(walk.review, "hand_over", person="nobody")) == ["person"]
    assert problem(checker.step(walk.review, "hand_over", person=walk.publisher.username), 403)["guard"] == "role"
    assert problem(checker.step(walk.review, "hand_over", person=walk.checker.username), 422)["guard"] == "turn"
    stale = checker.step(walk.review, "hand_over", person=walk.second.username, revision=0)
    assert problem(stale, 409)["guard"] == "moved"


def test_more_time_is_given_within_bounds(walk: Walk) -> None:
    checker = Program(walk.checker)
    checker.did(walk.review, "take")
    until = Turn.objects.get().until
    checker.did(walk.review, "postpone", hours=1, reason="The ledger is long.")
    assert Turn.objects.get().until == until + timedelta(hours=1)
    assert problem(checker.step(walk.review, "postpone", hours=90_000, reason="Long."), 422)["guard"] == "hours"
    assert problem(checker.step(walk.review, "postpone", hours=1), 422)["guard"] == "reason"
    assert fields(checker.step(walk.review, "postpone", hours=0, reason="Long.")) == ["hours"]
    assert problem(Program(walk.second).step(walk.review, "postpone", hours=1, reason="Long."), 403)["guard"] == "turn"


def test_a_second_check_is_given_put_off_and_given_to_nobody_twice() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    editor, second = Program(walk.editor), Program(walk.second)
    assert problem(editor.step(walk.review, "assign_second", person=walk.checker.username), 403)["guard"] == "four_eyes"
    editor.did(walk.review, "assign_second", person=walk.second.username, note="Read page two.")
    assert problem(editor.step(walk.review, "assign_second", person=walk.second.username), 403)["guard"] == "turn"
    until = Turn.objects.get(closed_at=None).until
    second.did(walk.review, "postpone_second", hours=1, reason="The ledger is long.")
    assert Turn.objects.get(closed_at=None).until == until + timedelta(hours=1)
    assert problem(Program(walk.checker).step(walk.review, "postpone_second", hours=1, reason="Hm."), 403)


def test_a_case_waits_until_its_day_or_for_good(walk: Walk) -> None:
    editor, day = Program(walk.editor), timezone.localdate() + timedelta(days=9)
    told = editor.did(walk.review, "hold", until=day.isoformat(), reason="The board votes.")
    assert (told["state"], told["held_until"][:10]) == (State.ON_HOLD, day.isoformat())
    begins = timezone.localtime(now(walk.review).held_until)
    assert (begins.date(), begins.hour, begins.minute) == (day, 0, 0)
    editor.did(walk.review, "release")
    editor.did(walk.review, "hold", reason="The board votes.")
    assert now(walk.review).held_until is None


@pytest.mark.parametrize(
    ("until", "status"), [("2001-01-01", 422), ("2999-01-01", 422), ("0001-01-01", 400), ("x", 400)]
)
def test_a_day_to_wait_for_lies_ahead(walk: Walk, until: str, status: int) -> None:
    problem(Program(walk.editor).step(walk.review, "hold", until=until, reason="The board votes."), status)
    assert now(walk.review).state == State.QUEUED


def test_holding_is_an_editors_and_has_a_reason(walk: Walk) -> None:
    assert problem(Program(walk.checker).step(walk.review, "hold", reason="Wait."), 403)["guard"] == "role"
    assert problem(Program(walk.editor).step(walk.review, "hold"), 422)["guard"] == "reason"


def test_dates_are_set_each_by_itself() -> None:
    walk = Walk().accepted().taken()
    checker, day = Program(walk.checker), timezone.localdate() + timedelta(days=40)
    told = checker.did(walk.review, "set_dates", as_of="2031-05-04", review_on=day.isoformat())
    assert (told["as_of"], told["review_on"][:10]) == ("2031-05-04", day.isoformat())
    review = now(walk.review)
    assert (review.as_of, timezone.localtime(review.review_on).date()) == (date(2031, 5, 4), day)
    checker.did(walk.review, "set_dates", as_of=None)
    review = now(walk.review)
    assert (review.as_of, timezone.localtime(review.review_on).date()) == (None, day)
    checker.did(walk.review, "set_dates", review_on=None)
    assert now(walk.review).review_on is None
    assert problem(checker.step(walk.review, "set_dates", review_on="2001-01-01"), 422)["guard"] == "review_on"
    assert fields(checker.step(walk.review, "set_dates", review_on="9999-12-31")) == ["review_on"]
    assert problem(Program(walk.second).step(walk.review, "set_dates", as_of=None), 403)["guard"] == "turn"
    walk.review = now(walk.review)
    walk.proposed().drafted()
    assert problem(checker.step(walk.review, "set_dates", as_of="2031-05-05"), 422)["guard"] == "as_of"


def asks(program: Program, walk: Walk, **more: object) -> dict[str, Any]:
    said = {"asked": "The harbour board", "channel": "e-mail", "question": "For which mole?", "deadline": ahead(days=1)}
    return program.did(walk.review, "ask_reply", **said | more)


def test_a_reply_is_asked_for_told_and_recorded(walk: Walk) -> None:
    checker = Program(walk.checker)
    candidate = checker.did(walk.review, "take")["candidates"][0]["id"]
    told = asks(checker, walk, pause=True)
    (asked,) = told["replies"]
    assert told["state"] == State.AWAITING_REPLY
    assert (asked["asked"], asked["channel"], asked["by"]) == ("The harbour board", "e-mail", "Cato Lamp")
    assert (asked["question"], asked["outcome"], asked["answer"], asked["settled"]) == ("For which mole?", "", "", None)
    answer = {"outcome": "answered", "answer": "For the southern one.", "candidate": candidate, "go_on": True}
    told = checker.did(walk.review, "record_reply", reply=asked["id"], **answer)
    assert told["state"] == State.RESEARCHING
    assert (told["replies"][0]["outcome"], told["replies"][0]["answer"]) == ("answered", "For the southern one.")
    assert ReplyRequest.objects.get().document == walk.review.claim.candidates.get().document
    again = checker.step(walk.review, "record_reply", reply=asked["id"], outcome="declined")
    assert problem(again, 409)["guard"] == "settled"


def test_what_is_no_reply_of_this_case_is_refused(walk: Walk) -> None:
    other = Walk().accepted()
    checker, elsewhere = Program(walk.checker), Program(other.checker)
    checker.did(walk.review, "take")
    foreign = elsewhere.did(other.review, "take")["candidates"][0]["id"]
    (foreign_reply,) = asks(elsewhere, other)["replies"]
    (mine,) = asks(checker, walk)["replies"]
    declined = {"outcome": "declined"}
    assert fields(checker.step(walk.review, "record_reply", reply=foreign_reply["id"], **declined)) == ["reply"]
    step = checker.step(walk.review, "record_reply", reply=mine["id"], candidate=foreign, **declined)
    assert fields(step) == ["candidate"]
    assert (
        problem(checker.step(walk.review, "record_reply", reply=mine["id"], outcome="answered"), 422)["guard"]
        == "answer"
    )
    assert fields(checker.step(walk.review, "record_reply", reply=mine["id"], outcome="silent")) == ["outcome"]
    late = checker.step(walk.review, "ask_reply", asked="A", question="B", deadline=ahead(hours=-1))
    assert fields(late) == ["deadline"]
    nobodys = Program(walk.second).step(walk.review, "record_reply", reply=mine["id"], **declined)
    assert problem(nobodys, 403)["guard"] == "turn"


def test_a_blind_checker_reads_neither_question_nor_answer_of_a_colleague() -> None:
    walk = Walk(second_check=True).accepted().taken()
    asks(Program(walk.checker), walk)
    (told,) = Program(walk.second).case(walk.review)["replies"]
    assert (told["asked"], told["question"], told["answer"]) == ("The harbour board", None, None)
    walk.review = now(walk.review)
    walk.proposed()
    (told,) = Program(walk.second).did(walk.review, "take_second")["replies"]
    assert (told["by"], told["question"], told["answer"]) == ("a checker", None, None)


def test_a_compound_claim_is_divided_and_made_simple_again(walk: Walk) -> None:
    other = Walk().accepted()
    editor = Program(walk.editor)
    parts = [{"wording": "The board bought forty lamps."}, {"case": str(other.review.public)}]
    told = editor.did(walk.review, "set_parts", parts=parts, rollup="weakest")
    assert told["rollup"] == "weakest"
    assert [each["number"] for each in told["parts"]] == [1, 2]
    assert told["parts"][0]["wording"] == "The board bought forty lamps."
    assert told["parts"][1]["case"] == str(other.review.public)
    assert (told["parts"][1]["state"], told["parts"][1]["rating"]) == ("queued", None)
    assert editor.case(other.review)["part_of"] == str(walk.review.public)
    told = editor.did(walk.review, "set_parts", parts=[])
    assert (told["rollup"], told["parts"]) == ("", [])


def test_parts_that_are_none_are_refused(walk: Walk) -> None:
    editor, one = Program(walk.editor), {"wording": "The board bought forty lamps."}
    assert problem(editor.step(walk.review, "set_parts", parts=[one], rollup="weakest"), 422)["guard"] == "parts"
    assert problem(editor.step(walk.review, "set_parts", parts=[one, one], rollup="weakest"), 422)["guard"] == "parts"
    two = [one, {"wording": "They are for the northern mole."}]
    assert problem(editor.step(walk.review, "set_parts", parts=two), 422)["guard"] == "rollup"
    assert fields(editor.step(walk.review, "set_parts", parts=two, rollup="highest")) == ["rollup"]
    assert fields(editor.step(walk.review, "set_parts", parts=[one, {}], rollup="weakest")) == ["parts.1"]
    unknown = [one, {"case": "5c9d1f0e-52a9-4f0b-8f52-4b6a5d1c7e21"}]
    assert fields(editor.step(walk.review, "set_parts", parts=unknown, rollup="weakest")) == ["parts.1.case"]
    assert (
        problem(Program(walk.second).step(walk.review, "set_parts", parts=two, rollup="weakest"), 403)["guard"]
        == "turn"
    )


def test_an_editor_lets_somebody_play_two_parts(walk: Walk) -> None:
    both = make_person("checker", "editor", name="Ona Mole")
    checker, editor = Program(both), Program(walk.editor)
    checker.did(walk.review, "take")
    said = {"person": both.username, "hat": "approver", "reason": "The other editor is at sea."}
    editor.did(walk.review, "waive_four_eyes", **said)
    assert Duty.objects.filter(person=both, hat=Hat.APPROVER, waiver__isnull=False).exists()
    assert payload(now(walk.review))["reason"] == "The other editor is at sea."
    assert problem(editor.step(walk.review, "waive_four_eyes", **said), 422)["guard"] == "hat"
    needless = {**said, "person": walk.second.username, "hat": "first"}
    assert problem(editor.step(walk.review, "waive_four_eyes", **needless), 422)["guard"] == "needless"
    assert problem(Program(walk.second).step(walk.review, "waive_four_eyes", **said), 403)["guard"] == "role"
    assert fields(editor.step(walk.review, "waive_four_eyes", **{**said, "hat": "submitter"})) == ["hat"]
