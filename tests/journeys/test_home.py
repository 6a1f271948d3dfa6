"""Home by keyboard, and all that it can hold, looked at in four ways."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.sources_at_hand import make_source
from verification.models import Challenge, SourceRun
from verification.review import challenges
from verification.review.remarks import WATCH

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOME = reverse("admin:index")
TOLD = (
    "“Minutes” (https://board.example/1) was changed after it was cited. It said: “Forty lamps.” It says now: “Four.”"
)


def test_home_tells_what_fails_and_what_changed_and_hides_its_first_steps(
    page_of: PageOf, live_server: LiveServer
) -> None:
    desk = FullDesk()
    desk.every_state()
    doubted = desk.walk(desk.other).proposed().drafted().approved().published().review
    challenges.challenge(doubted, WATCH, None, Challenge.Origin.WATCH, TOLD)
    source = make_source(enabled=True, outcome="FAILED", sentence="It did not answer in time.")
    at = timezone.now() - timedelta(hours=3)
    SourceRun.objects.create(source=source, verb="poll", outcome="FAILED", started_at=at, finished_at=at)
    page = page_of(make_person("intake", "checker", "editor", "publisher", "auditor", "administrator"))
    page.goto(live_server.url + HOME)
    expect(page.get_by_text("It says now: “Four.”")).to_be_visible()
    inspect(page, "home-full")
    page.get_by_role("button", name="Hide the first steps").click()
    expect(page.get_by_text("The first steps are hidden.")).to_be_visible()
    inspect(page, "home-without-first-steps")
    page.goto(live_server.url + reverse("admin:me"))
    inspect(page, "settings-hints-hidden")
    page.get_by_role("button", name="Show again").click()
    expect(page.get_by_role("heading", name="First steps")).to_be_visible()
    page.get_by_role("button", name="Try now Harbour Board").click()
    expect(page.get_by_text("It is due now")).to_be_visible()


def test_home_is_walked_and_left_by_keys_alone(page_of: PageOf, live_server: LiveServer) -> None:
    desk = FullDesk()
    cases = desk.every_state()
    page = page_of(desk.checker)
    page.goto(live_server.url + HOME)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()  # no key leads anywhere while the list is open
    expect(page.locator("#keys-list :focus")).to_have_count(0)  # a browser moves the focus with its next frame
    page.keyboard.press("Enter")
    expect(page).to_have_url(
        f"{live_server.url}{reverse('admin:verification_review_change', args=[cases['researching'].pk])}",
        timeout=20_000,  # the first page of a case is the slowest one
    )
    page.goto(live_server.url + HOME)
    page.keyboard.press("j")
    page.keyboard.press("j")
    inspect(page, "home-walked")
    page.keyboard.press("Enter")
    second = reverse("admin:verification_review_change", args=[cases["awaiting_source"].pk])
    expect(page).to_have_url(live_server.url + second)
    page.goto(live_server.url + HOME)
    page.keyboard.press("t")
    expect(page.get_by_text("yours until").first).to_be_visible()
