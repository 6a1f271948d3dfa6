"""Deadlines in words: `today 16:00`, `1 h 28 min`, `late by 2 h`. A case without a deadline has none."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.publishing.moments import near

# How finely a length is told: minutes below six hours, hours below a day and a half, days from there on.
WITH_MINUTES = timedelta(hours=6)
IN_HOURS = timedelta(hours=36)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A hundred years: near the end of the calendar a time in another zone could not be stored.
FURTHEST = timedelta(days=36525)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline, or an embargo's end, in the desk's zone: when, how long until then, whether it has passed."""

    at: datetime
    when: str
    left: str
    late: bool
    is_embargo: bool = False


class LocalTimeField(forms.DateTimeField):
    """A day and a time in the zone of whoever types them; of a night when clocks are changed, it says what is wrong."""

    def to_python(self, value: str | datetime | date | None) -> datetime | None:
        """Return the moment that is meant. Raises ValidationError for a time that does not exist, or comes twice."""
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            typed = (error.params or {}).get("datetime")
            if isinstance(typed, datetime) and (why := _changed_clocks(typed)):
                raise forms.ValidationError(why, code=error.code) from error
            raise


def _changed_clocks(typed: datetime) -> str:
    """Say why a time on the wall names no moment: clocks going forward skip it, going back they pass it twice.

    Empty where neither is so.
    """
    zone = timezone.get_current_timezone()
    before, after = (typed.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    told = {"time": date_format(typed, "H:i"), "day": date_format(typed, "j M Y"), "zone": str(zone)}
    if before < after:
        skipped = _("There is no %(time)s on %(day)s in %(zone)s: clocks go forward. Give an earlier or a later time.")
        return skipped % told
    twice = _("%(time)s comes twice on %(day)s in %(zone)s: clocks go back. Give an earlier or a later time.")
    return twice % told if before > after else ""


def due(at: datetime | None, now: datetime) -> Due | None:
    """Return a deadline in words, None when there is none."""
    if at is None:
        return None
    late = at < now
    left = length(now - at if late else at - now)
    return Due(at, near(at, now), _("late by %(length)s") % {"length": left} if late else left, late)


def length(span: timedelta) -> str:
    """Return how long a span is: `28 min`, `3 h 28 min`, `19 h`, `2 days`.

    Minutes are rounded down, since they run out; hours and days to the nearest.
    """
    minutes = int(span.total_seconds()) // 60
    if minutes < 1:
        return _("under a minute")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": minutes}
    if span < WITH_MINUTES and rest:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    if span < IN_HOURS:
        return _("%(hours)d h") % {"hours": round(span / HOUR)}
    days = round(span / DAY)
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def day_of(now: datetime) -> tuple[datetime, datetime]:
    """Return when the desk's day of `now` begins and when the next one does."""
    today, zone = timezone.localdate(now), timezone.get_current_timezone()
    return tuple(datetime.combine(today + timedelta(days=n), time(), zone) for n in (0, 1))  # type: ignore[return-value]
