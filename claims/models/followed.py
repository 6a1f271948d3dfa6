"""Addresses that are looked at on a schedule: what an outlet publishes, and the articles that may change."""

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.article import Article, Outlet
from claims.models.claim import Appearance
from claims.models.clock import ClockTimestamp
from claims.models.snapshot import Snapshot


class Followed(models.Model):
    """What is asked on a schedule. Validators are saved only after everything the answer showed was stored."""

    enabled = models.BooleanField(default=False, db_default=False, help_text=_("whether it is asked at all"))
    every_minutes = models.PositiveIntegerField(default=60, db_default=60, help_text=_("how often, at most"))
    next_at = models.DateTimeField(db_default=ClockTimestamp(), help_text=_("when it is asked next"))
    asked_at = models.DateTimeField(null=True, editable=False)
    outcome = models.CharField(max_length=14, choices=Snapshot.Outcome, blank=True, editable=False)
    sentence = models.TextField(blank=True, editable=False, help_text=_("what went wrong last"))
    failures = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False, help_text=_("in a row"))
    newest_at = models.DateTimeField(null=True, editable=False, help_text=_("the newest date it showed"))

    class Meta:
        abstract = True


class OutletFeed(Followed):
    """A feed, sitemap or news sitemap of an outlet, whose new articles come in by themselves."""

    class Kind(models.TextChoices):
        FEED = "feed", _("feed (RSS, Atom, JSON Feed)")
        SITEMAP = "sitemap", _("sitemap")
        NEWS_SITEMAP = "news_sitemap", _("news sitemap")

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="feeds")
    url = models.URLField(max_length=500, unique=True)
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.FEED)
    etag = models.TextField(blank=True, editable=False)
    last_modified = models.TextField(blank=True, editable=False)

    def __str__(self) -> str:
        return self.url


class OutletItem(models.Model):
    """One entry that an outlet's feed showed, once: `item_id` is its guid, else its address."""

    class State(models.TextChoices):
        DUE = "due", _("waits to be fetched")
        READ = "read", _("an article")
        UNREAD = "unread", _("could not be read")

    feed = models.ForeignKey(OutletFeed, on_delete=models.CASCADE, related_name="items")
    item_id = models.CharField(max_length=500)
    url = models.TextField()
    title = models.TextField(null=True)
    published = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(db_default=ClockTimestamp())
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    sentence = models.TextField(blank=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "item_id"], name="outletitem_is_seen_once")]
        indexes = [
            # Read by claims.outlets: an address that another feed of the outlet showed already.
            HashIndex(fields=["url"], name="outletitem_by_address")
        ]

    def __str__(self) -> str:
        return self.title or self.url


class ArticleWatch(models.Model):
    """An article that is read again on a decaying schedule, for what is changed in it afterwards."""

    article = models.OneToOneField(
        Article, on_delete=models.PROTECT, related_name="watch", help_text=_("as it reads now")
    )
    next_at = models.DateTimeField(db_index=True)
    looks = models.PositiveSmallIntegerField(default=0, db_default=0)
    looked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=14, choices=Snapshot.Outcome, blank=True)
    missing_since = models.DateTimeField(null=True, help_text=_("the page answers that it is not there"))

    def __str__(self) -> str:
        return str(self.article)


class Fate(models.TextChoices):
    """What became of a passage in a newer copy of the page it stands in."""

    SAME = "same", _("the same, in the same place")
    MOVED = "moved", _("the same words elsewhere")
    CHANGED = "changed", _("other words")
    GONE = "gone", _("gone")


class AppearanceFate(models.Model):
    """What became of a claim's appearance in a newer copy of its article. Never re-anchored in silence."""

    appearance = models.ForeignKey(Appearance, on_delete=models.PROTECT, related_name="fates")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", help_text=_("the newer copy"))
    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("as read from it; none where it is gone"),
    )
    fate = models.CharField(max_length=10, choices=Fate)
    exact = models.TextField(blank=True, help_text=_("the words that stand there now"))
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    found_at = models.DateTimeField(db_default=ClockTimestamp())
    told_at = models.DateTimeField(null=True, help_text=_("when the cases were told"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appearance", "snapshot"], name="appearancefate_is_told_once"),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(start__lt=models.F("end")),
                name="appearancefate_spans_something",
            ),
        ]
        indexes = [
            # Read by the sweep that tells the cases: what they were not told of yet.
            models.Index(fields=["id"], condition=Q(told_at__isnull=True), name="appearancefate_still_to_tell")
        ]

    def __str__(self) -> str:
        return f"{self.appearance_id} {self.fate}"
