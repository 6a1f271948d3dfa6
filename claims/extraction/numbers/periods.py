"""The days, weeks, months, quarters and years a text names, as the spans of days they cover.

What a text leaves open ("Tuesday", "3 March", "last month") is read from a base, the day of publication, and is not
returned without one. A fiscal year is the United States government's, from October to September, a financial year the
British government's, from April to March.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from claims.extraction.numbers import dated_periods, relative_periods
from claims.extraction.numbers.period import Period

__all__ = ["Period", "periods"]

_READERS = (*dated_periods.READERS, *relative_periods.READERS)
_WEEK_OF = re.compile(
    r"\b(?:the\s+)?week\s+(?P<how>of|beginning|starting|commencing|ending)\s+(?:on\s+)?(?:the\s+)?$", re.IGNORECASE
)
_PART_OF = re.compile(
    r"\b(?:the\s+)?(?:very\s+)?(?:(?:early|late|mid|earlier|later)[\s-]|(?:start|beginning|end|middle|close|"
    r"latter\s+part)\s+of\s+)"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:ever\s+)?since\s+(?:at\s+least\s+)?(?:the\s+)?$", re.IGNORECASE)
_LOOK_BACK = 40


def periods(text: str, base: date | None) -> tuple[Period, ...]:
    """Return the periods that `text` names, in order and without overlaps; of two readings the longer one."""
    found = sorted(_all(text, base), key=lambda item: (item[0][0], -item[0][1]))
    kept, free = [], 0
    for (start, end), period in found:
        if start >= free:
            free = end
            if period is not None:
                kept.append(_since(text, _widened(text, period)))
    return tuple(kept)


def _all(text: str, base: date | None) -> Iterator[tuple[tuple[int, int], Period | None]]:
    lowered = text.lower()
    for gate, pattern, read in _READERS:
        if not any(part in lowered for part in gate):
            continue
        for match in pattern.finditer(text):
            try:
                yield match.span(), read(match, base)
            except (ValueError, OverflowError):  # 31 February
                yield match.span(), None


def _widened(text: str, period: Period) -> Period:
    """Take in the words in front that say which part of it is meant: early, the end of; or that its week is."""
    before = text[max(0, period.start - _LOOK_BACK) : period.start]
    week = _WEEK_OF.search(before) if period.precision == "day" else None
    if week is not None:
        if week["how"].lower() == "ending":
            first = period.first - timedelta(days=6)
        else:
            first = period.first - timedelta(days=period.first.weekday() if week["how"].lower() == "of" else 0)
        start = period.start - len(before) + week.start()
        return replace(
            period, start=start, first=first, last=first + timedelta(days=6), precision="week",
            text=text[start : period.end], others=(),
        )  # fmt: skip
    part = _PART_OF.search(before)
    if part is None:
        return period
    start = period.start - len(before) + part.start()
    return replace(period, start=start, text=text[start : period.end])


def _since(text: str, period: Period) -> Period:
    before = text[max(0, period.start - _LOOK_BACK) : period.start]
    since = _SINCE.search(before)
    if since is None:
        return period
    start = period.start - len(before) + since.start()
    return replace(period, start=start, last=None, text=text[start : period.end], others=())
