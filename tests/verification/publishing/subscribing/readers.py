"""Readers who subscribe, and what the beat and a worker do for them, done at once."""

import re
from email.message import Message
from typing import Any

from django.test import Client
from django.urls import reverse

from claims.models import Work
from claims.running import run_leased
from tests.verification.people.smtp_sink import MailSink
from verification.models import Subscriber
from verification.publishing.subscribing.asking import ask_for, confirm
from verification.publishing.subscribing.sending import MAIL, enlist_due, send_due
from verification.review.sealing import seal

SITE = "https://checks.newsroom.example"
SUBSCRIBE, SENT = reverse("public:subscribe"), reverse("public:subscribe_sent")


def form_of(reader: Client) -> str:
    """Return the signed name of a form that was just opened."""
    found = re.search(r'name="form" value="([^"]+)"', reader.get(SUBSCRIBE).content.decode())
    assert found is not None
    return found[1]


def send(reader: Client, address: str = "gull@port.example", wants: str = "all", **fields: str) -> Any:
    """Fill the form in and send it."""
    return reader.post(SUBSCRIBE, {"form": form_of(reader), "address": address, "wants": wants} | fields)


def subscribed(address: str = "gull@port.example", wants: str = "all") -> Subscriber:
    """Return somebody who subscribed, and was asked in due form."""
    ask_for(address, wants)
    who = Subscriber.objects.get(address=address)
    Subscriber.objects.filter(pk=who.pk).update(asked_at=who.made_at)
    confirm(who, wants)
    return Subscriber.objects.get(pk=who.pk)


def mail_all() -> int:
    """Seal the log, make mail due and send it; return how many rows of work were done."""
    seal()
    enlist_due()
    rows = Work.objects.filter(kind=MAIL, done_at=None, quarantined_at=None)
    return sum(run_leased(pk, send_due) for pk in list(rows.values_list("pk", flat=True)))


def to(sink: MailSink, address: str) -> list[str]:
    """Return the subjects of what an address was sent."""
    return [str(each["Subject"]).strip() for each in sink.taken if each["To"] == address]


def text_of(message: Message) -> str:
    """Return the words of a mail."""
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().replace("\r\n", "\n")


def link_in(message: Message) -> str:
    """Return the path of the first link in a mail."""
    found = re.search(rf"{SITE}(\S+)", text_of(message))
    assert found is not None
    return found[1]
