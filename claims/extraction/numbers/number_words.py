"""The words and scales of English numbers, once for claims and evidence, and how a run of such words is read."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

CARDINALS: Mapping[str, int] = MappingProxyType({
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
})  # fmt: skip
ORDINALS: Mapping[str, tuple[int, str]] = MappingProxyType({
    "first": (1, "st"), "second": (2, "nd"), "third": (3, "rd"), "fourth": (4, "th"), "fifth": (5, "th"),
    "sixth": (6, "th"), "seventh": (7, "th"), "eighth": (8, "th"), "ninth": (9, "th"), "tenth": (10, "th"),
    "eleventh": (11, "th"), "twelfth": (12, "th"), "twentieth": (20, "th"),
})  # fmt: skip
"""Their value and the ending it has in digits."""
SCALES: Mapping[str, int] = MappingProxyType(
    {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
)
INDIAN_SCALES: Mapping[str, int] = MappingProxyType({"lakh": 10**5, "crore": 10**7})
DOZEN = 12
SHORT_SCALES: Mapping[str, float] = MappingProxyType({
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12, "trn": 1e12,
})  # fmt: skip
PARTS: Mapping[str, float] = MappingProxyType({
    "half": 1 / 2, "halve": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fourth": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6,
    "seventh": 1 / 7, "eighth": 1 / 8, "ninth": 1 / 9, "tenth": 1 / 10, "twentieth": 1 / 20, "hundredth": 1 / 100,
    "thousandth": 1 / 1000,
})  # fmt: skip
GLYPHS: Mapping[str, float] = MappingProxyType({
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
})  # fmt: skip

_DIGITS = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")


def read_number(words: Sequence[str], at: int) -> tuple[Decimal, int] | None:
    """Read the number that starts at word `at`: its value and how many words it takes; None where none starts.

    "two hundred and five", "2 million", "1.5 billion", "33000" and "twenty five" are read, "second" is not.
    """
    total = current = Decimal(0)
    length, read = 0, False
    last_unit = Decimal(0)
    while at + length < len(words):
        word = words[at + length].lower()
        if word in SCALES:
            if not read:
                return None
            scale = SCALES[word]
            if scale == 100:
                current *= scale
            else:
                total, current = total + current * scale, Decimal(0)
            last_unit = Decimal(scale)
        elif word == "and" and read and last_unit >= 100 and _value(words, at + length + 1) is not None:
            pass
        else:
            value = _value(words, at + length)
            if value is None or (read and not (value < last_unit and (last_unit >= 100 or value < 10 <= last_unit))):
                break
            current, last_unit, read = current + value, _unit(value, word), True
        length += 1
    return ((total + current).normalize(), length) if read else None


def _value(words: Sequence[str], at: int) -> Decimal | None:
    if at >= len(words):
        return None
    word = words[at].lower()
    if word in CARDINALS:
        return Decimal(CARDINALS[word])
    return Decimal(word) if _DIGITS.fullmatch(word) else None


def _unit(value: Decimal, word: str) -> Decimal:
    """Return what may still be added to the number: below ten after "twenty", nothing after "five" or digits."""
    return Decimal(10) if word in CARDINALS and value >= 20 else Decimal(0)
