"""Webhooks: who is told by a signed request what was published, each message, and each attempt to deliver it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from claims.models.append_only import AppendOnly, Erasable
from claims.models.clock import ClockTimestamp
from verification.models.verdict import Publication

LONGEST_ANSWER = 2048


class WebhookEvent(models.TextChoices):
    """What a message tells. A minor edit is broadcast by none of them."""

    PUBLISHED = "verdict.published", _("a first verdict was published")
    CORRECTED = "verdict.corrected", _("a verdict was corrected")
    UPDATED = "verdict.updated", _("a verdict was brought up to date")
    RETRACTED = "verdict.retracted", _("a verdict was withdrawn")
    TEST = "webhook.test", _("a test, sent by a person")


class WebhookOff(models.TextChoices):
    """Why nothing is sent any more."""

    PERSON = "person", _("switched off by a person")
    FAILING = "failing", _("switched off: nothing was taken for five days on end")
    GONE = "gone", _("switched off: the receiver answered 410 Gone, which asks for no more")


class WebhookOutcome(models.TextChoices):
    """What came of one attempt."""

    DELIVERED = "delivered", _("taken")
    GONE = "gone", _("410 Gone: the receiver wants no more")
    REDIRECTED = "redirected", _("it answered with a redirect, which is not followed: enter the address it leads to")
    THROTTLED = "throttled", _("429: the receiver asks us to wait")
    REFUSED = "refused", _("the receiver refused it")
    BROKEN = "broken", _("the receiver had a fault of its own")
    AWAY = "away", _("the receiver is not at work behind its front door")
    SLOW = "slow", _("no answer in time")
    UNREACHABLE = "unreachable", _("nobody answered, or the connection broke off")
    NAMELESS = "nameless", _("the host has no address")
    DISTRUSTED = "distrusted", _("no secure connection: its certificate was not accepted")
    FORBIDDEN = "forbidden", _("the address leads to where nothing may be sent: a private network, or without https")
    GARBLED = "garbled", _("what came back was no answer of a web server")
    SECRETLESS = "secretless", _("the secret cannot be read with this SECRET_KEY: make a new one")


class Webhook(models.Model):
    """One receiver. Its secrets are stored encrypted (`verification.publishing.webhooks.keeping`).

    `told_up_to` is the place in the sealed log to which messages were made. `base` begins the addresses in messages
    where PUBLIC_URL is not set. After a rotation the secret before signs too, until `previous_until`.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    url = models.TextField()
    events = models.JSONField(default=list, blank=True, help_text=_("names of events; none: all of them"))
    base = models.CharField(max_length=300)
    secret = models.TextField()
    previous_secret = models.TextField(blank=True)
    previous_until = models.DateTimeField(null=True)
    rotations = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=ClockTimestamp())
    off_at = models.DateTimeField(null=True)
    off_because = models.CharField(max_length=10, choices=WebhookOff, blank=True)
    off_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    failing_since = models.DateTimeField(null=True)
    told_up_to = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(secret=""),  # nosec B106 (that there is none)
                name="webhook_has_a_name_and_a_secret",
            ),
            models.CheckConstraint(condition=Q(url__regex=r"^https?://[^/@?#]+/"), name="webhook_url_has_no_password"),
            models.CheckConstraint(
                condition=Q(events__contained_by=[event for event in WebhookEvent.values if event != "webhook.test"]),
                name="webhook_events_are_known",
            ),
            models.CheckConstraint(
                condition=Q(previous_secret="", previous_until__isnull=True)  # nosec B106 (that there is none)
                | (~Q(previous_secret="") & Q(previous_until__isnull=False)),  # nosec B106 (that there is none)
                name="webhook_previous_secret_ends",
            ),
            models.CheckConstraint(
                condition=Q(off_at__isnull=True, off_because="", off_by__isnull=True)
                | Q(off_at__isnull=False, off_because=WebhookOff.PERSON, off_by__isnull=False)
                | Q(off_at__isnull=False, off_because__in=[WebhookOff.FAILING, WebhookOff.GONE], off_by__isnull=True),
                name="webhook_off_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WebhookMessage(models.Model):
    """What one webhook is told once: `public` is its webhook-id in every attempt, `body` the bytes (UTF-8) it signs.

    `due_at` says when it is tried next; it is null once it was delivered or given up, and always of a test. `attempts`
    counts since it was last made due by an event or a person. A trigger refuses to change what is told, and to whom,
    and to remove what is due or leaves no WebhookDelivery.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="messages")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, null=True, related_name="webhook_messages")
    event = models.CharField(max_length=30, choices=WebhookEvent)
    body = models.TextField()
    made_at = models.DateTimeField(db_default=ClockTimestamp())
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webhook", "publication", "event"], name="webhookmessage_event_has_one_id"),
            models.CheckConstraint(
                condition=Q(event=WebhookEvent.TEST, publication__isnull=True, due_at__isnull=True)
                | (Q(event__in=WebhookEvent.values, publication__isnull=False) & ~Q(event=WebhookEvent.TEST)),
                name="webhookmessage_tells_of_a_publication",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(given_up_at__isnull=True), name="webhookmessage_due_or_given_up"
            ),
            # What is neither due, delivered nor given up would never be looked at again.
            models.CheckConstraint(
                condition=Q(event=WebhookEvent.TEST)
                | Q(due_at__isnull=False)
                | Q(delivered_at__isnull=False)
                | Q(given_up_at__isnull=False),
                name="webhookmessage_is_never_lost",
            ),
        ]
        indexes = [
            # Read every two seconds: what is to be sent, by webhook.
            models.Index(
                fields=["webhook", "due_at"], condition=Q(due_at__isnull=False), name="webhookmessage_to_be_sent"
            ),
            models.Index(fields=["webhook", "-id"], name="webhookmessage_newest_first"),
            # Read by what removes messages that were settled long ago.
            models.Index(fields=["made_at"], condition=Q(due_at__isnull=True), name="webhookmessage_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.public}"


class WebhookAttempt(Erasable):
    """One attempt to deliver a message, and what came of it; removed with its message alone.

    `status` is null where no answer came.
    """

    message = models.ForeignKey(WebhookMessage, on_delete=models.PROTECT, related_name="attempts_made")
    at = models.DateTimeField(db_default=ClockTimestamp())
    status = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=20, choices=WebhookOutcome)
    milliseconds = models.PositiveIntegerField()
    answer = models.TextField(blank=True, help_text=_("how the receiver’s answer began"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=WebhookOutcome.values), name="webhookattempt_has_an_outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome=WebhookOutcome.DELIVERED, status__gte=200, status__lt=300)
                | (
                    ~Q(outcome=WebhookOutcome.DELIVERED)
                    & (Q(status__isnull=True) | ~Q(status__gte=200, status__lt=300))
                ),
                name="webhookattempt_2xx_is_delivered",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("answer"), LONGEST_ANSWER), name="webhookattempt_answer_is_short"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.outcome}"


class WebhookDelivery(AppendOnly):
    """What became of a message that was removed: when the webhook took the publication, or that it was given up."""

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="webhook_deliveries")
    taken_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "webhook"], name="webhookdelivery_is_one_a_webhook"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=False) | Q(given_up_at__isnull=False), name="webhookdelivery_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.publication_id}"
