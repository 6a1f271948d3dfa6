"""Dates as feeds write them: RFC 5322, ISO 8601, and what is neither."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from claims.capture.dates import Precision, parse_stamp

_MONTH: Final = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?=[ -]\d{2,4}\b[ ,T]+\d{1,2}:\d)", re.IGNORECASE
)
"""A month before a year and a clock time, abbreviated with a dot ("19 Sep. 2025 12:00:00 GMT") or written out."""

_SHORT_YEAR: Final = re.compile(r"(?<=[A-Za-z]{3}[ -])(\d\d)(?= +\d{1,2}:\d)")
"""RFC 822, and RFC 5322 §4.3, whose pivot is 50."""

_HYPHENS: Final = re.compile(r"(?<=\d)-([A-Za-z]{3})-(?=\d)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """An aware time, midnight UTC where `precision` is "day" or coarser; `offset` is the zone as written (minutes east
    of UTC), None where none is written that could be relied on."""

    at: datetime
    precision: Precision
    offset: int | None


def read_stamp(text: str | None) -> Stamp | None:
    """Read a date of a feed or sitemap; None for what is none, and for the zero of a clock that was never set.

    A clock time without a zone names no instant, so only its day is kept.
    """
    written = " ".join((text or "").split())
    if not written:
        return None
    written = _MONTH.sub(r"\1", _HYPHENS.sub(r" \1 ", written))
    written = _SHORT_YEAR.sub(lambda found: f"{'20' if int(found[1]) < 50 else '19'}{found[1]}", written)
    dated = parse_stamp(written)
    if dated is None:
        return None
    value = dated.value
    if not isinstance(value, datetime):
        return Stamp(datetime.combine(value, time(), UTC), dated.precision, None)
    zone = value.utcoffset()
    return Stamp(value.astimezone(UTC), dated.precision, int(zone.total_seconds() // 60) if zone is not None else None)
