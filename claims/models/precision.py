"""How exactly a time is known. Unknown stays unknown: a null time has a null precision."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """The unit that is certain; everything finer in the stored time is meaningless and is not shown."""

    SECOND = "second", _("second")
    MINUTE = "minute", _("minute")
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


def known_together(time: str, precision: str, name: str) -> models.CheckConstraint:
    """Return the constraint that a time and its precision are both known or both unknown."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{time}__isnull": True, f"{precision}__isnull": True})
        | models.Q(**{f"{time}__isnull": False, f"{precision}__isnull": False}),
        name=name,
    )
