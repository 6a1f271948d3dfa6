"""What was looked for, with what outcome, and what is proposed for a claim."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, Snapshot
from claims.models.clock import ClockTimestamp
from verification.models.document import Document, Source
from verification.models.stance import Role

ANSWERED = ("OK", "EMPTY", "NOT_PUBLISHED")


# The step of a search of the library that a checker made in their own words.
OWN_WORDS = "own_words"


class SearchRun(models.Model):
    """That this was asked of this source (or of the whole library), when, with what outcome. FAILED is never EMPTY."""

    class Outcome(models.TextChoices):
        OK = "OK", _("found")
        EMPTY = "EMPTY", _("nothing found")
        NOT_PUBLISHED = "NOT_PUBLISHED", _("not published there")
        REFUSED = "REFUSED", _("refused to answer")
        THROTTLED = "THROTTLED", _("asked to wait")
        STALE = "STALE", _("shows nothing new")
        FAILED = "FAILED", _("could not be asked")

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="search_runs")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, help_text=_("empty: the whole library"))
    query = models.JSONField(help_text=_("what was asked, in full"))
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    documents = models.PositiveIntegerField(help_text=_("how many documents could have answered"))
    outcome = models.CharField(max_length=14, choices=Outcome)
    step = models.CharField(max_length=20, blank=True, db_default="", default="", help_text=_("of the search plan"))
    exchange = models.ForeignKey(
        Snapshot,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text=_("the last answer of a live source"),
    )
    error = models.TextField(blank=True)
    versions = models.JSONField(default=dict, help_text=_("of index, ranking and the checks"))
    leads = models.JSONField(null=True, help_text=_("whose own accounts were looked for"))
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(db_default=ClockTimestamp())

    def __str__(self) -> str:
        return f"{self.outcome} {self.started_at:%Y-%m-%d %H:%M:%S}"

    @property
    def is_live(self) -> bool:
        """Whether a live source was asked, by a step of the search plan; else it was the library."""
        return self.step not in ("", OWN_WORDS)

    @property
    def in_own_words(self) -> bool:
        """Whether the library was asked in somebody's own words: what it answered says nothing of the claim."""
        return self.step == OWN_WORDS

    @property
    def answered(self) -> bool:
        """Whether the source was asked and answered: only then does "nothing found" say anything."""
        return self.outcome in ANSWERED


class Candidate(models.Model):
    """A selector into a Document's Snapshot, proposed for a Claim: rank, reasons in words, the comparisons made."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    search_run = models.ForeignKey(SearchRun, on_delete=models.PROTECT, related_name="candidates")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="candidates")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="candidates")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT)
    snapshot_sha256 = models.CharField(max_length=64)
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField(help_text=_("index into the document's text, in code points"))
    end = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    quote_check = models.JSONField(null=True)
    figure_checks = models.JSONField(null=True, help_text=_("each figure and date compared, with the working"))
    role = models.CharField(max_length=20, choices=Role, blank=True, db_default="", help_text=_("as proposed"))
    also_at = models.JSONField(null=True, help_text=_("ids of documents that hold the same text"))
    counterpart_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="counterparts", db_index=False
    )
    agreed_text = models.BooleanField(null=True, help_text=_("a counterpart that repeats an agreed text"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search_run", "rank"], name="candidate_rank_is_given_once"),
            models.UniqueConstraint(fields=["search_run", "document"], name="candidate_document_is_proposed_once"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="candidate_spans_something"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.document}"
