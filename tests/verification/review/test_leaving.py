"""Somebody leaves, or is no checker any more: nothing is stranded on their desk, and nothing they wrote is lost."""

import pytest
from django.contrib.auth.models import Group, User

from tests.cases import Walk, finding, now
from verification.admin.case.timeline import payload_of
from verification.models import Hat, Judgment, ReviewEvent, State, Turn
from verification.review import assignment, judgments
from verification.review.leaving import close_left, leave
from verification.review.proof import faults
from verification.review.refusals import NotYours
from verification.review.standing import standing_of

pytestmark = pytest.mark.django_db


def again(person: User) -> User:
    """Return a person as the next request reads them."""
    return User.objects.get(pk=person.pk)


def no_checker(person: User) -> User:
    """Take the role away, as somebody does who goes past the admin."""
    person.groups.remove(Group.objects.get(name="checker"))
    return again(person)


def drafted() -> Walk:
    """Walk a case to the first checker's desk, with a draft."""
    walk = Walk().accepted().taken()
    judgments.save(walk.review, walk.checker, finding(walk.review, 4), seen=walk.judgment().revision)
    return walk


def test_the_cases_of_somebody_who_leaves_are_queued_again_and_the_draft_is_kept() -> None:
    walk, waits = drafted(), Walk().accepted()
    waits.checker = walk.checker
    waits.taken()
    assignment.pause(waits.review, walk.checker, waits.review.revision, "await_source", "The board was asked.")
    assert leave(walk.checker, walk.editor) == 2
    assert {now(walk.review).state, now(waits.review).state} == {State.QUEUED}
    turns = Turn.objects.filter(duty__person=walk.checker)
    assert {turn.closed_as for turn in turns} == {Turn.End.LEFT}
    event = ReviewEvent.objects.filter(review=walk.review).order_by("-seq")[0]
    assert (event.verb, event.from_state, event.to_state) == ("left_desk", "researching", "queued")
    assert payload_of(event) == {"person": walk.checker.pk, "by": walk.editor.pk}
    assert Judgment.objects.get(review=walk.review).reasoning == "The record says otherwise [1]."
    assignment.take(now(walk.review), walk.second)
    assert list(faults()) == []


def test_a_second_check_whose_checker_left_stays_where_it_is_and_is_free() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    assignment.take(walk.review, walk.second, verb="take_second")
    seen = now(walk.review).revision
    assert leave(walk.second) == 1
    standing = standing_of(now(walk.review))
    assert (standing.review.state, standing.turns) == (State.SECOND_CHECK, ())
    assert standing.review.revision == seen + 1
    event = ReviewEvent.objects.filter(review=walk.review).order_by("-seq")[0]
    assert (event.verb, payload_of(event)) == ("turn_ended", {"person": walk.second.pk})


@pytest.mark.parametrize("how", ["deactivated", "no checker any more"])
def test_the_sweep_finds_whoever_went_by_another_way_and_nobody_else(how: str) -> None:
    walk, stays = drafted(), Walk().accepted().taken()
    if how == "deactivated":
        User.objects.filter(pk=walk.checker.pk).update(is_active=False)
    else:
        no_checker(walk.checker)
    assert assignment.close_run_out() == 1
    assert now(walk.review).state == State.QUEUED
    assert now(stays.review).state == State.RESEARCHING
    assert assignment.close_run_out() == 0


def test_a_case_on_hold_comes_back_to_where_others_can_take_it() -> None:
    walk = drafted()
    assignment.pause(walk.review, walk.editor, walk.review.revision, "hold", "The board meets first.")
    User.objects.filter(pk=walk.checker.pk).update(is_active=False)
    assert leave(walk.checker) == close_left() == 0
    assert now(walk.review).state == State.ON_HOLD
    assignment.resume(walk.review, walk.editor, now(walk.review).revision, "release")
    assert close_left() == 1
    assert now(walk.review).state == State.QUEUED


def test_whoever_lost_the_role_is_told_who_can_give_it_back_and_loses_no_word() -> None:
    walk = drafted()
    person = no_checker(walk.checker)
    seen, case = walk.judgment().revision, walk.review
    for _before_and_after_the_sweep in range(2):
        with pytest.raises(NotYours, match="an administrator can give you the role back"):
            judgments.submit(case, person, finding(case), seen=seen, case_seen=case.revision)
        close_left()
        case = now(case)
    assert Judgment.objects.get().reasoning == "The record says otherwise [1]."
    person.groups.add(Group.objects.get(name="checker"))
    walk.review, walk.checker = case, again(person)
    walk.taken().proposed()
    assert walk.review.state == State.DRAFTING


def test_a_case_returned_to_somebody_who_left_finds_another_checker() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    User.objects.filter(pk=walk.checker.pk).update(is_active=False)
    judgments.return_to_research(walk.review, walk.editor, walk.review.revision, "One more source.")
    assert close_left() == 1
    assignment.take(now(walk.review), walk.second)
    assert standing_of(now(walk.review)).holds(walk.second.pk, Hat.FIRST)
