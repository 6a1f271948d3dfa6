"""Fact checks from before this desk: precedents, and claims that need no second check. They are read, never edited."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models import Precision, Snapshot
from claims.models.append_only import Erasable
from claims.models.clock import ClockTimestamp
from claims.models.precision import known_together
from verification.models.passage import PostingArrays, SegmentArrays, Span


class EarlierCheck(Erasable):
    """A fact check as its ClaimReview or its row of a table told it, in the words of its day, with its own address."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim_text = models.TextField()
    claimant = models.CharField(max_length=200, null=True)
    said = models.DateTimeField(null=True)
    said_precision = models.CharField(max_length=10, choices=Precision, null=True)
    rating_label = models.CharField(max_length=200)
    rating_value = models.FloatField(null=True)
    rating_worst = models.FloatField(null=True)
    rating_best = models.FloatField(null=True)
    title = models.TextField(blank=True)
    url = models.URLField(max_length=2000, unique=True, help_text=_("where it was published"))
    publisher = models.CharField(max_length=200, null=True)
    language = models.CharField(max_length=20, null=True)
    published = models.DateTimeField(null=True)
    published_precision = models.CharField(max_length=10, choices=Precision, null=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, help_text=_("the file it was read from"))
    imported_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(claim_text="") & ~models.Q(rating_label=""),
                name="earliercheck_has_claim_and_rating",
            ),
            known_together("said", "said_precision", "earliercheck_said_has_a_precision"),
            known_together("published", "published_precision", "earliercheck_published_has_a_precision"),
        ]
        indexes = [models.Index(fields=["claimant"], name="earliercheck_by_claimant")]

    def __str__(self) -> str:
        return self.claim_text


class EarlierSegment(SegmentArrays):
    """Earlier checks indexed together, each as a text: its claim, titled by its headline."""


class EarlierPosting(PostingArrays):
    """Where a term stands in a segment of earlier checks."""

    pk = models.CompositePrimaryKey("segment", "term")
    segment = models.ForeignKey(
        EarlierSegment, on_delete=models.DO_NOTHING, related_name="postings", db_constraint=False
    )


class EarlierPassage(Span):
    """The n-th passage of an earlier check. The check is the document here."""

    pk = models.CompositePrimaryKey("document", "number")
    document = models.ForeignKey(EarlierCheck, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)


class IndexedEarlier(models.Model):
    """That an earlier check is in the index, and where. The check is the document here."""

    document = models.OneToOneField(EarlierCheck, on_delete=models.CASCADE, primary_key=True, related_name="indexed")
    segment = models.ForeignKey(EarlierSegment, on_delete=models.PROTECT, related_name="indexed_documents")
    number = models.PositiveIntegerField(help_text=_("within the segment"))

    def __str__(self) -> str:
        return str(self.document_id)
