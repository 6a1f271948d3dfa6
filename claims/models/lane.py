"""Politeness that outlives a broker: when a host may be asked again, how often a day, and what its robots.txt says."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.clock import ClockTimestamp


class HostLane(models.Model):
    """One host's lane, shared by all workers: a request takes the next free moment, and moves it on.

    `gap_ms` and `daily_budget` are the operator's for this host, in place of the desk's; `crawl_delay_ms` is what its
    robots.txt asks for. The longer of the two gaps counts. A lane is closed until a time when the host asked to wait.
    """

    host = models.CharField(max_length=255, unique=True)
    next_at = models.DateTimeField(db_default=ClockTimestamp(), help_text=_("when the next request may start"))
    gap_ms = models.PositiveIntegerField(null=True, blank=True, help_text=_("at least so long between two requests"))
    crawl_delay_ms = models.PositiveIntegerField(null=True, blank=True, help_text=_("as its robots.txt asks"))
    daily_budget = models.PositiveIntegerField(null=True, blank=True, help_text=_("requests a day (UTC), at most"))
    day = models.DateField(null=True, blank=True, help_text=_("the day that is being counted"))
    spent = models.PositiveIntegerField(db_default=0, default=0, help_text=_("requests on that day"))
    closed_until = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(blank=True, db_default="", default="")

    def __str__(self) -> str:
        return self.host


class RobotsFile(models.Model):
    """What `/robots.txt` of one origin (scheme, host, port) said last. RFC 9309: kept for a day at most."""

    class Answer(models.TextChoices):
        RULES = "rules", _("rules")
        OPEN = "open", _("none: everything may be fetched")
        CLOSED = "closed", _("could not be had: nothing may be fetched")

    origin = models.CharField(max_length=300, unique=True)
    answer = models.CharField(max_length=10, choices=Answer)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    fetched_at = models.DateTimeField(db_default=ClockTimestamp())
    expires_at = models.DateTimeField()
    unreachable_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.origin


class ArchiveMeasure(models.Model):
    """How much the archive holds, counted now and then: one row."""

    ONLY = 1

    bytes = models.PositiveBigIntegerField()
    files = models.PositiveBigIntegerField()
    budget = models.PositiveBigIntegerField(null=True)
    measured_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="archivemeasure_is_one_row")]

    def __str__(self) -> str:
        return f"{self.bytes} bytes"
