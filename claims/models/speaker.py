"""Who claims are attributed to: people and bodies, the names they go by, and which rows are one of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.clock import ClockTimestamp


class Speaker(models.Model):
    """Somebody, or some body, that claims are attributed to. Two names are two rows until a person joins them.

    A row that was joined to another keeps its claims and points at the row that stands for both, so that joining is
    undone by pointing nowhere. That row points nowhere itself: no chains.
    """

    class Kind(models.TextChoices):
        UNKNOWN = "", _("not known")
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=12, choices=Kind, blank=True, default="", db_default="")
    aliases = models.JSONField(default=list)
    role = models.CharField(max_length=200, null=True)
    same_as = models.JSONField(default=list, help_text=_("addresses that identify the same entity"))
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(joined_to__isnull=True) | ~Q(joined_to=F("pk")), name="speaker_is_not_joined_to_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["joined_to"], condition=Q(joined_to__isnull=False), name="speaker_stands_for_others")
        ]

    def __str__(self) -> str:
        return self.name


class SpeakerJoin(models.Model):
    """That a person joined two rows, and why; or, with `undone_at`, parted them again. Kept for good."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="joins")
    joined_to = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="joins_received")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    joined_at = models.DateTimeField(db_default=ClockTimestamp())
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["speaker"], condition=Q(undone_at__isnull=True), name="speaker_is_joined_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="speaker_join_is_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} = {self.joined_to}"
