"""Who works here: what they can read, how much they take on, when they are away, and what they are told."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models import ApiToken, Outlet, Speaker
from claims.models.clock import ClockTimestamp
from verification.models.event import ReviewEvent
from verification.models.review import Review
from verification.models.topic import Topic
from verification.models.webhook import Webhook


class Profile(models.Model):
    """What a person brings to the desk. Somebody without one reads every language and takes any number of cases."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    languages = models.JSONField(default=list, blank=True, help_text=_("codes such as en, pt; none: any"))
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", help_text=_("offered first"))
    capacity = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("cases at once; empty: no limit"))
    weight = models.PositiveSmallIntegerField(
        default=1, help_text=_("share of automatic assignment beside others; 0: none")
    )
    digest_hour = models.PositiveSmallIntegerField(default=8, help_text=_("hour of the day, in the desk's zone"))
    digested_at = models.DateTimeField(null=True, editable=False)
    queue_columns = models.JSONField(default=list, db_default=[], blank=True, help_text=_("keys; none: the usual ones"))
    hints_hidden = models.BooleanField(default=False, db_default=False, help_text=_("home shows no first steps"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="profile_digest_hour_is_of_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Absence(models.Model):
    """Days on which nothing is given to somebody."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences")
    since = models.DateField()
    until = models.DateField(help_text=_("the last day away"))
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["since"]
        constraints = [models.CheckConstraint(condition=Q(since__lte=F("until")), name="absence_ends_after_it_began")]

    def __str__(self) -> str:
        return f"{self.person} {self.since}–{self.until}"


class Conflict(models.Model):
    """A speaker or an outlet whose claims somebody does not judge, and why. Ended, never removed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conflicts")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300)
    declared_at = models.DateTimeField(db_default=ClockTimestamp())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker__isnull=True, outlet__isnull=False) | Q(speaker__isnull=False, outlet__isnull=True),
                name="conflict_is_with_one",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_says_why"),
        ]
        indexes = [
            # Read by take-next: the conflicts of one person that hold.
            models.Index(fields=["person"], condition=Q(ended_at__isnull=True), name="conflict_that_holds")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.speaker or self.outlet}"


class Invitation(models.Model):
    """A letter that lets somebody make their own log-in, with the roles it names. The link itself is not stored."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField()
    roles = models.JSONField(default=list, help_text=_("names of groups"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=ClockTimestamp())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    mailed_at = models.DateTimeField(null=True)
    mail_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_is_open_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, person__isnull=True)
                | Q(accepted_at__isnull=False, person__isnull=False),
                name="invitation_accepted_has_its_person",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Notification(models.Model):
    """Something a person is told, of a case, a webhook or a token. It says what happened, never what was judged.

    What is of a case is made from an event of its log, once.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="+")
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    event = models.ForeignKey(ReviewEvent, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.JSONField(help_text=_("an untranslated message with its values"))
    made_at = models.DateTimeField(db_default=ClockTimestamp())
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, blank=True, help_text=_("at_once or digest while a mail is due"))
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "event", "kind"], name="notification_is_made_once"),
            models.CheckConstraint(
                condition=Q(review__isnull=False, webhook__isnull=True, token__isnull=True)
                | Q(review__isnull=True, webhook__isnull=False, token__isnull=True)
                | Q(review__isnull=True, webhook__isnull=True, token__isnull=False),
                name="notification_is_of_one",
            ),
        ]
        indexes = [
            # Read on every page: how many somebody has not read.
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notification_unread"),
            # Read by the mailer.
            models.Index(
                fields=["mail", "person"],
                condition=~Q(mail="") & Q(mailed_at__isnull=True),
                name="notification_mail_due",
            ),
            # Read while a webhook is off: whether it was told.
            models.Index(fields=["webhook"], condition=Q(webhook__isnull=False), name="notification_of_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"


class NotificationChoice(models.Model):
    """How somebody wants to be told of one kind of event; without a row the kind's own default holds."""

    class Mail(models.TextChoices):
        NEVER = "never", _("no mail")
        AT_ONCE = "at_once", _("at once")
        DIGEST = "digest", _("in the daily digest")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=40)
    on_desk = models.BooleanField(default=True)
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.NEVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notificationchoice_is_made_once"),
            models.CheckConstraint(
                condition=Q(mail__in=["never", "at_once", "digest"]), name="notificationchoice_mail_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"


class NotifiedUpTo(models.Model):
    """How far the log has been read for notifications: one row."""

    event = models.BigIntegerField(help_text=_("id of the last event that was read"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="notifiedupto_is_one_row")]

    def __str__(self) -> str:
        return str(self.event)
