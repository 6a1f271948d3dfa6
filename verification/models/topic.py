"""What cases are about, in the desk's own words: people choose by it, and what was checked is counted by it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models import Speaker


class Topic(models.Model):
    """A subject such as "health" or "trade". Triage gives it; checkers say which they know."""

    name = models.CharField(max_length=60, unique=True)
    in_use = models.BooleanField(default=True, help_text=_("offered in triage"))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SpeakerSide(models.Model):
    """Whose side a speaker is on, in the desk's own words ("government", "opposition"): for the balance ledger only."""

    speaker = models.OneToOneField(Speaker, on_delete=models.CASCADE, related_name="side")
    side = models.CharField(max_length=60)

    class Meta:
        ordering = ["side"]
        verbose_name = _("side of a speaker")
        verbose_name_plural = _("sides of speakers")
        constraints = [models.CheckConstraint(condition=~models.Q(side=""), name="speakerside_is_named")]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.side}"
