"""Dates as pages write them, with no more precision than they state.

Nothing is filled in: no year from a URL, no day from "Monday", no zone from a server's location. A clock time without a
zone names no instant, so only its day is kept; midnight to the second is how many systems write a day, and is read so.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final, Literal

Precision = Literal["second", "minute", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment as stated: an aware `datetime` to second or minute, else the first `date` of the day, month or year."""

    value: datetime | date
    precision: Precision


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero gennaio janeiro januari stycznia styczeń января січня",
            "february feb februar février fevrier févr febrero febbraio fevereiro februari lutego luty февраля лютого",
            "march mar märz maerz mars marzo março maart marca marzec марта березня",
            "april apr avril avr abril aprile kwietnia kwiecień апреля квітня",
            "may mai mayo maggio maio mei maja maj мая травня",
            "june jun juni juin junio giugno junho czerwca czerwiec июня червня",
            "july jul juli juillet juil julio luglio julho lipca lipiec июля липня",
            "august aug août aout agosto augustus sierpnia sierpień августа серпня",
            "september sep sept septembre septiembre settembre setembro września wrzesień сентября вересня",
            "october oct oktober okt octobre octubre ottobre outubro października październik октября жовтня",
            "november nov novembre noviembre novembro listopada listopad ноября листопада",
            "december dec dezember dez décembre decembre déc diciembre dicembre dezembro grudnia grudzień декабря "
            "грудня",
        ),
        start=1,
    )
    for name in names.split()
}

_MONTH: Final = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_YEAR: Final = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY: Final = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_WRITTEN: Final = tuple(
    re.compile(rf"(?<![\w.,/-]){pattern}(?![\w/-])", re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?:st|nd|rd|th|er|º|\.)?(?: of| de| del)?[ -](?P<name>{_MONTH})\.?,?(?: de| del)?[ -]{_YEAR}",
        rf"(?P<name>{_MONTH})\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])",
        r"(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0?[1-9]|1[0-2])\." + _YEAR,
        r"(?P<first>0?[1-9]|[12]\d|3[01])/(?P<second>0?[1-9]|[12]\d|3[01])/" + _YEAR,
    )
)
"""Full dates only. Day before month or after is told by the month's name, or by dots (used for day.month.year alone);
with slashes, only where one of the two numbers cannot be a month."""

_MONTH_ALONE: Final = re.compile(rf"(?P<name>{_MONTH})\.? {_YEAR}", re.IGNORECASE)

_MAIL: Final = re.compile(
    r"(?:[a-z]{3}, ?)?\d{1,2} [a-z]{3} \d{4} \d{1,2}:\d\d|[a-z]{3} [a-z]{3} \d{1,2} \d\d:\d\d:\d\d ", re.IGNORECASE
)
_MAIL_ZONE: Final = re.compile(r" (?:\+\d{4}|-(?!0000)\d{4}|UTC?|GMT|Z|[ECMP][SD]T)\b")
"""RFC 5322 §3.3, and the form of C's `asctime`; `-0000` says that the zone is not known."""

_STAMP: Final = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])?(?P<month>\d{2})(?:(?P=mark)?(?P<day>\d{2})"
    r"(?:[T ]+(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?"
    r" ?(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?)?)?",
    re.IGNORECASE,
)
"""ISO 8601 with the variations seen in metadata: slashes or dots, a blank for the T, no colons."""


_LONGEST_FIELD: Final = 200
_DATE_LINE: Final = 120
_WORDS_BESIDE: Final = 2
"""More words than a name beside the date make a headline that has a date in it: "Briefing by Jane Roe, 5 May 2022"."""

_NAMED: Final = re.compile(r"[^\W\d_]{3,}")
_WEEKDAY: Final = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|mon|tue|wed|thu|fri"
    r"|sat|sun|uhr|gmt|utc|cet|est|edt|bst)\b",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"\W*(?:first )?(?:published|posted|issued|for immediate release|veröffentlicht|publié|publicado|opublikowano)\b",
    re.IGNORECASE,
)
_NO_PUBLICATION: Final = re.compile(r"\brelease:|copyright|©", re.IGNORECASE)


def parse_stamp(text: str) -> Dated | None:
    """Read a date from a metadata field: ISO 8601, RFC 5322, or a written date that fills the field. Else `None`."""
    text = " ".join(text[:_LONGEST_FIELD].split())
    iso = _STAMP.fullmatch(text)
    if iso is not None:
        return _from_iso(iso)
    mail = parsedate_tz(text) if _MAIL.match(text) else None
    if mail is not None:
        offset = timedelta(seconds=mail[9] or 0) if _MAIL_ZONE.search(text) else None
        return _instant(mail[:6], offset, seconds=text.count(":") > 1)
    month = _MONTH_ALONE.fullmatch(text)
    if month is not None:
        return Dated(date(int(month["year"]), _MONTHS[month["name"].lower()], 1), "month")
    found = find_written_date(text)
    return found[0] if found is not None else None


def find_written_date(text: str) -> tuple[Dated, int, int] | None:
    """Return the first full date (day, month and year) written in `text`, with its start and end. Else `None`."""
    matches = (match for pattern in _WRITTEN for match in pattern.finditer(text))
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        day = _day_of(match.groupdict())
        if day is not None:
            return Dated(day, "day"), match.start(), match.end()
    return None


def is_date_line(text: str) -> bool:
    """Say whether `text` is a line about its date: a full date, and beside it little but weekday, time and label."""
    found = find_written_date(text) if len(text) <= _DATE_LINE else None
    if found is None or _NO_PUBLICATION.search(text):
        return False
    beside = f"{text[: found[1]]} {text[found[2] :]}"
    return _LABEL.match(text) is not None or len(_NAMED.findall(_WEEKDAY.sub("", beside))) <= _WORDS_BESIDE


def _day_of(parts: dict[str, str | None]) -> date | None:
    year = int(parts["year"] or 0)
    if parts.get("name"):
        month, day = _MONTHS[(parts["name"] or "").lower()], int(parts["day"] or 0)
    elif parts.get("first"):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        month, day = int(parts["month"] or 0), int(parts["day"] or 0)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_iso(match: re.Match[str]) -> Dated | None:
    year, month, day = int(match["year"]), match["month"], match["day"]
    if not 1500 <= year <= 2199:
        return None
    try:
        if month is None:
            return Dated(date(year, 1, 1), "year")
        if day is None:
            return Dated(date(year, int(month), 1), "month") if match["mark"] else None
        clock = (int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0))
        offset = _offset(match["zone"]) if match["hour"] else None
        return _instant((year, int(month), int(day), *clock), offset, seconds=match["second"] is not None)
    except ValueError:
        return None


def _instant(parts: tuple[int, int, int, int, int, int], offset: timedelta | None, *, seconds: bool) -> Dated | None:
    year, month, day, hour, minute, second = parts
    if (year, month, day) == (1970, 1, 1):
        return None  # the zero of Unix time stands for "not set"
    try:
        if offset is None or (hour, minute, second) == (0, 0, 0):
            return Dated(date(year, month, day), "day")
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=timezone(offset))
    except ValueError:
        return None
    return Dated(moment, "second" if seconds else "minute")


def _offset(zone: str | None) -> timedelta | None:
    if zone is None:
        return None
    if zone.upper() in ("Z", "UTC", "GMT"):
        return timedelta(0)
    hours, minutes = int(zone[1:3]), int(zone[3:].removeprefix(":") or 0)
    size = timedelta(hours=hours, minutes=minutes)
    return -size if zone[0] == "-" else size
