"""Corrections by mail: asked for, confirmed by a button, changed and ended without an account; no address is told."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.verification.people.smtp_sink import MailSink
from tests.verification.publishing.rows import publish
from tests.verification.publishing.subscribing.readers import (
    SENT,
    SUBSCRIBE,
    link_in,
    mail_all,
    send,
    subscribed,
    text_of,
    to,
)
from verification.models import Subscriber, SubscriberMail
from verification.publishing import reader_forms
from verification.publishing.subscribing import asking, links
from verification.publishing.subscribing.asking import forget_unconfirmed

pytestmark = pytest.mark.django_db
GULL = "gull@port.example"


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("lacks", ["EMAIL_HOST", "PUBLIC_URL"])
def test_without_a_mail_server_or_an_address_for_links_it_is_not_offered(
    reader: Client, sink: MailSink, settings: Settings, lacks: str
) -> None:
    checks = reverse("public:checks")
    shown = reader.get(checks)
    assert SUBSCRIBE in shown.content.decode()
    setattr(settings, lacks, "")
    again = reader.get(checks, headers={"If-None-Match": shown["ETag"]})
    assert (again.status_code, SUBSCRIBE in again.content.decode()) == (200, False)
    assert {reader.get(SUBSCRIBE).status_code, reader.post(SUBSCRIBE).status_code, reader.get(SENT).status_code} == {
        404
    }


def test_an_address_is_asked_and_nothing_is_sent_to_it_before_the_button_is_pressed(
    reader: Client, sink: MailSink
) -> None:
    answer = send(reader, GULL)
    assert (answer.status_code, answer["Location"]) == (302, SENT)
    assert reader.get(SENT).status_code == 200
    publish()
    mail_all()
    (question,) = sink.taken
    link = link_in(question)
    opened = reader.get(link)  # as programs do that look through mails
    assert (opened.status_code, "Yes, send them to me" in opened.content.decode()) == (200, True)
    assert Subscriber.objects.get().confirmed_at is None
    publish()
    mail_all()
    assert len(sink.taken) == 1

    pressed = reader.post(link, {"wants": "corrections"})
    who = Subscriber.objects.get()
    assert (pressed.status_code, who.wants) == (302, "corrections")
    assert who.confirmed_at is not None
    assert not reader.cookies
    mail_all()
    assert len(sink.taken) == 1  # what went out before is not sent afterwards


def test_the_answer_is_the_same_for_an_address_that_subscribes_and_only_the_mail_differs(
    reader: Client, sink: MailSink
) -> None:
    who = subscribed(GULL)
    Subscriber.objects.update(asked_at=F("asked_at") - timedelta(days=31))
    known, unknown = send(reader, GULL.upper(), "corrections"), send(reader, "tern@port.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [set(known.headers), known.content] == [set(unknown.headers), unknown.content]
    mail_all()
    told = {str(each["To"]): each for each in sink.taken}
    assert "already gets mail" in text_of(told[GULL])
    assert link_in(told[GULL]) == reverse("public:subscription", args=[who.public])
    assert "already" not in text_of(told["tern@port.example"])
    assert Subscriber.objects.get(pk=who.pk).wants == "all"  # a stranger changes nothing


def test_an_address_is_asked_once_a_day_at_most(reader: Client, sink: MailSink) -> None:
    for _time in range(3):
        send(reader, GULL)
        mail_all()
    assert len(sink.taken) == 1
    Subscriber.objects.update(asked_at=F("asked_at") - timedelta(hours=25))
    send(reader, GULL)
    mail_all()
    assert len(sink.taken) == 2


def test_who_subscribes_is_written_to_once_in_thirty_days_however_often_a_stranger_types_their_address(
    reader: Client, sink: MailSink
) -> None:
    subscribed(GULL)
    for days in (0, 28, 3):
        Subscriber.objects.update(asked_at=F("asked_at") - timedelta(days=days))
        send(reader, GULL)
        mail_all()
        assert len(sink.taken) == (1 if days == 3 else 0)


def test_an_address_of_another_script_is_taken_and_written_to(reader: Client, sink: MailSink) -> None:
    assert send(reader, "gull@möwe.example").status_code == 302
    mail_all()
    assert [str(each["To"]) for each in sink.taken] == ["gull@xn--mwe-sna.example"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"address": ""}, "Give your mail address."),
        ({"address": "gull@port"}, "This is no mail address"),
        ({"address": "gull@port.example\r\nBcc: all@port.example"}, "This is no mail address"),
        ({"address": "a" * 250 + "@port.example"}, "This is no mail address"),
        ({"address": "gull@\xad.org"}, "This is no mail address"),
        ({"address": "gull@po\xadrt.example"}, "This is no mail address"),
        ({"address": "gull@。。.org"}, "This is no mail address"),
        ({"address": "gull@\ufeff.org"}, "This is no mail address"),
        ({"address": f"gull@{'ä' * 60}.org"}, "This is no mail address"),
        ({"address": '"\x1cBcc:v"@port.example'}, "This is no mail address"),
        ({"address": '"\x1c"@port.example'}, "This is no mail address"),
        ({"wants": "everything"}, "Say which mails."),
        ({"form": "made-up"}, "This page was open for long"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_kept(
    reader: Client, sink: MailSink, fields: dict[str, str], why: str
) -> None:
    answer = send(reader, **{"address": GULL} | fields)
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert not Subscriber.objects.exists()


def test_a_program_that_fills_in_every_field_is_thanked_and_kept_nowhere(reader: Client, sink: MailSink) -> None:
    assert send(reader, website="https://spam.example")["Location"] == SENT
    assert not Subscriber.objects.exists()


def test_one_network_and_all_together_are_limited(
    reader: Client, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_UNCONFIRMED", 2)
    answers = [send(reader, f"gull{number}@port.example").status_code for number in range(reader_forms.PER_HOUR + 1)]
    assert answers[:3] == [302, 302, 503]
    assert answers[-1] == 429
    assert Subscriber.objects.count() == 2


def test_a_link_that_was_changed_or_is_older_than_seven_days_says_what_to_do(
    reader: Client, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(reader, GULL)
    mail_all()
    link = link_in(sink.taken[0])
    for wrong in (link.replace("confirm/", "confirm/0"), link[:-9] + "AAAAAAAA/", "/checks/subscribe/confirm/x/"):
        answer = reader.post(wrong, {"wants": "all"})
        assert (answer.status_code, "Ask for the mails once more" in answer.content.decode()) == (410, True)
    monkeypatch.setattr(links, "GOOD_FOR", timedelta(seconds=-1))
    assert reader.post(link, {"wants": "all"}).status_code == 410
    assert Subscriber.objects.get().confirmed_at is None


def test_who_does_not_confirm_is_forgotten_after_seven_days(sink: MailSink) -> None:
    subscribed("tern@port.example")
    asking.ask_for(GULL, "all")
    mail_all()
    forget_unconfirmed()
    assert Subscriber.objects.count() == 2
    Subscriber.objects.update(asked_at=F("asked_at") - timedelta(days=7, minutes=1))
    forget_unconfirmed()
    assert [each.address for each in Subscriber.objects.all()] == ["tern@port.example"]


def test_who_asks_once_more_after_seven_days_is_asked_once_more_and_not_forgotten_first(sink: MailSink) -> None:
    asking.ask_for(GULL, "all")
    mail_all()
    long_ago = timedelta(days=8)
    Subscriber.objects.update(asked_at=F("asked_at") - long_ago, made_at=F("made_at") - long_ago)
    asking.ask_for(GULL, "corrections")
    forget_unconfirmed()
    mail_all()
    assert len(sink.taken) == 2
    assert Subscriber.objects.get().wants == "corrections"


@pytest.mark.django_db(transaction=True)
def test_who_leaves_while_a_mail_is_noted_has_left_and_the_mail_counts(sink: MailSink) -> None:
    who, publication = subscribed(GULL), publish()

    def left() -> None:
        try:
            asking.leave(who)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Subscriber.objects.filter(pk=who.pk).update(told_up_to=9)
            other = pool.submit(left)
            assert wait([other], timeout=0.5).not_done
            SubscriberMail.objects.create(publication=publication, subscriber=who)
        other.result()
    assert not Subscriber.objects.exists()
    assert list(SubscriberMail.objects.values_list("subscriber", flat=True)) == [None]


def test_one_click_is_offered_where_it_can_be_done_safely(sink: MailSink, settings: Settings) -> None:
    settings.PUBLIC_URL = "http://checks.newsroom.example"
    subscribed(GULL)
    publish()
    mail_all()
    (mail,) = sink.taken
    assert "http://checks" in mail["List-Unsubscribe"]
    assert mail["List-Unsubscribe-Post"] is None


def test_what_one_wants_is_changed_on_the_page_every_mail_leads_to(reader: Client, sink: MailSink) -> None:
    who = subscribed(GULL, "all")
    publish()
    mail_all()
    page = reverse("public:subscription", args=[who.public])
    assert page in text_of(sink.taken[0])
    assert "every new check, and corrections" in reader.get(page).content.decode()
    assert reader.post(page, {"wants": "corrections"}).status_code == 302
    assert reader.post(page, {"wants": "nothing"}).status_code == 422
    publish()
    mail_all()
    assert len(to(sink, GULL)) == 1


@pytest.mark.parametrize("body", [{"List-Unsubscribe": "One-Click"}, {}])
def test_mail_programs_end_it_with_one_click_and_what_was_sent_stays_nameless(
    reader: Client, sink: MailSink, body: dict[str, str]
) -> None:
    who = subscribed(GULL)
    publish()
    mail_all()
    (mail,) = sink.taken
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip(" <>").removeprefix("https://checks.newsroom.example")
    assert reader.get(link).status_code == 200
    assert Subscriber.objects.filter(pk=who.pk).exists()  # opening it ends nothing
    left = reader.post(link, body)
    assert (left.status_code, "Nothing is sent to you" in left.content.decode()) == (200, True)
    assert not Subscriber.objects.exists()
    assert list(SubscriberMail.objects.values_list("subscriber", flat=True)) == [None]
    assert reader.post(link, body).status_code == 200
    assert reader.get(reverse("public:subscription", args=[who.public])).content == left.content
