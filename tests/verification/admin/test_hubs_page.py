"""The page of hubs: who may open and change it, an address that is refused, a hub told now, one switched off."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from tests.verification.publishing.rows import publish
from tests.verification.publishing.webhooks.receiver import Receiver
from tests.verification.publishing.websub.telling import DESK, heard, tell_due
from verification.models import Hub

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:hubs"), reverse("admin:hub_add")


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.PUBLIC_URL = DESK
    with Receiver() as running:
        settings.FETCH_PRIVATE_TARGETS = (running.target,)
        yield running


@pytest.fixture
def browser() -> Client:
    return as_person(make_person("administrator", name="Anders Keel"))


@pytest.fixture
def hub(browser: Client, receiver: Receiver) -> Hub:
    browser.post(ADD, {"url": receiver.url})
    return Hub.objects.get()


def do(browser: Client, hub: Hub, verb: str) -> Any:
    return browser.post(reverse("admin:hub_do", args=[hub.public]), {"do": verb}, follow=True)


def test_a_hub_is_added_by_its_address_and_once(browser: Client, receiver: Receiver) -> None:
    first = browser.post(ADD, {"url": f" {receiver.url} "}, follow=True)
    assert "is told of what is published from now on" in told(first)
    assert "Anders Keel" in first.content.decode()
    assert "is listed already" in told(browser.post(ADD, {"url": receiver.url}, follow=True))
    assert Hub.objects.get().url == receiver.url


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "Enter the address of the hub."),
        ("https://169.254.169.254/hub", "is not on the public internet"),
        ("https://localhost/hub", "is not on the public internet"),
        ("http://hub.example/", "begins with http://"),
        ("https://me:secret@hub.example/", "holds a user name or password"),
        ("https://hub.example/" + "x" * 1100, "at most 1000 characters"),
    ],
)
def test_an_address_that_may_not_be_told_is_refused_and_stays(
    browser: Client, receiver: Receiver, url: str, why: str
) -> None:
    answer = browser.post(ADD, {"url": url})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert why in page
    assert f'value="{url}"' in page or not url
    assert not Hub.objects.exists()


def test_a_desk_that_does_not_know_its_address_says_so(browser: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = ""
    page = browser.get(LIST).content.decode()
    assert "the operator sets PUBLIC_URL" in page
    assert re.search('<input [^>]*name="url"[^>]* disabled', page)
    assert 'type="submit" disabled aria-describedby="add-why"' in page
    answer = browser.post(ADD, {"url": "https://hub.example/"})
    assert answer.status_code == 400
    assert not Hub.objects.exists()


def test_a_desk_that_knows_its_address_takes_a_hub(browser: Client, receiver: Receiver) -> None:
    page = browser.get(LIST).content.decode()
    assert " disabled" not in page
    assert "add-why" not in page


def test_how_a_hub_stands_is_told_in_words(browser: Client, hub: Hub, receiver: Receiver) -> None:
    assert "not yet" in browser.get(LIST).content.decode()
    receiver.behave(503, says=b"<script>alert(1)</script>")
    publish()
    tell_due()
    page = browser.get(LIST).content.decode()
    assert "failing" in page
    assert "503: The hub is not at work behind its front door." in page
    assert "tried again" in page
    assert "<script>alert" not in page


def test_a_hub_is_told_now_whatever_the_schedule_says(browser: Client, hub: Hub, receiver: Receiver) -> None:
    receiver.behave(500)
    publish()
    tell_due()
    assert "did not take it. 500: The hub had a fault of its own." in told(do(browser, hub, "tell"))
    receiver.behave()
    receiver.requests.clear()
    assert "took it" in told(do(browser, hub, "tell"))
    assert f"{DESK}/checks/corrections/feed.json" in heard(receiver)
    receiver.requests.clear()
    tell_due()  # what it lacked besides is due at once
    assert f"{DESK}/checks/feed.atom?rating=False" in heard(receiver)


def test_a_hub_is_switched_off_and_on_and_is_never_taken_away(browser: Client, hub: Hub, receiver: Receiver) -> None:
    assert "feeds name it no more" in told(do(browser, hub, "off"))
    assert "done already" in told(do(browser, hub, "off"))
    assert "off since" in browser.get(LIST).content.decode()
    publish()
    tell_due()
    assert receiver.requests == []
    assert "told of what it has missed" in told(do(browser, hub, "on"))
    tell_due()
    assert heard(receiver)
    assert do(browser, hub, "delete").status_code == 404


def test_editors_and_auditors_read_and_only_administrators_change(hub: Hub, receiver: Receiver) -> None:
    do_it = reverse("admin:hub_do", args=[hub.public])
    for role, status in (("editor", 200), ("auditor", 200), ("checker", 403), ("publisher", 403)):
        person = as_person(make_person(role))
        assert person.get(LIST).status_code == status, role
        assert person.post(ADD, {"url": "https://hub.example/"}).status_code == 403
        assert person.post(do_it, {"do": "off"}).status_code == 403
    assert ADD not in as_person(make_person("editor")).get(LIST).content.decode()
    assert Hub.objects.get().off_at is None
    assert receiver.requests == []


def test_the_settings_lead_to_the_hubs(browser: Client) -> None:
    assert f'href="{LIST}"' in browser.get(reverse("admin:settings")).content.decode()
