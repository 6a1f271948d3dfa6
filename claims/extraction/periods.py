"""The days, weeks, months, quarters and years a text names, as the spans of days they cover.

What a text leaves open ("Tuesday", "3 March", "last month") is read from a base, the day of publication, and is not
returned without one. A fiscal year is the United States government's, from October to September.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claims.extraction.calendar_names import MONTHS, WEEKDAYS
from claims.extraction.calendar_spans import Days, around, over_years, whole_month

_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_COUNTS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"a": 1, "an": 1}
_BACK = {"yesterday": 1, "last night": 1, "tomorrow": -1}

_M = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_Y = r"(?:19|20)\d\d"
_D = r"\d{1,2}"
_TH = r"(?:st|nd|rd|th)?"
_DASH = r"\s?[-–]\s?"
_LEAD = rf"(?:{_WEEKDAY},?\s+)?"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last` (both included; None: up to now) that `text[start:end]` names.

    `precision` is day, week, month, quarter, half year, year, decade or fiscal year. `relative` was read from the base;
    `others` are further readings that its words allow, nearest first ("Tuesday" may be the next one). `ahead` lies
    after the base by its own words.
    """

    start: int
    end: int
    first: date
    last: date | None
    precision: str
    text: str
    relative: bool = False
    ahead: bool = False
    others: tuple[Days, ...] = ()


def periods(text: str, base: date | None) -> tuple[Period, ...]:
    """Return the periods that `text` names, in order and without overlaps; of two readings the longer one."""
    found = sorted(_all(text, base), key=lambda item: (item[0][0], -item[0][1]))
    kept, free = [], 0
    for (start, end), period in found:
        if start >= free:
            free = end
            if period is not None:
                kept.append(_since(text, period))
    return tuple(kept)


def _all(text: str, base: date | None) -> Iterator[tuple[tuple[int, int], Period | None]]:
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            try:
                yield match.span(), read(match, base)
            except (ValueError, OverflowError):  # 31 February
                yield match.span(), None


def _since(text: str, period: Period) -> Period:
    before = re.search(
        r"\bsince\s+(?:(?:early|late|the\s+(?:start|beginning)\s+of)\s+)?$", text[: period.start][-40:], re.I
    )
    if before is None:
        return period
    start = period.start - len(before.group())
    return replace(period, start=start, last=None, text=text[start : period.end], others=())


def _made(
    match: re.Match[str], first: date, last: date, precision: str, *, relative: bool = False, ahead: bool = False,
    others: tuple[Days, ...] = (),
) -> Period:  # fmt: skip
    start = match.start("at") if match.groupdict().get("at") is not None else match.start()
    text = match.string[start : match.end()]
    return Period(start, match.end(), first, last, precision, text, relative, ahead, others)


def _iso(match: re.Match[str], _base: date | None) -> Period:
    day = date.fromisoformat(match.group())
    return _made(match, day, day, "day")


def _day_of_month(match: re.Match[str], base: date | None) -> Period | None:
    month, day = _month(match["m"]), int(match["d"])
    last = int(match["d2"] or day)
    if match["y"]:
        return _made(match, date(int(match["y"]), month, day), date(int(match["y"]), month, last), "day")
    if base is None:
        return None
    readings = over_years(lambda year: (date(year, month, day), date(year, month, last)), base)
    return _made(match, *readings[0], "day", relative=True, others=tuple(readings[1:]))


def _of_month(match: re.Match[str], base: date | None) -> Period | None:
    month = _month(match["m"])
    year = match.groupdict().get("y")
    if year:
        return _made(match, *whole_month(int(year), month), "month")
    if base is None:
        return None
    readings = over_years(lambda year: whole_month(year, month), base)
    ahead = (match["shift"] or "").lower() == "next"
    if ahead:
        readings = sorted(span for span in readings if span[0] > base)[:1]
    return _made(match, *readings[0], "month", relative=True, ahead=ahead, others=tuple(readings[1:]))


def _of_part(match: re.Match[str], base: date | None) -> Period | None:
    """Read a quarter or a half of a year."""
    groups = match.groupdict()
    half = groups.get("half") is not None
    number = int(groups["n"]) if groups.get("n") else _ORDINALS[groups["word"].lower()]
    if half and number > 2:
        number = 2
    months = 6 if half else 3
    ends = months * number

    def span(year: int) -> Days:
        return date(year, ends - months + 1, 1), whole_month(year, ends)[1]

    precision = "half year" if half else "quarter"
    if groups.get("y"):
        return _made(match, *span(int(groups["y"])), precision)
    if base is None:
        return None
    if groups.get("rel"):
        year = base.year - (groups["rel"].lower() == "last") + (groups["rel"].lower() == "next")
        return _made(match, *span(year), precision, relative=True)
    readings = over_years(span, base)
    return _made(match, *readings[0], precision, relative=True, others=tuple(readings[1:]))


def _of_year(match: re.Match[str], _base: date | None) -> Period:
    first, last = int(match["y"]), int(match.groupdict().get("y2") or match["y"])
    return _made(match, date(first, 1, 1), date(max(first, last), 12, 31), "year")


def _of_fiscal_year(match: re.Match[str], _base: date | None) -> Period:
    year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
    return _made(match, date(year - 1, 10, 1), date(year, 9, 30), "fiscal year")


def _of_decade(match: re.Match[str], _base: date | None) -> Period:
    return _made(match, date(int(match["y"]), 1, 1), date(int(match["y"]) + 9, 12, 31), "decade")


def _shifted(match: re.Match[str], base: date | None) -> Period | None:
    if base is None:
        return None
    shift = {"this": 0, "next": 1, "coming": 1}.get(match["shift"].lower(), -1)
    unit = match["unit"].lower()
    return _made(match, *around(base, unit, shift), unit, relative=True, ahead=shift > 0)


def _ago(match: re.Match[str], base: date | None) -> Period | None:
    if base is None:
        return None
    count, unit = match["count"].lower(), match["unit"].lower()
    number = int(count) if count.isdigit() else _COUNTS[count]
    if unit == "day":
        day = base - timedelta(days=number)
        return _made(match, day, day, "day", relative=True)
    return _made(match, *around(base, unit, -number), unit, relative=True)


def _weekday(match: re.Match[str], base: date | None) -> Period | None:
    if base is None:
        return None
    shift = (match["shift"] or "").lower()
    back = (base.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    if shift in ("next", "coming", "following"):
        day = base + timedelta(days=7 - back)
        later = day + timedelta(days=7)
        return _made(match, day, day, "day", relative=True, ahead=True, others=((later, later),))
    day = base - timedelta(days=back or (7 if shift else 0))
    other = day + timedelta(days=-7 if shift else 7)
    return _made(match, day, day, "day", relative=True, others=((other, other),))


def _by_word(match: re.Match[str], base: date | None) -> Period | None:
    if base is None:
        return None
    back = _BACK.get(" ".join(match.group().lower().split()), 0)
    day = base - timedelta(days=back)
    return _made(match, day, day, "day", relative=True, ahead=back < 0)


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _pattern(text: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(text, flags)


_MONTH_NAMED = "|".join(name.title() for name in sorted(MONTHS, key=len, reverse=True))
_BEFORE_YEAR = "in|since|by|of|until|through|before|after|during|early|late|mid|from|throughout|year"
_NO_UNIT = r"(?![\d%]|[,.]\d|s\b|\s?(?:%|per\s?cent|million|billion))"
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Period | None]], ...] = (
    (_pattern(r"\b\d{4}-\d\d-\d\d\b"), _iso),
    (
        _pattern(
            rf"\b{_LEAD}(?P<m>{_M})\s+(?:the\s+)?(?P<d>{_D}){_TH}(?:{_DASH}(?P<d2>{_D}){_TH})?\b(?![:%]|[,.]\d)"
            rf"(?:,?\s+(?P<y>{_Y})\b)?"
        ),
        _day_of_month,
    ),
    (
        _pattern(
            rf"\b{_LEAD}(?:the\s+)?(?P<d>{_D}){_TH}(?:{_DASH}(?P<d2>{_D}){_TH})?\s+(?:of\s+)?"
            rf"(?P<m>{_M})(?:,?\s+(?P<y>{_Y})\b)?"
        ),
        _day_of_month,
    ),
    (_pattern(rf"\b(?P<m>{_M}),?\s+(?:of\s+)?(?P<y>{_Y})\b"), _of_month),
    (
        _pattern(
            r"\b(?:(?i:in|since|during|until|through|by|of|early|late|mid|from|for)[\s-]+(?P<at>)(?=[A-Z])|"
            r"(?i:(?P<shift>last|this|next))\s+)"
            rf"(?P<m>(?:{_MONTH_NAMED})\b)(?!\.?\s+\d)(?!\s+[A-Z])",
            0,
        ),
        _of_month,
    ),
    (
        _pattern(
            rf"\b(?:the\s+)?(?P<word>first|second|third|fourth|last|1st|2nd|3rd|4th)[\s-](?:quarter|(?P<half>half))"
            rf"(?:\s+of\s+(?:the\s+year\s+)?|\s+)(?:(?P<y>{_Y})\b|(?P<rel>this|last|next)\s+year\b)"
        ),
        _of_part,
    ),
    (_pattern(r"\b(?P<word>first|second|third|fourth)[\s-]quarter\b"), _of_part),
    (_pattern(rf"\b(?:Q|(?P<half>H))(?P<n>[1-4])(?:[\s,]+(?:of\s+)?(?P<y>{_Y}))?\b", 0), _of_part),
    (_pattern(rf"\b(?P<y>{_Y})[\s-]?(?:Q|(?P<half>H))(?P<n>[1-4])\b", 0), _of_part),
    (_pattern(rf"\b(?:from|between)\s+(?P<y>{_Y})\s+(?:to|and|through|until)\s+(?P<y2>{_Y})\b"), _of_year),
    (_pattern(rf"\b(?P<y>{_Y}){_DASH}(?P<y2>{_Y})\b"), _of_year),
    (_pattern(rf"\b(?:{_BEFORE_YEAR})\s+(?P<at>)(?P<y>{_Y}){_NO_UNIT}"), _of_year),
    (
        _pattern(
            rf"\b(?:(?:fiscal|financial)\s+(?:year\s+)?|FY\s?)"
            rf"(?P<y>{_Y}|(?<=FY)\d\d|(?<=FY\s)\d\d)\b"
        ),
        _of_fiscal_year,
    ),
    (_pattern(r"\b(?:the\s+)?(?P<y>(?:19|20)\d0)s\b"), _of_decade),
    (
        _pattern(
            r"\b(?P<shift>last|this|next|previous|coming)\s+"
            r"(?P<unit>week|month|quarter|year|decade)\b(?!-)"
        ),
        _shifted,
    ),
    (
        _pattern(
            rf"(?<!than )(?<!over )(?<!nearly )(?<!almost )(?<!about )\b"
            rf"(?P<count>{'|'.join(_COUNTS)}|\d{{1,3}})\s+(?P<unit>day|week|month|year)s?\s+ago\b"
        ),
        _ago,
    ),
    (
        _pattern(
            rf"\b(?:(?P<shift>next|last|previous|coming|following)\s+)?"
            rf"(?P<weekday>{_WEEKDAY})\b(?!['’]s\b)"
        ),
        _weekday,
    ),
    (_pattern(r"\b(?:today|yesterday|tomorrow|tonight|this\s+(?:morning|afternoon|evening)|last\s+night)\b"), _by_word),
)
