"""Assign automatically: an editor sees who should check what, and why, and confirms."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cases import now
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.opening import as_person, told
from tests.verification.admin.queue_pages import page
from verification.models import Profile, Review, State, Turn
from verification.review import assignment, triage

pytestmark = pytest.mark.django_db

SPREAD = reverse("admin:spread")


def proposed(person: User, **query: str) -> list[str]:
    """Return the ticks of the page, as the browser sends them."""
    html = as_person(person).get(SPREAD, query).content.decode()
    return re.findall(r'name="give" value="([^"]+)" checked', html)


def holders(*cases: Review) -> list[User]:
    return [Turn.objects.get(review=review, closed_at__isnull=True).duty.person for review in cases]


def test_an_editor_confirms_what_is_proposed_and_each_case_is_given(client: Client) -> None:
    desk = FullDesk()
    cases = [desk.queued(), desk.queued()]
    assert SPREAD in page(client, desk.editor)
    ticks = proposed(desk.editor)
    assert len(ticks) == 2
    sent = as_person(desk.editor).post(SPREAD, {"give": ticks})
    assert (sent.status_code, told(sent)) == (302, "2 cases are given.")
    assert set(holders(*cases)) == {desk.checker, desk.other}
    again = as_person(desk.editor).post(SPREAD, {"give": ticks})
    assert "given already" in told(again)
    assert Turn.objects.count() == 2


def test_only_the_ticked_ones_are_given_and_those_that_moved_are_told() -> None:
    desk = FullDesk()
    planned, taken, left = desk.queued(priority=0.9), desk.queued(priority=0.8), desk.queued(priority=0.7)
    ticks = proposed(desk.editor)
    triage.plan(planned, desk.second_editor, planned.revision, priority=0.1, deadline=None, second_check=False)
    third = make_person("checker", name="Tove Net")
    assignment.take(taken, third)
    sent = as_person(desk.editor).post(SPREAD, {"give": [each for each in ticks if not each.startswith(f"{left.pk}:")]})
    assert f"{planned.number}: Nothing was changed: Egon Pier was here" in told(sent)
    assert f"{taken.number}: Nothing was changed: Tove Net was here" in told(sent)
    assert (now(planned).state, now(left).state) == (State.QUEUED, State.QUEUED)
    assert holders(taken) == [third]


def test_reasons_and_what_is_for_nobody_stand_on_the_page() -> None:
    desk = FullDesk()
    case, foreign = desk.queued(), desk.queued()
    Review.objects.filter(pk=foreign.pk).update(language="pt")
    Profile.objects.create(person=desk.checker, languages=["en"], capacity=4, weight=2)
    Profile.objects.create(person=desk.other, weight=0)
    html = as_person(desk.editor).get(SPREAD).content.decode()
    assert "<b>Cato Lamp</b>: 1 open with it, of 4, weight 2" in html
    assert "Nobody who is here reads pt" in html
    assert proposed(desk.editor) == [f"{case.pk}:{case.revision}:{desk.checker.pk}"]


@pytest.mark.parametrize("asked", ["", "0", "x", "-3", "999999", "٣"])
def test_any_number_of_cases_can_be_asked_for_and_none_breaks_the_page(asked: str) -> None:
    desk = FullDesk()
    desk.queued()
    assert len(proposed(desk.editor, cases=asked)) == 1


@pytest.mark.parametrize("give", [[], ["x"], ["1:2"], ["9" * 40 + ":0:1"], ["1:0:nobody"]])
def test_what_no_browser_sends_gives_nothing(give: list[str]) -> None:
    desk = FullDesk()
    review = desk.queued()
    sent = as_person(desk.editor).post(SPREAD, {"give": give})
    assert sent.status_code == 302
    assert told(sent)
    assert now(review).state == State.QUEUED


@pytest.mark.parametrize("role", ["intake", "checker", "publisher", "auditor", "administrator"])
def test_whoever_is_no_editor_shares_nothing_out(client: Client, role: str) -> None:
    person = make_person(role)
    assert as_person(person).get(SPREAD).status_code == 403
    assert as_person(person).post(SPREAD).status_code == 403
    assert SPREAD not in page(client, person)


def test_an_empty_queue_says_so() -> None:
    assert "Nothing is queued." in as_person(make_person("editor")).get(SPREAD).content.decode()


def test_the_page_asks_no_more_of_the_database_for_many_than_for_few() -> None:
    desk = FullDesk()
    client, asked = as_person(desk.editor), []
    for count in (1, 6):
        for _number in range(count):
            desk.queued()
            make_person("checker")
        with CaptureQueriesContext(connection) as queries:
            client.get(SPREAD)
        asked.append(len(queries))
    assert asked[0] == asked[1]
