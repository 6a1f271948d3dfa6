"""What a text's naming of days comes to."""

from dataclasses import dataclass
from datetime import date
from re import Match

from claims.extraction.numbers.calendar_spans import Days


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


def made(
    match: Match[str], first: date, last: date, precision: str, *, relative: bool = False, ahead: bool = False,
    others: tuple[Days, ...] = (),
) -> Period:  # fmt: skip
    """Return the period that a match names, from its group `at` on where it has one."""
    start = match.start("at") if match.groupdict().get("at") is not None else match.start()
    text = match.string[start : match.end()]
    return Period(start, match.end(), first, last, precision, text, relative, ahead, others)
