"""What one fetch, upload or paste returned, and what others attest of it."""

import uuid

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.append_only import AppendOnly
from claims.models.clock import ClockTimestamp


class Snapshot(AppendOnly):
    """One exchange: where the bytes came from, what they hash to, when. Never updated; the bytes lie in the archive.

    `sha256` is of the exact bytes of the page, its content coding undone; `warc_sha256` of the WARC file that holds the
    whole exchange. An exchange that brought what was there before `revisits` the one that brought it first. What was
    read out of a larger exchange, an item of a feed, is `part_of` that one.
    """

    class Origin(models.TextChoices):
        FETCHED = "fetched", _("fetched")
        UPLOADED = "uploaded", _("uploaded")
        PASTED = "pasted", _("pasted")
        IMPORTED = "imported", _("imported")

    class Outcome(models.TextChoices):
        OK = "OK", _("OK")
        NOT_MODIFIED = "NOT_MODIFIED", _("not modified")
        EMPTY = "EMPTY", _("empty")
        NOT_FOUND = "NOT_FOUND", _("not found")
        NOT_PUBLISHED = "NOT_PUBLISHED", _("not published there")
        REFUSED = "REFUSED", _("refused")
        THROTTLED = "THROTTLED", _("throttled")
        FAILED = "FAILED", _("failed")
        STALE = "STALE", _("nothing new for long")

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    origin = models.CharField(max_length=10, choices=Origin)
    outcome = models.CharField(max_length=14, choices=Outcome, default=Outcome.OK)
    sentence = models.TextField(blank=True, db_default="", help_text=_("why it is not the page, where it is not"))
    requested_url = models.TextField(null=True)
    final_url = models.TextField(null=True)
    redirects = models.JSONField(default=list)
    filename = models.TextField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=list, help_text=_("pairs of name and value, as received"))
    media_type = models.CharField(max_length=200, null=True)
    address = models.GenericIPAddressField(null=True, help_text=_("the vetted address the bytes came from"))
    certificate_sha256 = models.CharField(max_length=64, null=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True, help_text=_("of the exact bytes"))
    warc_sha256 = models.CharField(max_length=64, null=True, help_text=_("of the WARC file of the exchange"))
    revisits = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text=_("the same bytes, before"),
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text=_("what it was read from"),
    )
    text_sha256 = models.CharField(max_length=64, null=True, help_text=_("of the normalised text"))
    text_normaliser = models.CharField(max_length=20, null=True)
    taken_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="snapshot_sha256_is_hex"),
            models.CheckConstraint(
                condition=models.Q(text_sha256__isnull=True, text_normaliser__isnull=True)
                | models.Q(text_sha256__isnull=False, text_normaliser__isnull=False),
                name="snapshot_text_hash_names_its_normaliser",
            ),
        ]
        indexes = [
            # Read by claims.archiving with each fetch: what the same address brought before. Addresses may be longer
            # than a B-tree's rows (PostgreSQL: 2,704 bytes).
            HashIndex(fields=["requested_url"], name="snapshot_by_address")
        ]

    def __str__(self) -> str:
        return self.final_url or self.filename or f"{self.origin} {self.sha256[:12]}"


class Attestation(AppendOnly):
    """A third party's word on a Snapshot, come later: an RFC 3161 stamp or a Wayback capture."""

    class Kind(models.TextChoices):
        RFC3161 = "rfc3161", _("time stamp (RFC 3161)")
        WAYBACK = "wayback", _("Wayback capture")

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="attestations")
    kind = models.CharField(max_length=10, choices=Kind)
    reference = models.TextField(help_text=_("address of the authority or of the capture"))
    token = models.BinaryField(null=True)
    attested_at = models.DateTimeField(null=True, help_text=_("the time the third party gives"))
    received_at = models.DateTimeField(db_default=ClockTimestamp())

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
