"""A token sees what its person would see on the desk's pages: while a check is blind, no colleague's judgment."""

import json

import pytest

from tests.cases import Walk, finding
from tests.verification.api.programs import Program
from verification.review import judgments

pytestmark = pytest.mark.django_db
SECRET = "The first checker’s own words: it is wrong [1]."


@pytest.fixture
def walk() -> Walk:
    return Walk(second_check=True).accepted().taken()


def says_nothing_of_the_first(program: Program, walk: Walk) -> None:
    told = program.case(walk.review)
    assert told["judgments"] == []
    assert told["draft"] is None
    assert SECRET not in json.dumps(told, ensure_ascii=False)


def test_a_first_judgment_is_hidden_from_whoever_may_judge_second(walk: Walk) -> None:
    first, second = Program(walk.checker), Program(walk.second)
    duty = walk.review.duties.get(person=walk.checker)
    seen = judgments.judgment_of(duty).revision
    judgments.save(walk.review, walk.checker, finding(walk.review, reasoning=SECRET), seen=seen)
    says_nothing_of_the_first(second, walk)
    assert first.case(walk.review)["judgments"][0]["reasoning"] == SECRET


def test_while_the_second_check_is_open_nobody_is_told_of_the_first(walk: Walk) -> None:
    walk.proposed(reasoning=SECRET)
    second = Program(walk.second)
    says_nothing_of_the_first(second, walk)
    says_nothing_of_the_first(Program(walk.editor), walk)
    says_nothing_of_the_first(Program(walk.publisher), walk)
    told = second.did(walk.review, "take_second")
    assert SECRET not in json.dumps(told, ensure_ascii=False)
    assert "Cato Lamp" not in json.dumps(told)
    mine = Program(walk.checker).case(walk.review)["judgments"]
    assert [each["mine"] for each in mine] == [True]


def test_who_decides_between_two_is_not_told_their_names(walk: Walk) -> None:
    walk.proposed(reasoning="Cato Lamp says it is wrong [1].")
    second = Program(walk.second)
    told = second.did(walk.review, "take_second")
    sent = {
        "judgment_revision": 0,
        "rating": "Accurate",
        "reasoning": "It is right [1].",
        "none_refutes": True,
        "sourcing_reason": "One is enough.",
        "evidence": [{"candidate": told["candidates"][0]["id"], "stance": "supports"}],
    }
    assert second.did(walk.review, "submit_judgment", **sent)["state"] == "adjudication"
    editor = Program(walk.editor)
    seen = editor.case(walk.review)
    assert len(seen["judgments"]) == 2
    assert {(each["person"], each["hat"]) for each in seen["judgments"]} == {(None, None)}
    assert "Cato" not in json.dumps(seen)
    assert editor.did(walk.review, "adjudicate", rating="Accurate", reasoning="It is.")["state"] == "drafting"


def test_the_steps_are_the_buttons_of_the_person(walk: Walk) -> None:
    steps = {each["verb"]: each for each in Program(walk.checker).case(walk.review)["steps"]}
    assert steps["hand_back"]["allowed"] and steps["hand_back"]["reason"]
    assert (steps["propose"]["path"], steps["postpone"]["path"]) == ("steps/submit_judgment/", None)
    assert "take" not in steps
    assert "assign" not in {each["verb"] for each in Program(walk.second).case(walk.review)["steps"]}


def test_the_list_is_narrowed_to_a_state_and_to_ones_own(walk: Walk) -> None:
    other = Walk().accepted()
    program = Program(walk.checker)
    every = [each["id"] for each in program.get("cases/").json()["results"]]
    assert every == [str(other.review.public), str(walk.review.public)]
    queued = program.get("cases/?state=queued").json()["results"]
    assert [each["id"] for each in queued] == [str(other.review.public)]
    mine = program.get("cases/?mine=yes").json()["results"]
    assert [each["id"] for each in mine] == [str(walk.review.public)]
    assert program.get("cases/?state=nowhere").status_code == 400
