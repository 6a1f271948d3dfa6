"""The days on which a text says something happened, as far as its own words and the day of publication tell them."""

from datetime import date

from claims.extraction.numbers.periods import periods
from claims.extraction.sentences import Span


def dated(text: str, published: date | None) -> list[tuple[Span, date]]:
    """Return the days that `text` names, each with its (start, end), in order.

    A full date needs nothing else. A weekday, `yesterday` or a day without a year is read backwards from `published`,
    since what is reported was said before it appeared; without `published` it stays unknown and is not returned, and
    neither are spans of days and what lies ahead.
    """
    return [
        ((period.start, period.end), period.first)
        for period in periods(text, published)
        if period.precision == "day" and period.first == period.last and not period.ahead
    ]
