"""Numbers in words and digits, as far as telling "twenty-five" from 25 goes."""

import re
from collections.abc import Sequence
from decimal import Decimal

CARDINALS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "first": (1, "st"), "second": (2, "nd"), "third": (3, "rd"), "fourth": (4, "th"), "fifth": (5, "th"),
    "sixth": (6, "th"), "seventh": (7, "th"), "eighth": (8, "th"), "ninth": (9, "th"), "tenth": (10, "th"),
    "eleventh": (11, "th"), "twelfth": (12, "th"), "twentieth": (20, "th"),
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}

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
