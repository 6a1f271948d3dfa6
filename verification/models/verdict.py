"""What is published: the words as they are drafted, the verdict as it was approved, and when it went out."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from claims.models import Precision
from claims.models.append_only import AppendOnly
from claims.models.clock import ClockTimestamp
from claims.models.precision import known_together
from verification.models.candidate import SearchRun
from verification.models.duty import Duty, Hat
from verification.models.judgment import Judgment, Selection
from verification.models.rating import Rating
from verification.models.review import Change, Review
from verification.models.stance import Stance


def primary_subtag(field: str) -> Upper:
    """Return the language of a field's BCP 47 code in capitals, without its region: EN of en-GB."""
    return Upper(Func(F(field), Value("-"), Value(1), function="split_part", output_field=models.CharField()))


class Draft(models.Model):
    """Headline and explanation of one cycle while they are written. `revision` counts its savings."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="drafts")
    cycle = models.PositiveSmallIntegerField()
    headline = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    change_note = models.TextField(blank=True, help_text=_("for readers: what a new version changes, and why"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "cycle"], name="draft_is_one_per_cycle")]

    def __str__(self) -> str:
        return self.headline


class Verdict(AppendOnly):
    """One approved version, in the words of its day. Never edited: a correction is a new version.

    `approval` is a duty with the hat of approver in the same review and cycle, `judgment` one of that cycle: composite
    keys. A deferred trigger refuses a verdict without evidence that has a stance, unless it says that no primary record
    was found and a search is on record.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="verdicts")
    cycle = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    judgment = models.ForeignKey(Judgment, on_delete=models.PROTECT, related_name="verdicts")
    approval = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="verdicts")
    approval_hat = models.CharField(max_length=20, default=Hat.APPROVER, editable=False)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT)
    rating_label = models.CharField(max_length=100)
    rating_tone = models.CharField(max_length=10, choices=Rating.Tone)
    rating_step = models.SmallIntegerField(help_text=_("the rating's place on its scale, as the meter draws it"))
    rating_value = models.SmallIntegerField(null=True)
    rating_worst = models.SmallIntegerField()
    rating_best = models.SmallIntegerField()
    headline = models.TextField()
    explanation = models.TextField()
    claim_text = models.TextField()
    claim_kind = models.CharField(max_length=20)
    claimant = models.CharField(max_length=200, null=True)
    said = models.DateTimeField(null=True)
    said_precision = models.CharField(max_length=10, choices=Precision, null=True)
    language = models.CharField(max_length=20)
    change = models.CharField(max_length=20, choices=Change)
    change_note = models.TextField(blank=True)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    as_of = models.DateField(null=True, help_text=_("the day for which it holds, where that matters"))
    parts = models.JSONField(null=True, help_text=_("a compound claim's rule and parts, in the words of the day"))
    checked_by = models.CharField(max_length=200)
    second_by = models.CharField(max_length=200, blank=True)
    approved_by = models.CharField(max_length=200)
    evidence_count = models.PositiveSmallIntegerField(help_text=_("how many pieces of evidence it was approved with"))
    approved_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        indexes = [
            # Read by claims:search, for a language that few checks are in.
            models.Index(primary_subtag("language"), name="verdict_by_language")
        ]
        constraints = [
            models.UniqueConstraint(fields=["review", "version"], name="verdict_version_is_given_once"),
            models.UniqueConstraint(fields=["id", "review"], name="verdict_can_be_pointed_at_whole"),
            models.CheckConstraint(condition=Q(approval_hat=Hat.APPROVER), name="verdict_is_signed_by_an_approver"),
            models.CheckConstraint(
                condition=Q(change=Change.INITIAL, supersedes__isnull=True)
                | (~Q(change=Change.INITIAL) & Q(supersedes__isnull=False) & ~Q(change_note="")),
                name="verdict_new_version_says_why",
            ),
            models.CheckConstraint(condition=~Q(headline="") & ~Q(explanation=""), name="verdict_has_its_words"),
            known_together("said", "said_precision", "verdict_said_has_a_precision"),
        ]

    def __str__(self) -> str:
        return self.headline


class VerdictEvidence(Selection, AppendOnly):
    """The evidence that goes out with a verdict, as it was when it was approved."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="evidence")
    stance = models.CharField(max_length=20, choices=Stance)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["verdict", "number"], name="verdictevidence_number_is_given_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="verdictevidence_spans_something"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="verdictevidence_has_a_stance"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.exact[:60]}"


class VerdictSearch(AppendOnly):
    """A search record that goes out with a verdict: "no primary record found" that can be looked at."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="searches")
    search_run = models.ForeignKey(SearchRun, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveSmallIntegerField(help_text=_("as the explanation cites it, after the evidence"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["verdict", "number"], name="verdictsearch_number_is_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.search_run}"


class Publication(AppendOnly):
    """That a verdict went out, and when. A review's current one is `Review.publication`."""

    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="publication")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="publications")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_published_at = models.DateTimeField(help_text=_("of the case's first version"))
    published_at = models.DateTimeField(db_default=ClockTimestamp())
    edited_at = models.DateTimeField(
        null=True, help_text=_("when a minor edit went out; its `published_at` is that of what it edits")
    )

    class Meta:
        indexes = [
            # Read by lists and feeds: newest first.
            models.Index(fields=["-published_at", "-id"], name="publication_newest_first")
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.published_at:%Y-%m-%d %H:%M}"
