"""Who wears which hat in a case, and for how long it lies on their desk."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.append_only import AppendOnly
from claims.models.clock import ClockTimestamp
from verification.models.event import ReviewEvent
from verification.models.review import Review


class Hat(models.TextChoices):
    """The parts people play in one cycle of a case."""

    SUBMITTER = "submitter", _("submitter")
    FIRST = "first", _("first checker")
    SECOND = "second", _("second checker")
    ADJUDICATOR = "adjudicator", _("adjudicator")
    APPROVER = "approver", _("approver")


class Duty(AppendOnly):
    """The one hat a person wears in a review's cycle. A second one needs a waiver: the event of the case that says why.

    A hat once put on is never taken off or passed on: the row stands.

    Judgments, turns and verdicts point at (duty, review, cycle, person, hat) together, so that no row can claim a hat
    its writer does not wear: the composite keys are in the migration `four_eyes`.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="duties")
    cycle = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duties")
    hat = models.CharField(max_length=20, choices=Hat)
    waiver = models.ForeignKey(ReviewEvent, on_delete=models.PROTECT, null=True, related_name="waives")
    since = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name_plural = _("duties")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "cycle", "person"],
                condition=Q(waiver__isnull=True),
                name="duty_one_hat_per_person_and_cycle",
            ),
            models.UniqueConstraint(fields=["review", "cycle", "person", "hat"], name="duty_is_taken_up_once"),
            models.UniqueConstraint(
                fields=["id", "review", "cycle", "person", "hat"], name="duty_can_be_pointed_at_whole"
            ),
            models.UniqueConstraint(fields=["id", "review", "hat"], name="duty_can_be_pointed_at_by_turns"),
            models.UniqueConstraint(fields=["id", "review", "cycle", "hat"], name="duty_can_be_pointed_at_by_verdicts"),
            models.CheckConstraint(condition=Q(hat__in=Hat.values), name="duty_hat_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_hat_display()})"


class Turn(models.Model):
    """A duty's open hours on somebody's desk: given or taken, paused while awaiting; drafts are kept when it ends."""

    class End(models.TextChoices):
        DONE = "done", _("done")
        HANDED_BACK = "handed_back", _("handed back")
        RECALLED = "recalled", _("recalled")
        RAN_OUT = "ran_out", _("ran out")
        HANDED_OVER = "handed_over", _("handed over")
        LEFT = "left", _("left the desk")

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="turns")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="turns")
    hat = models.CharField(max_length=20, choices=Hat)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text=_("empty: taken")
    )
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField(db_default=ClockTimestamp())
    until = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    postponed = models.PositiveSmallIntegerField(db_default=0, help_text=_("how often its end was put off"))
    closed_at = models.DateTimeField(null=True)
    closed_as = models.CharField(max_length=20, choices=End, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "hat"], condition=Q(closed_at__isnull=True), name="turn_open_once_per_hat"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_as="") | (Q(closed_at__isnull=False) & ~Q(closed_as="")),
                name="turn_says_how_it_closed",
            ),
        ]
        indexes = [
            # Read by verification.review.assignment.close_run_out every half minute.
            models.Index(
                fields=["until"], condition=Q(closed_at__isnull=True, paused_at__isnull=True), name="turn_still_running"
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.until:%Y-%m-%d %H:%M}"
