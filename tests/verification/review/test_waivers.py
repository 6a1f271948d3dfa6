"""Break-glass: two parts for one person, by an editor, with a reason that is kept, and never without."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction

from tests.cases import Walk, finding, now
from tests.people import make_person
from verification.admin.case.timeline import payload_of
from verification.models import Draft, Duty, EventPayload, Hat, Judgment, Rating, ReviewEvent, State, Verdict
from verification.review import adjudication, afterwards, assignment, judgments, verdicts
from verification.review.log import erase_payload
from verification.review.policy import is_kept_blind
from verification.review.proof import faults
from verification.review.refusals import Moved, NotYours, Unmet
from verification.review.standing import standing_of
from verification.review.waiving import waive, waivers_behind, waivers_of

pytestmark = pytest.mark.django_db

WHY = "Everybody else is at the harbour fair."


def also(person: User, role: str) -> User:
    """Give a person one more role, and return them as a new request reads them."""
    person.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=person.pk)


def waived(walk: Walk, person: User, hat: str, **more: Any) -> None:
    waive(walk.review, more.get("editor", walk.editor), person, hat, walk.review.revision, WHY)
    walk.review = now(walk.review)


def test_a_checker_approves_their_own_check_once_an_editor_let_them_and_the_log_says_why() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    both = also(walk.checker, "editor")
    with pytest.raises(NotYours, match="somebody else has to do this"):
        verdicts.approve(walk.review, both, walk.review.revision)
    waived(walk, both, Hat.APPROVER)
    verdict = verdicts.approve(walk.review, both, walk.review.revision)
    event = ReviewEvent.objects.get(review=walk.review, verb="waive_four_eyes")
    assert (event.from_state, event.to_state, event.actor) == ("sign_off", "sign_off", f"user:{walk.editor.pk}")
    assert payload_of(event) == {"person": both.pk, "hat": "approver", "reason": WHY}
    assert verdict.approval.waiver == event
    assert (verdict.checked_by, verdict.approved_by) == ("Cato Lamp", "Cato Lamp")
    assert [(each.name, each.hat, each.reason) for each in waivers_behind(verdict)] == [
        ("Cato Lamp", Hat.APPROVER, WHY)
    ]
    assert list(faults()) == []


def test_an_editor_who_wrote_the_text_may_let_themselves_approve_it() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    Draft.objects.update(author=walk.editor)
    with pytest.raises(NotYours, match="You wrote this text"):
        verdicts.approve(walk.review, walk.editor, walk.review.revision)
    waived(walk, walk.editor, Hat.APPROVER)
    assert verdicts.approve(walk.review, walk.editor, walk.review.revision).approved_by == "Edda Quay"


def test_the_first_checker_may_be_let_do_the_second_check_too() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    with pytest.raises(NotYours, match="somebody else has to do this"):
        assignment.take(walk.review, walk.checker, walk.review.revision, "take_second")
    waived(walk, walk.checker, Hat.SECOND)
    assignment.take(walk.review, walk.checker, walk.review.revision, "take_second")
    walk.review = now(walk.review)
    seen = walk.judgment(walk.checker, Hat.SECOND).revision
    judgments.submit(walk.review, walk.checker, finding(walk.review, 2), seen=seen, case_seen=walk.review.revision)
    walk.review = now(walk.review)
    assert walk.review.state == State.ADJUDICATION
    assert Judgment.objects.filter(person=walk.checker, submitted_at__isnull=False).count() == 2
    both = also(walk.checker, "editor")
    waived(walk, both, Hat.ADJUDICATOR)
    adjudication.adjudicate(
        walk.review, both, walk.review.revision, Rating.objects.get(scale__in_use=True, value=2), "So it is [1]."
    )
    assert now(walk.review).state == State.DRAFTING
    assert len(waivers_of(standing_of(now(walk.review)))) == 2


def test_whoever_was_let_do_more_hands_a_case_back_and_takes_it_again() -> None:
    walk = Walk().accepted().taken()
    both = also(walk.checker, "editor")
    waived(walk, both, Hat.APPROVER)
    assignment.give_back(walk.review, both, walk.review.revision, "hand_back", "I am away.")
    assignment.assign(now(walk.review), walk.editor, both)
    assignment.give_back(walk.review, both, now(walk.review).revision, "hand_back", "I am away.")
    assignment.take(now(walk.review), both)
    assert standing_of(now(walk.review)).holds(both.pk, Hat.FIRST)


def test_the_submitter_may_be_let_check_what_they_handed_in() -> None:
    walk = Walk().accepted()
    Duty.objects.create(review=walk.review, cycle=1, person=walk.checker, hat=Hat.SUBMITTER)
    with pytest.raises(NotYours, match="submitter"):
        assignment.take(walk.review, walk.checker)
    waived(walk, walk.checker, Hat.FIRST)
    assert walk.taken().proposed().review.state == State.DRAFTING


def test_an_exception_is_made_only_where_it_is_needed_and_for_who_has_the_role() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    editor = make_person("editor", name="Egon Pier")
    for person, hat, why in (
        (editor, Hat.APPROVER, "no exception is needed"),
        (walk.checker, Hat.FIRST, "may do this already"),
        (walk.checker, Hat.APPROVER, "does not have the role for it: editor"),
        (walk.editor, Hat.SECOND, "does not have the role for it: checker"),
        (walk.checker, Hat.SUBMITTER, "Choose a part"),
        (walk.checker, "anything", "Choose a part"),
    ):
        with pytest.raises(Unmet, match=why):
            waive(walk.review, walk.editor, person, hat, walk.review.revision, WHY)
    assert not ReviewEvent.objects.filter(verb="waive_four_eyes").exists()
    assert now(walk.review).revision == walk.review.revision


def test_no_exception_without_a_reason_by_a_checker_or_on_a_case_that_moved() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    seen = walk.review.revision
    with pytest.raises(Unmet, match="Say why"):
        waive(walk.review, walk.editor, walk.checker, Hat.SECOND, seen, "  ")
    with pytest.raises(NotYours, match="Your role does not include this"):
        waive(walk.review, walk.second, walk.checker, Hat.SECOND, seen, WHY)
    with pytest.raises(Moved):
        waive(walk.review, walk.editor, walk.checker, Hat.SECOND, seen - 1, WHY)
    assert not Duty.objects.filter(waiver__isnull=False).exists()


def test_an_exception_holds_for_one_cycle_and_one_part() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    both = also(walk.checker, "editor")
    waived(walk, both, Hat.APPROVER)
    verdicts.approve(walk.review, both, walk.review.revision)
    walk.review = now(walk.review)
    walk.published()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    walk.review = now(walk.review)
    walk.taken().proposed().drafted(change_note="The hour was wrong.")
    with pytest.raises(NotYours, match="somebody else has to do this"):
        verdicts.approve(walk.review, User.objects.get(pk=both.pk), walk.review.revision)


def test_the_database_lets_nobody_wear_two_hats_without_the_event_that_says_why() -> None:
    walk = Walk().accepted().taken()
    with pytest.raises(IntegrityError, match="duty_one_hat_per_person_and_cycle"), transaction.atomic():
        Duty.objects.create(review=walk.review, cycle=1, person=walk.checker, hat=Hat.APPROVER)
    other_verb = ReviewEvent.objects.filter(review=walk.review, verb="take").get()
    with pytest.raises(IntegrityError, match="event of the same case"), transaction.atomic():
        Duty.objects.create(review=walk.review, cycle=1, person=walk.checker, hat=Hat.APPROVER, waiver=other_verb)


def test_whoever_will_do_both_checks_is_kept_from_what_another_first_checker_found() -> None:
    walk = Walk(second_check=True).accepted().taken()
    assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "I am away.")
    left, walk.checker = walk.checker, walk.second
    walk.review = now(walk.review)
    walk.taken()
    assert not is_kept_blind(left, walk.review)
    waived(walk, left, Hat.SECOND)
    assert is_kept_blind(left, walk.review)


def test_an_exception_that_was_not_used_is_not_told_of_the_version() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    both = also(walk.checker, "editor")
    waived(walk, both, Hat.APPROVER)
    walk.approved()
    assert waivers_behind(Verdict.objects.get()) == []
    assert len(waivers_of(standing_of(walk.review))) == 1


def test_a_reason_that_was_erased_is_told_as_empty() -> None:
    walk = Walk().accepted().taken()
    both = also(walk.checker, "editor")
    waived(walk, both, Hat.APPROVER)
    event = ReviewEvent.objects.get(verb="waive_four_eyes")
    erase_payload(event, actor=f"user:{walk.editor.pk}", reason="It named somebody.")
    assert not EventPayload.objects.filter(event=event).exists()
    assert [each.reason for each in waivers_of(standing_of(walk.review))] == [""]
