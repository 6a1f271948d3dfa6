"""The day of an entry where its source is, which is what a window of days means."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from claims.wording import words
from verification.connectors.issuers.contract import BadConfiguration, Setting, SourceEntry, Window

ZONE = Setting(
    "zone",
    words("Time zone"),
    words("Where the source is, such as Europe/Berlin: what day it is there. Empty: as its own dates say."),
)


def zone_of(setting: str, written: str | None) -> ZoneInfo | None:
    """Return the zone of an IANA name, None for none. Raises `BadConfiguration`."""
    if not written:
        return None
    try:
        return ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadConfiguration(
            setting, words("“%(zone)s” is no time zone: write one such as Europe/Berlin.", zone=written)
        ) from error


def local_day(entry: SourceEntry, zone: ZoneInfo | None) -> date | None:
    """Return the day that an entry was published on in `zone`, else in the zone it was written in; None if unknown."""
    if entry.published is None or entry.precision in {"month", "year"}:
        return None
    at = entry.published.astimezone(UTC)
    if entry.precision == "day":
        return at.date()
    return at.astimezone(zone).date() if zone else (at + timedelta(minutes=entry.offset or 0)).date()


def is_in(entry: SourceEntry, window: Window, zone: ZoneInfo | None) -> bool:
    """Say whether an entry is of these days; one whose day is unknown may be."""
    day = local_day(entry, zone)
    return day is None or ((window.since or day) <= day <= (window.until or day))


def days_of(entries: Iterable[SourceEntry], zone: ZoneInfo | None) -> list[date]:
    """Return the days of entries, in their order, without those that are unknown."""
    return [day for entry in entries if (day := local_day(entry, zone))]
