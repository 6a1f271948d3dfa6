"""The days, months and years a claim names, held against those a passage names for the same thing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from claims.extraction.numbers.periods import Period
from verification.matching.figures.around import REACH, content, weight
from verification.matching.figures.comparing import AGREES, DIFFERS, WITHIN
from verification.matching.figures.pairing import in_common
from verification.matching.figures.reading import ReadText

Days = tuple[date, date | None]

_SOME, _MANY = 2.0, 3.0
_RELATED, _COVERED = 0.35, 0.6
_NEAREST = 7
"""Days between two weekdays or dates that may still be a slip of one for the other."""


@dataclass(frozen=True, slots=True)
class DatePair:
    """A date of the claim and its counterpart, each with the days it was read as."""

    claim: Period
    source: Period
    outcome: str
    claim_days: Days
    source_days: Days
    score: float


def date_pairs(claim: ReadText, source: ReadText) -> list[DatePair]:
    """Return the best pairing for each date of the claim that has a counterpart, in the order of the claim."""
    chosen = []
    places = [
        (at, other, _words(source, at, other))
        for at, sentence in enumerate(source.sentences)
        for other in sentence.periods
    ]
    for number, sentence in enumerate(claim.sentences):
        for period in sentence.periods:
            found = [pair for pair in _possible(period, number, claim, source, places) if pair is not None]
            if found:
                chosen.append(max(found, key=lambda pair: pair.score))
    return chosen


def _possible(
    period: Period, number: int, claim: ReadText, source: ReadText, places: Iterable[tuple[int, Period, frozenset[str]]]
) -> Iterator[DatePair | None]:
    alone = len(claim.sentences[number].periods) == 1
    words = _words(claim, number, period)
    for at, other, theirs in places:
        sentence = source.sentences[at]
        common, covered = in_common(words, theirs, at, source)
        others = (claim.sentences[number].names & words) - sentence.words and (sentence.names & theirs) - words
        close = weight(words & sentence.words) >= _MANY and covered >= _COVERED and not others
        if covered >= _RELATED:
            yield _pair(period, other, common, close, alone and len(sentence.periods) == 1)


def _words(text: ReadText, number: int, period: Period) -> frozenset[str]:
    sentence = text.sentences[number]
    first, last = max(sentence.start, period.start - REACH), min(sentence.end, period.end + REACH)
    return content(text.text, [(other.start, other.end) for other in sentence.periods], first, last) & sentence.words


def _pair(claim: Period, source: Period, common: float, close: bool, alone: bool) -> DatePair | None:
    if common < _SOME or (claim.last is None) != (source.last is None):
        return None
    if "fiscal year" in (claim.precision, source.precision) and claim.precision != source.precision:
        return None
    for one in _readings(claim):
        for other in _readings(source):
            if one == other:
                return DatePair(claim, source, AGREES, one, other, 20 + common)
    if not close:
        return None
    for one in _readings(claim):
        for other in _readings(source):
            if claim.precision != source.precision and _contains(one, other):
                return DatePair(claim, source, WITHIN, one, other, 10 + common)
    if not alone or not _comparable(claim, source):
        return None
    return DatePair(claim, source, DIFFERS, (claim.first, claim.last), (source.first, source.last), common)


def _comparable(claim: Period, source: Period) -> bool:
    """Tell whether two dates that have no day in common may be meant for one: as precise, and weekdays not far off."""
    if claim.precision != source.precision:
        return False
    if claim.relative and source.relative and claim.precision != "day":
        return False
    if claim.precision == "day" and (claim.relative or source.relative):
        return abs((claim.first - source.first).days) <= _NEAREST
    return True


def _readings(period: Period) -> tuple[Days, ...]:
    return ((period.first, period.last), *period.others)


def _contains(one: Days, other: Days) -> bool:
    if one[1] is None or other[1] is None:
        return False
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])
