"""Receivers' own library verifies what they get; secrets lie in the database encrypted."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.db import connection
from pytest_django.fixtures import Settings
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from claims.models.clock import ClockTimestamp
from tests.verification.publishing.rows import publish
from tests.verification.publishing.webhooks.hooks import Hook, send_due, tell
from tests.verification.publishing.webhooks.receiver import Receiver
from verification.models import Webhook, WebhookAttempt
from verification.publishing.webhooks import setting

pytestmark = pytest.mark.django_db


def send_one(receiver: Receiver) -> None:
    publish(headline="The lamps cost a penny – “no captain” pays it")
    tell()
    send_due()
    assert receiver.requests


def test_the_receivers_library_takes_what_was_sent_and_nothing_that_was_changed(hook: Hook, receiver: Receiver) -> None:
    send_one(receiver)
    (got,) = receiver.requests
    told = Verifier(hook.secret).verify(got.body, got.headers)
    assert told["type"] == "verdict.published"
    assert got.headers["content-type"] == "application/json"
    assert got.body.decode() == hook.messages.get().body
    for body, headers in (
        (got.body.replace(b"penny", b"pound"), got.headers),
        (got.body, got.headers | {"webhook-id": "another"}),
    ):
        with pytest.raises(WebhookVerificationError):
            Verifier(hook.secret).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier("whsec_" + "A" * 43 + "=").verify(got.body, got.headers)


def test_what_the_guide_tells_receivers_to_write_works(hook: Hook, receiver: Receiver) -> None:
    code = (django_settings.BASE_DIR / "docs/webhooks.md").read_text().split("```python")[1].split("```")[0]
    taken: list[Any] = []
    names: dict[str, Any] = {
        "SECRET": hook.secret,
        "handled_before": lambda _id: bool(taken),
        "put_in_line": taken.append,
    }
    exec(code, names)
    send_one(receiver)
    (got,) = receiver.requests
    assert names["receive"](got.body, got.headers) == 204
    assert names["receive"](got.body, got.headers) == 204
    assert names["receive"](got.body + b" ", got.headers) == 401
    assert [message["type"] for message in taken] == ["verdict.published"]


def test_for_a_day_after_a_rotation_both_secrets_verify_and_then_the_new_one(
    hook: Hook, receiver: Receiver, administrator: User
) -> None:
    fresh = setting.rotate(hook.row, administrator, seen=0)
    assert fresh not in {"", hook.secret}
    assert setting.rotate(hook.now(), administrator, seen=0) == ""  # the same form, sent twice
    send_one(receiver)
    during = receiver.requests[-1]
    for secret in (hook.secret, fresh):
        Verifier(secret).verify(during.body, during.headers)
    Webhook.objects.update(previous_until=ClockTimestamp() - timedelta(seconds=1))
    send_one(receiver)
    after = receiver.requests[-1]
    Verifier(fresh).verify(after.body, after.headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(hook.secret).verify(after.body, after.headers)


def test_no_row_of_the_database_holds_a_secret_in_clear(hook: Hook, receiver: Receiver, administrator: User) -> None:
    fresh = setting.rotate(hook.row, administrator, seen=0)
    send_one(receiver)
    with connection.cursor() as cursor:
        for table in ("webhook", "webhookmessage", "webhookattempt"):
            cursor.execute(f"SELECT row_to_json(each)::text FROM verification_{table} AS each")
            stored = " ".join(row for (row,) in cursor.fetchall())
            for secret in (hook.secret, fresh):
                assert secret.removeprefix("whsec_") not in stored


def test_another_key_of_the_desk_reads_secrets_as_long_as_the_old_one_is_named(
    hook: Hook, receiver: Receiver, settings: Settings
) -> None:
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [old]
    send_one(receiver)
    Verifier(hook.secret).verify(receiver.requests[-1].body, receiver.requests[-1].headers)
    settings.SECRET_KEY_FALLBACKS = []
    publish()
    tell()
    send_due()
    assert len(receiver.requests) == 1
    assert WebhookAttempt.objects.latest("pk").outcome == "secretless"
    assert hook.messages.filter(due_at__isnull=False).count() == 1


def test_a_new_secret_mends_what_the_loss_of_the_desks_key_broke(
    hook: Hook, receiver: Receiver, administrator: User, settings: Settings
) -> None:
    settings.SECRET_KEY = "n" * 50
    fresh = setting.rotate(hook.row, administrator, seen=0)
    send_one(receiver)
    Verifier(fresh).verify(receiver.requests[-1].body, receiver.requests[-1].headers)


def test_a_test_says_who_sends_it(hook: Hook, receiver: Receiver, administrator: User) -> None:
    attempt = setting.try_it(hook.row, administrator, uuid.uuid4())
    assert attempt is not None
    told = json.loads(receiver.requests[0].body)
    assert (told["type"], told["data"]["webhook"]) == ("webhook.test", "The Mole Lantern")
