"""Cited pages that are looked at again, and what was found different."""

from django.db import models
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from claims.models import Fate, Snapshot
from claims.models.append_only import AppendOnly
from claims.models.clock import ClockTimestamp
from verification.models.document import Document


class PageWatch(models.Model):
    """The page of a cited document, fetched again on a decaying schedule."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="watch")
    url = models.TextField()
    next_at = models.DateTimeField(db_index=True)
    looks = models.PositiveSmallIntegerField(default=0, db_default=0)
    looked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=14, choices=Snapshot.Outcome, blank=True)
    sentence = models.TextField(blank=True)
    fate = models.CharField(max_length=10, choices=Fate, blank=True, help_text=_("of the worst passage, last time"))
    missing_since = models.DateTimeField(null=True, help_text=_("the page answers that it is not there"))
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.url


class PageChange(AppendOnly):
    """That a cited passage was moved, changed or gone when its page was fetched again, with what stands there now."""

    watch = models.ForeignKey(PageWatch, on_delete=models.PROTECT, related_name="changes")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, related_name="+")
    fate = models.CharField(max_length=10, choices=Fate)
    exact = models.TextField(help_text=_("the passage as it was cited"))
    now = models.TextField(blank=True, help_text=_("the nearest passage that stands there now, with its surroundings"))
    diff = models.JSONField(default=list, help_text=_("words kept, taken out and put in"))
    found_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            # Of the passage its digest: an index holds no value longer than some 2,700 bytes.
            models.UniqueConstraint(
                "watch", "snapshot", MD5("exact"), name="pagechange_is_told_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.fate} {self.found_at:%Y-%m-%d}"
