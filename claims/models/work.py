"""The queue of record: what is due, who holds its lease, after how many attempts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.clock import ClockTimestamp


class Work(models.Model):
    """One thing to do, once. `kind` is the name of the Celery task that does it; `subject` the id it is done to."""

    kind = models.CharField(max_length=60)
    subject = models.BigIntegerField()
    due_at = models.DateTimeField(db_default=ClockTimestamp())
    rung_at = models.DateTimeField(null=True, help_text=_("when the bell last rang for it"))
    lease_until = models.DateTimeField(null=True)
    token = models.UUIDField(null=True, help_text=_("what the holder of the lease must show"))
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    quarantined_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name_plural = _("work")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(done_at__isnull=True), name="work_open_once_per_subject"
            ),
            models.CheckConstraint(
                condition=Q(token__isnull=True, lease_until__isnull=True)
                | Q(token__isnull=False, lease_until__isnull=False),
                name="work_lease_has_a_token",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(quarantined_at__isnull=True), name="work_done_or_quarantined"
            ),
        ]
        indexes = [
            # Read by claims.work.sweep every two seconds: the rows still to do, soonest first.
            models.Index(
                fields=["due_at"],
                condition=Q(done_at__isnull=True, quarantined_at__isnull=True),
                name="work_still_to_do",
            ),
            # Read by sweeps that ask whether something was ever due for a subject, done or not.
            models.Index(fields=["kind", "subject"], name="work_by_kind_and_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
