"""Nothing of a first judgment reaches whoever may still judge the case blind, however early they look."""

import pytest
from django.contrib.auth.models import User

from tests.cases import Walk, finding, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of
from verification.models import Desk, Review
from verification.review import assignment, judgments

pytestmark = pytest.mark.django_db

SECRET = "A very telling phrase [1]."


def page(person: User, review: Review) -> str:
    return as_person(person).get(page_of(review, "verification_review_change")).content.decode()


def drafted_by_the_first(walk: Walk) -> Walk:
    wish = finding(walk.review, reasoning=SECRET)
    judgments.save(walk.review, walk.checker, wish, seen=walk.judgment().revision)
    return walk


def test_a_draft_is_hidden_from_other_checkers_while_a_second_check_may_follow() -> None:
    walk = drafted_by_the_first(Walk(second_check=True).accepted().taken())
    assert "telling phrase" not in page(walk.second, walk.review)
    assert "telling phrase" in page(walk.checker, walk.review)
    assert "telling phrase" in page(walk.editor, walk.review)
    assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "I am away.")
    walk.review = now(walk.review)
    assert "telling phrase" not in page(walk.second, walk.review)


def test_a_proposed_judgment_is_hidden_from_checkers_until_an_editor_decided() -> None:
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"second_check": None})
    walk = Walk().accepted().taken().proposed(reasoning=SECRET)
    both = make_person("checker", "editor")
    for person in (walk.second, both):
        text = page(person, walk.review)
        assert "telling phrase" not in text
        assert "Rating: False" not in text
    assert "telling phrase" in page(walk.editor, walk.review)
    judgments.decide_second_check(walk.review, walk.editor, walk.review.revision, "pass_on")
    assert "telling phrase" in page(walk.second, now(walk.review))


def test_whoever_takes_a_case_over_reads_what_the_first_checker_left() -> None:
    walk = drafted_by_the_first(Walk(second_check=True).accepted().taken())
    assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "I am away.")
    review = now(walk.review)
    assignment.take(review, walk.second, review.revision)
    assert "telling phrase" in page(walk.second, now(review))


def test_a_returned_case_tells_its_checker_why() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    assignment.take(walk.review, walk.second, verb="take_second")
    review = now(walk.review)
    seen = judgments.judgment_of(review.duties.get(person=walk.second)).revision
    judgments.submit(review, walk.second, finding(review), seen=seen, case_seen=review.revision)
    review = now(review)
    judgments.return_to_research(review, walk.editor, review.revision, "The tide table is missing.")
    assert "The tide table is missing." in page(walk.checker, now(review))


def test_what_a_first_checker_wrote_in_passing_is_hidden_too() -> None:
    walk = Walk(second_check=True).accepted().taken()
    assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "It looks quite wrong to me.")
    walk.review = now(walk.review)
    assert "quite wrong to me" not in page(walk.second, walk.review)
    assert "quite wrong to me" in page(walk.editor, walk.review)
