"""Whoever may not give a case away learns nothing of the person they name: the rules for them are asked first."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of
from verification.models import Review
from verification.review import assignment, handing
from verification.review.refusals import Moved, NotYours
from verification.review.standing import Standing

pytestmark = pytest.mark.django_db
Give = Callable[[Review, User, User], Standing]


def assign(review: Review, by: User, to: User) -> Standing:
    return assignment.assign(review, by, to)


def assign_second(review: Review, by: User, to: User) -> Standing:
    return handing.assign_second(review, by, to, review.revision)


def hand_over(review: Review, by: User, to: User) -> Standing:
    return handing.hand_over(review, by, to, review.revision)


def refused(give: Give, review: Review, by: User, to: User) -> tuple[str, str]:
    with pytest.raises((NotYours, Moved)) as caught:
        give(review, by, to)
    return caught.value.refusal.guard, str(caught.value)


@pytest.mark.parametrize("give", [assign, assign_second, hand_over])
def test_a_blind_checker_finds_nobody_who_has_another_part(give: Give) -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    people = (walk.checker, make_person("checker"), walk.editor, make_person("publisher"))
    answers = {refused(give, walk.review, walk.second, each) for each in people}
    assert len(answers) == 1
    assert walk.checker.get_full_name() not in str(answers)


@pytest.mark.parametrize(("give", "guard"), [(assign, "role"), (hand_over, "moved")])
def test_of_a_queued_case_a_checker_learns_nothing_of_colleagues(give: Give, guard: str) -> None:
    walk = Walk().accepted()
    people = (walk.second, walk.editor, make_person("publisher"))
    answers = {refused(give, walk.review, walk.checker, each) for each in people}
    assert [found for found, _told in answers] == [guard]


def test_who_has_a_case_is_not_found_out_by_giving_it_to_them() -> None:
    walk = Walk().accepted().taken()
    answers = {refused(hand_over, walk.review, walk.publisher, each) for each in (walk.checker, walk.second)}
    assert [guard for guard, _told in answers] == ["role"]


def test_who_may_give_it_is_told_what_keeps_the_other_from_it() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    assert refused(assign_second, walk.review, walk.editor, walk.checker)[0] == "four_eyes"
    assert refused(assign_second, walk.review, walk.editor, walk.publisher)[0] == "role"


def test_an_editor_who_has_the_second_check_sees_nobody_left_out_of_a_list() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    judge = make_person("editor", "checker")
    make_person("checker", name="Bram Oakum")
    assignment.take(walk.review, judge, walk.review.revision, "take_second")
    answer = as_person(judge).get(page_of(now(walk.review), "case_assign_second"))
    assert answer.status_code == 200
    assert "Bram Oakum" not in answer.content.decode()
