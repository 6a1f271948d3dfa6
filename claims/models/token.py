"""What lets a program hand articles in."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from claims.models.clock import ClockTimestamp


class Scope(models.TextChoices):
    """What a token may be used for. What its person may not do, it never does."""

    SUBMIT = "submit", _("hand in articles")
    READ = "read", _("read cases, claims and evidence that are not public")
    REVIEW = "review", _("work on cases: take, judge, draft, sign off, publish")


def submit_only() -> list[str]:
    """Return the scope that every token had before there were others."""
    return [Scope.SUBMIT]


class ApiToken(models.Model):
    """A secret that acts for a person. Only its SHA-256 is stored; the secret is shown once, when it is made."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100, help_text=_("what uses it"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens")
    scopes = models.JSONField(default=submit_only, db_default=Value(["submit"], models.JSONField()))
    expires_at = models.DateTimeField(null=True, help_text=_("from then on it opens nothing; empty: it does not end"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text=_("empty: made before that was kept"),
    )
    created_at = models.DateTimeField(db_default=ClockTimestamp())
    used_at = models.DateTimeField(null=True)
    counted_since = models.DateTimeField(null=True, help_text=_("when the minute began in which requests are counted"))
    counted = models.PositiveIntegerField(default=0, db_default=0, help_text=_("its requests in that minute"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=["submit", "read", "review"]) & ~models.Q(scopes=[]),
                name="apitoken_scopes_are_known",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_by__isnull=True) | models.Q(revoked_at__isnull=False),
                name="apitoken_revoked_by_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name
