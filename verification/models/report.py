"""What readers say is wrong with a published check: it waits for an editor, who takes it up or sets it aside."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.clock import ClockTimestamp
from verification.models.afterwards import Challenge
from verification.models.verdict import Publication


class Report(models.Model):
    """One report. It doubts nothing in public until an editor makes a challenge of it."""

    class From(models.TextChoices):
        READER = "reader", _("a reader")
        SUBJECT = "subject", _("whoever was checked")

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="reports")
    origin = models.CharField(max_length=10, choices=From, default=From.READER)
    text = models.TextField()
    contact = models.CharField(max_length=200, blank=True, help_text=_("how to answer; never published"))
    made_at = models.DateTimeField(db_default=ClockTimestamp())
    challenge = models.OneToOneField(Challenge, on_delete=models.PROTECT, null=True, related_name="report")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True, help_text=_("why it was set aside"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="report_says_what"),
            models.CheckConstraint(condition=Q(origin__in=["reader", "subject"]), name="report_comes_from_outside"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, challenge__isnull=True, reason="")
                | Q(settled_at__isnull=False, settled_by__isnull=False, challenge__isnull=False, reason="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False, challenge__isnull=True) & ~Q(reason="")),
                name="report_is_taken_up_or_set_aside",
            ),
        ]
        indexes = [
            models.Index(fields=["made_at"], condition=Q(settled_at__isnull=True), name="report_waits_for_an_editor")
        ]

    def __str__(self) -> str:
        return self.text[:60]
