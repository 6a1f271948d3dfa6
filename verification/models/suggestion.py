"""What the machine suggests of a claim. It never decides, and is held to account against what people decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.append_only import AppendOnly
from claims.models.clock import ClockTimestamp
from verification.models.candidate import Candidate, SearchRun


class Suggestion(AppendOnly):
    """One suggestion of one search: about a candidate, or, of the kind `not_found`, about the search as a whole."""

    class Kind(models.TextChoices):
        SUPPORTED = "supported", _("supported")
        CONTRADICTED = "contradicted", _("contradicted")
        ALTERED_QUOTATION = "altered_quotation", _("altered quotation")
        NOT_FOUND = "not_found", _("not found")

    search_run = models.ForeignKey(SearchRun, on_delete=models.PROTECT, related_name="suggestions")
    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, null=True, related_name="suggestion")
    kind = models.CharField(max_length=20, choices=Kind)
    confidence = models.FloatField(help_text=_("0 to 1"))
    reasons = models.JSONField(default=list, help_text=_("untranslated messages with their values"))
    version = models.CharField(max_length=10)
    made_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="suggestion_confidence_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(kind="not_found", candidate__isnull=True)
                | (~Q(kind="not_found") & Q(candidate__isnull=False)),
                name="suggestion_is_about_a_candidate_or_says_nothing_was_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.confidence:.2f}"
