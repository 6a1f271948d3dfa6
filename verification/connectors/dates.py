"""Reads a publication date as sources write it. What is not written is not guessed."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH = re.compile(r"\d{4}-\d{2}")
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Published:
    """An aware time, the unit that is certain, and the zone as written (minutes east of UTC, None if none was)."""

    at: datetime
    precision: str
    offset: int | None


def read_date(written: str) -> Published | None:
    """Read an ISO 8601 date or time, or an RFC 5322 date; None for anything else.

    A time without a zone says which day it was, and no more: without its zone an hour means nothing. A time that lies
    outside the years 1 to 9999 in UTC is unknown.
    """
    written = written.strip()
    try:
        if YEAR.fullmatch(written):
            return _day(date(int(written), 1, 1), "year")
        if MONTH.fullmatch(written):
            return _day(date.fromisoformat(f"{written}-01"), "month")
        if DAY.fullmatch(written):
            return _day(date.fromisoformat(written), "day")
        at = datetime.fromisoformat(written)
    except ValueError:
        try:
            at = parsedate_to_datetime(written)
        except (ValueError, TypeError, OverflowError):
            return None
    zone = at.utcoffset()
    if zone is None:
        return _day(at.date(), "day")
    precision = "second" if at.second or at.microsecond else "minute"
    try:
        return Published(at.astimezone(UTC), precision, int(zone.total_seconds() // 60))
    except OverflowError:
        return None


def _day(day: date, precision: str) -> Published:
    return Published(datetime.combine(day, time(), UTC), precision, None)
