"""Where verdicts go, beside webhooks: readers of feeds, hubs, pages that embed a card, subscribers by mail."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from claims.models.clock import ClockTimestamp
from verification.models.review import Review
from verification.models.verdict import Publication


class FeedReader(models.Model):
    """A program that asks for one feed, by the name it gives itself, and the newest publication it was given.

    No address of a person is stored. How many rows a feed may have is limited where they are written.
    """

    feed = models.CharField(max_length=300, help_text=_("path and query of the feed"))
    agent = models.CharField(max_length=120)
    first_at = models.DateTimeField(db_default=ClockTimestamp())
    last_at = models.DateTimeField(db_default=ClockTimestamp())
    seen = models.ForeignKey(Publication, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "agent"], name="feedreader_is_one_a_feed")]

    def __str__(self) -> str:
        return f"{self.agent} {self.feed}"


class Hub(models.Model):
    """A WebSub hub that is told when feeds changed.

    `told_up_to` is a place in the sealed log, as a webhook's is: what is published later may have a lower id.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    url = models.TextField(unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=ClockTimestamp())
    off_at = models.DateTimeField(null=True)
    told_up_to = models.PositiveBigIntegerField(help_text=_("the place in the sealed log up to which it was told"))
    told_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text=_("when it is tried next, while it is behind"))
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, help_text=_("one sentence, of the last attempt; empty: it was taken"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(url__regex=r"^https?://[^/@?#]+(/|$)"), name="hub_url_has_no_password")
        ]

    def __str__(self) -> str:
        return self.url


class EmbedSite(models.Model):
    """A site that shows a check's card, and which version of it was fetched there last."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="embeds", db_index=False)
    origin = models.CharField(max_length=200, help_text=_("scheme and host of the page that embeds it"))
    version = models.PositiveSmallIntegerField()
    first_at = models.DateTimeField(db_default=ClockTimestamp())
    last_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "origin"], name="embedsite_is_one_a_check")]

    def __str__(self) -> str:
        return self.origin


class Subscriber(models.Model):
    """Somebody who is told by mail. Until `confirmed_at` nothing but the question is sent; who leaves is deleted.

    Without `asked_at` a question is due. `told_up_to` is a place in the sealed log, as a webhook's is: publications are
    numbered before they are stored, so that a lower number may come after a higher one.
    """

    class Wants(models.TextChoices):
        ALL = "all", _("every new check, and corrections")
        CORRECTIONS = "corrections", _("corrections only")

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField()
    wants = models.CharField(max_length=12, choices=Wants, default=Wants.ALL)
    made_at = models.DateTimeField(db_default=ClockTimestamp())
    asked_at = models.DateTimeField(null=True, help_text=_("when the question went out"))
    confirmed_at = models.DateTimeField(null=True)
    told_up_to = models.PositiveBigIntegerField(help_text=_("the place in the sealed log up to which they were told"))
    due_at = models.DateTimeField(null=True, help_text=_("when mail is tried next, after their server refused it"))
    refusals = models.PositiveSmallIntegerField(default=0, help_text=_("days in a row it was refused for good"))
    letter_refusals = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text=_("times the words of the letter that is next were refused for good")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("address"), name="subscriber_address_is_there_once"),
            models.CheckConstraint(condition=Q(wants__in=["all", "corrections"]), name="subscriber_wants_something"),
        ]

    def __str__(self) -> str:
        return self.address


class SubscriberMail(models.Model):
    """That a mail told of a publication, or was given up. It stays, nameless, when the subscriber leaves.

    `refused` is the code with which the server refused a letter's words for good (RFC 5321); null: it took the letter.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="mails")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.SET_NULL, null=True, related_name="mails")
    sent_at = models.DateTimeField(db_default=ClockTimestamp())
    refused = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "subscriber"], name="subscribermail_is_sent_once")
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.sent_at:%Y-%m-%d %H:%M}"
