"""How a webhook stands, and a message of it, in words."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from verification.models import Webhook, WebhookAttempt, WebhookMessage, WebhookOff, WebhookOutcome
from verification.publishing.webhooks.setting import BROADCAST

TELL_AFTER = timedelta(hours=1)
"""A receiver that fails for less is not worth an alarm."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A short word for how something stands, and its tone."""

    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A webhook, how it stands, what it is told, its last attempt, how many messages wait and were given up."""

    webhook: Webhook
    chip: Chip
    events: str
    last: WebhookAttempt | None
    waiting: int
    given_up: int


def webhook_chip(webhook: Webhook) -> Chip:
    """Return how a webhook stands."""
    if webhook.off_because == WebhookOff.PERSON:
        return Chip(_("off"), "quiet")
    if webhook.off_at:
        return Chip(_("switched off"), "bad")
    return Chip(_("failing"), "caution") if webhook.failing_since else Chip(_("on"), "good")


def message_chip(message: WebhookMessage) -> Chip:
    """Return how a message stands."""
    if message.due_at:
        return Chip(_("will be tried again"), "caution") if message.attempts else Chip(_("waits"), "quiet")
    if message.given_up_at:
        return Chip(_("given up") if message.publication_id else _("failed"), "bad")
    return Chip(_("delivered"), "good") if message.delivered_at else Chip(_("broke off"), "bad")


def events_told(webhook: Webhook) -> str:
    """Return which events a webhook is told."""
    if not webhook.events:
        return _("all events")
    return ", ".join(str(event.label) for event in BROADCAST if event in webhook.events)


def standings(webhooks: QuerySet[Webhook]) -> list[Standing]:
    """Return how webhooks stand (two queries)."""
    newest = WebhookAttempt.objects.filter(message__webhook=OuterRef("pk")).order_by("-pk")
    counted = webhooks.annotate(
        last_attempt=Subquery(newest.values("pk")[:1]),
        waiting=Count("messages", filter=Q(messages__due_at__isnull=False)),
        given_up=Count("messages", filter=Q(messages__given_up_at__isnull=False, messages__publication__isnull=False)),
    )
    rows = list(counted.select_related("off_by", "made_by"))
    last = WebhookAttempt.objects.in_bulk([row.last_attempt for row in rows if row.last_attempt])
    return [
        Standing(row, webhook_chip(row), events_told(row), last.get(row.last_attempt or 0), row.waiting, row.given_up)
        for row in rows
    ]


def in_trouble() -> Q:
    """Return the condition that somebody should look: the desk itself switched it off, or it fails for long."""
    ended = Q(off_because__in=[WebhookOff.FAILING, WebhookOff.GONE])
    return ended | Q(off_at=None, failing_since__lt=timezone.now() - TELL_AFTER)


def message_title(message: WebhookMessage) -> str:
    """Return what a message is: a test with what came of it, or what its receiver is told of which case."""
    name = {"name": message.webhook.name}
    if message.publication:
        event, case = message.get_event_display(), message.publication.review.number
        return _("To “%(name)s”: %(event)s, %(case)s") % {**name, "event": event, "case": case}
    if message.delivered_at:
        return _("Test of “%(name)s”: delivered") % name
    return _("Test of “%(name)s”: not delivered") % name


def attempt_told(attempt: WebhookAttempt, webhook: Webhook) -> str:
    """Return what came of an attempt, in words."""
    if attempt.outcome == WebhookOutcome.NAMELESS:
        told = _("There is no site called “%(host)s”: check the spelling of the address.")
        return told % {"host": urlsplit(webhook.url).hostname or webhook.url}
    return str(WebhookOutcome(attempt.outcome).label)
