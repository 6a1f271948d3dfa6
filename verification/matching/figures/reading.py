"""A text's figures as the check compares them: value, unit, rate, what is counted, which way it goes, and when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from claims.extraction.contract import Quantity
from claims.extraction.numbers.periods import Period, periods
from claims.extraction.numbers.quantities import quantities
from claims.extraction.sentences import paragraphs, sentences
from verification.matching.figures.around import NEXT, REACH, Counted, clause, content, counted, names
from verification.matching.figures.motion import Motion, motion_of
from verification.matching.figures.precision import step_of
from verification.matching.figures.units import COUNT, Measure, measure_of

_PER = re.compile(
    r"(?:\s+(?!an?\s|per\s|each\s|every\s|and\s|or\s|in\s|to\s|was\s|were\s|is\s|on\s|for\s|from\s)[a-z]+){0,3}?"
    r"\s*(?:\b(?:an?|per|each|every)\s+|/\s?)"
    r"(?P<per>second|minute|hour|day|week|month|quarter|year|decade|person|head|capita|household|barrel|litre|gallon|"
    r"tonne|ton|child|pupil|student|worker|vehicle|unit|share|dose|mile|kilometre|(?<=per )[a-z]{3,})\b"
    r"(?!\s+(?:ago|earlier|later|before|after|old|from|since|in\s+which)|-)",
    re.IGNORECASE,
)
_OFTEN_AFTER = re.compile(r"\s+(?P<often>hourly|daily|weekly|monthly|quarterly|annually|yearly)\b", re.IGNORECASE)
_OFTEN_BEFORE = re.compile(
    r"\b(?P<often>hourly|daily|weekly|monthly|quarterly|annual|yearly)\s+(?:[a-z]+\s+){0,2}(?:of\s+)?$", re.IGNORECASE
)
_OFTEN = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "annual": "year",
    "annually": "year", "yearly": "year",
}  # fmt: skip
_SHARE_WORDS = re.compile(
    r"[½⅓⅔¼¾⅕⅛⅜⅝⅞]|half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\bin\b|\bout\b", re.IGNORECASE
)
_NO_FIGURE_AFTER = re.compile(r"-?fold\b|\s?x\b|\s+times\b|[-–]\w*\s+(?:vote|majority)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:from|between)\s+(?P<h1>[01]?\d|2[0-3])[:.](?P<m1>[0-5]\d)(?:\s?(?P<p1>[ap])\.?m\.?)?\s*"
    r"(?:to|until|till|and|[-–])\s*(?P<h2>[01]?\d|2[0-3])[:.](?P<m2>[0-5]\d)(?:\s?(?P<p2>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)\]>]+")
_STEP_OF_SHARES = 5.0
"""Points: half may stand for 48 per cent."""
_DATING = frozenset({"month", "quarter", "half year", "year", "fiscal year"})


_NOTHING, _STILL = Counted(), Motion()
_MOST_READ = 6_000
"""Characters: several times what a claim or a passage has. Each figure is held against each, so a text has an end."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's span, the words in it that carry meaning, the names among them, and the `periods` it gives."""

    start: int
    end: int
    words: frozenset[str]
    names: frozenset[str]
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure at `start:end` of the text, hedge, unit and rate included. Values are in its own unit.

    `step` is the last place it is written to; `coarse` that this is guessed from noughts. `words` are those around it,
    `next_words` the nearest, `clause` those of its clause, `sentence` its number in the text. `described` is the noun
    that a figure like "45-minute" belongs to. `period` is the month, quarter or year its sentence gives for it. `parts`
    are the two figures of which a change from one to the other was made.
    """

    start: int
    end: int
    text: str
    value: float | None
    low: float | None
    high: float | None
    approx: bool
    measure: Measure
    step: float
    coarse: bool
    per: str = ""
    counted: Counted = _NOTHING
    described: frozenset[str] = frozenset()
    motion: Motion = _STILL
    words: frozenset[str] = frozenset()
    next_words: frozenset[str] = frozenset()
    clause: frozenset[str] = frozenset()
    sentence: int = 0
    period: Period | None = None
    parts: tuple["Figure", ...] = ()

    @property
    def middle(self) -> float:
        """Return the value, of a range the middle."""
        if self.value is not None:
            return self.value
        return ((self.low or 0.0) + (self.high or 0.0)) / 2


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text with its sentences, figures and dates."""

    text: str
    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...]


@lru_cache(maxsize=64)
def read(text: str, day: date | None) -> ReadText:
    """Read the first 6,000 characters of a text, whole sentences; without `day` relative dates are left out."""
    cut, text = len(text) > _MOST_READ, text[:_MOST_READ]
    spans = [span for start, end in paragraphs(text) for span in sentences(text, start, end)]
    if cut:
        spans = spans[:-1]  # perhaps half a figure stands at its end
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    named = [period for period in periods(text, day) if not _inside(period, addresses)]
    read_sentences: list[Sentence] = []
    figures: list[Figure] = []
    for number, (start, end) in enumerate(spans):
        here = tuple(period for period in named if start <= period.start and period.end <= end)
        dates = [(period.start, period.end) for period in here]
        found = [
            figure
            for figure in quantities(text, start, end)
            if not _inside(figure, [*dates, *addresses]) and not _NO_FIGURE_AFTER.match(text, figure.end)
        ]
        taken = [*dates, *addresses, *((figure.start, figure.end) for figure in found)]
        words, named_here = content(text, taken, start, end), names(text, start, end, taken)
        read_sentences.append(Sentence(start, end, words, named_here, here))
        made = [_figure(text, figure, number, (start, end), taken, here) for figure in found]
        figures += made
        figures += _changes(text, made)
        figures += _durations(text, number, (start, end), taken)
    return ReadText(text, tuple(read_sentences), tuple(figures))


def _inside(what: Quantity | Period, spans: Sequence[tuple[int, int]]) -> bool:
    return any(what.start < last and first < what.end for first, last in spans)


def _figure(
    text: str,
    quantity: Quantity,
    number: int,
    sentence: tuple[int, int],
    taken: Sequence[tuple[int, int]],
    named: Sequence[Period],
) -> Figure:
    first, stop = sentence
    measure = measure_of(quantity.unit)
    step, coarse = step_of(quantity)
    if quantity.unit is None and _is_share(quantity):
        quantity, measure, step, coarse = _in_per_cent(quantity), measure_of("percent"), _STEP_OF_SHARES, True
    if measure.dimension == "temperature":  # written to the degree, whatever noughts it ends in
        step, coarse = min(step, 1.0), False
    per, end = _rate(text, quantity, stop)
    start = quantity.start
    counts = measure is COUNT
    return Figure(
        start, end, text[start:end], quantity.value, quantity.low, quantity.high, quantity.approx, measure, step,
        coarse, per,
        counted(text, quantity.end, stop, unit=not counts),
        counted(text, quantity.end, stop, unit=False).heads if not counts and "-" in quantity.text else frozenset(),
        motion_of(text, start, end, first, stop, counts=counts),
        content(text, taken, max(first, start - REACH), min(stop, end + REACH)),
        content(text, taken, max(first, start - NEXT), min(stop, end + NEXT)),
        content(text, taken, *clause(text, start, end, first, stop)),
        number,
        _period_of(quantity, named, taken),
    )  # fmt: skip


def _is_share(quantity: Quantity) -> bool:
    return quantity.value is not None and 0 < quantity.value < 1 and _SHARE_WORDS.search(quantity.text) is not None


def _in_per_cent(share: Quantity) -> Quantity:
    def hundredfold(part: float | None) -> float | None:
        return None if part is None else 100 * part

    return replace(share, value=hundredfold(share.value), low=hundredfold(share.low), high=hundredfold(share.high))


def _rate(text: str, quantity: Quantity, stop: int) -> tuple[str, int]:
    """Return what the figure is a rate over (month, person, …; empty: a total) and where the figure ends then."""
    match = _PER.match(text, quantity.end, stop)
    if match is not None:
        per = {"capita": "person", "head": "person"}.get(match["per"].lower(), match["per"].lower())
        return per, match.end()
    often = _OFTEN_AFTER.match(text, quantity.end, stop)
    if often is not None:
        return _OFTEN[often["often"].lower()], often.end()
    before = _OFTEN_BEFORE.search(text[max(0, quantity.start - 40) : quantity.start])
    if before is not None and quantity.unit is not None and quantity.unit.isupper():
        return _OFTEN[before["often"].lower()], quantity.end
    return "", quantity.end


def _period_of(quantity: Quantity, named: Sequence[Period], taken: Sequence[tuple[int, int]]) -> Period | None:
    """Return the one period the sentence gives, or of several the one right behind the figure."""
    dating = [period for period in named if period.precision in _DATING and period.last is not None]
    if len(dating) == 1:
        return dating[0]
    for period in dating:
        between = [span for span in taken if quantity.end <= span[0] < period.start]
        if 0 <= period.start - quantity.end <= 30 and not between:
            return period
    return None


def _changes(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Read "from 4 to 5 per cent" as a change, too: of 1 point, and of 25 per cent."""
    for one, two in pairwise(figures):
        joined = re.fullmatch(r"(?:\s+\w+){0,4}?\s+to\s+(?:\w+\s+)?", text[one.end : two.start])
        if not joined or one.motion.sort != "from" or one.value is None or two.value is None or one.per != two.per:
            continue
        if one.measure != two.measure or one.value == two.value:
            continue
        word = "rose" if two.value > one.value else "fell"
        motion = Motion("change", "up" if two.value > one.value else "down", two.motion.word or word)
        whole = replace(
            two, start=one.start, text=text[one.start : two.end], low=None, high=None, motion=motion, parts=(one, two),
            words=one.words | two.words,
        )  # fmt: skip
        difference = abs(two.value - one.value)
        measure = measure_of("percentage point") if one.measure.dimension == "per cent" else one.measure
        yield replace(whole, value=difference, measure=measure, step=max(one.step, two.step), coarse=False)
        if one.value > 0:
            yield replace(
                whole, value=100 * difference / one.value, measure=measure_of("percent"), step=0.01, coarse=False
            )


def _durations(text: str, number: int, sentence: tuple[int, int], taken: Sequence[tuple[int, int]]) -> Iterator[Figure]:
    for match in _CLOCK.finditer(text, *sentence):
        begins, ends = (_minutes(match[f"h{at}"], match[f"m{at}"], match[f"p{at}"] or match["p2"]) for at in (1, 2))
        if ends <= begins:
            continue
        words = content(text, taken, max(sentence[0], match.start() - REACH), min(sentence[1], match.end() + REACH))
        minutes = float(ends - begins)
        yield Figure(
            *match.span(), match.group(), minutes, None, None, False, measure_of("minute"), 1.0, False, words=words,
            sentence=number,
        )  # fmt: skip


def _minutes(hour: str, minute: str, half: str | None) -> int:
    hours = int(hour) % 12 + (12 if half in ("p", "P") else 0) if half else int(hour)
    return hours * 60 + int(minute)
