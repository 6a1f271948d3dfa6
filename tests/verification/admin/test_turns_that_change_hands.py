"""The pages on which a check changes hands, gets more time, or one person is let play two parts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.opening import as_person, page_of, send, told
from verification.models import Absence, Duty, Hat, Profile, Review, ReviewEvent, Turn
from verification.review import assignment
from verification.review.waiving import waive

pytestmark = pytest.mark.django_db

CASE = "verification_review_change"


def read(person: User, review: Review, name: str) -> str:
    """Return a page of a case as this person reads it."""
    answer = as_person(person).get(page_of(review, name))
    assert answer.status_code == 200, answer
    return answer.content.decode()


def holder(review: Review, hat: str = Hat.FIRST) -> User:
    return Turn.objects.get(review=review, hat=hat, closed_at__isnull=True).duty.person


def events(review: Review, verb: str) -> int:
    return ReviewEvent.objects.filter(review=review, verb=verb).count()


def test_whoever_has_a_case_hands_it_over_from_its_page_once_however_often_it_is_sent() -> None:
    desk = FullDesk()
    review = desk.walk().review
    assert page_of(review, "case_hand_over") in read(desk.checker, review, CASE)
    assert "Sela Rope, 0 open" in read(desk.checker, review, "case_hand_over")
    for _click in range(2):
        sent = send(
            desk.checker, review, "case_hand_over", person=desk.other.pk, note="Hers.", revision=review.revision
        )
        assert sent.status_code == 302
    assert "nothing was done twice" in told(sent)
    assert holder(review) == desk.other
    assert events(review, "hand_over") == 1
    assert "handed it over to <b>Sela Rope</b>" in read(desk.editor, review, CASE)


def test_a_note_survives_when_the_case_moved_or_nobody_was_chosen() -> None:
    desk = FullDesk()
    review = desk.walk().review
    sent = send(desk.editor, review, "case_hand_over", person="", note="Ask the <board>.")
    assert sent.status_code == 400
    assert "Ask the &lt;board&gt;." in sent.content.decode()
    assignment.give_back(review, desk.checker, review.revision, "hand_back", "I am away.")
    sent = send(desk.editor, review, "case_hand_over", person=desk.other.pk, note="Ask.", revision=review.revision)
    html = sent.content.decode()
    assert sent.status_code == 409
    assert "Cato Lamp was here" in html
    assert ">\nAsk.</textarea>" in html
    assert "Hand it over" not in html


def test_nobody_is_offered_who_is_away_or_plays_another_part_and_a_full_desk_is_told() -> None:
    desk = FullDesk()
    review = desk.walk().review
    away, submitter = make_person("checker", name="Ava Gone"), make_person("checker", name="Sam Giver")
    today = timezone.localdate()
    Absence.objects.create(person=away, since=today, until=today)
    Duty.objects.create(review=review, cycle=1, person=submitter, hat=Hat.SUBMITTER)
    html = read(desk.editor, review, "case_hand_over")
    assert "Sela Rope" in html
    assert not [name for name in ("Ava Gone", "Sam Giver", "Cato Lamp, 1 open") if name in html]
    Profile.objects.create(person=desk.other, capacity=0)
    sent = send(desk.editor, review, "case_hand_over", person=desk.other.pk)
    assert "Sela Rope has 1 open, and takes on 0" in told(sent)
    assert holder(review) == desk.other


def test_a_second_check_is_assigned_without_showing_anything_of_the_first_judgment() -> None:
    desk = FullDesk()
    walk = desk.walk(second_check=True).proposed(reasoning="Quite a secret [1].")
    html = read(desk.editor, walk.review, "case_assign_second")
    assert "Quite a secret" not in html
    assert "Cato Lamp, " not in html
    sent = send(desk.editor, walk.review, "case_assign_second", person=desk.other.pk, note="By noon.")
    assert sent.status_code == 302
    assert holder(walk.review, Hat.SECOND) == desk.other
    assert "gave the second check to <b>Sela Rope</b>" in read(desk.editor, walk.review, CASE)


def test_more_time_is_asked_for_with_hours_and_a_reason_that_are_not_lost() -> None:
    desk = FullDesk()
    review = desk.walk().review
    before = Turn.objects.get(review=review).until
    assert "1 to 8" in read(desk.checker, review, "case_postpone")
    for hours in ("", "0", "9", "x", "1" * 40, "٣"):
        sent = send(desk.checker, review, "case_postpone", hours=hours, reason="The archive opens at noon.")
        assert sent.status_code == 409
        assert "between 1 and 8 hours" in sent.content.decode()
        assert "The archive opens at noon." in sent.content.decode()
    for _click in range(2):
        values = {"hours": "3", "reason": "The archive opens at noon.", "revision": review.revision}
        sent = send(desk.checker, review, "case_postpone", **values)
    assert "nothing was done twice" in told(sent)
    assert Turn.objects.get(review=review).until - before == timedelta(hours=3)


def test_a_second_checker_asks_for_more_time_on_the_same_page() -> None:
    desk = FullDesk()
    walk = desk.walk(second_check=True).proposed()
    assignment.take(walk.review, desk.other, verb="take_second")
    sent = send(desk.other, walk.review, "case_postpone", hours="1", reason="One more look.")
    assert sent.status_code == 302
    assert events(walk.review, "postpone_second") == 1


def test_an_exception_is_made_on_a_page_that_says_what_it_means_and_is_told_wherever_the_case_is_read() -> None:
    desk = FullDesk()
    walk = desk.walk().proposed().drafted()
    desk.checker.groups.add(Group.objects.get(name="editor"))
    assert "readers of what is published are told" in read(desk.editor, walk.review, "case_waive")
    fields = {"person": desk.checker.pk, "hat": "approver", "reason": "Everybody else is at the fair."}
    assert send(desk.editor, walk.review, "case_waive", **fields | {"hat": "x"}).status_code == 400
    refused = send(desk.editor, walk.review, "case_waive", **fields | {"person": desk.second_editor.pk})
    assert refused.status_code == 409
    assert "Everybody else is at the fair." in refused.content.decode()
    for _click in range(2):
        sent = send(desk.editor, walk.review, "case_waive", **fields, revision=walk.review.revision)
    assert "nothing was done twice" in told(sent)
    for name in (CASE, "case_sign_off"):
        html = read(desk.checker, walk.review, name)
        assert "One person, two parts: Cato Lamp may be approver too." in html
        assert "Everybody else is at the fair." in html
    assert "An exception lets you sign beside your other part" in read(desk.checker, walk.review, "case_sign_off")
    assert "You have no other part in this case" in read(desk.second_editor, walk.review, "case_sign_off")
    assert "<b>Cato Lamp</b> may be approver too" in read(desk.editor, walk.review, CASE)
    assert send(desk.checker, walk.review, "case_sign_off", embargo_until="").status_code == 302
    assert now(walk.review).state == "approved"


def test_an_exception_in_a_case_that_is_decided_between_two_names_neither_of_them() -> None:
    desk = FullDesk()
    review = desk.differing()
    desk.other.groups.add(Group.objects.get(name="editor"))
    waive(review, desk.editor, User.objects.get(pk=desk.other.pk), Hat.ADJUDICATOR, review.revision, "Nobody else.")
    html = read(desk.second_editor, review, CASE)
    assert "a checker may be adjudicator too" in html
    assert "Sela Rope" not in html


@pytest.mark.parametrize("name", ["case_hand_over", "case_assign_second", "case_postpone", "case_waive"])
def test_who_has_no_part_in_it_cannot_open_these_pages(name: str) -> None:
    walk = Walk().accepted().taken()
    assert as_person(make_person("auditor")).get(page_of(walk.review, name)).status_code == 403
    assert as_person(walk.publisher).post(page_of(walk.review, name)).status_code == 403


@pytest.mark.parametrize("name", ["case_hand_over", "case_assign_second", "case_postpone"])
def test_where_there_is_nothing_to_do_the_page_leads_to_the_case(name: str) -> None:
    walk = Walk().accepted()
    answer = as_person(walk.editor).get(page_of(walk.review, name))
    assert answer.status_code == 302
    assert "does not apply" in told(answer)


def test_whoever_lost_every_role_still_reads_their_draft_and_what_they_type_is_shown_with_who_can_help() -> None:
    desk = FullDesk()
    review, other = desk.walk().review, desk.walk(desk.other).review
    send(desk.checker, review, "case_judge", judgment_revision=0, reasoning="My first thought.")
    desk.checker.groups.clear()
    assert "My first thought." in read(desk.checker, review, CASE)
    sent = send(desk.checker, review, "case_judge", judgment_revision=1, reasoning="My second thought.", submit="1")
    html = sent.content.decode()
    assert "an administrator can give you the role back" in html
    assert "My second thought." in html
    assignment.close_run_out()
    assert "My first thought." in read(desk.checker, review, CASE)
    assert as_person(desk.checker).get(page_of(other, CASE)).status_code == 403
    User.objects.filter(pk=desk.checker.pk).update(is_active=False)
    assert as_person(desk.checker).get(page_of(review, CASE)).status_code == 302
