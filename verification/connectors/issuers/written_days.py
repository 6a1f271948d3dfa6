"""Dates as pages print them, where a desk says in which order day and month stand."""

import re
from datetime import UTC, date, datetime, time

from claims.capture.feed_dates import Stamp, read_stamp
from claims.wording import words
from verification.connectors.issuers.contract import Setting

DAY_FIRST, MONTH_FIRST, WRITTEN = "day-month-year", "month-day-year", "written"
ORDER = Setting(
    "date_order",
    words("Order of dates"),
    words("How dates in figures are meant, as in 4/5/2031. Dates whose month is written out need no order."),
    kind="choice",
    default=WRITTEN,
    choices=((WRITTEN, "2031-05-04, 4 May 2031"), (DAY_FIRST, "04/05/2031, 4.5.2031"), (MONTH_FIRST, "05/04/2031")),
)
IN_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})(?!\d)")
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?:/(0[1-9]|[12]\d|3[01]))?(?=/)")


def read_day(text: str, order: str = WRITTEN) -> Stamp | None:
    """Read the date that stands in a short text, or that is all of it with its time; None where there is none."""
    found = IN_FIGURES.search(text) if order != WRITTEN else None
    if found is None:
        return read_stamp(text)
    first, second, year = (int(part) for part in found.groups())
    day, month = (first, second) if order == DAY_FIRST else (second, first)
    return _stamp(year, month, day)


def day_in_address(url: str) -> Stamp | None:
    """Return the day, or the month, that an address is filed under (/2031/05/04/); None where it is under none."""
    found = IN_ADDRESS.search(url)
    if found is None:
        return None
    year, month, day = found.groups()
    return _stamp(int(year), int(month), int(day) if day else None)


def _stamp(year: int, month: int, day: int | None) -> Stamp | None:
    try:
        at = datetime.combine(date(year, month, day or 1), time(), UTC)
    except ValueError:
        return None
    return Stamp(at, "day" if day else "month", None)
