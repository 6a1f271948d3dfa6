"""What was said, by whom, and where it stands."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.article import Article
from claims.models.clock import ClockTimestamp
from claims.models.precision import Precision, known_together
from claims.models.snapshot import Snapshot
from claims.models.speaker import Speaker


class Claim(models.Model):
    """One checkable statement. It has no workflow state: a Claim without a Review is the inbox."""

    class Kind(models.TextChoices):
        QUOTATION = "quotation", _("quotation")
        STATEMENT = "statement", _("reported statement")
        QUANTITY = "quantity", _("figure")
        TREND = "trend", _("comparison or trend")
        EVENT = "event", _("event")
        CAUSE = "cause", _("cause")
        PREDICTION = "prediction", _("prediction")
        RULE = "rule", _("rule or law")
        OPINION = "opinion", _("opinion")

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, null=True, related_name="claims")
    said = models.DateTimeField(null=True)
    said_precision = models.CharField(max_length=10, choices=Precision, null=True)
    quotations = models.JSONField(default=list, help_text=_("the quoted words, without their marks"))
    quantities = models.JSONField(default=list, help_text=_("the figures, as written and as read"))
    score = models.FloatField(help_text=_("check-worthiness, 0 to 1"))
    reasons = models.JSONField(default=list, help_text=_("untranslated messages with their values"))
    features = models.JSONField(
        default=dict, db_default={}, help_text=_("what the score was weighed by, as name and value")
    )
    asserts = models.JSONField(default=list, db_default=[], help_text=_("the kinds of what is asserted"))
    standalone = models.TextField(
        null=True, help_text=_("a proposed wording that stands alone; the text's own words are in `text`")
    )
    parts = models.JSONField(
        default=list, db_default=[], help_text=_("checkable parts of a compound claim, as start, end, exact, wording")
    )
    due = models.DateField(null=True, help_text=_("the first day on which a prediction can be checked"))
    created_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(score__gte=0, score__lte=1), name="claim_score_is_a_share"),
            known_together("said", "said_precision", "claim_said_has_a_precision"),
        ]

    def __str__(self) -> str:
        return self.text


class Appearance(models.Model):
    """A Claim in an Article: W3C TextQuoteSelector and TextPositionSelector, bound to the Snapshot's hash."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appearances")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="appearances")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT)
    snapshot_sha256 = models.CharField(max_length=64)
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField(help_text=_("index into the article's text, in code points"))
    end = models.PositiveIntegerField()
    mention = models.TextField(null=True, help_text=_("the speaker as written"))
    mention_start = models.PositiveIntegerField(null=True)
    mention_end = models.PositiveIntegerField(null=True)
    chain = models.JSONField(
        default=list, db_default=[], help_text=_("the sources in between, from the outermost to the speaker")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "start", "end"], name="appearance_stands_once_in_its_article"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="appearance_spans_something"),
        ]

    def __str__(self) -> str:
        return self.exact
