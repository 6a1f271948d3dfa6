"""What was sent for a case as it stood before is refused, and what was asked is what is answered as done."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.api.programs import Program, problem
from tests.verification.api.test_a_whole_case import judgment
from verification.models import Draft, Judgment, Review, ReviewEvent, State
from verification.review import afterwards

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted()


def in_days(days: int) -> str:
    return (timezone.now() + timedelta(days=days)).isoformat()


def test_a_signature_with_another_embargo_is_not_the_one_that_was_given(walk: Walk) -> None:
    walk.taken().proposed().drafted()
    editor, seen, later = Program(walk.editor), walk.review.revision, in_days(9)
    assert editor.did(walk.review, "approve", revision=seen)["embargo_until"] is None
    refused = editor.step(walk.review, "approve", revision=seen, embargo_until=later)
    assert problem(refused, 409)["guard"] == "state"
    assert editor.did(walk.review, "approve", revision=seen, embargo_until=None)["state"] == State.APPROVED
    assert now(walk.review).embargo_until is None


def test_a_signature_under_embargo_that_is_sent_twice_is_given_once_and_tells_until_when(walk: Walk) -> None:
    walk.taken().proposed().drafted()
    editor, seen, until = Program(walk.editor), walk.review.revision, in_days(9)
    first = editor.did(walk.review, "approve", revision=seen, embargo_until=until)
    same = datetime.fromisoformat(until).astimezone(UTC).isoformat()
    again = editor.did(walk.review, "approve", revision=seen, embargo_until=same)
    assert first == again
    told = datetime.fromisoformat(again["embargo_until"])
    assert told == datetime.fromisoformat(until).replace(microsecond=0)
    assert ReviewEvent.objects.filter(review=walk.review, verb="approve").count() == 1
    for other in ({}, {"embargo_until": in_days(10)}):
        assert problem(editor.step(walk.review, "approve", revision=seen, **other), 409)["guard"] == "state"


def test_a_correction_that_is_to_end_as_something_else_is_another_one() -> None:
    walk = Walk()
    walk.to_publication()
    editor, seen = Program(walk.editor), now(walk.review).revision
    said = {"revision": seen, "reason": "It was misread."}
    editor.did(walk.review, "correct", change="correction", **said)
    editor.did(walk.review, "correct", change="correction", **said)
    assert problem(editor.step(walk.review, "correct", change="void", **said), 409)["guard"] == "moved"


@pytest.mark.parametrize("verb", ["save_judgment", "submit_judgment"])
def test_a_judgment_on_a_case_that_moved_on_is_not_saved(walk: Walk, verb: str) -> None:
    checker = Program(walk.checker)
    told = checker.did(walk.review, "take")
    refused = problem(checker.step(walk.review, verb, revision=told["revision"] - 1, **judgment(told)), 409)
    assert refused["guard"] == "moved"
    assert "Nothing was changed" in refused["detail"]
    assert not Judgment.objects.filter(revision__gt=0).exists()


def test_a_text_for_a_case_that_moved_on_is_not_saved(walk: Walk) -> None:
    walk.taken().proposed()
    checker = Program(walk.checker)
    said = {"text_revision": 0, "headline": "No", "explanation": "It differs [1]."}
    assert problem(checker.step(walk.review, "write", revision=0, **said), 409)["guard"] == "moved"
    assert not Draft.objects.exists()
    checker.did(walk.review, "write", **said)
    assert Draft.objects.get().headline == "No"


def test_what_was_saved_in_an_earlier_cycle_and_comes_late_again_changes_nothing(walk: Walk) -> None:
    checker = Program(walk.checker)
    told = checker.did(walk.review, "take")
    early = {"revision": told["revision"]} | judgment(told, reasoning="An early thought.")
    checker.did(walk.review, "save_judgment", **early)
    walk.review = now(walk.review)
    walk.proposed()
    text = {"revision": now(walk.review).revision, "text_revision": 0, "headline": "Early", "explanation": "So [1]."}
    checker.did(walk.review, "write", **text)
    walk.review = now(walk.review)
    walk.drafted().approved().published()
    review = now(walk.review)
    afterwards.correct(review, walk.editor, review.revision, "correction", "It was misread.")
    checker.did(walk.review, "take")
    before = list(Judgment.objects.filter(cycle=2).values_list("reasoning", "revision"))
    assert problem(checker.step(walk.review, "save_judgment", **early), 409)["guard"] == "moved"
    assert list(Judgment.objects.filter(cycle=2).values_list("reasoning", "revision")) == before
    problem(checker.step(walk.review, "write", **text), 409)
    assert not Draft.objects.filter(cycle=2).exists()


def test_saving_moves_no_case_on_so_a_draft_is_saved_again_on_the_same_revision(walk: Walk) -> None:
    checker = Program(walk.checker)
    told = checker.did(walk.review, "take")
    for number in range(3):
        said = judgment(told, judgment_revision=number)
        checker.did(walk.review, "save_judgment", revision=told["revision"], **said)
    assert Judgment.objects.get().revision == 3


@pytest.mark.parametrize("verb", ["assign", "hand_over", "assign_second", "waive_four_eyes"])
def test_whoever_may_not_give_a_case_away_does_not_learn_who_has_a_log_in(verb: str) -> None:
    walk = Walk(second_check=True).accepted().taken()
    stranger = Program(make_person("checker", name="Una Reed"))
    more = {"hat": "approver", "reason": "The other is at sea."} if verb == "waive_four_eyes" else {}
    answers = [
        stranger.step(walk.review, verb, person=name, **more) for name in (walk.second.username, "nobody-of-that-name")
    ]
    assert answers[0].status_code in {403, 409}
    told = [json.loads(each.content) for each in answers]
    assert told[0] == told[1]


def test_where_the_claim_stands_is_told_with_its_words(walk: Walk) -> None:
    told = Program(walk.checker).case(walk.review)
    place = walk.review.claim.appearances.select_related("article").get()
    assert told["claim"] == str(walk.review.claim.public)
    (shown,) = told["appearances"]
    assert shown == {
        "article": str(place.article.public),
        "title": place.article.title,
        "outlet": place.article.outlet.name if place.article.outlet else None,
        "url": place.article.url,
        "exact": place.exact,
        "prefix": place.prefix,
        "suffix": place.suffix,
        "start": place.start,
        "end": place.end,
    }


def test_the_places_of_cases_that_joined_are_told_after_its_own(walk: Walk) -> None:
    again = Walk()
    Program(walk.editor).did(again.review, "duplicate", of=str(walk.review.public), reason="Word for word.")
    told = Program(walk.checker).case(walk.review)["appearances"]
    assert [each["article"] for each in told] == [
        str(review.claim.appearances.get().article.public) for review in Review.objects.order_by("pk")
    ]
