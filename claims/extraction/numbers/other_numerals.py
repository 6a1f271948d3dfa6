"""Figures in German, French, Spanish, Italian and Portuguese: digits, scales, units and the commonest hedges.

Each language is read with its own separators and words alone: "1.234" in a German text is 1234, "1,5 Millionen" 1.5
million, a "Billion" 1e12. Years, dates, times, ordinals and numbers in names are no figures. Number words ("drei
Schiffe") are not read.
"""

import re
from dataclasses import dataclass
from functools import cache

from claims.extraction.contract import Quantity
from claims.extraction.numbers.other_words import LANGUAGES, Language

_BLANK = r"[ \n\u00a0\u202f\u2009]"
_SIGNS = {
    "€": "EUR",
    "$": "USD",
    "US$": "USD",
    "R$": "BRL",
    "£": "GBP",
    "EUR": "EUR",
    "USD": "USD",
    "CHF": "CHF",
    "GBP": "GBP",
}
_GLUED_BEFORE = re.compile(r"(?:[^\W\d_][-–/.]?|[#@/:_=&§]|\d[.,:/-])$")
_GLUED_AFTER = re.compile(r"[A-Za-zÀ-ÿ_/:²³]|[-–]\d|[-–][A-ZÄÖÜ]|[.,]\d|\.?(?:º|ª|°)(?!\s?C)|(?:er|ère|e|ème|o|a)\b")
_CAPITAL_BEFORE = re.compile(r"(?<=[\w,;:)]\s)[A-ZÀ-Þ][\w-]*\s$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TIME_AFTER = re.compile(
    r"\s?(?:uhr|h\d*\b(?!a)|hs\b|:\d\d|\.\d\d\s?uhr)|\s(?:heures?\s\d\d|de la (?:mañana|tarde|noche)|da (?:manhã|"
    r"tarde|noite))\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:um|à|a las|alle|ore|às|gegen)\s$", re.IGNORECASE)
_NOUN_CAPITALS = frozenset(("de",))
"""Languages that write every noun with a capital, so that one before a number tells no name."""
_GERMAN_NAME = re.compile(
    r"\b(?:Boeing|Airbus|Covid|Formel|Gruppe|Kanal|Zimmer|Raum|Route|Bundesstraße|Linie|Gleis|Halle|Tor|Apollo|Phase|"
    r"Stufe|Klasse|Typ|Windows|iPhone|Flug)\s$"
)
_LOOK_BACK = 40
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class _Patterns:
    """A language's words as compiled patterns."""

    number: re.Pattern[str]
    scales: tuple[tuple[re.Pattern[str], float], ...]
    units: tuple[tuple[re.Pattern[str], str, float], ...]
    hedges: tuple[tuple[re.Pattern[str], bool, bool, bool], ...]
    join: re.Pattern[str]
    between: re.Pattern[str]
    both: re.Pattern[str]
    date_after: re.Pattern[str]
    date_before: re.Pattern[str]
    name_before: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with its scale and unit."""

    start: int
    end: int
    value: float
    scale: float
    unit: str | None
    digits: str


def figures(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the figures of a text in order; `language` is de, fr, es, it or pt, and in any other none are read."""
    own = LANGUAGES.get(language)
    if own is None or not any(character.isdigit() for character in text):
        return ()
    patterns = _patterns(language)
    found = [_measured(text, match, own, patterns) for match in patterns.number.finditer(text)]
    kept: list[Quantity] = []
    at = 0
    while at < len(found):
        if at + 1 < len(found):
            pair = _range(text, found[at], found[at + 1], patterns)
            if pair is not None and _is_figure(text, found[at + 1], language, patterns, second=True):
                kept.append(pair)
                at += 2
                continue
        one = found[at]
        start, low, high, approx = _hedged(text, one.start, patterns)
        if _is_figure(text, one, language, patterns, hedged=start < one.start):
            minus = re.search(
                r"(?<![\w\d.,)])(?:[-−]|\b(?:minus|moins|menos|meno)\s)$",
                text[max(0, one.start - 8) : one.start],
                re.IGNORECASE,
            )
            value = -one.value if minus is not None else one.value
            start = min(start, one.start - len(minus.group())) if minus is not None else start
            kept.append(
                Quantity(
                    start, one.end, value, value if low else None, value if high else None, one.unit, approx,
                    text[start : one.end],
                )
            )  # fmt: skip
        at += 1
    return tuple(kept)


@cache
def _patterns(language: str) -> _Patterns:
    own = LANGUAGES[language]
    flags = re.IGNORECASE
    groups = re.escape(own.groups)
    hedges = (
        (own.low, (True, False, False)),
        (own.high, (False, True, False)),
        (own.nearly, (False, True, True)),
        (own.approx, (False, False, True)),
    )
    decimal = re.escape(own.decimal)
    number = rf"\d{{1,3}}(?:[{groups}]\d{{3}})+(?!\d)(?:{decimal}\d+)?|\d+{decimal}\d+|\d+"

    def hedge(words: str) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W\d_])(?:{words.replace(' ', _BLANK)}){_BLANK}?$", flags)

    def unit(words: str) -> re.Pattern[str]:
        written = words.replace(" ", _BLANK)
        return re.compile(rf"(?:{_BLANK}|-)?(?:{written})(?![^\W\d_])", 0 if words.isupper() else flags)

    return _Patterns(
        re.compile(number),
        tuple((re.compile(rf"{_BLANK}?(?:{words})(?![^\W\d_])", flags), size) for words, size in own.scales.items()),
        tuple(
            (unit(words), name, factor)
            for table, factor in ((own.units, 1.0), (own.hundredths, 0.01))
            for words, name in table.items()
        ),
        tuple((hedge(words), *sort) for words, sort in hedges),
        re.compile(rf"\s?[-–—]\s?|{_BLANK}{own.joins}{_BLANK}", flags),
        re.compile(rf"(?<![^\W\d_]){own.between}{_BLANK}$", flags),
        re.compile(rf"{_BLANK}{own.both}{_BLANK}", flags),
        re.compile(rf"\.?(?:er|º|°)?{_BLANK}(?:de{_BLANK})?(?:{own.months})(?![^\W\d_])|\.\d{{1,2}}\.", flags),
        re.compile(rf"(?<![^\W\d_])(?:{own.months}){_BLANK}(?:(?:de|del){_BLANK})?$", flags),
        re.compile(rf"(?<![^\W\d_])(?:{own.before_names}){_BLANK}?$", flags),
    )  # fmt: skip


def _measured(text: str, match: re.Match[str], own: Language, patterns: _Patterns) -> _Measured:
    start, end = match.span()
    digits = match.group()
    plain = "".join(sign for sign in digits.replace(own.decimal, "#") if sign.isdigit() or sign == "#")
    plain = plain.replace("#", ".")
    value, scale = float(plain if len(plain) <= _LONGEST else "nan"), 1.0
    for pattern, size in patterns.scales:
        found = pattern.match(text, end)
        if found is not None:
            end, scale = found.end(), size
            break
    unit = None
    sign = re.search(r"(?:US\$|R\$|[€$£]|\b(?:EUR|USD|CHF|GBP))\s?$", text[max(0, start - 5) : start])
    if sign is not None:
        start, unit = start - len(sign.group()), _SIGNS[sign.group().strip()]
        return _Measured(start, end, value * scale, scale, unit, digits)
    for pattern, name, factor in patterns.units:
        found = pattern.match(text, end)
        if found is not None:
            return _Measured(start, found.end(), value * scale * factor, scale, name, digits)
    return _Measured(start, end, value * scale, scale, unit, digits)


def _range(text: str, one: _Measured, two: _Measured, patterns: _Patterns) -> Quantity | None:
    start, approx = one.start, False
    between = patterns.between.search(text, max(0, start - _LOOK_BACK), start)
    if between is not None and patterns.both.fullmatch(text, one.end, two.start):
        start = between.start()
    elif patterns.join.fullmatch(text, one.end, two.start) and not re.search(
        r"\b(?:de|von|da|dal|del|des|desde)\s$", text[max(0, start - 8) : start], re.IGNORECASE
    ):
        if one.unit is None and two.unit is None and two.scale == 1:
            return None  # a score or two years
        start, _low, _high, approx = _hedged(text, start, patterns)
    else:
        return None
    low = one.value * (two.scale if one.scale == 1 and two.scale > 1 and one.value < 1000 else 1.0)
    if not low < two.value or (one.unit and two.unit and one.unit != two.unit):
        return None
    return Quantity(start, two.end, None, low, two.value, two.unit or one.unit, approx, text[start : two.end])


def _hedged(text: str, start: int, patterns: _Patterns) -> tuple[int, bool, bool, bool]:
    before = text[max(0, start - _LOOK_BACK) : start]
    for pattern, low, high, approx in patterns.hedges:
        match = pattern.search(before)
        if match is not None:
            return start - len(before) + match.start(), low, high, approx
    return start, False, False, False


def _is_figure(
    text: str, one: _Measured, language: str, patterns: _Patterns, *, hedged: bool = False, second: bool = False
) -> bool:
    """Tell a figure from a date, a year, a time or a part of a name."""
    before, after = text[max(0, one.start - _LOOK_BACK) : one.start], text[one.end : one.end + 24]
    if one.value != one.value or (not second and _GLUED_BEFORE.search(before)):
        return False
    if patterns.date_after.match(text, one.end) and one.unit is None:
        return False
    if one.unit is not None:
        return not (one.unit == "hour" and _CLOCK.search(before))
    if _GLUED_AFTER.match(after) or _TIME_AFTER.match(after) or patterns.name_before.search(before):
        return False
    if one.scale > 1:
        return True
    if _YEAR.fullmatch(one.digits) and (not hedged or re.match(r"\s*(?:[.,;)]|$)", after)):
        return False
    if patterns.date_before.search(before) or (
        language == "de" and re.match(r"\.\s[A-ZÄÖÜa-zäöü]", after) and one.value < 1000 and not hedged
    ):
        return False  # der 3. Oktober, das 20. Jahrhundert
    if language in _NOUN_CAPITALS:
        return _GERMAN_NAME.search(before) is None
    return hedged or _CAPITAL_BEFORE.search(before) is None
