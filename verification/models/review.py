"""The case of one Claim, from triage on."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from claims.models.clock import ClockTimestamp


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


class Review(models.Model):
    """The one state of a case; only `verification.review` writes it."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="review")
    state = models.CharField(max_length=20, choices=State, default=State.TRIAGE)
    cycle = models.PositiveSmallIntegerField(default=1)
    wording = models.TextField(help_text=_("the claim as it is being checked"))
    priority = models.FloatField(default=0)
    priority_reasons = models.JSONField(default=list)
    deadline = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(state__in=State.values), name="review_state_is_known")]

    def __str__(self) -> str:
        return self.wording
