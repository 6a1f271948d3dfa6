"""A case driven from the queue to its correction by the tokens of its people alone; and what the rules refuse them."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.cases import RECORD, Walk
from tests.people import make_person
from tests.verification.api.programs import Program, problem
from verification.models import Judgment, Review, ReviewEvent, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted()


def judgment(told: dict[str, object], rating: str = "False", **more: object) -> dict[str, object]:
    """Return a judgment that passes the gate, with the first candidate as evidence."""
    candidates = told["candidates"]
    assert isinstance(candidates, list)
    return {
        "judgment_revision": 0,
        "rating": rating,
        "reasoning": "The record says otherwise [1].",
        "none_supports": True,
        "sourcing_reason": "The speaker’s own transcript settles what was said.",
        "evidence": [{"candidate": candidates[0]["id"], "stance": "refutes"}],
    } | more


def to_publication(walk: Walk, checker: Program, editor: Program, publisher: Program, **text: str) -> None:
    review = walk.review
    told = checker.did(review, "take")
    mine = told["judgments"][0] if told["judgments"] else {"revision": 0}
    sent = judgment(told, judgment_revision=mine["revision"])
    assert checker.did(review, "submit_judgment", **sent)["state"] == State.DRAFTING
    words = {"headline": "No: the record says otherwise", "explanation": "The transcript differs [1]."} | text
    checker.did(review, "write", text_revision=0, **words)
    checker.did(review, "send_to_sign_off")
    assert editor.did(review, "approve")["state"] == State.APPROVED
    assert publisher.did(review, "publish")["state"] == State.PUBLISHED


def test_three_people_publish_and_correct_a_check_by_their_tokens(walk: Walk, client: Client) -> None:
    checker, editor, publisher = Program(walk.checker), Program(walk.editor), Program(walk.publisher)
    to_publication(walk, checker, editor, publisher)
    address = f"/api/v1/verdicts/{walk.review.public}/"
    first = client.get(address).json()
    assert (first["version"], first["rating"]["label"], first["evidence"][0]["exact"]) == (1, "False", RECORD)

    assert editor.did(walk.review, "correct", change="correction", reason="It was misread.")["state"] == State.QUEUED
    to_publication(walk, checker, editor, publisher, change_note="We had misread the record.")
    second = client.get(address).json()
    assert (second["version"], second["change"], second["note"]) == (2, "correction", "We had misread the record.")
    assert [each["version"] for each in second["versions"]] == [2, 1]
    old = client.get(f"{address}versions/1/").json()
    assert (old["version"], old["current"], old["headline"]) == (1, False, first["headline"])
    people = {f"user:{each.person.pk}" for each in (checker, editor, publisher)} | {f"user:{walk.intake.pk}"}
    actors = set(ReviewEvent.objects.filter(review=walk.review).values_list("actor", flat=True))
    assert {each for each in actors if each.startswith("user:")} == people


def test_a_draft_is_saved_told_and_saved_again(walk: Walk) -> None:
    checker = Program(walk.checker)
    told = checker.did(walk.review, "take")
    saved = checker.did(walk.review, "save_judgment", **judgment(told, reasoning=""))
    (mine,) = saved["judgments"]
    assert (mine["mine"], mine["revision"], mine["submitted"], mine["rating"]) == (True, 1, False, "False")
    assert mine["missing"] and mine["evidence"][0]["stance"] == "refutes"
    refused = problem(checker.step(walk.review, "submit_judgment", **judgment(told, judgment_revision=0)), 409)
    assert refused["guard"] == "moved"
    empty = checker.step(walk.review, "submit_judgment", judgment_revision=1)
    assert problem(empty, 422)["guard"].startswith("gate:")


def test_a_stale_revision_is_told_and_nothing_is_done(walk: Walk) -> None:
    checker = Program(walk.checker)
    refused = problem(checker.step(walk.review, "take", revision=walk.review.revision - 1), 409)
    assert "Nothing was changed" in refused["detail"]
    assert Review.objects.get().state == State.QUEUED


def test_the_same_step_sent_twice_is_done_once_and_answered_alike(walk: Walk) -> None:
    checker, seen = Program(walk.checker), walk.review.revision
    first = checker.did(walk.review, "take", revision=seen)
    again = checker.did(walk.review, "take", revision=seen)
    assert first == again
    assert ReviewEvent.objects.filter(verb="take").count() == 1
    reason = {"reason": "I am away."}
    seen = first["revision"]
    checker.did(walk.review, "hand_back", revision=seen, **reason)
    checker.did(walk.review, "hand_back", revision=seen, **reason)
    other = checker.step(walk.review, "hand_back", revision=seen, reason="Something else.")
    assert problem(other, 409)["guard"] == "moved"


def test_four_eyes_hold_for_tokens(walk: Walk) -> None:
    both = make_person("checker", "editor", "publisher", name="Ona Mole")
    program = Program(both)
    told = program.did(walk.review, "take")
    program.did(walk.review, "submit_judgment", **judgment(told))
    program.did(walk.review, "write", text_revision=0, headline="No", explanation="It differs [1].")
    program.did(walk.review, "send_to_sign_off")
    assert problem(program.step(walk.review, "approve"), 403)["guard"] == "four_eyes"
    assert Review.objects.get().state == State.SIGN_OFF


def test_what_is_not_of_the_case_cannot_be_picked(walk: Walk) -> None:
    other = Walk().accepted()
    checker = Program(walk.checker)
    checker.did(walk.review, "take")
    foreign = checker.case(other.review)
    told = problem(checker.step(walk.review, "save_judgment", **judgment(foreign)), 400)
    assert told["errors"][0]["field"] == "evidence"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "revision"),
        ({"revision": -1}, "revision"),
        ({"revision": 10**12}, "revision"),
        ({"revision": 1, "spell": 2}, "spell"),
        ({"revision": 1, "evidence": [{"candidate": "no"}]}, "evidence.0.candidate"),
        ({"revision": 1, "judgment_revision": 0, "reasoning": "a" * 20_001}, "reasoning"),
        ({"revision": 1, "judgment_revision": 0, "rating": "Splendid"}, "rating"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(walk: Walk, said: dict[str, object], field: str) -> None:
    answer = Program(walk.checker).post(f"cases/{walk.review.public}/steps/save_judgment/", said)
    assert field in [each["field"] for each in problem(answer, 400)["errors"]]


def test_whoever_may_not_is_refused_by_the_verb(walk: Walk) -> None:
    auditor = Program(make_person("auditor"))
    assert problem(auditor.step(walk.review, "take"), 403)["guard"] == "role"
    assert problem(auditor.step(walk.review, "comment", text="Hm."), 403)["guard"] == "role"
    nobody = Program(make_person())
    assert problem(nobody.step(walk.review, "take"), 404)
    assert nobody.get("cases/").json()["results"] == []


def test_a_comment_stands_in_the_log_once(walk: Walk) -> None:
    checker = Program(walk.checker)
    checker.did(walk.review, "comment", text="See page two.")
    checker.did(walk.review, "comment", text="See page two.")
    assert ReviewEvent.objects.filter(verb="comment").count() == 1


def test_what_search_engines_would_refuse_is_not_approved(walk: Walk, settings: Settings) -> None:
    checker, editor = Program(walk.checker), Program(walk.editor)
    told = checker.did(walk.review, "take")
    checker.did(walk.review, "submit_judgment", **judgment(told))
    checker.did(walk.review, "write", text_revision=0, headline="No", explanation="It differs [1].")
    checker.did(walk.review, "send_to_sign_off")
    settings.PUBLIC_URL = "ftp://checks.example"
    assert problem(editor.step(walk.review, "approve"), 422)["guard"] == "claimreview"
    settings.PUBLIC_URL = ""
    editor.did(walk.review, "approve")
    settings.PUBLIC_URL = "ftp://checks.example"
    publisher = Program(walk.publisher)
    assert problem(publisher.step(walk.review, "publish"), 422)["guard"] == "claimreview"


def test_only_answers_to_questions_about_what_is_picked_are_kept(walk: Walk) -> None:
    checker = Program(walk.checker)
    told = checker.did(walk.review, "take")
    picked = walk.review.claim.candidates.get().document_id
    known, other = f"{picked}:altered", f"{picked + 1}:altered"
    answers = {known: "harmless", other: "harmless", f"{picked}:x": "meaning", "figure1": "meaning"}
    checker.did(walk.review, "save_judgment", **judgment(told, answers=answers))
    assert Judgment.objects.get().answers == {known: "harmless"}
    many = {f"{number}:altered": "harmless" for number in range(1001)}
    for answers in ({known + "\0": "harmless"}, {"\ud800": "harmless"}, {"a" * 900_000: "harmless"}, many):
        sent = judgment(told, judgment_revision=1, answers=answers)
        refused = problem(checker.step(walk.review, "save_judgment", **sent), 400)
        assert [each["field"] for each in refused["errors"]] == ["answers"]


@pytest.mark.parametrize(
    "when", ["2020-01-01T00:00Z", "9999-12-31T23:59", "9999-12-31T23:59-14:00", "0001-01-01T00:00", "2999-01-01T00:00Z"]
)
def test_a_deadline_and_an_embargo_lie_ahead_and_not_far(when: str) -> None:
    walk = Walk()
    told = problem(Program(walk.editor).step(walk.review, "accept", deadline=when), 400)
    assert [each["field"] for each in told["errors"]] == ["deadline"]
    told = problem(Program(walk.editor).step(walk.review, "approve", embargo_until=when), 400)
    assert [each["field"] for each in told["errors"]] == ["embargo_until"]


def test_whoever_may_not_publish_is_not_told_how_the_text_would_fare(walk: Walk, settings: Settings) -> None:
    walk.taken().proposed().drafted().approved()
    settings.PUBLIC_URL = "ftp://checks.example"
    assert problem(Program(walk.checker).step(walk.review, "publish"), 403)["guard"] == "role"
    assert problem(Program(walk.publisher).step(walk.review, "publish"), 422)["guard"] == "claimreview"


def test_a_token_that_may_not_read_is_told_where_the_case_stands_and_no_more(walk: Walk) -> None:
    program = Program(walk.checker, ["review"])
    taken = program.did(walk.review, "take")
    said = program.did(walk.review, "comment", text="See page two.")
    revision = Review.objects.get().revision
    assert taken == said == {"id": str(walk.review.public), "state": "researching", "revision": revision}
    assert "candidates" in Program(walk.checker, ["review", "read"]).did(walk.review, "comment", text="And three.")
