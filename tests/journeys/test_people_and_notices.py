"""Settings, the list of people, invitations and notices, in a browser: everything that stands on them, filled."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Outlet, Speaker
from tests.cases import Walk
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from tests.verification.people.desks import tell_all
from verification.models import Absence, Conflict, Profile, Topic
from verification.review import assignment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walk() -> Walk:
    """Return a case that an editor gave to a checker, who has been told, and who has said much of themselves."""
    walk = Walk().accepted()
    assignment.assign(walk.review, walk.editor, walk.checker)
    tell_all()
    outlet, today = Outlet.objects.create(name="Harbour Wire"), localdate()
    Speaker.objects.create(name="Harbour Board of Port Example")
    profile = Profile.objects.create(person=walk.checker, languages=["en", "pt-BR"], capacity=1)
    profile.topics.add(*(Topic.objects.create(name=name) for name in ("Harbours", "Lamps", "Tides")))
    Absence.objects.create(person=walk.checker, since=today, until=today + timedelta(9), note="Regatta")
    Conflict.objects.create(person=walk.checker, outlet=outlet, reason="I wrote for it until last year.")
    return walk


def test_a_checker_reads_what_happened_and_says_what_they_want_to_be_told(
    walk: Walk, page_of: PageOf, live_server: LiveServer
) -> None:
    page = page_of(walk.checker)
    page.goto(live_server.url + reverse("admin:index"))
    page.get_by_role("link", name="Notices 1 unread").click()
    inspect(page, "notices")
    page.get_by_role("link", name=f"Edda Quay gave you {walk.review.number}.").click()
    expect(page).to_have_url(live_server.url + reverse("admin:verification_review_change", args=[walk.review.pk]))
    expect(page.get_by_role("link", name="Notices", exact=True)).to_be_visible()
    page.get_by_role("link", name="My settings").first.click()
    inspect(page, "my-settings")
    page.get_by_label("Show on the desk: A turn of yours ends soon").uncheck()
    page.get_by_label("Mail: A turn of yours ends soon").select_option("digest")
    page.get_by_role("button", name="Save what I am told").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("Show on the desk: A turn of yours ends soon")).not_to_be_checked()


def test_a_conflict_is_declared_by_name(walk: Walk, page_of: PageOf, live_server: LiveServer) -> None:
    page = page_of(walk.checker)
    page.goto(live_server.url + reverse("admin:me"))
    page.get_by_label("Find a speaker or an outlet").fill("harbour")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_label("Harbour Board of Port Example").check()
    page.get_by_role("button", name="Declare the conflict").click()
    expect(page.get_by_text("Say why, in one sentence.")).to_be_visible()
    expect(page.get_by_label("Harbour Board of Port Example")).to_be_checked()
    inspect(page, "conflict-refused")
    page.get_by_label("Why").fill("My sister sits on it.")
    page.get_by_role("button", name="Declare the conflict").click()
    expect(page.get_by_text("My sister sits on it.")).to_be_visible()


def test_an_editor_sees_who_is_here_and_sets_how_much_they_have(
    walk: Walk, page_of: PageOf, live_server: LiveServer
) -> None:
    page = page_of(walk.editor)
    page.goto(live_server.url + reverse("admin:people"))
    inspect(page, "people")
    page.get_by_role("link", name="Cato Lamp", exact=True).click()
    inspect(page, "person")
    page.get_by_label("Cases at once").fill("4")
    page.get_by_role("button", name="Save how much").click()
    page.get_by_role("link", name="People").first.click()
    expect(page.get_by_text("1 of 4")).to_be_visible()


def test_an_administrator_invites_somebody_who_makes_a_log_in(
    page: Page, page_of: PageOf, live_server: LiveServer
) -> None:
    desk = page_of(make_person("administrator", name="Adda Key"))
    desk.goto(live_server.url + reverse("admin:people"))
    desk.get_by_role("link", name="Invite somebody").click()
    desk.get_by_role("button", name="Invite", exact=True).click()
    inspect(desk, "invite-refused")
    desk.get_by_label("Address").fill("nils@newsroom.example")
    desk.get_by_label("Checker").check()
    desk.get_by_role("button", name="Invite", exact=True).click()
    inspect(desk, "invited")
    link = desk.locator(".ro-link").inner_text()
    page.goto(link)
    inspect(page, "invitation")
    page.get_by_label("First name").fill("Nils")
    page.get_by_label("Last name").fill("Navel")
    page.get_by_label("Log-in name").fill("nils")
    page.get_by_label("Password", exact=True).fill("a lantern under the pier")
    page.get_by_label("Password confirmation").fill("a lantern over the pier")
    page.get_by_role("button", name="Make my log-in").click()
    inspect(page, "invitation-refused")
    page.get_by_label("Password", exact=True).fill("a lantern under the pier")
    page.get_by_label("Password confirmation").fill("a lantern under the pier")
    page.get_by_role("button", name="Make my log-in").click()
    expect(page.get_by_text("Your log-in is made.")).to_be_visible()
    assert User.objects.get(username="nils").groups.get().name == "checker"
    page.goto(link)
    inspect(page, "invitation-used")
