"""What a desk finds worth checking: how much each feature and topic counts. The newest row is in force."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.append_only import AppendOnly
from claims.models.clock import ClockTimestamp


class Weighing(AppendOnly):
    """One setting of the weights, kept for good. Without a row the shipped model alone decides.

    `features` is {name: factor}, 0 to 3, where 1 is as shipped and left out. `topics` is [{"name", "words", "points"}]:
    a claim that holds one of the words, whole and in any case, has the points (-3 to 3, in log-odds) added.
    """

    features = models.JSONField(default=dict)
    topics = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("weighing")
        verbose_name_plural = _("weighings")

    def __str__(self) -> str:
        return self.saved_at.isoformat()
