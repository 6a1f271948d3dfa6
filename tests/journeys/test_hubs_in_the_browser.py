"""A hub refused, added, told and switched off without a script; its page inspected in all four ways."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from claims.models.clock import ClockTimestamp
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from tests.verification.publishing.rows import publish
from tests.verification.publishing.webhooks.receiver import Receiver
from tests.verification.publishing.websub.telling import DESK, tell_due
from verification.models import Hub

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_hub_is_added_told_and_switched_without_a_script(
    live_server: LiveServer, page_of: PageOf, settings: Settings
) -> None:
    settings.PUBLIC_URL = DESK
    with Receiver() as hub:
        settings.FETCH_PRIVATE_TARGETS = (hub.target,)
        page = page_of(make_person("administrator"), java_script_enabled=False)
        page.goto(live_server.url + reverse("admin:settings"))
        page.get_by_role("link", name="Hubs that are told at once (Feeds)").click()
        page.get_by_label("Address of a hub").fill("https://localhost/hub")
        press(page, "Add it")
        expect(page.get_by_text("is not on the public internet: enter")).to_be_visible()
        expect(page.get_by_label("Address of a hub")).to_have_value("https://localhost/hub")
        page.get_by_label("Address of a hub").fill(hub.url)
        press(page, "Add it")
        hub.behave(500)
        press(page, "Tell it now")
        expect(page.get_by_text("did not take it.")).to_be_visible()
        hub.behave()
        press(page, "Tell it now")
        expect(page.get_by_text(f"{hub.url} took it.")).to_be_visible()
        press(page, "Switch off")
        expect(page.locator(".ro-chip")).to_have_text("off")
        press(page, "Switch on")
        expect(page.locator(".ro-chip.is-good")).to_have_text("on")


def test_the_page_of_hubs_holds(live_server: LiveServer, page_of: PageOf, settings: Settings) -> None:
    person = make_person("administrator", name="Anders Keel")
    page = page_of(person)
    page.goto(live_server.url + reverse("admin:hubs"))
    inspect(page, "hubs-none")
    settings.PUBLIC_URL = DESK
    with Receiver() as away:
        settings.FETCH_PRIVATE_TARGETS = (away.target,)
        away.behave(503)
        for url in (away.url, f"https://hub.example/{'long-' * 40}", "https://off.example/hub"):
            Hub.objects.create(url=url, made_by=person, told_up_to=0)
        Hub.objects.filter(url__contains="off.").update(off_at=ClockTimestamp())
        publish()
        tell_due(5.0)
    page.goto(live_server.url + reverse("admin:hubs"))
    expect(page.get_by_text("503: The hub is not at work behind its front door.")).to_be_visible()
    inspect(page, "hubs")
