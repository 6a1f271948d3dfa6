"""The figures of a claim: how they may be written, and which of them a text gives for the same thing."""

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.extraction.numbers.numerals import numerals
from verification.matching.figures.around import weight
from verification.matching.figures.comparing import AGREES, compare_numbers, same_kind, stands_apart
from verification.matching.figures.reading import Figure
from verification.matching.figures.reading import read as read_figures
from verification.matching.numerals import CARDINALS

_WORDS = {value: word for word, value in CARDINALS.items() if value <= 90}
_SCALES = ((1e12, "trillion|tn"), (1e9, "billion|bn"), (1e6, "million|mn|m"), (1e3, "thousand|k"))
_GOES_ON = r"[\s\u00a0-](?:hundred|thousand|million|billion|trillion)\b"
_DIGIT = re.compile(r"\d")
TENS = 10
# Numbers below this stand in every other text.
SMALL = 13
# "seventy-one" is written out, "one hundred and one" hardly ever.
MOST_WRITTEN_OUT = 100
# 1,234,567 is not written as 1.234567 million.
MOST_DIGITS = 5


@lru_cache(maxsize=1024)
def figure_pattern(figure: str) -> re.Pattern[str] | None:
    """Return what finds a figure as a number of its own, by value: "17" and "seventeen"; None where it has no value."""
    found = next(numerals(figure), None)
    if found is None:
        return None
    forms = [re.escape(figure[found.start : found.end]), *_forms(found.value)]
    return re.compile(rf"(?<![\w.,])(?:{'|'.join(forms)})(?![\w]|[.,]\d|{_GOES_ON})", re.IGNORECASE)


def _forms(value: float) -> list[str]:
    """Return patterns of the ways in which a number is written."""
    forms = [re.escape(f"{value:,.0f}"), f"{value:.0f}"] if value == int(value) else [re.escape(f"{value:g}")]
    if value == int(value) and value < MOST_WRITTEN_OUT:
        forms += _written_out(int(value))
    for scale, names in _SCALES:
        share = value / scale
        if share >= 1 and len(f"{share:.12g}") <= MOST_DIGITS:
            written = [re.escape(f"{share:.12g}"), *(_written_out(int(share)) if share == int(share) else ())]
            forms.append(rf"(?:{'|'.join(written)})[\s\u00a0-]?(?:{names})")
    return forms


def _written_out(value: int) -> list[str]:
    """Return a number under 100 in words; nothing for others."""
    if value in _WORDS:
        return [_WORDS[value]]
    tens, ones = value - value % TENS, value % TENS
    return [rf"{_WORDS[tens]}[\s-]?{_WORDS[ones]}"] if tens in _WORDS and ones in _WORDS else []


def same_figures(figures: Sequence[str], claim: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Return those of the claim's figures that one of the texts gives for the same thing: value, unit, what is counted.

    What is small or a share is in every other text: it is told only where a telling word beside it is shared.
    """
    wanted = [(figure, read) for figure in figures if (read := _read_in(claim, figure))]
    if not wanted:
        return ()
    # Reading a text takes milliseconds: only those that hold one of the numbers are read.
    patterns = [pattern for figure, _own in wanted if (pattern := figure_pattern(figure))]
    near = [text for text in texts if any(pattern.search(text) for pattern in patterns)]
    held = [figure for text in near for figure in read_figures(text, None).figures]
    return tuple(figure for figure, own in wanted if any(_same(own, other) for other in held))


def _read_in(claim: str, figure: str) -> Figure | None:
    """Return a figure as it is read where it stands in the claim."""
    at = claim.find(figure)
    end = at + len(figure)
    own = read_figures(claim, None).figures if at >= 0 else read_figures(figure, None).figures
    return next((each for each in own if at < 0 or (each.start < end and at < each.end)), None)


def _same(claim: Figure, source: Figure) -> bool:
    kin = same_kind(claim, source)
    if kin is None or stands_apart(claim, source) or claim.counted.agrees(source.counted) is False:
        return False
    if compare_numbers(*kin).outcome != AGREES:
        return False
    small = abs(claim.middle) < SMALL or claim.measure.dimension == "per cent" or not _DIGIT.search(claim.text)
    return not small or weight(claim.next_words & source.next_words) >= 1
