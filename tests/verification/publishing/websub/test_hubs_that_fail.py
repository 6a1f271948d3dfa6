"""Hubs that are away, slow or send elsewhere: they are told once they take it, and nothing is lost."""

import socket
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from claims import work
from claims.models import Work
from claims.models.clock import ClockTimestamp, read_clock
from tests.people import make_person
from tests.verification.publishing.rows import publish
from tests.verification.publishing.webhooks.receiver import Receiver
from tests.verification.publishing.websub.telling import SHORT, heard, later, tell_due
from verification.models import Hub
from verification.publishing.reach.hubs import hubs_told
from verification.publishing.websub import setting, telling
from verification.publishing.websub.telling import TELL, enlist_due, tell
from verification.review.refusals import NotYours, Unmet
from verification.review.sealing import seal

pytestmark = pytest.mark.django_db
METADATA = "http://169.254.169.254/latest/meta-data/"
FEED = "https://checks.lantern.example/checks/feed.atom"


def recovered(receiver: Receiver) -> None:
    receiver.behave()
    receiver.requests.clear()
    later()
    tell_due()
    assert FEED in heard(receiver)
    row = Hub.objects.get()
    assert (row.error, row.attempts, row.due_at) == ("", 0, None)
    assert row.told_at
    receiver.requests.clear()
    tell_due()
    assert receiver.requests == []


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (500, "500: The hub had a fault of its own."),
        (503, "503: The hub is not at work behind its front door."),
        (410, "410: The hub is gone: switch it off, or ask who runs it."),
        (403, "403: The hub refused it: ask who runs it whether it takes publishers."),
        (429, "429: The hub asks us to wait."),
        (302, "302: It answered with a redirect, which is not followed: add the address it leads to."),
    ],
)
def test_a_hub_that_answers_badly_is_asked_once_and_told_when_it_recovers(
    hub: Hub, receiver: Receiver, status: int, said: str
) -> None:
    publication = publish()
    receiver.behave(status, says=b"<b>no</b>", location=METADATA)
    tell_due()
    tell_due()  # the time has not come
    assert len(receiver.requests) == 1
    row = Hub.objects.get()
    assert (row.error, row.attempts, row.told_at) == (said, 1, None)
    assert row.due_at
    assert [each.told for each in hubs_told(publication)] == [False]
    recovered(receiver)
    assert [each.told for each in hubs_told(publication)] == [True]


def test_a_slow_hub_is_left_in_time(hub: Hub, receiver: Receiver) -> None:
    publish()
    receiver.behave(pause=3 * SHORT)
    tell_due()
    assert Hub.objects.get().error == "No answer came in time."
    recovered(receiver)


def test_a_hub_that_takes_very_long_for_all_of_it_is_left_too(
    hub: Hub, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "AT_IT", -1.0)
    publish()
    tell_due()
    assert receiver.requests == []
    assert Hub.objects.get().error == "No answer came in time."


def test_a_hub_that_nobody_answers_for_is_tried_again(
    receiver: Receiver, administrator: User, settings: Settings
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        settings.FETCH_PRIVATE_TARGETS = (type(receiver.target).parse(f"hub.example=127.0.0.1:{port}"),)
        setting.add(administrator, f"http://hub.example:{port}/")
        publish()
        tell_due()
    assert Hub.objects.get().error == "Nobody answered, or the connection broke off."


def test_an_address_that_became_private_is_sent_nothing(hub: Hub, receiver: Receiver, settings: Settings) -> None:
    publish()
    settings.FETCH_PRIVATE_TARGETS = ()
    tell_due()
    assert receiver.requests == []
    assert Hub.objects.get().error.startswith("The address leads to where nothing may be sent")


def test_it_is_tried_for_ever_and_an_hour_later_at_most(hub: Hub, receiver: Receiver) -> None:
    publish()
    receiver.behave(503, retry_after="86000")
    pauses = []
    for _ in range(20):
        later()
        tell_due()
        row = Hub.objects.get()
        assert row.due_at
        pauses.append(row.due_at - read_clock())
    assert len(receiver.requests) == 20
    assert max(pauses) <= timedelta(hours=1)
    receiver.behave(500)
    later()
    tell_due()
    due = Hub.objects.get().due_at
    assert due
    assert due - read_clock() > timedelta(minutes=59)
    recovered(receiver)


def test_what_it_took_of_several_publications_is_not_told_again(hub: Hub, receiver: Receiver) -> None:
    one, two = publish(value=1), publish(value=5)
    seal()
    enlist_due()
    real, asked = telling.ask, 0

    def breaking(*arguments: Any) -> telling.Asked:
        nonlocal asked
        asked += 1
        if asked == 2:
            receiver.behave(500)
        return real(*arguments)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(telling, "ask", breaking)
        tell_due()
    assert [[each.told for each in hubs_told(out)] for out in (one, two)] == [[True], [False]]
    recovered(receiver)
    assert [[each.told for each in hubs_told(out)] for out in (one, two)] == [[True], [True]]


def test_a_worker_that_lost_its_lease_stores_nothing_and_the_next_tells_it_again(hub: Hub, receiver: Receiver) -> None:
    publish()
    seal()
    enlist_due()
    row = Work.objects.get(kind=TELL)
    lease = work.take(row.pk)
    assert lease
    work.release(row.pk)
    Work.objects.filter(pk=row.pk).update(token=None, lease_until=None)
    with pytest.raises(work.LeaseLost):
        tell(lease, SHORT)
    assert Hub.objects.get().told_at is None
    recovered(receiver)


def test_a_row_of_work_whose_workers_died_is_tried_again(hub: Hub, receiver: Receiver) -> None:
    publish()
    seal()
    enlist_due()
    Work.objects.filter(kind=TELL).update(attempts=5, quarantined_at=ClockTimestamp() - timedelta(minutes=2))
    recovered(receiver)


def test_a_hub_that_is_off_is_told_nothing_and_what_it_missed_when_it_is_on(
    hub: Hub, receiver: Receiver, administrator: User
) -> None:
    assert setting.stop(hub, administrator)
    assert not setting.stop(hub, administrator)
    publish()
    tell_due()
    assert receiver.requests == []
    assert setting.start(hub, administrator)
    assert not setting.start(hub, administrator)
    recovered(receiver)


def test_a_desk_without_an_address_says_so_and_tells_it_once_it_has_one(
    hub: Hub, receiver: Receiver, administrator: User, settings: Settings
) -> None:
    address, settings.PUBLIC_URL = settings.PUBLIC_URL, ""
    publish()
    tell_due()
    assert receiver.requests == []
    assert Hub.objects.get().error.endswith("the operator sets PUBLIC_URL.")
    for verb in (lambda: setting.add(administrator, receiver.url), lambda: setting.tell_now(hub, administrator)):
        with pytest.raises(Unmet, match="PUBLIC_URL"):
            verb()
    settings.PUBLIC_URL = address
    recovered(receiver)


def test_only_administrators_set_hubs(hub: Hub, receiver: Receiver) -> None:
    editor = make_person("editor")
    for verb in (setting.stop, setting.start, setting.tell_now):
        with pytest.raises(NotYours):
            verb(hub, editor)
    with pytest.raises(NotYours):
        setting.add(editor, receiver.url)


def test_the_database_keeps_no_hub_with_a_password(administrator: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Hub.objects.create(url="https://me:secret@hub.example/", made_by=administrator, told_up_to=0)
