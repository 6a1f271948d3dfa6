"""Who handed an article in, and what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.article import Article
from claims.models.clock import ClockTimestamp


class Submission(models.Model):
    """One handing-in: an address that is still to be fetched, or an article that was read at once."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions")
    url = models.TextField(null=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="submissions")
    error = models.TextField(blank=True, help_text=_("one sentence, when it could not be read"))
    submitted_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(url__isnull=False) | Q(article__isnull=False), name="submission_holds_something"
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=True) | Q(error=""), name="submission_is_read_or_failed"
            ),
        ]

    def __str__(self) -> str:
        return self.url or str(self.article)
