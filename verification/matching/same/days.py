"""The days, months, years and weekdays two texts name, and whether they can be the same."""

import re
from dataclasses import dataclass
from datetime import date

from claims.extraction.numbers.calendar_names import MONTHS, WEEKDAYS
from claims.wording import Words, words

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:1[5-9]|20)\d\d"
_NAMED = re.compile(
    rf"\b(?:(?P<iso>{_YEAR}-\d\d-\d\d)(?!\d)"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\b\.?(?:,?\s+(?P<y1>{_YEAR})\b)?"
    rf"|(?P<m2>{_MONTH})\b\.?\s+(?:the\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)(?:,?\s+(?P<y2>{_YEAR})\b)?"
    rf"|(?P<m3>{_MONTH})\b\.?,?\s+(?:of\s+)?(?P<y3>{_YEAR})\b"
    rf"|(?<=\bin\s)(?P<m4>{_MONTH})\b|(?<=\blast\s)(?P<m5>{_MONTH})\b|(?<=\bsince\s)(?P<m6>{_MONTH})\b"
    rf"|(?P<y4>(?<![.,$£€\d]){_YEAR})(?![.,]?\d|\s?%)s?\b"
    rf"|(?P<weekday>{'|'.join(WEEKDAYS)})s?\b)",
    re.IGNORECASE,
)
# Words that tell a day only by the day they were said on, and how many days apart two such sayings still agree.
_RELATIVE = (
    (re.compile(r"\b(?:today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening)|last night)\b", re.I), 1),
    (re.compile(rf"\b(?:(?:this|last|next) week|{'|'.join(WEEKDAYS)})\b", re.I), 6),
    (re.compile(r"\b(?:(?:this|last|next|past) (?:month|quarter)|now|currently|recently|just)\b", re.I), 31),
    (re.compile(r"\b(?:this|last|next|past) (?:year|decade)\b", re.I), 366),
)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day as far as a text names it, `words` as written at `start:end`; what it does not name is None."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    words: str

    def fits(self, other: "NamedDay") -> bool:
        """Tell whether both can be the same day: whatever both name is equal."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        if (self.weekday is None) != (other.weekday is None):
            return False
        return self.weekday == other.weekday and all(a == b for a, b in pairs if a is not None and b is not None)

    def parts(self) -> tuple[int | None, ...]:
        """Return what is named, to compare as a whole."""
        return (self.year, self.month, self.day, self.weekday)


def named_days(text: str) -> list[NamedDay]:
    """Return the days, months, years and weekdays that a text names, in order."""
    return [_read(match) for match in _NAMED.finditer(text)]


def without_days(text: str) -> str:
    """Return the text with what `named_days` reads blanked, weekdays apart: the numbers left over are figures."""
    for day in named_days(text):
        text = text[: day.start] + " " * (day.end - day.start) + text[day.end :]
    return text


def different_days(one: str, other: str) -> Words | None:
    """Return in words that each text names a day that the other does not, None where that is not so."""
    left, right = named_days(one), named_days(other)
    for same in (lambda a, b: a.parts() == b.parts(), NamedDay.fits):
        for day in list(left):
            match = next((found for found in right if same(day, found)), None)
            if match is not None:
                left.remove(day)
                right.remove(match)
    here, there = _leading_kind(left, right)
    if here is None or there is None:
        return None
    return words("the days differ: %(one)s and %(other)s", one=here.words, other=there.words)


def said_apart(one: str, said: date | None, other: str, other_said: date | None) -> Words | None:
    """Return in words that the texts speak of "yesterday" or "last month" from days too far apart to mean the same."""
    if said is None or other_said is None:
        return None
    apart = abs((said - other_said).days)
    for pattern, most in _RELATIVE:
        if apart > most and (pattern.search(one) or pattern.search(other)):
            return words("said on different days: %(one)s and %(other)s", one=said, other=other_said)
    return None


def _leading_kind(left: list[NamedDay], right: list[NamedDay]) -> tuple[NamedDay | None, NamedDay | None]:
    """Return the first two left over that are of one kind: weekdays stand only against weekdays."""
    for here in left:
        for there in right:
            if (here.weekday is None) == (there.weekday is None):
                return here, there
    return None, None


def _read(match: re.Match[str]) -> NamedDay:
    groups = match.groupdict()
    if groups["iso"]:
        parts = [int(part) for part in groups["iso"].split("-")]
        return NamedDay(*match.span(), parts[0], parts[1], parts[2], None, match.group())
    year = next((int(groups[f"y{n}"]) for n in range(1, 5) if groups[f"y{n}"]), None)
    month = next((MONTHS[groups[f"m{n}"].lower()] for n in range(1, 7) if groups[f"m{n}"]), None)
    day = next((int(groups[f"d{n}"]) for n in range(1, 3) if groups[f"d{n}"]), None)
    weekday = WEEKDAYS.index(groups["weekday"].lower()) if groups["weekday"] else None
    return NamedDay(*match.span(), year, month, day, weekday, match.group())
