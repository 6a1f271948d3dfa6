"""Cases change hands from the browser: taken, taken next, given one by one or many at once."""

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cases import now
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.opening import page_of
from verification.models import Absence, Hat, Profile, Review, State, Turn
from verification.review import assignment, triage

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:verification_review_changelist")
TAKE_NEXT = reverse("admin:take_next")


def post(client: Client, user: User, address: str, **fields: object) -> tuple[int, str]:
    """Post a form as a user; return the status and what they are told."""
    client.force_login(user)
    answer = client.post(address, fields)
    return answer.status_code, " | ".join(str(message) for message in get_messages(answer.wsgi_request))


def bulk(client: Client, person: User, cases: list[Review], to: object, note: str = "") -> str:
    """Run the queue's action on cases; return what the person is told."""
    fields = {"action": "assign_to", "index": "0", "to": to, "note": note}
    return post(client, person, QUEUE, _selected_action=[review.pk for review in cases], **fields)[1]


def holder(review: Review) -> User | None:
    """Return on whose desk a case is, for the first check."""
    turn = Turn.objects.filter(review=review, hat=Hat.FIRST, closed_at__isnull=True).first()
    return turn.duty.person if turn else None


def test_take_next_gives_the_most_urgent_case_and_opens_it(client: Client) -> None:
    desk = FullDesk()
    desk.queued(priority=0.2)
    urgent = desk.queued(priority=0.9)
    client.force_login(desk.checker)
    answer = client.post(TAKE_NEXT)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("admin:verification_review_change", args=[urgent.pk])
    assert holder(urgent) == desk.checker
    assert f"{urgent.number} is yours until" in str(next(iter(get_messages(answer.wsgi_request))))


def test_take_next_says_when_nothing_is_queued_for_you(client: Client) -> None:
    desk = FullDesk()
    mine = desk.queued()
    assignment.take(mine, desk.checker)
    assignment.give_back(now(mine), desk.checker, now(mine).revision, "hand_back", "Not my field.")
    status, told = post(client, desk.checker, TAKE_NEXT)
    assert status == 302
    assert "Nothing is queued for you" in told
    assert now(mine).state == State.QUEUED


def test_take_next_twice_takes_two_cases_and_never_one_twice(client: Client) -> None:
    desk = FullDesk()
    desk.queued()
    post(client, desk.checker, TAKE_NEXT)
    post(client, desk.checker, TAKE_NEXT)
    assert Turn.objects.count() == 1


@pytest.mark.parametrize("role", ["intake", "editor", "publisher", "auditor", "administrator", ""])
def test_whoever_is_no_checker_takes_nothing_by_address_either(client: Client, role: str) -> None:
    desk = FullDesk()
    review = desk.queued()
    person = make_person(*([role] if role else []))
    for address in (TAKE_NEXT, reverse("admin:take", args=[review.pk, "take"])):
        assert post(client, person, address, revision=review.revision)[0] == 403
    assert now(review).state == State.QUEUED


def test_nothing_is_taken_by_following_a_link(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    client.force_login(desk.checker)
    take = reverse("admin:take", args=[review.pk, "take"])
    for address, leads_to in (
        (TAKE_NEXT, reverse("admin:index")),
        (take, page_of(review, "verification_review_change")),
    ):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain == [(leads_to, 302)]
        assert "Nothing was changed." in answer.content.decode()
    assert now(review).state == State.QUEUED


def test_a_checker_takes_the_case_of_a_line(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    status, told = post(client, desk.checker, reverse("admin:take", args=[review.pk, "take"]), revision=review.revision)
    assert status == 302
    assert f"{review.number} is yours until" in told
    assert holder(review) == desk.checker


def test_a_checker_takes_a_second_check_and_the_first_checker_cannot(client: Client) -> None:
    desk = FullDesk()
    review = desk.walk(second_check=True).proposed().review
    address = reverse("admin:take", args=[review.pk, "take_second"])
    assert "somebody else has to do this" in post(client, desk.checker, address, revision=review.revision)[1]
    assert "is yours until" in post(client, desk.other, address, revision=review.revision)[1]
    assert Turn.objects.get(review=review, hat=Hat.SECOND).duty.person == desk.other


def test_a_case_that_somebody_took_meanwhile_is_told_and_stays_theirs(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    assignment.take(review, desk.other)
    address = reverse("admin:take", args=[review.pk, "take"])
    assert "Sela Rope was here" in post(client, desk.checker, address, revision=review.revision)[1]
    assert holder(review) == desk.other


def test_a_form_without_its_revision_takes_nothing(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    assert "Nothing was changed" in post(client, desk.checker, reverse("admin:take", args=[review.pk, "take"]))[1]
    assert holder(review) is None


def test_only_the_two_ways_of_taking_are_known(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    address = reverse("admin:take", args=[review.pk, "withdraw"])
    assert post(client, desk.checker, address, revision=review.revision)[0] == 404
    address = reverse("admin:take", args=[review.pk + 100, "take"])
    assert post(client, desk.checker, address, revision=0)[0] == 404


def test_nothing_is_given_to_somebody_who_is_away_and_the_editor_is_told(client: Client) -> None:
    desk = FullDesk()
    review, today = desk.queued(), timezone.localdate()
    Absence.objects.create(person=desk.checker, since=today, until=today)
    told = bulk(client, desk.editor, [review], desk.checker.pk)
    assert "Cato Lamp is away until" in told
    assert now(review).state == State.QUEUED


def test_giving_twice_gives_once(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    bulk(client, desk.editor, [review], desk.checker.pk)
    bulk(client, desk.editor, [review], desk.other.pk)
    assert Turn.objects.get().duty.person == desk.checker


def test_cases_go_to_active_checkers_only(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    left = make_person("checker")
    left.is_active = False
    left.save()
    for to in ("", "x", "99999999999", left.pk, desk.publisher.pk):
        assert "Choose the checker" in bulk(client, desk.editor, [review], to)
        address = reverse("admin:assign", args=[review.pk])
        status, told = post(client, desk.editor, address, person=to, note="", revision=review.revision)
        assert (status, "Choose the checker" in told) == (400, True)
    assert now(review).state == State.QUEUED


@pytest.mark.parametrize("role", ["intake", "checker", "publisher", "auditor", "administrator"])
def test_whoever_is_no_editor_gives_nothing_to_anybody(client: Client, role: str) -> None:
    desk = FullDesk()
    review, person = desk.queued(), make_person(role)
    bulk(client, person, [review], desk.checker.pk)
    address = reverse("admin:assign", args=[review.pk])
    assert post(client, person, address, person=desk.checker.pk, revision=review.revision)[0] == 403
    assert client.get(address).status_code == 403
    assert now(review).state == State.QUEUED


def test_an_editor_gives_one_case_with_a_note(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    client.force_login(desk.editor)
    address = reverse("admin:assign", args=[review.pk])
    assert "Cato Lamp, 0 open" in client.get(address).content.decode()
    fields = {"person": desk.checker.pk, "note": "Ask the board.", "revision": review.revision}
    answer = client.post(address, fields)
    assert answer.status_code == 302
    assert holder(review) == desk.checker
    assert Turn.objects.get().note == "Ask the board."


def test_a_note_is_not_lost_when_the_case_has_moved(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    triage.plan(review, desk.second_editor, review.revision, priority=0.9, deadline=None, second_check=False)
    client.force_login(desk.editor)
    address = reverse("admin:assign", args=[review.pk])
    fields = {"person": desk.checker.pk, "note": "Ask the <board>.", "revision": review.revision}
    answer = client.post(address, fields)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Egon Pier was here" in html
    assert "Ask the &lt;board&gt;." in html
    assert f'value="{desk.checker.pk}" selected' in html
    assert f'name="revision" value="{now(review).revision}"' in html
    assert client.post(address, fields | {"revision": now(review).revision}).status_code == 302
    assert holder(review) == desk.checker


def test_a_note_is_shown_again_when_somebody_else_has_the_case(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    assignment.take(review, desk.other)
    client.force_login(desk.editor)
    fields = {"person": desk.checker.pk, "note": "Ask the board.", "revision": review.revision}
    html = client.post(reverse("admin:assign", args=[review.pk]), fields).content.decode()
    assert "where “Assign” does not apply" in html
    assert "Ask the board." in html
    assert holder(review) == desk.other


def test_giving_a_case_asks_the_checkers_once(client: Client) -> None:
    desk = FullDesk()
    for _number in range(8):
        desk.walk(make_person("checker"))
    desk.queued()
    client.force_login(desk.editor)
    with CaptureQueriesContext(connection) as asked:
        client.get(QUEUE)
    assert sum("COUNT(DISTINCT" in query["sql"] and "auth_user" in query["sql"] for query in asked) == 1


def test_an_editor_who_gives_somebody_more_than_they_take_on_is_told(client: Client) -> None:
    desk = FullDesk()
    cases = [desk.queued() for _number in range(3)]
    Profile.objects.create(person=desk.checker, capacity=2)
    assert "takes on" not in bulk(client, desk.editor, cases[:2], desk.checker.pk)
    address = reverse("admin:assign", args=[cases[2].pk])
    fields = {"person": desk.checker.pk, "note": "", "revision": cases[2].revision}
    assert "Cato Lamp has 3 open, and takes on 2." in post(client, desk.editor, address, **fields)[1]
    assert holder(cases[2]) == desk.checker
    assert "has 4 open" in bulk(client, desk.editor, [desk.queued()], desk.checker.pk)
