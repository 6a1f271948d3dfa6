"""The figures two texts give, and whether one gives what the other does not."""

import re
from collections import Counter
from collections.abc import Iterable

from claims.extraction.contract import Quantity
from claims.extraction.numbers.numerals import numerals
from claims.extraction.numbers.quantities import quantities
from claims.wording import Words, words
from verification.matching.numerals import ORDINALS
from verification.matching.same.days import without_days

_ORDINAL = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b", re.IGNORECASE)
_MINUS = re.compile(r"(?<![\w.])[-−]\s?\Z")
# What is too long for a number, and what is written in digits but is none: an account, a telephone number.
_LONG = re.compile(r"\d{19,}")
MOST_TOLD = 3


def different_figures(one: str, other: str, alike: bool) -> Words | None:
    """Return in words how the figures of two texts differ, None where they do not.

    They do where each gives a number that the other does not, whatever it counts; where the same figure has another
    unit; where "at least" stands against "at most"; and where one of two texts that are `alike` gives a figure more.
    """
    one, other = without_days(one), without_days(other)
    left, right = _numbers(one), _numbers(other)
    only_left, only_right = _besides(left, right), _besides(right, left)
    if only_left and only_right:
        return words("the figures differ: %(one)s and %(other)s", one=_told(only_left), other=_told(only_right))
    here, there = quantities(one), quantities(other)
    if differing := _other_unit(here, there):
        return differing
    values, other_values = {value for value, _ in left}, {value for value, _ in right}
    alone = [figure for figure in here if not _values(figure) <= other_values]
    alone += [figure for figure in there if not _values(figure) <= values]
    if alike and alone:
        return words("only one gives the figure %(figure)s", figure=alone[0].text)
    return None


def _numbers(text: str) -> list[tuple[str, str]]:
    """Return the numbers of a text in order, each as its value and as written. A bare "one" is no number."""
    found = []
    for numeral in numerals(text):
        minus = "-" if _MINUS.search(text[max(0, numeral.start - 2) : numeral.start]) else ""
        written = text[numeral.start : numeral.end].strip()
        if written.lower() != "one":
            found.append((f"{minus}{numeral.value:.12g}", minus + written))
    found += [(str(ORDINALS[match.group().lower()][0]), match.group()) for match in _ORDINAL.finditer(text)]
    return found + [(match.group(), match.group()) for match in _LONG.finditer(text)]


def _besides(numbers: list[tuple[str, str]], others: list[tuple[str, str]]) -> list[str]:
    """Return, as written, the numbers that stand here more often than there."""
    spare = Counter(value for value, _ in others)
    left = []
    for value, written in numbers:
        if spare[value]:
            spare[value] -= 1
        else:
            left.append(written)
    return left


def _values(figure: Quantity) -> set[str]:
    known = (figure.value, figure.low, figure.high)
    return {f"{value:.12g}" for value in known if value is not None}


def _other_unit(here: Iterable[Quantity], there: tuple[Quantity, ...]) -> Words | None:
    """Return in words that one figure counts two things, or bounds a thing from two sides."""
    for figure in here:
        same = [other for other in there if _values(other) == _values(figure)]
        if not same:
            continue
        if figure.unit and all(other.unit and other.unit != figure.unit for other in same):
            return words("the units differ: %(one)s and %(other)s", one=figure.text, other=same[0].text)
        for other in same:
            if (figure.low is None) != (other.low is None) and (figure.high is None) != (other.high is None):
                return words(
                    "one gives a least, the other a most: %(one)s and %(other)s", one=figure.text, other=other.text
                )
    return None


def _told(written: list[str]) -> str:
    return ", ".join(dict.fromkeys(written[:MOST_TOLD]))
