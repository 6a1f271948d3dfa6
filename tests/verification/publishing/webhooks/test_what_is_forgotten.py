"""What was delivered or given up long ago is removed; which webhook took which version stays known."""

import threading
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connections, transaction
from pytest_django.fixtures import Settings

from claims.models.clock import read_clock
from tests.verification.publishing.reach.test_told import ways
from tests.verification.publishing.rows import publish
from tests.verification.publishing.webhooks.hooks import Hook, make_hook, send_due, tell
from tests.verification.publishing.webhooks.receiver import Receiver
from verification.admin.webhooks.standing import standings
from verification.models import Webhook, WebhookAttempt, WebhookDelivery, WebhookMessage
from verification.publishing.webhooks import setting
from verification.publishing.webhooks.forgetting import forget_settled
from verification.publishing.webhooks.making import store

pytestmark = pytest.mark.django_db


@dataclass
class Retention:
    """How long messages are kept, set so that what there is now, or was at a moment, is old."""

    settings: Settings

    def keep_since(self, moment: datetime) -> None:
        """Keep what was settled since then."""
        self.settings.WEBHOOK_KEEP_DAYS = (read_clock() - moment) / timedelta(days=1)

    def all_is_old(self) -> None:
        """Keep nothing of what is settled now."""
        self.keep_since(read_clock())


@pytest.fixture
def retention(settings: Settings) -> Retention:
    return Retention(settings)


def delivered() -> list[WebhookMessage]:
    """Deliver what was published; return the messages there are."""
    tell()
    send_due()
    return list(WebhookMessage.objects.order_by("pk"))


def publish_another() -> None:
    """Have one more delivered, so that none of those before is the one that was tried last."""
    publish()
    delivered()


def test_what_was_delivered_long_ago_goes_with_its_attempts_and_what_is_younger_stays(
    hook: Hook, retention: Retention
) -> None:
    publish()
    delivered()
    moment = read_clock()
    publish()
    first, second = delivered()
    publish_another()
    retention.keep_since(moment)
    assert forget_settled() == 1
    assert first not in hook.messages
    assert second in hook.messages
    assert not WebhookAttempt.objects.filter(message=first.pk).exists()
    assert WebhookAttempt.objects.filter(message=second.pk).exists()
    assert forget_settled() == 0


def test_who_took_the_standing_version_is_told_as_before_when_its_message_is_gone(
    hook: Hook, receiver: Receiver, administrator: User, retention: Retention
) -> None:
    failing = make_hook(administrator, receiver.url, name="The Tide Table")
    check = publish().review
    publish(check)
    tell()
    taking = hook.messages.all()
    taking.update(due_at=None, delivered_at=read_clock())
    failing.messages.update(due_at=None, given_up_at=read_clock())
    before = [ways(check, version)["webhooks"] for version in (1, 2)]
    assert (before[1].count, [each.name for each in before[1].lacking]) == (1, ["The Tide Table"])
    retention.all_is_old()
    assert forget_settled() == 4
    after = [ways(check, version)["webhooks"] for version in (1, 2)]
    assert [(way.count, way.taken, way.open) for way in after] == [(way.count, way.taken, way.open) for way in before]
    assert [(each.name, each.words) for each in after[1].lacking] == [("The Tide Table", "given up")]


def test_what_is_due_is_never_removed_however_old_and_however_long_its_webhook_is_off(
    hook: Hook, administrator: User, retention: Retention
) -> None:
    publish()
    tell()
    setting.stop(hook.now(), administrator)
    retention.all_is_old()
    assert forget_settled() == 0
    message = hook.messages.get()
    with pytest.raises(DatabaseError, match="due"), transaction.atomic():
        message.delete()
    setting.start(hook.now(), administrator)
    send_due()
    assert hook.messages.get().delivered_at


def test_a_message_made_long_ago_that_was_sent_again_lately_stays(
    hook: Hook, administrator: User, retention: Retention
) -> None:
    publish()
    (message,) = delivered()
    publish_another()
    moment = read_clock()
    setting.replay(message, administrator, seen=1)
    retention.keep_since(moment)
    assert forget_settled() == 0
    send_due()
    publish_another()
    retention.keep_since(moment)
    assert message in hook.messages
    assert forget_settled() == 1  # the other of before
    assert message in hook.messages
    assert WebhookMessage.objects.get(pk=message.pk).attempts == 1


def test_tests_go_too_and_the_last_answer_of_a_webhook_stays_to_be_seen(
    hook: Hook, administrator: User, retention: Retention
) -> None:
    publish()
    delivered()
    for _test in range(2):
        setting.try_it(hook.now(), administrator, uuid.uuid4())
    retention.all_is_old()
    last = standings(Webhook.objects.all())[0].last
    assert forget_settled() == 2
    assert standings(Webhook.objects.all())[0].last == last
    assert [each.event for each in hook.messages] == ["webhook.test"]


def test_many_go_batch_by_batch_the_oldest_first(hook: Hook, retention: Retention) -> None:
    for _check in range(5):
        publish()
    messages = delivered()
    publish_another()
    retention.all_is_old()
    assert forget_settled(2) == 2
    assert list(hook.messages)[:3] == messages[2:]
    assert [forget_settled(2) for _run in range(3)] == [2, 1, 0]
    assert WebhookDelivery.objects.count() == 5


def test_what_was_forgotten_is_not_told_again_under_another_id(hook: Hook, retention: Retention) -> None:
    publication = publish()
    delivered()
    publish_another()
    retention.all_is_old()
    forget_settled()
    Webhook.objects.update(told_up_to=0)
    assert tell() == 0
    assert store(hook.now(), publication) == 0


def test_the_database_refuses_to_lose_what_became_of_a_message_or_its_attempts_alone(hook: Hook) -> None:
    publish()
    (message,) = delivered()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        WebhookAttempt.objects.update(milliseconds=1)
    with pytest.raises(DatabaseError, match="with its message"), transaction.atomic():
        message.attempts_made.all().delete()
        with connections["default"].cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="on record"), transaction.atomic():
        message.attempts_made.all().delete()
        message.delete()


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_clean_at_once_remove_each_message_once(hook: Hook, retention: Retention) -> None:
    for _check in range(8):
        publish()
    delivered()
    publish_another()
    retention.all_is_old()
    gone: list[int] = []
    together = threading.Barrier(2)

    def clean() -> None:
        try:
            together.wait()
            gone.extend(forget_settled(3) for _run in range(4))
        finally:
            connections.close_all()

    cleaners = [threading.Thread(target=clean) for _worker in range(2)]
    for each in cleaners:
        each.start()
    for each in cleaners:
        each.join()
    assert sum(gone) == 8
    assert WebhookDelivery.objects.count() == 8
    assert WebhookMessage.objects.count() == 1
