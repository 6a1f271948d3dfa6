"""Whoever looks after webhooks is told when the desk switches one off: once for each time, on the desk and by mail."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction
from django.urls import reverse

from claims.models.clock import ClockTimestamp, read_clock
from tests.cases import Walk
from tests.people import make_person
from tests.verification.admin.opening import as_person
from tests.verification.people.desks import tell_all, told_to
from tests.verification.people.smtp_sink import MailSink
from tests.verification.people.test_mailing import mail_all
from tests.verification.publishing.rows import publish
from verification.models import Notification, Webhook, WebhookMessage, WebhookOff, WebhookOutcome
from verification.people.notices.choices import Choice, choices_of, choose
from verification.people.notices.kinds import BY_KEY, WEBHOOK_OFF
from verification.people.notices.making import notify
from verification.people.profiles import set_digest_hour
from verification.publishing.webhooks import setting
from verification.publishing.webhooks.delivering import note, switch_off
from verification.publishing.webhooks.making import make_messages
from verification.publishing.webhooks.sending import Sent
from verification.review.sealing import seal

pytestmark = pytest.mark.django_db
GONE = "The webhook “The Mole Lantern” was switched off: its receiver wants no more (410 Gone)."
UNREAD = '<b class="num">1<span class="visually-hidden"> unread</span></b>'
FAILING = "The webhook “The Mole Lantern” was switched off: it took nothing for five days."


@pytest.fixture
def administrator() -> User:
    person = make_person("administrator", name="Anders Keel")
    User.objects.filter(pk=person.pk).update(email="anders@newsroom.example")
    return person


@pytest.fixture
def webhook(administrator: User) -> Webhook:
    wanted = setting.Wanted("The Mole Lantern", "https://lantern.example/readout")
    return setting.make(administrator, wanted, "https://desk.example", uuid.uuid4())[0]


def fail_for_long(webhook: Webhook) -> None:
    """Let an attempt find the receiver away, as for five days before."""
    publish()
    seal()
    make_messages()
    Webhook.objects.filter(pk=webhook.pk).update(failing_since=read_clock() - timedelta(days=5, minutes=1))
    note(Webhook.objects.get(pk=webhook.pk), WebhookMessage.objects.get(), Sent(WebhookOutcome.AWAY, 1, 503))


def test_who_may_set_webhooks_is_told_and_nobody_else(webhook: Webhook, administrator: User) -> None:
    others = [make_person(role) for role in ("editor", "auditor", "checker")]
    other = make_person("administrator")
    fail_for_long(webhook)
    tell_all()
    assert [told_to(each) for each in (administrator, other)] == [[FAILING], [FAILING]]
    assert [told_to(each) for each in others] == [[], [], []]


def test_it_is_told_once_for_each_time_it_is_switched_off(webhook: Webhook, administrator: User) -> None:
    switch_off(webhook, WebhookOff.GONE)
    for _run in range(3):
        notify()
    assert told_to(administrator) == [GONE]
    setting.start(webhook, administrator)
    notify()
    switch_off(webhook, WebhookOff.GONE)
    switch_off(webhook, WebhookOff.FAILING)
    for _run in range(3):
        notify()
    assert told_to(administrator) == [GONE, GONE]


def test_what_a_person_switched_off_or_on_again_is_no_news(webhook: Webhook, administrator: User) -> None:
    setting.stop(webhook, administrator)
    notify()
    setting.start(webhook, administrator)
    switch_off(webhook, WebhookOff.GONE)
    setting.start(webhook, administrator)
    notify()
    assert told_to(administrator) == []


def test_what_was_switched_off_long_ago_is_no_news_to_a_desk_that_begins_to_tell_of_it(
    webhook: Webhook, administrator: User
) -> None:
    switch_off(webhook, WebhookOff.GONE)
    Webhook.objects.update(off_at=ClockTimestamp() - timedelta(hours=25))
    notify()
    assert told_to(administrator) == []
    Webhook.objects.update(off_at=ClockTimestamp() - timedelta(hours=23))
    notify()
    assert told_to(administrator) == [GONE]


def test_a_run_that_is_killed_before_it_is_stored_tells_nothing_and_the_next_tells_it(
    webhook: Webhook, administrator: User
) -> None:
    switch_off(webhook, WebhookOff.GONE)
    with pytest.raises(InterruptedError), transaction.atomic():
        notify()
        assert told_to(administrator) == [GONE]
        raise InterruptedError
    assert told_to(administrator) == []
    notify()
    assert told_to(administrator) == [GONE]


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_tell_at_once_tell_it_once(webhook: Webhook, administrator: User) -> None:
    notify()
    switch_off(webhook, WebhookOff.GONE)
    together = threading.Barrier(2)

    def tell() -> None:
        try:
            for _run in range(5):
                together.wait()
                notify()
        finally:
            connections.close_all()

    workers = [threading.Thread(target=tell) for _worker in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert told_to(administrator) == [GONE]


def test_it_rings_the_bell_on_every_page_and_leads_to_the_webhook(webhook: Webhook, administrator: User) -> None:
    switch_off(webhook, WebhookOff.GONE)
    notify()
    desk = as_person(administrator)
    assert UNREAD in desk.get("/admin/").content.decode()
    page = desk.get(reverse("admin:notices")).content.decode()
    assert "its receiver wants no more" in page
    notice = Notification.objects.get(person=administrator)
    there = desk.get(reverse("admin:notice", args=[notice.pk]))
    assert there["Location"] == reverse("admin:webhook", args=[webhook.public])
    assert UNREAD not in desk.get(there["Location"]).content.decode()


def test_it_is_mailed_at_once_with_the_way_to_the_webhook(
    sink: MailSink, webhook: Webhook, administrator: User
) -> None:
    switch_off(webhook, WebhookOff.GONE)
    notify()
    assert mail_all() == 1
    assert mail_all() == 0
    (text,) = sink.texts
    assert str(sink.taken[0]["Subject"]).strip() == GONE
    assert text.startswith("anders@newsroom.example\n")
    assert f"https://desk.newsroom.example{reverse('admin:webhook', args=[webhook.public])}" in text
    assert "“”" not in text


def test_it_goes_into_a_digest_beside_what_happened_to_cases(
    sink: MailSink, webhook: Webhook, administrator: User
) -> None:
    choose(administrator, [(BY_KEY[WEBHOOK_OFF], Choice(on_desk=False, mail="digest"))])
    set_digest_hour(administrator, 0)  # whatever the hour is now, today's has come
    switch_off(webhook, WebhookOff.GONE)
    notify()
    review = Walk().accepted().review
    Notification.objects.create(person=administrator, kind="given", review=review, text={"msgid": "x"}, mail="digest")
    assert Notification.objects.filter(person=administrator, read_at=None, webhook=webhook).count() == 0
    Notification.objects.update(made_at=ClockTimestamp() - timedelta(days=1))
    mail_all()
    (text,) = sink.texts
    assert GONE in text
    assert review.wording in text


def test_only_who_may_set_webhooks_can_choose_to_be_told_of_it(administrator: User) -> None:
    assert WEBHOOK_OFF in {kind.key for kind, _choice in choices_of(administrator)}
    assert WEBHOOK_OFF not in {kind.key for kind, _choice in choices_of(make_person("editor"))}
