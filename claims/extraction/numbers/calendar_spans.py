"""Weeks, months, quarters and years as the days they cover."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

Days = tuple[date, date]
"""The first and the last day, both included."""


def over_years(reading: Callable[[int], Days], base: date) -> list[Days]:
    """Return a reading for the years around the base, the last one that had begun by then before the others.

    Raises ValueError where no such year has the day.
    """
    readings = []
    for year in (base.year, base.year - 1, base.year + 1):
        try:
            readings.append(reading(year))
        except ValueError:  # 29 February
            continue
    readings.sort(key=lambda span: (span[0] > base, abs((span[0] - base).days)))
    return readings if readings else [reading(base.year)]


def around(base: date, unit: str, shift: int) -> Days:
    """Return the week, month, quarter, year or decade of `base`, moved on by `shift` of them (back: negative)."""
    if unit == "week":
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return whole_month(*_months_on(base.year, base.month, shift))
    if unit == "quarter":
        begins = _months_on(base.year, (base.month - 1) // 3 * 3 + 1, 3 * shift)
        return date(*begins, 1), whole_month(*_months_on(*begins, 2))[1]
    year = base.year + shift if unit == "year" else (base.year // 10 + shift) * 10
    return date(year, 1, 1), date(year + (9 if unit == "decade" else 0), 12, 31)


def moved(day: date, unit: str, by: int) -> date:
    """Return the day `by` days, weeks, months, quarters, years or decades on; of a shorter month the last day."""
    if unit in ("day", "week"):
        return day + timedelta(days=by * (7 if unit == "week" else 1))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    year, month = _months_on(day.year, day.month, by * months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def whole_month(year: int, month: int) -> Days:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _months_on(year: int, month: int, by: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + by
    return months // 12, months % 12 + 1
