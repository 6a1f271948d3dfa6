"""What makes the desk quicker to work at, and decides nothing: kept views of the queue, and who is at which case."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.clock import ClockTimestamp
from verification.models.review import Review


class SavedView(models.Model):
    """A way to look at the queue that somebody keeps under a name: search, filters, order and columns."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True, help_text=_("the address’s query string, without the page"))
    columns = models.JSONField(default=list, blank=True, help_text=_("keys of columns; none: the person’s own"))
    shared = models.BooleanField(default=False, help_text=_("the whole desk has it among its tabs"))
    made_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="savedview_name_is_the_persons_own"),
            models.CheckConstraint(condition=~Q(name=""), name="savedview_has_a_name"),
        ]
        indexes = [
            # Read by the queue: the views of everybody.
            models.Index(fields=["name"], condition=Q(shared=True), name="savedview_shared"),
        ]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """That somebody has a case open, and when their page last said so. Old rows mean nothing and are swept."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="presence_is_one_row")]
        indexes = [
            # Read by the sweep: the oldest ones.
            models.Index(fields=["seen_at"], name="presence_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.review}"
