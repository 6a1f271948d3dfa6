"""The days a text names, as far as its own words and the day of publication tell them. Nothing is guessed."""

import re
from datetime import date, timedelta

from claims.extraction.sentences import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DAYS = {
    name: number
    for number, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y1>(?:19|20)\d\d)\b)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_MONTH})\b\.?(?:,?\s+(?P<y2>(?:19|20)\d\d)\b)?"
    rf"|(?P<shift>next|last|previous|coming|following)?\s*\b(?P<weekday>{'|'.join(_DAYS)})s?\b"
    rf"|(?P<word>today|yesterday|tonight|this\s+(?:morning|afternoon|evening)|last\s+night)\b)",
    re.IGNORECASE,
)
_BACK = {"yesterday": 1, "last night": 1}


def dated(text: str, published: date | None) -> list[tuple[Span, date]]:
    """Return the days that `text` names, each with its (start, end), in order.

    A full date needs nothing else. A weekday, `yesterday` or a day without a year is read backwards from `published`,
    since what is reported was said before it appeared; without `published` it stays unknown and is not returned.
    """
    found = ((match.span(), _day(match, published)) for match in _DATES.finditer(text))
    return [(span, day) for span, day in found if day is not None]


def _day(match: re.Match[str], published: date | None) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
        if month:
            return _in_year(_MONTHS[month.lower()], int(day), match["y1"] or match["y2"], published)
    except ValueError:
        return None
    if published is None:
        return None
    if match["weekday"]:
        if match["shift"] and match["shift"].lower() in ("next", "coming", "following"):
            return None
        back = (published.weekday() - _DAYS[match["weekday"].lower()]) % 7
        return published - timedelta(days=back or (7 if match["shift"] else 0))
    return published - timedelta(days=_BACK.get(" ".join(match["word"].lower().split()), 0))


def _in_year(month: int, day: int, year: str | None, published: date | None) -> date | None:
    if year:
        return date(int(year), month, day)
    if published is None:
        return None
    this_year = date(published.year, month, day)
    return this_year if this_year <= published else date(published.year - 1, month, day)
