"""Times as readers see them: as exactly as they are known, never more, and with their zone named."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from django.utils import timezone as zones
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.models import Precision

_LENGTHS = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}
_FORMATS = {Precision.YEAR: "Y", Precision.MONTH: "F Y", Precision.DAY: "j M Y"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, how exactly it is known, and the zone it is shown in. A day or less exact has no zone."""

    at: datetime
    precision: str = Precision.SECOND
    zone: tzinfo = UTC

    @property
    def iso(self) -> str:
        """The time for programs: `2026`, `2026-11`, `2026-11-16`, or ISO 8601 with its offset."""
        if self.precision in _LENGTHS:
            return self.at.astimezone(UTC).date().isoformat()[: _LENGTHS[Precision(self.precision)]]
        return self.at.astimezone(self.zone).isoformat(timespec="seconds")

    @property
    def words(self) -> str:
        """The time for readers: `November 2026`, `16 Nov 2026`, `16 Nov 2026, 17:09 UTC−5`."""
        if self.precision in _FORMATS:
            return date_format(self.at.astimezone(UTC), _FORMATS[Precision(self.precision)])
        local = self.at.astimezone(self.zone)
        return f"{date_format(local, 'j M Y, H:i')} {_zone_name(local)}"

    @property
    def day(self) -> str:
        """The day for readers, in the zone; less where less is known."""
        if self.precision in _FORMATS:
            return self.words
        return date_format(self.at.astimezone(self.zone), "j M Y")

    @property
    def element(self) -> SafeString:
        """The HTML element that says it in words and holds it for programs."""
        return format_html('<time datetime="{}">{}</time>', self.iso, self.words)

    @property
    def day_element(self) -> SafeString:
        """The HTML element that says the day and holds the whole time."""
        return format_html('<time datetime="{}">{}</time>', self.iso, self.day)


def moment(at: datetime | None, precision: str | None = Precision.SECOND, zone: tzinfo = UTC) -> Moment | None:
    """Return the time in its zone, None where it is unknown."""
    return None if at is None else Moment(at, precision or Precision.SECOND, zone)


def zone_of(offset: int | None) -> tzinfo:
    """Return the zone of so many minutes east of UTC; UTC where a source's zone is unknown."""
    return timezone(timedelta(minutes=offset)) if offset else UTC


def _zone_name(local: datetime) -> str:
    """Return `UTC`, `CET`, or `UTC−5` and `UTC+5:30` for a zone without a name of its own."""
    name, offset = local.tzname() or "", local.utcoffset() or timedelta()
    if name[:3].isalpha() and (name == "UTC" or not name.startswith("UTC")):
        return name
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    sign = "−" if offset < timedelta() else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def near(at: datetime, now: datetime) -> str:
    """Return a time near now as people say it: `today 16:00`, `tomorrow 09:00`, `Thu 19 Nov, 12:00`."""
    local, today = zones.localtime(at), zones.localdate(now)
    clock = date_format(local, "H:i")
    match (local.date() - today).days:
        case 0:
            return _("today %(time)s") % {"time": clock}
        case 1:
            return _("tomorrow %(time)s") % {"time": clock}
        case -1:
            return _("yesterday %(time)s") % {"time": clock}
    day = date_format(local, "D j M" if local.year == today.year else "D j M Y")
    return _("%(day)s, %(time)s") % {"day": day, "time": clock}
