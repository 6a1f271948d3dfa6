"""One checker's rating, reasoning and evidence."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models import Snapshot
from claims.models.clock import ClockTimestamp
from verification.models.candidate import Candidate, SearchRun
from verification.models.document import Document
from verification.models.duty import Duty, Hat
from verification.models.rating import Rating
from verification.models.review import Review
from verification.models.stance import Role, Stance


class Judgment(models.Model):
    """What one person finds, in one hat and cycle: a draft until `submitted_at`. `revision` counts its savings."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="judgment")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="judgments")
    cycle = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgments")
    hat = models.CharField(max_length=20, choices=Hat)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, null=True, blank=True)
    rating_label = models.CharField(
        max_length=100, blank=True, db_default="", help_text=_("the rating's words when it was submitted")
    )
    reasoning = models.TextField(blank=True)
    none_supports = models.BooleanField(default=False, help_text=_("looked for support: none found"))
    none_refutes = models.BooleanField(default=False, help_text=_("looked for what refutes it: none found"))
    sourcing_reason = models.TextField(blank=True, help_text=_("why a single or a secondary source is enough"))
    answers = models.JSONField(default=dict, help_text=_("warning key to its answer: meaning or harmless"))
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(db_default=ClockTimestamp())
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(rating__isnull=False), name="judgment_submitted_has_a_rating"
            ),
            models.CheckConstraint(
                condition=Q(hat__in=[Hat.FIRST, Hat.SECOND, Hat.ADJUDICATOR]), name="judgment_is_made_in_a_judging_hat"
            ),
            models.UniqueConstraint(fields=["id", "review", "cycle"], name="judgment_can_be_pointed_at_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.rating or _('no rating yet')} ({self.person})"


class Selection(models.Model):
    """A selector into a document's Snapshot, bound to the hash of its bytes, with role, stance and quote check."""

    number = models.PositiveSmallIntegerField(help_text=_("as reasoning and explanation cite it: [1]"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    snapshot_sha256 = models.CharField(max_length=64)
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField(help_text=_("index into the document's text, in code points"))
    end = models.PositiveIntegerField()
    tier = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=Role)
    quote_check = models.JSONField(null=True)
    figure_checks = models.JSONField(null=True)
    place = models.JSONField(null=True, help_text=_("page, cell or media time, where the document has such"))
    note = models.TextField(blank=True)

    class Meta:
        abstract = True


class Evidence(Selection):
    """What a judgment rests on. A draft's evidence may still lack its stance."""

    judgment = models.ForeignKey(Judgment, on_delete=models.CASCADE, related_name="evidence")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, null=True, related_name="evidence")
    stance = models.CharField(max_length=20, choices=Stance, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["judgment", "number"], name="evidence_number_is_given_once"),
            models.UniqueConstraint(fields=["judgment", "document", "start", "end"], name="evidence_is_picked_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="evidence_spans_something"),
            models.CheckConstraint(condition=Q(stance__in=[*Stance.values, ""]), name="evidence_stance_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.exact[:60]}"


class SearchEvidence(models.Model):
    """A search record that a judgment rests on: that this was asked, when, of how much, and what came back.

    Numbered after the judgment's passages, so that its reasoning can cite either.
    """

    judgment = models.ForeignKey(Judgment, on_delete=models.CASCADE, related_name="searches")
    search_run = models.ForeignKey(SearchRun, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["judgment", "number"], name="searchevidence_number_is_given_once"),
            models.UniqueConstraint(fields=["judgment", "search_run"], name="searchevidence_is_attached_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.search_run}"
