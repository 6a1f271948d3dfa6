"""Numbers as English writes them, in digits or words, and what they come to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.numbers.number_words import (
    CARDINALS,
    DOZEN,
    GLYPHS,
    INDIAN_SCALES,
    PARTS,
    SCALES,
    SHORT_SCALES,
    read_number,
)
from claims.extraction.numbers.shares import shares

_LARGE: dict[str, float] = {**SCALES, **INDIAN_SCALES, "dozen": DOZEN}
_PLAIN = "|".join(CARDINALS)
_SCALE = "|".join(_LARGE)
_GLYPH = "".join(GLYPHS)
_GROUPS = ",\u00a0\u202f\u2009"

_ANY = re.compile(
    rf"[\d{_GLYPH}]|\b(?:{_PLAIN}|{_SCALE}|half|quarter|thirds?|fifths?|ninths?|twentieths?)", re.IGNORECASE
)
_RUN = re.compile(
    rf"\b(?:an?[\s-]+(?:half[\s-]+)?(?=(?:{_SCALE})\b)|half[\s-]+(?:an?[\s-]+)?(?=(?:{_SCALE})\b)"
    rf"|(?P<share>(?:an?|one|three)[\s-]quarters?|half|two[\s-]thirds|an?[\s-]third)\s+of\s+an?\s+(?=(?:{_SCALE})\b)"
    rf"|(?=(?:{_PLAIN})\b))"
    rf"(?:{_PLAIN}|{_SCALE})\b(?:[\s-]+(?:and[\s-]+)?(?:{_PLAIN}|{_SCALE})\b)*",
    re.IGNORECASE,
)
_AND_PART = re.compile(
    r"[\s-]+and[\s-]+(?:(?:an?|one)[\s-]+(?P<one>half|third|quarter)"
    r"|(?P<count>two|three)[\s-]+(?P<part>thirds|quarters))\b(?![\s-]+(?:of|of\s+the)\b)",
    re.IGNORECASE,
)
_THEN_SCALE = re.compile(rf"[\s-]+(?P<scale>{_SCALE})\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_YEAR_IN_WORDS = re.compile(
    r"(?:eighteen|nineteen|twenty)[\s-]+(?:ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety)(?:[\s-]+\w+)?)",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    rf"(?P<number>\d{{1,3}}(?:[{_GROUPS}]\d{{3}})+(?!\d)(?:\.\d+)?|\d{{1,2}}(?:,\d\d)+,\d{{3}}(?!\d)|"
    rf"\d{{1,3}}(?: \d{{3}}){{2,}}(?![\d-])|\d+\.\d+|\d+"
    rf"|(?<![\w.])\.\d+)"
    rf"(?:\s?(?P<glyph>[{_GLYPH}])|[\s-](?P<over>\d/\d)\b)?"
    rf"(?P<half>\s+and\s+a\s+half\b)?"
    rf"(?:[\s\u00a0\u202f-]?(?P<scale>(?:lakh\s+)?(?:{_SCALE}))s?\b"
    rf"|(?P<short>[\s\u00a0]?(?:bn|mln|mn|tn|trn)|[kKmMbBtT])(?![\w²³/]|(?-i:-[A-Z])))?"
    rf"|(?P<alone>[{_GLYPH}])(?:\s+(?P<scaled>{_SCALE})\b)?",
    re.IGNORECASE,
)
_MOST_WORDS = 24
"""Words: no number that is spelt out has more."""
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
    bare: float = 0.0
    """The value before its scale word."""


def numerals(text: str) -> Iterator[Numeral]:
    """Yield the numbers of `text` in order, without overlaps; fractions of one win over whole numbers inside them."""
    if _ANY.search(text) is None:
        return
    found = [Numeral(start, end, value, words=True, part=True, bare=value) for start, end, value in shares(text)]
    found += _spelt(text)
    found += _written(text)
    found.sort(key=lambda numeral: (numeral.start, -numeral.end, not numeral.part))
    end = 0
    for numeral in found:
        if numeral.start >= end:
            end = numeral.end
            yield numeral


def _spelt(text: str) -> Iterator[Numeral]:
    for match in _RUN.finditer(text):
        tokens = [(word.group().lower(), *word.span()) for word in _WORD.finditer(text, *match.span())]
        if match["share"]:
            of = next(place for place, token in enumerate(tokens) if token[0] == "of")
            yield _share_of_scale(match, [token[0] for token in tokens], of)
            continue
        if _YEAR_IN_WORDS.fullmatch(match.group()):
            continue
        at = 0
        while at < len(tokens):
            numeral, at = _one(text, tokens, at)
            if numeral is not None:
                yield numeral


def _share_of_scale(match: re.Match[str], words: Sequence[str], of: int) -> Numeral:
    """Read a quarter of a million, three-quarters of a billion."""
    count = CARDINALS.get(words[0], 1) if of > 1 else 1
    part = PARTS[words[of - 1].rstrip("s")]
    return Numeral(*match.span(), count * part * _LARGE[words[of + 2]], words=True, scaled=True, bare=count * part)


def _one(text: str, tokens: Sequence[tuple[str, int, int]], at: int) -> tuple[Numeral | None, int]:
    """Read one number from word `at` on; returns it, if any, and the word behind it."""
    begins, first, half = tokens[at][1], at, 1.0
    while tokens[at][0] in ("a", "an", "half"):
        half = 0.5 if tokens[at][0] == "half" else half
        at += 1
    words = [token[0] for token in tokens[at : at + _MOST_WORDS]]
    if words[0] in _LARGE:
        words = ["one", *words]
        at -= 1
    read = read_number(words, 0)
    if read is None:
        return None, max(first, at) + 1
    value, length = float(read[0]), read[1]
    while length < len(words) and words[length] in (*INDIAN_SCALES, "dozen"):
        value, length = value * _LARGE[words[length]], length + 1
    used = words[:length]
    last = tokens[at + length - 1]
    value, end = value * half, last[2]
    scale = _LARGE.get(used[-1], 1.0)
    bare, scaled = value / scale if length <= 2 else value, any(word in _LARGE for word in used)
    part = _AND_PART.match(text, end)
    if part is not None:
        share = PARTS[part["one"].lower()] if part["one"] else CARDINALS[part["count"].lower()] * (
            PARTS[part["part"].lower().rstrip("s")]
        )  # fmt: skip
        value, end = value + share * scale, part.end()
        then = _THEN_SCALE.match(text, end)
        if then is not None and scale == 1.0:
            bare, value, end, scaled = value, value * _LARGE[then["scale"].lower()], then.end(), True
    taken = at + length
    while taken < len(tokens) and tokens[taken][1] < end:
        taken += 1
    return Numeral(begins, end, value, words=True, scaled=scaled, bare=bare), taken


def _written(text: str) -> Iterator[Numeral]:
    for match in _DIGITS.finditer(text):
        if match["alone"]:
            share = GLYPHS[match["alone"]]
            scale = _LARGE[match["scaled"].lower()] if match["scaled"] else 1.0
            yield Numeral(*match.span(), share * scale, scaled=scale > 1, part=scale == 1.0, bare=share)
            continue
        plain = re.sub(rf"[ {_GROUPS}]", "", match["number"])
        if len(plain) > _LONGEST:
            continue
        value = float(plain)
        if match["glyph"]:
            value += GLYPHS[match["glyph"]]
        elif match["over"]:
            above, _, below = match["over"].partition("/")
            value += int(above) / int(below) if int(below) else 0
        if match["half"]:
            value += 1 / 2
        bare, short = value, (match["short"] or "").strip()
        if match["scale"]:
            for word in match["scale"].lower().split():
                value *= _LARGE[word]
        elif short:
            value *= SHORT_SCALES[short.lower()]
        yield Numeral(*match.span(), value, scaled=bool(match["scale"]), suffix=short, bare=bare)
