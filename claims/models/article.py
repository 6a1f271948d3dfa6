"""What an outlet published, as read from one Snapshot."""

import uuid

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.clock import ClockTimestamp
from claims.models.precision import Precision, known_together
from claims.models.snapshot import Snapshot


class Outlet(models.Model):
    """A newspaper, agency or site that publishes articles."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One text of one outlet. Unknown stays null. A changed article is a new Snapshot and a new row."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="articles")
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, null=True, blank=True)
    title = models.TextField(null=True)
    byline = models.TextField(null=True)
    language = models.CharField(max_length=20, null=True)
    url = models.TextField(null=True)
    published = models.DateTimeField(null=True)
    published_precision = models.CharField(max_length=10, choices=Precision, null=True)
    published_origin = models.CharField(max_length=60, null=True, help_text=_("where the date was read"))
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    extracted_by = models.CharField(max_length=60, null=True, help_text=_("engine and version that lifted the claims"))
    registered_at = models.DateTimeField(db_default=ClockTimestamp())
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="replaced_by",
        help_text=_("the copy read before this"),
    )

    class Meta:
        constraints = [
            # The same words at the same address are one article, however often they are handed in.
            models.UniqueConstraint(
                fields=["text_sha256", "url"], name="article_registered_once", nulls_distinct=False
            ),
            known_together("published", "published_precision", "article_published_has_a_precision"),
        ]
        indexes = [
            # Read by claims.outlets for each entry of a feed: whether its page is an article here.
            HashIndex(fields=["url"], name="article_by_address")
        ]

    def __str__(self) -> str:
        return self.title or self.url or gettext("untitled article")
