"""Whom we take documents from, and the documents."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import Precision, Snapshot
from claims.models.clock import ClockTimestamp
from claims.models.precision import known_together
from verification.models.tier import Tier


class Source(models.Model):
    """An issuer of documents, and how we get them."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)
    connector = models.CharField(max_length=60, default="import")
    configuration = models.JSONField(default=dict, blank=True)
    tier = models.PositiveSmallIntegerField(choices=Tier, default=Tier.T1)
    speaks_for = models.CharField(
        max_length=200, blank=True, help_text=_("the person or body whose own words these are")
    )

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A source's text as read from one Snapshot. A changed text is a new row; the one before is superseded."""

    class Kind(models.TextChoices):
        TRANSCRIPT = "transcript", _("transcript")
        READOUT = "readout", _("readout")
        STATEMENT = "statement", _("statement")
        PREPARED = "prepared", _("remarks as prepared")
        FACT_SHEET = "fact_sheet", _("fact sheet")
        ORDER = "order", _("order")
        DATASET = "dataset", _("dataset")
        CORRESPONDENCE = "correspondence", _("correspondence")
        RECORDING = "recording", _("recording, transcribed")
        OTHER = "other", _("other")

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="documents")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="documents")
    stable_id = models.CharField(max_length=500, help_text=_("the source's own name for it"))
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    title = models.TextField(null=True)
    url = models.TextField(null=True)
    published = models.DateTimeField(null=True)
    published_precision = models.CharField(max_length=10, choices=Precision, null=True)
    published_offset = models.SmallIntegerField(null=True, help_text=_("minutes east of UTC, as the source wrote it"))
    date_origin = models.CharField(max_length=60, null=True, help_text=_("where the date was read"))
    language = models.CharField(max_length=20, null=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    places = models.JSONField(null=True, help_text=_("spans of the text with their page, cell or media time"))
    withheld = models.BooleanField(
        db_default=False, help_text=_("readers see the passage that is cited, not the document")
    )
    superseded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "stable_id"],
                condition=Q(superseded_at__isnull=True),
                name="document_is_current_once",
            ),
            known_together("published", "published_precision", "document_published_has_a_precision"),
        ]

    def __str__(self) -> str:
        return self.title or self.stable_id
