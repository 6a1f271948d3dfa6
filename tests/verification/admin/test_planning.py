"""Priority, deadline and second check, set by an editor."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.cases import now
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from verification.models import Review, ReviewEvent
from verification.review import triage

pytestmark = pytest.mark.django_db


def address(review: Review) -> str:
    """Return where a case is planned."""
    return reverse("admin:plan", args=[review.pk])


def fields(review: Review, **values: object) -> dict[str, object]:
    """Return the form as a browser sends it."""
    given: dict[str, object] = {"priority": 70, "deadline": "", "second_check": "no", "revision": review.revision}
    return given | values


def test_an_editor_sets_priority_deadline_and_second_check(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    client.force_login(desk.editor)
    assert client.get(address(review)).status_code == 200
    later = (timezone.localtime() + timedelta(days=1)).replace(hour=16, minute=0, second=0, microsecond=0)
    sent = fields(review, deadline=later.strftime("%Y-%m-%dT%H:%M"), second_check="yes")
    assert client.post(address(review), sent).status_code == 302
    planned = now(review)
    assert (planned.priority, planned.deadline, planned.second_check) == (0.7, later, True)
    assert ReviewEvent.objects.filter(review=review, verb="plan").count() == 1


def test_a_deadline_is_meant_in_the_desks_zone(client: Client, settings: Settings) -> None:
    settings.TIME_ZONE = "America/New_York"
    timezone.deactivate()
    desk = FullDesk()
    review = desk.queued()
    client.force_login(desk.editor)
    client.post(address(review), fields(review, deadline="2099-01-15T16:00"))
    assert now(review).deadline == datetime(2099, 1, 15, 21, 0, tzinfo=UTC)
    html = client.get(address(review)).content.decode()
    assert 'value="2099-01-15T16:00"' in html
    assert "EST time" in html or "EDT time" in html


@pytest.fixture
def in_lisbon(client: Client, settings: Settings) -> Review:
    """Return a queued case of a desk in Lisbon, at which its editor is logged in."""
    settings.TIME_ZONE = "Europe/Lisbon"
    timezone.deactivate()
    desk = FullDesk()
    client.force_login(desk.editor)
    return desk.queued()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2027-03-28T01:30", "There is no 01:30 on 28 Mar 2027 in Europe/Lisbon: clocks go forward."),
        ("2027-10-31T01:30", "01:30 comes twice on 31 Oct 2027 in Europe/Lisbon: clocks go back."),
    ],
)
def test_a_time_that_clocks_skip_or_pass_twice_is_told_and_stays_in_the_form(
    client: Client, in_lisbon: Review, typed: str, why: str
) -> None:
    answer = client.post(address(in_lisbon), fields(in_lisbon, deadline=typed))
    assert answer.status_code == 400
    html = answer.content.decode()
    assert why in html
    assert f'value="{typed}"' in html
    assert now(in_lisbon).deadline is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-03-28T00:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28T02:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        ("2027-10-31T00:59", datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        ("2027-10-31T02:00", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_time_beside_the_change_of_clocks_is_meant_as_the_wall_says(
    client: Client, in_lisbon: Review, typed: str, meant: datetime
) -> None:
    assert client.post(address(in_lisbon), fields(in_lisbon, deadline=typed)).status_code == 302
    assert now(in_lisbon).deadline == meant


def test_no_deadline_is_made_up(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    client.force_login(desk.editor)
    client.post(address(review), fields(review))
    assert now(review).deadline is None


def test_what_nobody_touched_keeps_its_fraction_and_its_seconds(client: Client) -> None:
    desk = FullDesk()
    deadline = timezone.now() - timedelta(hours=3)
    review = desk.queued(priority=0.876, deadline=deadline, second_check=None)
    client.force_login(desk.editor)
    form = client.get(address(review)).context["form"]
    sent = {name: form[name].value() for name in ("priority", "second_check")}
    local = timezone.localtime(deadline).strftime("%Y-%m-%dT%H:%M")
    client.post(address(review), fields(review, **sent, deadline=local))
    planned = now(review)
    assert (planned.priority, planned.deadline, planned.second_check) == (0.876, deadline, None)
    assert planned.revision == review.revision + 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"priority": 101},
        {"priority": -1},
        {"priority": ""},
        {"priority": "x"},
        {"deadline": "tomorrow"},
        {"deadline": "2001-01-01T10:00"},
        {"second_check": "perhaps"},
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_typed_is_lost(
    client: Client, wrong: dict[str, object]
) -> None:
    desk = FullDesk()
    review = desk.queued()
    client.force_login(desk.editor)
    answer = client.post(address(review), fields(review, **{"priority": 33, "second_check": "yes"} | wrong))
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "errorlist" in html
    assert 'value="33"' in html or "priority" in wrong
    assert now(review).revision == review.revision


def test_two_editors_who_plan_one_case_are_told_and_see_both_versions(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    triage.plan(review, desk.second_editor, review.revision, priority=0.2, deadline=None, second_check=True)
    client.force_login(desk.editor)
    answer = client.post(address(review), fields(review, priority=88))
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Egon Pier was here" in html
    assert "<dd>20</dd>" in html
    assert "a second person judges it, blind" in html
    assert 'value="88"' in html
    assert now(review).priority == 0.2
    assert client.post(address(review), fields(now(review), priority=88)).status_code == 302
    assert now(review).priority == 0.88


def test_a_double_click_plans_once(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    client.force_login(desk.editor)
    for _click in range(2):
        client.post(address(review), fields(review, priority=88))
    assert ReviewEvent.objects.filter(review=review, verb="plan").count() == 1


def test_what_is_published_is_not_planned_any_more(client: Client) -> None:
    desk = FullDesk()
    review = desk.walk().proposed().drafted().approved()
    review.published()
    client.force_login(desk.editor)
    html = client.get(address(review.review)).content.decode()
    assert "does not apply" in html
    assert ">Save<" not in html


@pytest.mark.parametrize("role", ["intake", "checker", "publisher", "auditor", "administrator"])
def test_whoever_is_no_editor_plans_nothing(client: Client, role: str) -> None:
    desk = FullDesk()
    review = desk.queued()
    client.force_login(make_person(role))
    assert client.get(address(review)).status_code == 403
    assert client.post(address(review), fields(review)).status_code == 403
    assert now(review).revision == review.revision
