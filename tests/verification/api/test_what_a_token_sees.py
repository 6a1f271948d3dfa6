"""A token sees what its person would see on the desk's pages: while a check is blind, no colleague's judgment."""

import json

import pytest

from tests.cases import Walk, finding, make_candidate, make_document
from tests.verification.admin.test_case_page import as_person, page_of
from tests.verification.api.programs import Program, problem
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexDocument
from verification.models import Candidate, Document
from verification.research.own_words import search_in_words
from verification.review import holding, judgments
from verification.review.refusals import Moved

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


def library(text: str) -> Document:
    document = make_document(text, title=text[:20])
    PostgresIndex().add([IndexDocument(document.pk, document.title or "", document.text, "en")])
    return document


def found(program: Program, walk: Walk) -> list[str]:
    return [each["id"] for each in program.case(walk.review)["candidates"]]


def test_what_a_colleague_looked_for_in_their_own_words_shows_no_more_than_on_the_desk(walk: Walk) -> None:
    lamps, granary = library("Forty lamps burn on the mole."), library("The breakwater committee met in the granary.")
    whole = make_candidate(walk.review.claim, lamps, exact="Forty lamps burn on the mole.")
    blind = Program(walk.second, ["read"])
    before = found(blind, walk)
    search_in_words(walk.review.claim, "lamps burn", walk.checker)
    search_in_words(walk.review.claim, "breakwater committee granary", walk.checker)
    assert Candidate.objects.filter(document=lamps).count() == 2
    after = found(blind, walk)
    alone = str(Candidate.objects.get(document=granary).public)
    assert (before, after) == (after[:-1], [*before, alone])
    assert str(whole.public) in after
    for person in (walk.second, walk.checker, walk.editor):
        cards = as_person(person).get(page_of(walk.review)).context["cards"]
        assert found(Program(person, ["read"]), walk) == [str(card.candidate.public) for card in cards]
    assert found(Program(walk.checker), walk)[0] == alone


def test_who_comes_too_late_is_not_told_the_name_that_is_withheld(walk: Walk) -> None:
    seen = walk.proposed().review.revision
    Program(walk.checker).did(walk.review, "comment", text="See page two.")
    told = problem(Program(walk.second).step(walk.review, "take_second", revision=seen - 1), 409)["detail"]
    assert "Nothing was changed: a checker was here at" in told
    with pytest.raises(Moved, match="Cato Lamp was here at"):
        holding.hold(walk.review, walk.editor, seen - 1, "Wait.")


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
    assert (steps["propose"]["path"], steps["postpone"]["path"]) == ("steps/submit_judgment/", "steps/postpone/")
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
