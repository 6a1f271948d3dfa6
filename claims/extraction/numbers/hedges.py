"""What stands beside a number and bounds it or makes it a rough one: more than, up to, nearly, some, or so."""

import re
from typing import NamedTuple

from claims.extraction.wordset import wordset


class Hedge(NamedTuple):
    """Which bounds a number gets: it is the lowest, the highest, or about right."""

    low: bool = False
    high: bool = False
    approx: bool = False

    def and_also(self, other: "Hedge") -> "Hedge":
        """Return both: up to around."""
        return Hedge(self.low or other.low, self.high or other.high, self.approx or other.approx)


NONE = Hedge()
_A_BIT = r"(?:just|slightly|marginally|fractionally|a\s+(?:little|bit|shade|touch|fraction|tad|whisker))"
_FAR = (
    r"(?:(?:well|far|significantly|substantially|considerably|comfortably|easily|rather|much|way|many|not\s+far)\s+)?"
)
_NOT = r"(?<!\bno\s)(?<!\bnot\s)"
_FILLER = r"(?:\s+(?:an?\s+(?:further|additional|extra)|another|further|additional|an?))?"
"""At least another 300, up to a further 5,000."""
_BEFORE: tuple[tuple[str, Hedge], ...] = (
    (rf"{_A_BIT}\s+(?:under|below|less\s+than|fewer\s+than|lower\s+than|short\s+of|"
    rf"shy\s+of)", Hedge(high=True, approx=True)),
    (rf"(?:{_A_BIT}|little|not\s+much)\s+(?:over|above|more\s+than|higher\s+than|"
    rf"north\s+of)", Hedge(low=True, approx=True)),
    (r"(?:very\s+)?nearly|almost|not\s+quite|(?:very\s+)?close\s+to|approaching|nigh\s+on|not\s+far\s+(?:off|"
    r"short\s+of)", Hedge(high=True, approx=True)),
    (
        r"(?:no|not)\s+(?:more|greater|higher|later)\s+than|not\s+(?:exceeding|over|above)|(?:anything\s+)?up\s+to|"
        rf"as\s+(?:many|much|high)\s+as|at\s+(?:the\s+)?(?:very\s+)?most|{_NOT}{_FAR}(?:less|fewer|lower|smaller|"
        rf"shorter)\s+than|"
        rf"(?:an?\s+)?maximum\s+of|{_FAR}(?:under|below)|[<≤]|(?:an?\s+)?upper\s+limit\s+of|south\s+of",
        Hedge(high=True),
    ),
    (
        r"(?:no|not)\s+(?:fewer|less|lower)\s+than|not\s+(?:under|below)|at\s+(?:the\s+)?(?:very\s+)?least|"
        rf"{_NOT}{_FAR}(?:more|greater|higher|larger|longer|better|bigger)\s+than|upwards?\s+of|"
        rf"(?:{_FAR}in\s+)?excess\s+of|"
        rf"(?:an?\s+)?minimum\s+of|exceeding|{_FAR}(?:over|above)|as\s+(?:few|little|low)\s+as|north\s+of|[>≥]",
        Hedge(low=True),
    ),
    (
        r"about|around|roughly|approximately|approx\.?|some|(?:an\s+)?estimated(?:\s+(?:to\s+be|at))?|circa|ca?\.|"
        r"in\s+the\s+(?:region|neighbou?rhood|vicinity|order)\s+of|on\s+the\s+order\s+of|something\s+like|perhaps|"
        r"maybe|"
        r"somewhere\s+(?:around|near|about|in\s+the\s+region\s+of)|very\s+roughly|[~≈]",
        Hedge(approx=True),
    ),
)  # fmt: skip
_PATTERNS = tuple(
    (re.compile(rf"(?:(?<![\w-])(?:{text})){_FILLER}\s*$", re.IGNORECASE), hedge) for text, hedge in _BEFORE
)
_LAST_WORDS = wordset(
    "under below than of over above nearly almost quite to approaching as most least exceeding about around roughly "
    "approximately approx approx. some estimated at be circa ca. c. like perhaps maybe near on off < > ≤ ≥ ~ ≈"
)
_LAST = re.compile(rf"([^\s<>≤≥~≈]+|[<>≤≥~≈]){_FILLER}\s*$", re.IGNORECASE)
_TAILS = (
    (
        re.compile(
            r"\s*\+(?!\s?\d)|\s+or\s+(?:more|over|above|higher|greater|longer|older)\b|"
            r"\s+and\s+(?:more|counting|over|above|up|upwards)\b|[\s-]plus\b(?!\s+(?:an?|the|\d))|"
            r"\s+at\s+(?:the\s+)?(?:very\s+)?least\b|\s+upwards\b",
            re.IGNORECASE,
        ),
        Hedge(low=True),
    ),
    (
        re.compile(r"\s+or\s+(?:less|fewer|under|below|lower|younger)\b|\s+at\s+(?:the\s+)?(?:very\s+)?most\b|"
        r"\s+and\s+under\b", re.IGNORECASE),
        Hedge(high=True),
    ),
    (
        re.compile(
            r"(?:\s+or\s+(?:so|thereabouts)|,?\s+give\s+or\s+take(?:\s+an?\s+few)?|,?\s+more\s+or\s+less|[\s-]odd|-ish|"
            r"(?:,\s+|\s+)approximately(?=[\s.,;]*$))\b",
            re.IGNORECASE,
        ),
        Hedge(approx=True),
    ),
)  # fmt: skip
_TAIL_FIRST = re.compile(r"\s*\+|[\s,-]+(?:or|and|plus|at|give|more|odd|ish|upwards|approximately)\b", re.IGNORECASE)
_LOOK_BACK = 48


def hedge_before(text: str, start: int) -> tuple[int, Hedge]:
    """Return where the hedge in front of `start` begins and what it says; `start` and `NONE` where there is none."""
    hedge = NONE
    for _ in range(2):
        begins, more = _one_before(text, start)
        if not any(more) or (
            any(hedge) and (more.approx == hedge.approx or (more.low, more.high) == (hedge.low, hedge.high))
        ):
            break
        start, hedge = begins, hedge.and_also(more)
    return start, hedge


def _one_before(text: str, start: int) -> tuple[int, Hedge]:
    first = max(0, start - _LOOK_BACK)
    before = text[first:start]
    last = _LAST.search(before[-32:])
    if last is None or last[1].lower().lstrip("(“\"'‘") not in _LAST_WORDS:
        return start, NONE
    for pattern, hedge in _PATTERNS:
        match = pattern.search(before)
        if match is not None:
            return first + match.start(), hedge
    return start, NONE


def hedge_after(text: str, end: int) -> tuple[int, Hedge]:
    """Return where the hedge behind `end` stops and what it says; `end` and `NONE` where there is none."""
    if _TAIL_FIRST.match(text, end) is None:
        return end, NONE
    for pattern, hedge in _TAILS:
        match = pattern.match(text, end)
        if match is not None:
            return match.end(), hedge
    return end, NONE
