"""What follows from an attempt for the webhook and for the other messages that wait."""

from datetime import timedelta

import pytest

from claims.models.clock import read_clock
from tests.verification.publishing.rows import publish
from tests.verification.publishing.webhooks.hooks import Hook, tell
from verification.models import Webhook, WebhookMessage, WebhookOutcome
from verification.publishing.webhooks.delivering import note
from verification.publishing.webhooks.sending import Sent

pytestmark = pytest.mark.django_db


def test_gone_from_an_address_that_was_changed_meanwhile_does_not_switch_the_new_one_off(hook: Hook) -> None:
    publish()
    tell()
    asked = hook.now()
    Webhook.objects.filter(pk=hook.row.pk).update(url="https://elsewhere.example/")
    note(asked, hook.messages.get(), Sent(WebhookOutcome.GONE, 1, 410))
    assert hook.now().off_at is None


def test_a_new_message_waits_minutes_not_days_for_a_receiver_that_is_away(hook: Hook) -> None:
    publish()
    tell()
    old = hook.messages.get()
    WebhookMessage.objects.filter(pk=old.pk).update(attempts=8)
    publish()
    tell()
    note(hook.now(), hook.messages.get(pk=old.pk), Sent(WebhookOutcome.AWAY, 1, 503))
    old, new = hook.messages.all()
    assert old.due_at
    assert new.due_at
    assert old.due_at > read_clock() + timedelta(hours=20)
    assert new.due_at < read_clock() + timedelta(minutes=6)
