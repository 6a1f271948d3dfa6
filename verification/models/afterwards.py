"""What comes back to a case: answers to questions that were put to somebody, and doubts about what was published."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.clock import ClockTimestamp
from verification.models.document import Document
from verification.models.review import Review
from verification.models.verdict import Publication


class ReplyRequest(models.Model):
    """That somebody was asked to comment: whom, by which way, until when, and the answer or the silence."""

    class Outcome(models.TextChoices):
        OPEN = "", _("no answer yet")
        ANSWERED = "answered", _("answered")
        DECLINED = "declined", _("declined to comment")
        SILENT = "silent", _("no answer by the deadline")

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reply_requests")
    cycle = models.PositiveSmallIntegerField()
    asked = models.CharField(max_length=200, help_text=_("whom"))
    channel = models.CharField(max_length=100, help_text=_("how: e-mail, telephone, letter …"))
    question = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    deadline = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default=Outcome.OPEN)
    answer = models.TextField(blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="+", help_text=_("the answer as it was filed")
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="replyrequest_settled_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="answered") | ~Q(answer=""), name="replyrequest_answered_has_its_answer"
            ),
            models.CheckConstraint(condition=~Q(asked="") & ~Q(question=""), name="replyrequest_says_whom_and_what"),
        ]
        indexes = [
            # Read by verification.review.returning every minute: deadlines that passed in silence.
            models.Index(fields=["deadline"], condition=Q(outcome=""), name="replyrequest_still_open")
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.deadline:%Y-%m-%d}"


class Challenge(models.Model):
    """A doubt about a published verdict: who raised it, what they say, and how it ended."""

    class Origin(models.TextChoices):
        READER = "reader", _("a reader")
        SUBJECT = "subject", _("whoever was checked")
        COLLEAGUE = "colleague", _("a colleague")
        WATCH = "watch", _("the source watch")

    class Outcome(models.TextChoices):
        OPEN = "", _("open")
        REAFFIRMED = "reaffirmed", _("reaffirmed")
        CHANGED = "changed", _("led to a new version")

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="challenges")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="challenges")
    origin = models.CharField(max_length=10, choices=Origin)
    text = models.TextField()
    contact = models.CharField(max_length=200, blank=True, help_text=_("how to answer; never published"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=ClockTimestamp())
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default=Outcome.OPEN)
    answer = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="challenge_says_what"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="challenge_settled_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
