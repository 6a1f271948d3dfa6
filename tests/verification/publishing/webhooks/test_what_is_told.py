"""What a message says, and of which publications there is one."""

import json
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from tests.cases import Walk, now
from tests.verification.admin.opening import second_version
from tests.verification.publishing.rows import publish, set_desk
from tests.verification.publishing.webhooks.hooks import Hook, make_hook, tell
from tests.verification.publishing.webhooks.receiver import Receiver
from verification.models import Change, Publication, Webhook, WebhookMessage
from verification.publishing.webhooks import making, setting
from verification.publishing.webhooks.making import make_messages
from verification.review.minor_edits import minor_edit
from verification.review.sealing import seal

pytestmark = pytest.mark.django_db


def told(hook: Hook) -> list[dict[str, Any]]:
    return [json.loads(body) for body in hook.messages.values_list("body", flat=True)]


def edited(walk: Walk) -> Publication:
    assert walk.review.publication is not None
    verdict = walk.review.publication.verdict
    words = (verdict.headline + ".", verdict.explanation, "A full stop was missing.")
    return minor_edit(walk.review, walk.editor, walk.review.revision, *words, meaning_stays=True)


def test_each_change_is_told_as_what_it_is_and_a_minor_edit_is_not_told(hook: Hook) -> None:
    first = publish()
    second = publish(first.review)
    publish(second.review, change=Change.UPDATE, change_note="A newer record.")
    publish(second.review, change=Change.VOID, change_note="It was a mistake.")
    tell()
    assert list(hook.messages.values_list("event", flat=True)) == [
        "verdict.published",
        "verdict.corrected",
        "verdict.updated",
        "verdict.retracted",
    ]
    walk = Walk()
    walk.to_publication()
    edited(walk)
    tell()
    assert [each["type"] for each in told(hook)[4:]] == ["verdict.published"]


def test_what_withdraws_a_check_tells_the_claim_and_not_what_was_concluded(hook: Hook, client: Client) -> None:
    first = publish()
    concluded = "No captain pays, and every captain pays"
    publish(first.review, change=Change.VOID, change_note="It was a mistake.", headline=concluded)
    tell()
    assert told(hook)[-1]["data"]["headline"] == told(hook)[-1]["data"]["claim"]
    for name in ("feed.rss", "feed.atom", "feed.json"):
        assert concluded not in client.get(f"/checks/{name}").content.decode()


def test_a_webhook_that_cannot_be_told_keeps_no_other_from_it(
    hook: Hook, receiver: Receiver, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_hook(administrator, receiver.url)
    publish()
    seal()
    store = making.store

    def breaks(webhook: Webhook, publication: Publication) -> int:
        if webhook.pk == hook.row.pk:
            raise RuntimeError("It cannot be told.")
        return store(webhook, publication)

    monkeypatch.setattr(making, "store", breaks)
    assert make_messages() == 1
    monkeypatch.undo()
    assert make_messages() == 1
    assert (hook.messages.count(), other.messages.count()) == (1, 1)


def test_what_was_published_before_a_webhook_was_made_is_not_told(receiver: Receiver, administrator: User) -> None:
    old = publish()  # not sealed yet when the webhook is made
    hook = make_hook(administrator, receiver.url)
    assert tell() == 0
    publish(old.review)
    assert tell() == 1
    (message,) = told(hook)
    assert message["type"] == "verdict.corrected"
    assert message["data"]["replaces_url"] == message["data"]["url"] + "v1/"


def test_a_message_leads_to_the_pages_and_says_their_words(hook: Hook, client: Client) -> None:
    walk = Walk()
    walk.to_publication()
    second_version(walk).approved().published()
    tell()
    first, second = told(hook)
    data = second["data"]
    assert data["case"] == walk.review.number
    assert (data["version"], data["note"]) == (2, "Version 1 had the wrong hour.")
    assert data["replaces_url"] == first["data"]["version_url"]
    assert data["rating_before"] == first["data"]["rating"]
    assert first["timestamp"].endswith("+00:00")
    page = client.get(data["url"]).content.decode()
    assert data["headline"] in page
    assert data["claim"] in page
    for address in (data["version_url"], data["replaces_url"], data["claimreview_url"]):
        assert client.get(address).status_code == 200
    (entry,) = client.get("/checks/feed.json").json()["items"]
    assert (entry["id"], entry["url"].rpartition("/checks/")[2]) == (
        f"urn:uuid:{data['id']}",
        data["url"].rpartition("/checks/")[2],
    )


def test_nothing_that_readers_do_not_see_is_in_a_message(hook: Hook) -> None:
    set_desk(name="Lamp desk")
    walk = Walk()
    walk.to_publication()
    tell()
    (body,) = hook.messages.values_list("body", flat=True)
    people = (walk.intake, walk.checker, walk.second, walk.editor, walk.publisher)
    for word in ("It names a figure", *(person.last_name for person in people), *(p.username for p in people)):
        assert word not in body
    assert set(json.loads(body)["data"]) == {
        *("id", "case", "version", "url", "version_url", "claimreview_url", "replaces_url", "headline", "claim"),
        *("claimant", "rating", "rating_before", "note", "language", "first_published"),
    }


def test_addresses_are_those_of_the_desk_where_it_says_them(hook: Hook, settings: Settings) -> None:
    publish()
    tell()
    settings.PUBLIC_URL = "https://lamps.example"
    publish()
    tell()
    first, second = (each["data"]["url"] for each in told(hook))
    assert first.startswith("https://desk.example/checks/")
    assert second.startswith("https://lamps.example/checks/")


def test_a_webhook_gets_the_events_it_chose(receiver: Receiver, administrator: User) -> None:
    hook = make_hook(administrator, receiver.url, ["verdict.corrected"])
    publish(publish().review)
    tell()
    assert [each["type"] for each in told(hook)] == ["verdict.corrected"]


def test_another_choice_of_events_does_not_tell_of_what_went_out_before(
    receiver: Receiver, administrator: User
) -> None:
    hook = make_hook(administrator, receiver.url, ["verdict.corrected"])
    first = publish()
    tell()
    setting.change(hook.row, administrator, setting.Wanted(hook.row.name, receiver.url))
    publish(first.review)
    tell()
    assert [each["type"] for each in told(hook)] == ["verdict.corrected"]


def test_the_guide_for_receivers_shows_a_message_as_it_is(hook: Hook) -> None:
    shown = json.loads((django_settings.BASE_DIR / "docs/webhooks.md").read_text().split("```json")[1].split("```")[0])
    publish(publish().review)
    tell()
    real = told(hook)[1]
    assert list(shown) == list(real)
    assert list(shown["data"]) == list(real["data"])


def test_what_is_read_twice_is_told_once(hook: Hook) -> None:
    publish()
    assert tell() == 1
    Webhook.objects.update(told_up_to=0)
    assert make_messages() == 0
    assert WebhookMessage.objects.count() == 1


def test_the_log_is_read_in_pieces_without_losing_a_line(hook: Hook) -> None:
    for _ in range(3):
        publish()
    seal()
    assert sum(make_messages(limit=2) for _ in range(20)) == 3
    assert hook.messages.count() == 3


def test_a_case_that_moved_on_is_told_version_by_version(hook: Hook) -> None:
    walk = Walk()
    walk.to_publication()
    second_version(walk).approved().published()
    assert now(walk.review).publication is not None
    tell()
    assert [each["data"]["version"] for each in told(hook)] == [1, 2]
