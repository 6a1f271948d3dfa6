"""Receivers that fail in every way: each event arrives once they recover, under one id, and holds up nobody else."""

import socket
import uuid
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from pytest_django.fixtures import Settings

from claims import work
from claims.capture.policy import PrivateTarget
from claims.models import Work
from claims.models.clock import ClockTimestamp, read_clock
from tests.verification.publishing.rows import publish
from tests.verification.publishing.webhooks.hooks import SHORT, Hook, later, make_hook, send_due, tell
from tests.verification.publishing.webhooks.receiver import HOST, Receiver
from verification.models import Webhook, WebhookAttempt, WebhookMessage
from verification.publishing.webhooks import setting
from verification.publishing.webhooks.delivering import DELIVER, deliver, enlist_due
from verification.publishing.webhooks.schedule import OFF_AFTER, PAUSES, pause_after

pytestmark = pytest.mark.django_db
METADATA = "http://169.254.169.254/latest/meta-data/"


def publish_three() -> None:
    for _ in range(3):
        publish()
    tell()


def recovered(hook: Hook, receiver: Receiver) -> None:
    """Let it recover, and find each event taken once, under the id it always had."""
    ids = [str(public) for public in hook.messages.values_list("public", flat=True)]
    receiver.behave()
    later()
    send_due()
    later()
    send_due()
    assert [each.id for each in receiver.taken] == ids
    by_event = {(each.told["data"]["case"], each.told["type"]): each.id for each in receiver.requests}
    assert sorted(by_event.values()) == sorted(ids)
    assert {each.id for each in receiver.requests} == set(ids)
    assert not hook.messages.filter(delivered_at=None).exists()
    assert hook.now().failing_since is None


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(500, "broken"), (503, "away"), (429, "throttled"), (404, "refused"), (302, "redirected"), (307, "redirected")],
)
def test_a_receiver_that_answers_badly_gets_every_event_once_it_recovers(
    hook: Hook, receiver: Receiver, status: int, outcome: str
) -> None:
    publish_three()
    receiver.behave(status, says=b"try later", location=METADATA)
    send_due()
    first = WebhookAttempt.objects.earliest("pk")
    assert (first.outcome, first.status, first.answer) == (outcome, status, "try later")
    assert hook.now().failing_since
    recovered(hook, receiver)


def test_a_slow_receiver_is_left_in_time_and_told_later(hook: Hook, receiver: Receiver) -> None:
    publish_three()
    receiver.behave(pause=3 * SHORT)
    began = read_clock()
    send_due()
    assert (read_clock() - began).total_seconds() < 2.5 * SHORT
    assert [each.outcome for each in WebhookAttempt.objects.all()] == ["slow"]
    assert hook.messages.filter(attempts=0, due_at__gt=read_clock()).count() == 2  # put off, and not tried in vain
    receiver.behave()
    later()
    send_due()
    ids = {str(public) for public in hook.messages.values_list("public", flat=True)}
    # What it took after we had gone came under the same id.
    assert {each.id for each in receiver.taken} == ids
    assert not hook.messages.filter(delivered_at=None).exists()


def test_a_dead_receiver_is_told_later_and_when_it_is_back_all_that_waits_goes_at_once(
    receiver: Receiver, administrator: User, settings: Settings
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.FETCH_PRIVATE_TARGETS = (
            receiver.target,
            type(receiver.target).parse(f"gone.example=127.0.0.1:{nobody.getsockname()[1]}"),
        )
        hook = make_hook(administrator, f"http://gone.example:{nobody.getsockname()[1]}/")
        publish_three()
        send_due()
    assert [each.outcome for each in WebhookAttempt.objects.all()] == ["unreachable"]
    settings.FETCH_PRIVATE_TARGETS = (receiver.target, PrivateTarget.parse(f"gone.example=127.0.0.1:{receiver.port}"))
    Webhook.objects.update(url=f"http://gone.example:{receiver.port}/")
    publish()
    tell()
    send_due()  # the new one is due now; it is taken, and wakes the others
    send_due()
    assert len(receiver.taken) == 4
    assert not hook.messages.filter(delivered_at=None).exists()


def test_another_address_or_a_test_that_is_taken_sends_what_waits_at_once(
    hook: Hook, receiver: Receiver, administrator: User, settings: Settings
) -> None:
    publish_three()
    receiver.behave(503)
    send_due()
    receiver.behave()
    send_due()
    assert receiver.taken == []  # five seconds have not passed
    settings.FETCH_PRIVATE_TARGETS = (receiver.target, PrivateTarget.parse(f"new.example=127.0.0.1:{receiver.port}"))
    setting.change(hook.now(), administrator, setting.Wanted("Lantern", f"http://new.example:{receiver.port}/"))
    send_due()
    assert len(receiver.taken) == 3
    publish_three()
    receiver.behave(503)
    send_due()
    receiver.behave()
    setting.try_it(hook.now(), administrator, uuid.uuid4())
    send_due()
    assert len(receiver.taken) == 7
    assert hook.now().failing_since is None


def test_gone_switches_off_at_once_and_what_is_published_meanwhile_is_kept(
    hook: Hook, receiver: Receiver, administrator: User
) -> None:
    publish_three()
    receiver.behave(HTTPStatus.GONE)
    send_due()
    assert len(receiver.requests) == 1
    assert (hook.now().off_because, hook.now().off_by) == ("gone", None)
    publish()
    tell()
    later()
    send_due()
    assert len(receiver.requests) == 1
    receiver.behave()
    assert setting.start(hook.now(), administrator)
    assert not setting.start(hook.now(), administrator)
    send_due()
    assert len(receiver.taken) == 4
    recovered(hook, receiver)


def test_five_days_without_one_that_was_taken_switch_it_off(
    hook: Hook, receiver: Receiver, administrator: User
) -> None:
    publish_three()
    receiver.behave(500)
    send_due()
    assert hook.now().off_at is None
    Webhook.objects.update(failing_since=ClockTimestamp() - OFF_AFTER)
    later()
    send_due()
    assert hook.now().off_because == "failing"
    receiver.behave()
    setting.start(hook.now(), administrator)
    send_due()
    recovered(hook, receiver)


def test_the_schedule_lasts_five_days_and_honours_what_a_receiver_asks_for() -> None:
    assert timedelta(days=5) <= sum(PAUSES, timedelta()) <= timedelta(days=6)
    assert PAUSES[0] <= (pause_after(1, None) or timedelta()) <= PAUSES[0] * 1.1
    assert (pause_after(1, 600) or timedelta()) >= timedelta(minutes=10)
    assert (pause_after(1, 1e9) or timedelta()) <= timedelta(hours=27)
    assert pause_after(len(PAUSES) + 1, None) is None


def test_retry_after_puts_off_the_next_attempt(hook: Hook, receiver: Receiver) -> None:
    publish_three()
    receiver.behave(429, retry_after="3600")
    send_due()
    hour = read_clock() + timedelta(minutes=59)
    assert hook.messages.filter(due_at__gt=hour).count() == 3


def test_a_message_that_is_never_taken_is_given_up_and_sent_again_when_somebody_says_so(
    hook: Hook, receiver: Receiver, administrator: User
) -> None:
    publish_three()
    poison = hook.messages.earliest("pk")
    WebhookMessage.objects.filter(pk=poison.pk).update(attempts=len(PAUSES))
    receiver.behave(400)
    send_due()
    assert list(hook.messages.filter(given_up_at__isnull=False)) == [poison]
    receiver.behave()
    later()
    send_due()
    assert len(receiver.taken) == 2
    assert setting.send_failed_again(hook.row, administrator) == 1
    send_due()
    assert str(poison.public) == receiver.taken[-1].id


def test_a_message_sent_again_has_the_same_id_and_the_same_bytes(
    hook: Hook, receiver: Receiver, administrator: User
) -> None:
    publish()
    tell()
    send_due()
    message = hook.messages.get()
    assert setting.replay(message, administrator, seen=1)
    send_due()
    assert not setting.replay(message, administrator, seen=1)  # the same form, sent twice
    first, second = receiver.requests
    assert (first.id, first.body) == (second.id, second.body)


def test_a_redirect_leads_nowhere(hook: Hook, receiver: Receiver, settings: Settings) -> None:
    with Receiver() as other:
        settings.FETCH_PRIVATE_TARGETS = (receiver.target, other.target)
        publish()
        tell()
        for location in (other.url, "http://127.0.0.1/", METADATA, "", "::"):
            receiver.behave(308, location=location)
            later()
            send_due()
        assert other.requests == []
    assert {each.outcome for each in WebhookAttempt.objects.all()} == {"redirected"}
    assert len(receiver.requests) == 5


def test_an_address_that_became_private_is_not_sent_to(hook: Hook, receiver: Receiver, settings: Settings) -> None:
    publish()
    tell()
    settings.FETCH_PRIVATE_TARGETS = ()
    send_due()
    assert receiver.requests == []
    assert WebhookAttempt.objects.get().outcome == "forbidden"


def test_a_slow_receiver_holds_up_no_other(
    hook: Hook, receiver: Receiver, administrator: User, settings: Settings
) -> None:
    with Receiver() as slow:
        target = PrivateTarget.parse(f"slow.example=127.0.0.1:{slow.port}")
        settings.FETCH_PRIVATE_TARGETS = (receiver.target, target)
        dawdler = make_hook(administrator, f"http://slow.example:{slow.port}/")
        slow.behave(pause=3 * SHORT)
        publish_three()
        enlist_due()
        rows = Work.objects.filter(kind=DELIVER)
        assert rows.count() == 2  # one at a time to each
        send_due()
    assert len(receiver.taken) == 3
    assert WebhookAttempt.objects.filter(message__webhook=dawdler.row).count() == 1


def test_a_worker_that_lost_its_lease_stores_nothing_and_the_next_sends_the_same_id(
    hook: Hook, receiver: Receiver
) -> None:
    publish()
    tell()
    enlist_due()
    row = Work.objects.get(kind=DELIVER)
    lease = work.take(row.pk)
    assert lease
    Work.objects.filter(pk=row.pk).update(lease_until=ClockTimestamp() - timedelta(seconds=1))
    other = work.take(row.pk)
    assert other
    with pytest.raises(work.LeaseLost):
        deliver(lease, seconds=SHORT)
    assert not WebhookAttempt.objects.exists()
    deliver(other, seconds=SHORT)
    assert len({each.id for each in receiver.requests}) == 1
    assert WebhookAttempt.objects.count() == 1


def test_the_first_of_what_a_receiver_says_is_kept_and_no_more(hook: Hook, receiver: Receiver) -> None:
    receiver.behave(500, says=b"\0<b>" + "é".encode() * 100_000)
    publish()
    tell()
    send_due()
    answer = WebhookAttempt.objects.get().answer
    assert answer.startswith("<b>é")
    assert len(answer.encode()) <= 2048 + 2


def test_the_database_refuses_a_second_id_for_an_event_other_words_and_a_lost_message(hook: Hook) -> None:
    publish()
    tell()
    message = hook.messages.get()
    again = WebhookMessage(
        webhook=hook.row, publication=message.publication, event=message.event, body="{}", due_at=read_clock()
    )
    with pytest.raises(IntegrityError, match="has_one_id"), transaction.atomic():
        again.save()
    mine = WebhookMessage.objects.filter(pk=message.pk)
    for change in ({"body": "{}"}, {"public": again.public}, {"event": "verdict.corrected"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            mine.update(**change)
    with pytest.raises(IntegrityError, match="never_lost"), transaction.atomic():
        mine.update(due_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        mine.delete()
    with pytest.raises(IntegrityError, match="off_says_why"), transaction.atomic():
        Webhook.objects.update(off_at=read_clock())
    with pytest.raises(IntegrityError, match="events_are_known"), transaction.atomic():
        Webhook.objects.update(events=["webhook.test"])
    with pytest.raises(IntegrityError, match="no_password"), transaction.atomic():
        Webhook.objects.update(url=f"https://me:pass@{HOST}/")
