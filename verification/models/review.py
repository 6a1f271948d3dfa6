"""The case of one Claim, from triage on."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from claims.models.clock import ClockTimestamp
from verification.models.topic import Topic


class State(models.TextChoices):
    """Where a case stands (design §3)."""

    TRIAGE = "triage", _("triage")
    NOT_CHECKABLE = "not_checkable", _("not checkable")
    DUPLICATE = "duplicate", _("duplicate")
    DECLINED = "declined", _("declined")
    QUEUED = "queued", _("queued")
    RESEARCHING = "researching", _("researching")
    AWAITING_SOURCE = "awaiting_source", _("awaiting source")
    AWAITING_REPLY = "awaiting_reply", _("awaiting reply")
    PROPOSED = "proposed", _("proposed")
    SECOND_CHECK = "second_check", _("second check")
    ADJUDICATION = "adjudication", _("adjudication")
    DRAFTING = "drafting", _("drafting")
    SIGN_OFF = "sign_off", _("sign-off")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    CHALLENGED = "challenged", _("challenged")
    ON_HOLD = "on_hold", _("on hold")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Change(models.TextChoices):
    """Why a case has another cycle, and its verdict another version."""

    INITIAL = "initial", _("first version")
    CORRECTION = "correction", _("correction")
    UPDATE = "update", _("update")
    VOID = "void", _("withdrawal")
    MINOR = "minor", _("minor edit")


class Rollup(models.TextChoices):
    """How the ratings of a compound claim's parts make a proposal for the whole; readers are told which."""

    NONE = "", _("no parts")
    WEAKEST = "weakest", _("the lowest rating of a part")
    MIDDLE = "middle", _("the middle rating of the parts")
    BY_HAND = "by_hand", _("weighed by the checker, who says how")


class LegalRead(models.TextChoices):
    """Whether a lawyer reads the text of this cycle."""

    NONE = "", _("not asked for")
    ASKED = "asked", _("asked for")
    READ = "read", _("read")


class Review(models.Model):
    """The one state of a case; only `verification.review` writes it. `revision` counts every change of this row."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="review")
    state = models.CharField(max_length=20, choices=State, default=State.TRIAGE)
    cycle = models.PositiveSmallIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0)
    wording = models.TextField(help_text=_("the claim as it is being checked"))
    priority = models.FloatField(default=0)
    priority_reasons = models.JSONField(default=list)
    selection_reason = models.TextField(blank=True, help_text=_("why the desk checks this claim"))
    deadline = models.DateTimeField(null=True, blank=True)
    embargo_until = models.DateTimeField(null=True, blank=True)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="duplicates")
    held_from = models.CharField(max_length=20, blank=True, help_text=_("the state an on-hold case returns to"))
    second_check = models.BooleanField(
        null=True, default=False, help_text=_("a second person judges it blind; unknown until an editor decides")
    )
    change = models.CharField(max_length=20, choices=Change, default=Change.INITIAL)
    change_reason = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True, db_default="", help_text=_("of the article; empty: unknown"))
    topics = models.ManyToManyField(Topic, blank=True, related_name="reviews")
    held_until = models.DateTimeField(null=True, help_text=_("when an on-hold case comes back by itself"))
    review_on = models.DateTimeField(null=True, help_text=_("when what is published is looked at again"))
    as_of = models.DateField(null=True, help_text=_("the day for which the verdict holds, where that matters"))
    legal_read = models.CharField(max_length=10, choices=LegalRead, blank=True, db_default=LegalRead.NONE)
    rollup = models.CharField(max_length=10, choices=Rollup, blank=True, db_default=Rollup.NONE)
    publication = models.OneToOneField("Publication", on_delete=models.PROTECT, null=True, related_name="current_of")
    opened_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="review_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(state=State.DUPLICATE, duplicate_of__isnull=False)
                | (~models.Q(state=State.DUPLICATE) & models.Q(duplicate_of__isnull=True)),
                name="review_duplicate_names_its_original",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.ON_HOLD, held_from__in=State.values)
                | (~models.Q(state=State.ON_HOLD) & models.Q(held_from="")),
                name="review_on_hold_remembers_its_state",
            ),
            models.CheckConstraint(
                condition=models.Q(held_until__isnull=True) | models.Q(state=State.ON_HOLD),
                name="review_only_on_hold_comes_back",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.PUBLISHED, State.CHALLENGED])
                | models.Q(publication__isnull=False),
                name="review_published_has_a_publication",
            ),
        ]
        indexes = [
            # Read by the queue and by take-next: a state's cases, most urgent first.
            models.Index(fields=["state", "-priority", "id"], name="review_by_state_and_priority"),
            # Read by take-next: what is due soon comes first.
            models.Index(
                fields=["deadline", "-priority", "id"],
                condition=models.Q(state=State.QUEUED, deadline__isnull=False),
                name="review_queued_by_deadline",
            ),
            # Read by verification.review.returning every minute: what comes back on its day.
            models.Index(
                fields=["held_until"], condition=models.Q(held_until__isnull=False), name="review_that_comes_back"
            ),
            models.Index(
                fields=["review_on"], condition=models.Q(review_on__isnull=False), name="review_that_is_seen_again"
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def number(self) -> str:
        """The name people call a case by."""
        return f"R-{self.pk}"


class Part(models.Model):
    """One part of a compound claim. It is a case of its own; the whole shows it and rolls its rating up."""

    whole = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="parts")
    part = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="part_of")
    number = models.PositiveSmallIntegerField(help_text=_("its place in the whole, from 1"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["whole", "number"], name="part_number_is_given_once"),
            models.CheckConstraint(condition=~models.Q(whole=models.F("part")), name="part_is_not_its_own_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.part}"
