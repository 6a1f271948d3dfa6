"""When: how near a document's day is to the words' or the article's, and to what else fits the article.

Where neither day is known, no day is assumed. The documents that share most with the whole article then tell which days
it may be about (the feedback of Efron and Golovchinsky 2011 for queries without a time): a preference, never a wall.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from verification.ranking.query import ClaimQuery

# A month is the unit in which age counts: ln(1 + age / 30).
MONTH = 30.0
# Documents of one affair come within weeks; the width (days) of the feedback's kernel.
AFFAIR = 30.0
# The record of what was said often comes out after the article; this many days later it is about something else.
RECORD_DAYS = 7
UNDATED = 365
# Words are quoted within days; what holds the same words so many days away was said on another occasion.
ANOTHER_EVENT = 21
KNOWN_DAY = frozenset({"day", "minute", "second"})


@dataclass(frozen=True, slots=True)
class Seed:
    """A document near the article's context: its day, how much it counts, and whether the article quotes it."""

    document_id: int
    published: date | None
    share: float
    anchor: bool = False


def known_day(query: ClaimQuery) -> date | None:
    """Return the day the words were said, else the day the article was published, where either is known."""
    if query.said and query.said_precision in KNOWN_DAY:
        return query.said
    return query.published


def days_apart(published: date | None, day: date) -> int:
    """Return the days between, in either direction; an undated document counts as a year away."""
    return abs((day - published).days) if published else UNDATED


def months_apart(published: date | None, day: date) -> float:
    """Return ln(1 + days apart / 30)."""
    return math.log1p(days_apart(published, day) / MONTH)


def is_another_event(published: date | None, query: ClaimQuery) -> bool:
    """Tell whether a document is from so far another day than the claim that its words were said elsewhere."""
    day = known_day(query)
    return bool(day and published) and days_apart(published, day or date.max) > ANOTHER_EVENT


def came_too_late(published: date | None, article: date | None) -> bool:
    """Tell whether a document came out so long after the article that the article cannot be about it."""
    return bool(published and article and (published - article).days > RECORD_DAYS)


def fits_affair(document_id: int, published: date | None, seeds: Sequence[Seed]) -> float:
    """Return 0 to 1: how many of the documents near the article are from about the same days, by their shares.

    A document is no witness for itself, unless the article quotes it.
    """
    if published is None:
        return 0.0
    weight = near = 0.0
    for seed in seeds:
        if seed.published and (seed.anchor or seed.document_id != document_id):
            weight += seed.share**2
            near += seed.share**2 * math.exp(-abs((seed.published - published).days) / AFFAIR)
    return near / weight if weight else 0.0
