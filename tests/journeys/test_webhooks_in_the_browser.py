"""A webhook made, tried, refused, switched off and on without a script; its pages inspected in all four ways."""

import re
from datetime import timedelta

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
from tests.verification.publishing.webhooks.hooks import make_hook, send_due, tell
from tests.verification.publishing.webhooks.receiver import Receiver
from verification.models import Webhook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_webhook_is_made_tried_and_switched_without_a_script(
    live_server: LiveServer, page_of: PageOf, settings: Settings
) -> None:
    with Receiver() as receiver:
        settings.FETCH_PRIVATE_TARGETS = (receiver.target,)
        page = page_of(make_person("administrator"), java_script_enabled=False)
        page.goto(live_server.url + reverse("admin:settings"))
        page.get_by_role("link", name="Change or add (Webhooks)").click()
        page.get_by_role("link", name="New webhook").click()
        page.get_by_label("Who receives it").fill("The Mole Lantern")
        page.get_by_label("Address").fill("https://localhost/readout")
        press(page, "Make it")
        expect(page.get_by_text("is not on the public internet")).to_be_visible()
        expect(page.get_by_label("Who receives it")).to_have_value("The Mole Lantern")
        page.get_by_label("Address").fill(receiver.url)
        press(page, "Make it")
        expect(page.locator("code.ro-link")).to_have_text(re.compile(r"^whsec_.{44}$"))
        receiver.behave(500, says=b"the shelf is full")
        press(page, "Send a test now")
        expect(page.get_by_text("did not take the test")).to_be_visible()
        expect(page.get_by_label("How the answer began")).to_have_text("the shelf is full")
        page.get_by_role("link", name="The Mole Lantern").click()
        press(page, "Switch off")
        expect(page.get_by_text("switched off by a person")).to_be_visible()
        press(page, "Switch on")
        expect(page.locator(".ro-chip.is-good").first).to_have_text("on")
        press(page, "Make a new secret")
        expect(page.get_by_text("The one before signs too until")).to_be_visible()


def test_the_pages_of_webhooks_hold(live_server: LiveServer, page_of: PageOf, settings: Settings) -> None:
    with Receiver() as receiver:
        settings.FETCH_PRIVATE_TARGETS = (receiver.target,)
        person = make_person("administrator")
        hook = make_hook(person, receiver.url)
        make_hook(person, receiver.url, ["verdict.retracted"], name="A newsletter")
        first = publish()
        tell()
        send_due()
        receiver.behave(500, says=b"x" * 3000)
        publish(first.review)
        tell()
        send_due()
    page = page_of(person)
    failed = hook.messages.latest("pk")
    Webhook.objects.filter(pk=hook.row.pk).update(failing_since=ClockTimestamp() - timedelta(hours=3))
    for name, arguments in (
        ("webhooks", []),
        ("webhook_new", []),
        ("webhook", [hook.row.public]),
        ("webhook_edit", [hook.row.public]),
        ("webhook_message", [hook.row.public, failed.public]),
        ("index", []),
    ):
        page.goto(live_server.url + reverse(f"admin:{name}", args=arguments))
        inspect(page, name.replace("_", "-"))
    page.goto(live_server.url + reverse("admin:webhook_new"))
    press(page, "Make it")
    inspect(page, "webhook-new-refused")
    page.goto(live_server.url + reverse("admin:webhook", args=[hook.row.public]))
    press(page, "Make a new secret")
    inspect(page, "webhook-secret")
