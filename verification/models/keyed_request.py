"""Requests of programs that name an `Idempotency-Key`: what was asked under which key, and what came of it."""

from datetime import timedelta

from django.db import models

from claims.models import ApiToken
from claims.models.clock import ClockTimestamp

KEPT = timedelta(hours=24)
"""So long a key stands for its request; then it is forgotten."""


class KeyedRequest(models.Model):
    """One key of one token. `status` is empty while its request is under way, for so long as its lease lasts.

    Of the answer no more is kept than its status and what the request made.
    """

    # The constraint's index leads with the token.
    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the address and the body")
    lease = models.UUIDField(help_text="of whoever does it")
    begun_at = models.DateTimeField(db_default=ClockTimestamp())
    status = models.PositiveSmallIntegerField(null=True, help_text="of the answer, once it was done")
    made = models.UUIDField(null=True, help_text="public id of what it made")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="keyedrequest_key_is_the_tokens_own")]
        indexes = [
            # Read by the sweep: the oldest ones.
            models.Index(fields=["begun_at"], name="keyedrequest_by_age"),
        ]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def forget_old(cls) -> int:
        """Delete what stands for nothing any more; returns how many rows went."""
        gone, _by_model = cls.objects.filter(begun_at__lt=ClockTimestamp() - KEPT).delete()
        return gone
