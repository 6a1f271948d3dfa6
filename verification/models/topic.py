"""What cases are about, in the desk's own words: people choose by it, and what was checked is counted by it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """A subject such as "health" or "trade". Triage gives it; checkers say which they know."""

    name = models.CharField(max_length=60, unique=True)
    in_use = models.BooleanField(default=True, help_text=_("offered in triage"))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
