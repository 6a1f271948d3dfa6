"""The pages of webhooks: who may open and change them, a secret shown once, a test, a replay, what is wrong."""

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from claims.models.clock import ClockTimestamp
from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from tests.verification.publishing.rows import publish
from tests.verification.publishing.webhooks.hooks import Hook, make_hook, send_due, tell
from tests.verification.publishing.webhooks.receiver import Receiver
from verification.admin.webhooks.standing import attempt_told
from verification.models import Webhook, WebhookAttempt, WebhookMessage, WebhookOff

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("admin:webhooks"), reverse("admin:webhook_new")
ALL = ["verdict.published", "verdict.corrected", "verdict.updated", "verdict.retracted"]


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    with Receiver() as running:
        settings.FETCH_PRIVATE_TARGETS = (running.target,)
        yield running


@pytest.fixture
def administrator() -> User:
    return make_person("administrator", name="Anders Keel")


@pytest.fixture
def browser(administrator: User) -> Client:
    return as_person(administrator)


@pytest.fixture
def hook(receiver: Receiver, administrator: User) -> Hook:
    return make_hook(administrator, receiver.url)


def at(hook: Hook, name: str, *more: object) -> str:
    return reverse(f"admin:{name}", args=[hook.row.public, *more])


def form(url: str, **fields: object) -> dict[str, Any]:
    return {"name": "The Mole Lantern", "url": url, "events": ALL, "public": uuid.uuid4()} | fields


def secrets_in(answer: Any) -> list[str]:
    return re.findall(r"whsec_[A-Za-z0-9+/=]{44}", answer.content.decode())


def test_a_new_webhook_shows_its_secret_once_and_the_same_form_makes_no_second(browser: Client) -> None:
    sent = form("https://hooks.example/readout")
    answer = browser.post(NEW, sent)
    page = reverse("admin:webhook", args=[Webhook.objects.get().public])
    assert answer["Location"] == page  # to load that again sends no form
    stored = {f"{key}{value}" for key, value in browser.session.items()}
    assert not any("whsec_" in each for each in stored)
    shown = browser.get(page)
    assert len(secrets_in(shown)) == 1
    assert "no-store" in shown["Cache-Control"]
    assert secrets_in(browser.get(page)) == []
    again = browser.post(NEW, sent)
    assert "made already" in told(again)
    hook = Webhook.objects.get()
    assert (hook.events, hook.base) == ([], "http://testserver")
    assert secrets_in(browser.get(reverse("admin:webhook", args=[hook.public]))) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/hook",
        "https://[::1]/hook",
        "http://hooks.example/readout",
        "https://me:secret@hooks.example/readout",
        "hooks",
    ],
)
def test_an_address_that_may_not_be_sent_to_is_refused_and_what_was_typed_stays(browser: Client, url: str) -> None:
    answer = browser.post(NEW, form(url, events=["verdict.corrected"]))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'class="errorlist"' in page
    assert 'value="The Mole Lantern"' in page
    assert f'value="{url}"' in page
    assert re.findall(r'value="(verdict\.\w+)"[^>]*checked', page) == ["verdict.corrected"]
    assert not Webhook.objects.exists()


def test_editors_and_auditors_read_and_only_administrators_change(hook: Hook, receiver: Receiver) -> None:
    publish()
    tell()
    message = hook.messages.get().public
    reads = (LIST, at(hook, "webhook"), at(hook, "webhook_message", message))
    changes = {
        NEW: form(receiver.url),
        at(hook, "webhook_edit"): form(receiver.url, name="Another"),
        at(hook, "webhook_rotate"): {"rotations": 0},
        at(hook, "webhook_do"): {"do": "off"},
        at(hook, "webhook_try"): {"once": uuid.uuid4()},
        at(hook, "webhook_replay", message): {"made": 0},
    }
    for role, status in (("editor", 200), ("auditor", 200), ("checker", 403), ("intake", 403), ("publisher", 403)):
        person = as_person(make_person(role))
        assert {person.get(address).status_code for address in reads} == {status}, role
        assert {person.post(address, sent).status_code for address, sent in changes.items()} == {403}, role
        assert {person.get(address).status_code for address in (NEW, at(hook, "webhook_edit"))} == {403}
    before = Webhook.objects.values().get(pk=hook.row.pk)
    assert (before["name"], before["rotations"], before["off_at"]) == ("The Mole Lantern", 0, None)
    assert Webhook.objects.count() == 1
    assert receiver.requests == []
    assert NEW not in as_person(make_person("editor")).get(LIST).content.decode()


def test_a_webhook_is_changed_and_a_refusal_changes_nothing(hook: Hook, browser: Client, receiver: Receiver) -> None:
    refused = browser.post(at(hook, "webhook_edit"), form("https://10.0.0.1/", name="Lantern two"))
    assert refused.status_code == 400
    assert 'value="Lantern two"' in refused.content.decode()
    assert hook.now().name == "The Mole Lantern"
    browser.post(at(hook, "webhook_edit"), form(receiver.url, name="Lantern two", events=["verdict.retracted"]))
    assert (hook.now().name, hook.now().events) == ("Lantern two", ["verdict.retracted"])
    assert "a verdict was withdrawn" in browser.get(LIST).content.decode()


def test_a_rotation_shows_the_new_secret_once(hook: Hook, browser: Client) -> None:
    answer = browser.post(at(hook, "webhook_rotate"), {"rotations": 0}, follow=True)
    (secret,) = secrets_in(answer)
    assert secret != hook.secret
    assert secrets_in(browser.get(at(hook, "webhook"))) == []
    assert "signs too until" in answer.content.decode()
    assert "made already" in told(browser.post(at(hook, "webhook_rotate"), {"rotations": 0}))
    assert hook.now().rotations == 1


def test_a_test_shows_what_the_receiver_answered_escaped_and_is_sent_once(
    hook: Hook, browser: Client, receiver: Receiver
) -> None:
    receiver.behave(422, says=b"<script>alert(1)</script>")
    once = uuid.uuid4()
    answer = browser.post(at(hook, "webhook_try"), {"once": once}, follow=True)
    page = answer.content.decode()
    assert "422" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "did not take the test" in page
    assert '<h1 dir="auto">Test of “The Mole Lantern”: not delivered</h1>' in page
    assert "The receiver refused it" in page
    assert at(hook, "webhook") in page
    browser.post(at(hook, "webhook_try"), {"once": once})
    assert len(receiver.requests) == 1
    receiver.behave()
    hook.row.url = "https://nowhere.example/"
    assert attempt_told(WebhookAttempt(outcome="nameless"), hook.row) == (
        "There is no site called “nowhere.example”: check the spelling of the address."
    )
    assert "The receiver took the test." in told(browser.post(at(hook, "webhook_try"), {"once": uuid.uuid4()}))
    assert "is not sent again" in told(browser.post(at(hook, "webhook_replay", once), {"made": 1}))


def test_a_message_is_sent_again_once_for_a_form_under_its_id(hook: Hook, browser: Client, receiver: Receiver) -> None:
    publish()
    tell()
    send_due()
    message = hook.messages.get()
    page = browser.get(at(hook, "webhook_message", message.public)).content.decode()
    assert "verdict.published" in page
    assert 'name="made" value="1"' in page
    for _ in range(2):
        browser.post(at(hook, "webhook_replay", message.public), {"made": 1})
        send_due()
    assert [each.id for each in receiver.requests] == [str(message.public)] * 2


def test_switching_off_and_on_sends_what_waited(hook: Hook, browser: Client, receiver: Receiver) -> None:
    browser.post(at(hook, "webhook_do"), {"do": "off"})
    assert "already" in told(browser.post(at(hook, "webhook_do"), {"do": "off"}))
    publish()
    tell()
    send_due()
    assert receiver.requests == []
    assert "switched off by a person (Anders Keel)" in browser.get(at(hook, "webhook")).content.decode()
    browser.post(at(hook, "webhook_do"), {"do": "on"})
    send_due()
    assert len(receiver.taken) == 1
    assert browser.post(at(hook, "webhook_do"), {"do": "nonsense"}).status_code == 404


def test_what_failed_is_sent_again_from_the_page(hook: Hook, browser: Client, receiver: Receiver) -> None:
    publish()
    tell()
    WebhookMessage.objects.update(due_at=None, given_up_at=ClockTimestamp())
    assert "Send what failed again" in browser.get(at(hook, "webhook")).content.decode()
    assert "1 message is sent again" in told(browser.post(at(hook, "webhook_do"), {"do": "again"}))
    send_due()
    assert len(receiver.taken) == 1


def test_one_that_the_desk_switched_off_is_told_at_home_and_in_settings_until_somebody_decides(
    hook: Hook, browser: Client
) -> None:
    home, settings_page = reverse("admin:index"), reverse("admin:settings")
    editor = as_person(make_person("editor"))
    assert "Webhooks to look at" not in editor.get(home).content.decode()
    Webhook.objects.update(failing_since=ClockTimestamp() - timedelta(hours=2))
    assert "Webhooks to look at" in editor.get(home).content.decode()
    Webhook.objects.update(off_at=ClockTimestamp(), off_because=WebhookOff.GONE)
    for person in (editor, browser):
        page = person.get(home).content.decode()
        assert "410 Gone" in page
        assert at(hook, "webhook") in page
        assert "1 was switched off because" in person.get(settings_page).content.decode()
    assert "Webhooks to look at" not in as_person(make_person("checker")).get(home).content.decode()
    browser.post(at(hook, "webhook_do"), {"do": "off"})
    assert "Webhooks to look at" not in browser.get(home).content.decode()
