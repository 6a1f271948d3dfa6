"""Webhooks for tests, and what the beat and a worker do with them, done at once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims import work
from claims.models import Work
from claims.models.clock import ClockTimestamp
from verification.models import Webhook, WebhookMessage
from verification.publishing.webhooks import setting
from verification.publishing.webhooks.delivering import DELIVER, deliver, enlist_due
from verification.publishing.webhooks.making import make_messages
from verification.review.sealing import seal

BASE = "https://desk.example"
SHORT = 0.4
"""Seconds that an attempt may take here."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook and its secret."""

    row: Webhook
    secret: str

    @property
    def messages(self) -> QuerySet[WebhookMessage]:
        """Return what it is told, in order."""
        return WebhookMessage.objects.filter(webhook=self.row).order_by("pk")

    def now(self) -> Webhook:
        """Return its row as it is."""
        return Webhook.objects.get(pk=self.row.pk)


def make_hook(person: User, url: str, events: Sequence[str] = (), name: str = "The Mole Lantern") -> Hook:
    """Make a webhook as an administrator does."""
    return Hook(*setting.make(person, setting.Wanted(name, url, events), BASE, uuid.uuid4()))


def tell() -> int:
    """Seal the log and make messages of it; return how many are new."""
    seal()
    return make_messages()


def send_due() -> None:
    """Do what is due until nothing is, or a receiver is away."""
    enlist_due()
    for row in Work.objects.filter(kind=DELIVER, done_at=None):
        lease = work.take(row.pk)
        if lease:
            deliver(lease, seconds=SHORT)


def later() -> None:
    """Let the time come for all that waits."""
    WebhookMessage.objects.filter(due_at__isnull=False).update(due_at=ClockTimestamp())
