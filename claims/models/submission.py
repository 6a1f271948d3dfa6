"""Who handed an article in, by which way, and what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.article import Article
from claims.models.clock import ClockTimestamp
from claims.models.token import ApiToken


class Submission(models.Model):
    """One handing-in: an address that is still to be fetched, an article that was read at once, or a reader's word.

    What a reader hands in waits for a person: nothing is fetched before one takes it (`person` then), and it may be
    set aside.
    """

    class Way(models.TextChoices):
        DESK = "desk", _("by hand")
        IMPORT = "import", _("imported")
        API = "api", _("by a program")
        READER = "reader", _("by a reader")

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    way = models.CharField(max_length=10, choices=Way, default=Way.DESK, db_default=Way.DESK)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="submissions"
    )
    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, null=True, related_name="submissions", db_index=False)
    url = models.TextField(null=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="submissions")
    note = models.TextField(blank=True, default="", db_default="", help_text=_("what a reader wants checked"))
    contact = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text=_("where a reader may be answered")
    )
    error = models.TextField(blank=True, help_text=_("one sentence, when it could not be read"))
    submitted_at = models.DateTimeField(db_default=ClockTimestamp())
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(url__isnull=False) | Q(article__isnull=False) | Q(way="reader") & ~Q(note=""),
                name="submission_holds_something",
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=True) | Q(error=""), name="submission_is_read_or_failed"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(way="reader"), name="submission_comes_from_somebody"
            ),
            models.CheckConstraint(
                condition=Q(way="api", token__isnull=False) | ~Q(way="api") & Q(token__isnull=True),
                name="submission_by_a_program_has_its_token",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_by__isnull=True)
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False),
                name="submission_is_set_aside_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["submitted_at"],
                condition=Q(way="reader", person__isnull=True, set_aside_at__isnull=True),
                name="submission_waits_for_a_person",
            ),
            models.Index(fields=["token"], condition=Q(token__isnull=False), name="submission_of_a_token"),
        ]

    def __str__(self) -> str:
        return self.url or self.note[:80] or str(self.article)


class SubmissionKey(models.Model):
    """The name a program gave a request, so that the same request sent again does nothing again."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="keys", db_index=False)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the request's body"))
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="keys")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="submission_key_is_used_once")]

    def __str__(self) -> str:
        return self.key
