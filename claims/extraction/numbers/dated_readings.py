"""What a match of a named day, month, quarter or year comes to."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from claims.extraction.numbers.calendar_names import MONTHS
from claims.extraction.numbers.calendar_spans import Days, over_years, whole_month
from claims.extraction.numbers.number_words import CARDINALS, ORDINALS
from claims.extraction.numbers.period import Period, made
from claims.extraction.numbers.tense import lies_ahead
from claims.extraction.wordset import wordset

_NUMBERED = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_LENGTHS = {3: "quarter", 6: "half year", 12: "year"}
"""How exact a stretch of so many months is."""
_BEFORE = re.compile(r"(?P<word>[A-Z][\w’'-]*)\s+$")
_LEADING = wordset(
    "The A An In On By At To Of For Since Until From After Before During But And While When As This Last"
)


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _year(match: re.Match[str], group: str = "y") -> int | None:
    found = match.groupdict().get(group)
    return int(found) if found else None


def _yearless(
    match: re.Match[str], span: Callable[[int], Days], base: date | None, precision: str, *, ahead: bool = False
) -> Period | None:
    """Read what has no year: the last one that had begun by the base, or the next one where it lies ahead."""
    if base is None:
        return None
    readings = over_years(span, base)
    start = match.start("at") if match.groupdict().get("at") is not None else match.start()
    if ahead or lies_ahead(match.string, start, match.end()):
        coming = sorted(days for days in readings if (days[0] > base if ahead else days[1] >= base))
        if coming:
            others = [days for days in readings if days != coming[0]]
            return made(match, *coming[0], precision, relative=True, ahead=coming[0][0] > base, others=tuple(others))
    return made(match, *readings[0], precision, relative=True, others=tuple(readings[1:]))


def iso_day(match: re.Match[str], _base: date | None) -> Period:
    """Read 2021-03-03 and 2021/03/03."""
    day = date.fromisoformat(match.group().replace("/", "-"))
    return made(match, day, day, "day")


def numeric_day(match: re.Match[str], _base: date | None) -> Period | None:
    """Read 24/01/2021, 01/24/2021 and 03.04.2021, the day first; 03/04/2021 has two readings and so none."""
    one, two = int(match["one"]), int(match["two"])
    if match["by"] == "." and two <= 12:
        day = date(int(match["y"]), two, one)
        return made(match, day, day, "day")
    if one <= 12 and two <= 12 and one != two:
        return None
    day = date(int(match["y"]), min(one, two) if max(one, two) > 12 else one, max(one, two))
    return made(match, day, day, "day")


def day_of_month(match: re.Match[str], base: date | None) -> Period | None:
    """Read 3 March, March 3-5, 2021."""
    month, day = _month(match["m"]), int(match["d"])
    last = int(match["d2"] or day)

    def span(year: int) -> Days:
        return date(year, month, day), date(year, month, last)

    year = _year(match)
    return made(match, *span(year), "day") if year else _yearless(match, span, base, "day")


def ordinal_day(match: re.Match[str], base: date | None) -> Period | None:
    """Read the first of May."""
    month, day = _month(match["m"]), ORDINALS[match["ordinal"].lower()][0]

    def span(year: int) -> Days:
        return date(year, month, day), date(year, month, day)

    year = _year(match)
    return made(match, *span(year), "day") if year else _yearless(match, span, base, "day")


def bounded_days(match: re.Match[str], base: date | None) -> Period | None:
    """Read 28 February to 3 March 2021."""
    one, two = (_month(match["m1"]), int(match["d1"])), (_month(match["m2"]), int(match["d2"]))

    def span(year: int) -> Days:
        return date(year - (one > two), *one), date(year, *two)

    year, first = _year(match), _year(match, "y1")
    if year is None:
        return _yearless(match, span, base, "day")
    days = span(year)
    return made(match, days[0].replace(year=first or days[0].year), days[1], "day")


def bounded_months(match: re.Match[str], base: date | None) -> Period | None:
    """Read January to March 2021, May 2021 to July 2022."""
    one, two = _month(match["m1"]), _month(match["m2"])

    def span(year: int) -> Days:
        return date(year - (one > two), one, 1), whole_month(year, two)[1]

    year, first = _year(match), _year(match, "y1")
    if year is None:
        return _yearless(match, span, base, "month")
    days = span(year)
    return made(match, days[0].replace(year=first or days[0].year), days[1], "month")


def named_month(match: re.Match[str], base: date | None) -> Period | None:
    """Read June 2019, in June, last June."""
    month, year = _month(match["m"]), _year(match)
    if year:
        return made(match, *whole_month(year, month), "month")
    shift = (match["shift"] or "").lower()
    if shift == "this" and base is not None:
        return made(match, *whole_month(base.year, month), "month", relative=True)
    if shift == "last" and base is not None and month == base.month:
        return made(match, *whole_month(base.year - 1, month), "month", relative=True)
    return _yearless(match, lambda year: whole_month(year, month), base, "month", ahead=shift == "next")


def month_alone(match: re.Match[str], base: date | None) -> Period | None:
    """Read September in "September’s vote"; not in Black September."""
    before = _BEFORE.search(match.string, max(0, match.start() - 24), match.start())
    if before is not None and before["word"] not in _LEADING:
        return None
    month = _month(match["m"])
    return _yearless(match, lambda year: whole_month(year, month), base, "month")


def month_of_year_near(match: re.Match[str], base: date | None) -> Period | None:
    """Read May last year, 3 May of this year, March 8 next year."""
    if base is None:
        return None
    year = base.year + {"last": -1, "this": 0, "next": 1}[match["shift"].lower()]
    day = match["d"] or match["d2"]
    first, last = whole_month(year, _month(match["m"]))
    if day:
        first = last = date(year, first.month, int(day))
    return made(match, first, last, "day" if day else "month", relative=True, ahead=first > base)


def months_up_to(match: re.Match[str], base: date | None) -> Period | None:
    """Read the three months to August, the year ending in March 2024."""
    month = _month(match["m"])
    count = CARDINALS.get((match["n"] or "").lower()) or int(
        match["n"] or (12 if match["whole"].lower().endswith("year") else 3)
    )

    def span(year: int) -> Days:
        months = year * 12 + month - count
        return date(months // 12, months % 12 + 1, 1), whole_month(year, month)[1]

    precision = "fiscal year" if match["fiscal"] else _LENGTHS.get(count, "month")
    year = _year(match)
    if year is None and base is None:
        return None
    if year is None and base is not None:
        year = base.year - (month > base.month)
    return made(match, *span(year or 1), precision, relative=not match["y"])


def week_of_month(match: re.Match[str], base: date | None) -> Period | None:
    """Read the first week of March, as its first seven days, and the last week of May 2024."""
    month = _month(match["m"])
    place = {"first": 0, "second": 7, "third": 14, "fourth": 21}.get(match["word"].lower())

    def span(year: int) -> Days:
        first, last = whole_month(year, month)
        begins = first + timedelta(days=place) if place is not None else last - timedelta(days=6)
        return begins, begins + timedelta(days=6)

    year = _year(match)
    return made(match, *span(year), "week") if year else _yearless(match, span, base, "week")


def part_of_year(match: re.Match[str], base: date | None) -> Period | None:
    """Read a quarter or a half of a year."""
    groups = match.groupdict()
    half = groups.get("half") is not None
    number = int(groups["n"]) if groups.get("n") else _NUMBERED[groups["word"].lower()]
    if half and number > 2:
        number = 2
    months = 6 if half else 3
    ends = months * number

    def span(year: int) -> Days:
        return date(year, ends - months + 1, 1), whole_month(year, ends)[1]

    precision = "half year" if half else "quarter"
    year = _year(match)
    if year:
        return made(match, *span(year), precision)
    if base is None:
        return None
    if groups.get("rel"):
        rel = groups["rel"].lower()
        year = base.year - (rel in ("last", "previous")) + (rel == "next")
        return made(match, *span(year), precision, relative=True)
    return _yearless(match, span, base, precision)


def months_of_year(match: re.Match[str], base: date | None) -> Period | None:
    """Read the first six months of 2021, the last three months of the year."""
    count = CARDINALS.get(match["n"].lower()) or int(match["n"])
    year = _year(match)
    if year is None and base is None:
        return None
    if year is None and base is not None:
        year = base.year - ((match["rel"] or "").lower() == "last")
    first = match["which"].lower() == "first"
    begins, ends = (1, count) if first else (13 - count, 12)
    precision = _LENGTHS.get(count, "month")
    return made(
        match, date(year or 1, begins, 1), whole_month(year or 1, ends)[1], precision, relative=not match["y"]
    )  # fmt: skip


def years(match: re.Match[str], _base: date | None) -> Period | None:
    """Read 2019, 2015 to 2019, 1990-91."""
    first, last = int(match["y"]), _year(match, "y2") or int(match["y"])
    short = match.groupdict().get("short")
    if short:
        last = first + 1
        if last % 100 != int(short):
            return None
    return made(match, date(first, 1, 1), date(max(first, last), 12, 31), "year")


def fiscal_year(match: re.Match[str], _base: date | None) -> Period | None:
    """Read fiscal 2023, FY24, the financial year 2022-23: by the year in which they end.

    A fiscal year is the United States', from October; a financial year the British government's, from April.
    """
    year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
    second = match.groupdict().get("second")
    if second:
        year += 1
        if year % 100 != int(second) % 100:
            return None
    if match.groupdict().get("financial"):
        return made(match, date(year - 1, 4, 1), date(year, 3, 31), "fiscal year")
    return made(match, date(year - 1, 10, 1), date(year, 9, 30), "fiscal year")


def decade(match: re.Match[str], _base: date | None) -> Period:
    """Read the 1990s, the ’90s, the nineties."""
    written = match.groupdict()
    if written.get("short"):
        tens = int(written["short"])
        year = (1900 if tens >= 30 else 2000) + tens
    elif written.get("word"):
        year = (
            1900
            + {"fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}[written["word"].lower()]
        )
    else:
        year = int(match["y"])
    return made(match, date(year, 1, 1), date(year + 9, 12, 31), "decade")


def days_of_month(match: re.Match[str], base: date | None) -> Period | None:
    """Read 3 March, 3 to 5 March, between 3 and 5 March 2021."""
    day = match["d"] or match["d1"]
    month, first, last = _month(match["m"]), int(day), int(match["d2"] or day)

    def span(year: int) -> Days:
        return date(year, month, first), date(year, month, last)

    year = _year(match)
    return made(match, *span(year), "day") if year else _yearless(match, span, base, "day")


def neighbouring_days(match: re.Match[str], base: date | None) -> Period | None:
    """Read 3 and 4 March; of days further apart there is no single span."""
    return days_of_month(match, base) if int(match["d2"]) == int(match["d"]) + 1 else None
