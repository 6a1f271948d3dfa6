"""Numbers as English writes them, in digits or words, and what they come to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.wordset import wordset

_ONES = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12, "trn": 1e12}
_PARTS = {
    "half": 1 / 2,
    "third": 1 / 3,
    "quarter": 1 / 4,
    "fourth": 1 / 4,
    "fifth": 1 / 5,
    "sixth": 1 / 6,
    "seventh": 1 / 7,
    "eighth": 1 / 8,
    "ninth": 1 / 9,
    "tenth": 1 / 10,
}
_GLYPHS = {
    "½": 1 / 2,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅕": 1 / 5,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
}

_PLAIN = "|".join([*_ONES, *_TENS])
_SCALE = "|".join(_SCALES)
_PART = "|".join(_PARTS)
_GLYPH = "".join(_GLYPHS)

_FRACTION_WORDS = re.compile(
    rf"\b(?P<count>an?|{_PLAIN})[\s-](?P<part>{_PART})s?\b(?!-)|(?P<bare>\bhalf)\b(?!-)(?=\s+(?:of|the|a|an|its|their|his|her)\b)"
    rf"|\b(?P<chance>{_PLAIN}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<out>{_PLAIN}|\d+)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\b(?:(?:half|quarter)\s+an?\s+(?P<halved>{_SCALE})"
    rf"|(?:an?\s+(?:half[\s-])?(?=(?:{_SCALE})\b)|(?=(?:{_PLAIN})\b))"
    rf"(?:{_PLAIN}|{_SCALE})(?:[\s-]+(?:and\s+)?(?:an?\s+)?(?:{_PLAIN}|{_SCALE}|half|quarter|three[\s-]quarters)\b)*)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    rf"(?P<number>\d{{1,3}}(?:[,\u00a0\u202f\u2009]\d{{3}})+(?:\.\d+)?|\d+\.\d+|\d+)(?:\s?(?P<glyph>[{_GLYPH}])|[\s-](?P<over>\d/\d)\b)?"
    rf"(?:[\s\u00a0-]?(?P<half>and\s+a\s+half\s+)?(?P<scale>{_SCALE})s?\b|\s?(?P<short>bn|mn|mln|tn|trn|[kKmMbBtT])(?![\w-]))?"
    rf"|(?P<alone>[{_GLYPH}])",
    re.IGNORECASE,
)
_LONGEST = 18
"""Digits: what has more is a number of something else (an account, an identifier)."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at `start:end`; `words` when spelt out, `scaled` with a scale word (million), `part` as a fraction."""

    start: int
    end: int
    value: float
    words: bool = False
    scaled: bool = False
    part: bool = False
    suffix: str = ""


def numerals(text: str) -> Iterator[Numeral]:
    """Yield the numbers of `text` in order, without overlaps; fractions of one win over whole numbers inside them."""
    found = sorted(
        [*_fractions(text), *_spelt(text), *_written(text)],
        key=lambda numeral: (numeral.start, -numeral.end, not numeral.part),
    )
    end = 0
    for numeral in found:
        if numeral.start >= end:
            end = numeral.end
            yield numeral


def _fractions(text: str) -> Iterator[Numeral]:
    for match in _FRACTION_WORDS.finditer(text):
        if match["bare"]:
            value = 1 / 2
        elif match["part"]:
            if not _is_share(text, match):
                continue
            value = _count(match["count"]) * _PARTS[match["part"].lower()]
        else:
            out = _count(match["out"])
            value = _count(match["chance"]) / out if out else 2.0
        if 0 < value < 1:
            yield Numeral(*match.span(), value, words=True, part=True)


def _is_share(text: str, match: re.Match[str]) -> bool:
    """Tell a share (a third of, two-thirds) from an ordinal or a period (a third time, a quarter)."""
    if match["part"].lower() == "half" or _count(match["count"]) > 1:
        return True
    following = re.match(r"[\s,.;:!?)”\"’]*(\w*)", text[match.end() : match.end() + 24])
    return following is None or following[1].lower() in _AFTER_SHARE


_AFTER_SHARE = wordset(
    "of the were was are is in more less as to have had said from since over by while and but or"
) | {""}


def _spelt(text: str) -> Iterator[Numeral]:
    for match in _WORDS.finditer(text):
        if match["halved"]:
            share = 1 / 2 if match.group().lower().startswith("half") else 1 / 4
            yield Numeral(*match.span(), share * _SCALES[match["halved"].lower()], words=True, scaled=True)
            continue
        words = re.findall(r"[a-z]+", match.group().lower())
        yield Numeral(*match.span(), _add_up(words), words=True, scaled=any(word in _SCALES for word in words))


def _written(text: str) -> Iterator[Numeral]:
    for match in _DIGITS.finditer(text):
        if match["alone"]:
            yield Numeral(*match.span(), _GLYPHS[match["alone"]], part=True)
            continue
        plain = re.sub(r"[,\u00a0\u202f\u2009]", "", match["number"])
        if len(plain) > _LONGEST:
            continue
        value = float(plain)
        if match["glyph"]:
            value += _GLYPHS[match["glyph"]]
        elif match["over"]:
            above, _, below = match["over"].partition("/")
            value += int(above) / int(below) if int(below) else 0
        if match["half"]:
            value += 1 / 2
        scale, short = match["scale"], match["short"]
        if scale:
            value *= _SCALES[scale.lower()]
        elif short:
            value *= _SHORT_SCALES[short.lower()]
        yield Numeral(*match.span(), value, scaled=bool(scale), suffix=(short or ""))


def _count(word: str) -> float:
    plain = word.lower()
    if plain in ("a", "an"):
        return 1.0
    return float(plain) if plain.isdigit() else float(_ONES.get(plain, _TENS.get(plain, 0)))


def _add_up(words: list[str]) -> float:
    """Return what spelt words come to: two hundred and fifty thousand, two and a half million, a hundred."""
    total = group = 0.0
    for position, word in enumerate(words):
        if word in _ONES:
            group += _ONES[word]
        elif word in _TENS:
            group += _TENS[word]
        elif word in ("half", "quarter"):
            counted = words[position - 1] == "three"
            group += (3 / 4 - 3) if word == "quarter" and counted else 1 / 2 if word == "half" else 1 / 4
        elif word == "quarters":
            group += 3 / 4 - 3
        elif word in ("hundred", "dozen"):
            group = (group or 1) * _SCALES[word]
        elif word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group = 0.0
    return total + group
