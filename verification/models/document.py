"""Whom we take documents from, and the documents."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import Precision, Snapshot
from claims.models.append_only import AppendOnly
from claims.models.clock import ClockTimestamp
from claims.models.followed import Followed
from claims.models.precision import known_together
from verification.models.tier import Tier


class Source(Followed):
    """An issuer of documents, and how we get them. One that is enabled is polled, and searched for claims."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)
    connector = models.CharField(max_length=60, default="import")
    configuration = models.JSONField(default=dict, blank=True)
    tier = models.PositiveSmallIntegerField(choices=Tier, default=Tier.T1)
    speaks_for = models.CharField(
        max_length=200, blank=True, help_text=_("the person or body whose own words these are")
    )
    also_called = models.JSONField(
        default=list, blank=True, help_text=_("other names of whom it speaks for: people, offices, bodies")
    )
    zone = models.CharField(max_length=60, blank=True, default="", db_default="", help_text=_("its time zone"))
    licence = models.CharField(max_length=200, blank=True, default="", db_default="")
    catalogue = models.CharField(
        max_length=60, blank=True, default="", db_default="", editable=False, help_text=_("its entry in the catalogue")
    )
    cursor = models.JSONField(null=True, editable=False, help_text=_("where a listing goes on"))
    probed_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.name


class SourceAddress(models.Model):
    """What one address of a source answered last: the validators of the last answer that was stored whole."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="addresses")
    url = models.TextField()
    etag = models.TextField(blank=True)
    last_modified = models.TextField(blank=True)
    stored_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "url"], name="sourceaddress_is_kept_once")]

    def __str__(self) -> str:
        return self.url


class SourceRun(AppendOnly):
    """One visit to a source that belongs to no claim: what was asked, how it ended, what came of it."""

    class Verb(models.TextChoices):
        POLL = "poll", _("polled")
        LIST = "list", _("listed by date")
        FETCH = "fetch", _("fetched documents")
        TRY = "try", _("tried out")
        PROBE = "probe", _("probed")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    verb = models.CharField(max_length=10, choices=Verb)
    outcome = models.CharField(max_length=14, choices=Snapshot.Outcome)
    sentence = models.TextField(blank=True)
    requests = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0, help_text=_("entries that the source showed"))
    fresh = models.PositiveIntegerField(default=0, help_text=_("of them new"))
    changed = models.PositiveIntegerField(default=0, help_text=_("of them changed"))
    details = models.JSONField(default=dict, help_text=_("what a probe found different"))
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        indexes = [models.Index(fields=["source", "-finished_at"], name="sourcerun_newest_first")]

    def __str__(self) -> str:
        return f"{self.verb} {self.outcome} {self.started_at:%Y-%m-%d %H:%M:%S}"


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
    published = models.DateTimeField(null=True, help_text=_("as the source claims"))
    published_precision = models.CharField(max_length=10, choices=Precision, null=True)
    published_offset = models.SmallIntegerField(null=True, help_text=_("minutes east of UTC, as the source wrote it"))
    date_origin = models.CharField(max_length=60, null=True, help_text=_("where the date was read"))
    first_seen_at = models.DateTimeField(null=True, help_text=_("when this desk first saw that it exists"))
    language = models.CharField(max_length=20, null=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64, help_text=_("of the normalised text"))
    text_normaliser = models.CharField(max_length=20, null=True, help_text=_("its version"))
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
        indexes = [
            # Read by verification.research.page_reading: the versions of one document.
            models.Index(fields=["source", "stable_id"], name="document_versions")
        ]

    def __str__(self) -> str:
        return self.title or self.stable_id


class SourceItem(models.Model):
    """One entry that a source showed, once: `entry` is what it said of it, `fingerprint` tells when that changes."""

    class State(models.TextChoices):
        DUE = "due", _("waits to be fetched")
        STORED = "stored", _("a document")
        PASSED = "passed", _("no document")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="items")
    stable_id = models.CharField(max_length=500)
    url = models.TextField()
    title = models.TextField(null=True)
    published = models.DateTimeField(null=True)
    entry = models.JSONField(help_text=_("as the source showed it"))
    fingerprint = models.CharField(max_length=64)
    shown_in = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, related_name="+", help_text=_("the exchange that showed it")
    )
    first_seen_at = models.DateTimeField(db_default=ClockTimestamp())
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    outcome = models.CharField(max_length=14, choices=Snapshot.Outcome, blank=True)
    sentence = models.TextField(blank=True, help_text=_("why it is no document"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "stable_id"], name="sourceitem_is_listed_once")]
        indexes = [
            models.Index(fields=["source", "-published"], name="sourceitem_newest_first"),
            # Read by verification.research.items with each batch: what waits to be fetched.
            models.Index(fields=["source", "id"], condition=Q(state="due"), name="sourceitem_still_to_fetch"),
        ]

    def __str__(self) -> str:
        return self.title or self.url
