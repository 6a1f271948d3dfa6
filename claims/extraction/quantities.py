"""The figures of a text: hedge, number and unit, with value and bounds, and none made out of a name, date or time.

The grammar is our own because the packages tried gave wrong values (text2num, word2number, quantulum3). What a
figure is, and what its span takes in, follows the definition of the `numbers` task: the hedge, the number and the
unit; counted things have no unit; G7, Article 5, F-16, the 46th president and 24 January are no figures.
"""

import re
from collections.abc import Iterator

from claims.extraction.contract import Quantity
from claims.extraction.numerals import Numeral, numerals
from claims.extraction.units import currency_before, unit_after
from claims.extraction.wordset import wordset

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_AFTER_MONTH = re.compile(rf"\b{_MONTH}\s+(?:the\s+)?(?:\d{{1,2}},?\s+)?(?:\d{{1,2}}\s?[-–]\s?)?$")
_BEFORE_MONTH = re.compile(rf"(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b")
_TIME_AFTER = re.compile(r"\s?(?:[ap]\.?\s?m\b\.?|o['’]clock|:\d|h\d\d|hrs\b|GMT|EST|EDT|ET|PT|UTC)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:articles?|sections?|secs?\.|chapters?|titles?|flight|route|highway|interstate|room|rules?|resolutions?|amendments?|"
    r"propositions?|prop\.?|measure|channel|phase|tier|part|pages?|pp?\.|vol\.?|volume|no\.?|nos\.?|number|level|grade|class|"
    r"season|episode|area|unit|pier|gate|district|ward|precinct|figure|fig\.|table|formula|version|type|category|"
    r"item|question|line|row|act|h\.\s?r\.|(?<!\.)s\.|bill|case|point|step|war|group\s+of|big|size|super\s+bowl|world\s+cup|copa|expo|agenda|"
    r"euro|vision|project|model|task|paragraph|clause|day|week|verse|psalm|top|under|over-|aged?\s+under)\s+$",
    re.IGNORECASE,
)
_CAPITAL_BEFORE = re.compile(r"(?:(?<=[\w,;:)’”\"]\s)[A-Z][\w’'-]*|[A-Z]\w+\s\d[\d.]*\s(?:and|or))\s$")
_NAME_AFTER = re.compile(r"[A-Za-z_/:]|[-–][A-Za-z]*\d|\.\d|-[A-Z]|['’]s\b|\s(?:U\.S\.C|C\.F\.R|CFR)\b|\(\w{1,3}\)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\b(?:the|these|those|his|her|its|their|our|my|your|other|last|first|next|of)\s+$", re.IGNORECASE
)
_NO_COUNT = wordset(
    "of or and but in on at by who that which was is are were has had to from for with another thing things day way "
    "ways time times reason reasons point side sides man woman person more another week year"
)
_HEDGES = (
    (re.compile(r"\b(?:just\s+under|nearly|almost|not\s+quite|close\s+to)\s+(?:an?\s+)?$", re.IGNORECASE), "nearly"),
    (re.compile(r"\bjust\s+(?:over|above|more\s+than)\s+$", re.IGNORECASE), "just over"),
    (
        re.compile(
            r"(?:\b(?:(?<!no\s)(?<!not\s)more\s+than|greater\s+than|at\s+least|no\s+(?:fewer|less)\s+than|not\s+less\s+than|upwards?\s+of|in\s+excess\s+of|"
            r"a\s+minimum\s+of|exceeding|over|above|well\s+over)|(?<!\S)>)\s*$",
            re.IGNORECASE,
        ),
        "low",
    ),
    (
        re.compile(
            r"(?:\b(?:up\s+to|as\s+many\s+as|as\s+much\s+as|at\s+most|(?:no|not)\s+more\s+than|(?<!no\s)(?<!not\s)(?:less|fewer)\s+than|lower\s+than|"
            r"a\s+maximum\s+of|under|below)|(?<!\S)<)\s*$",
            re.IGNORECASE,
        ),
        "high",
    ),
    (
        re.compile(
            r"(?:\b(?:about|around|roughly|approximately|approx\.?|some|an?\s+estimated|estimated|circa|ca\.|in\s+the\s+region\s+of|"
            r"something\s+like)|~|≈)\s*$",
            re.IGNORECASE,
        ),
        "about",
    ),
)
_TAILS = (
    (re.compile(r"\s*\+|\s+or\s+more\b|\s+and\s+(?:more|counting)\b|-plus\b", re.IGNORECASE), "low"),
    (re.compile(r"\s+or\s+(?:less|fewer)\b", re.IGNORECASE), "high"),
    (re.compile(r"\s+or\s+so\b", re.IGNORECASE), "about"),
)
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|around\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+|nearly\s+)?$", re.IGNORECASE)
_RANGE_JOIN = re.compile(r"\s*[-–—]\s*$|\s+to\s+$", re.IGNORECASE)
_SHARE_OF_ONE = re.compile(r"\s+(?:of\s+)?an?(?=\s)")
_COUNTED_MILLIONS = re.compile(r"\s+(?:(?:more|new|other)\s+)?(?:[a-z]{3,}s|people|men|women|children)\b")
_LARGEST_MILLIONS = 100
"""1.5m people are million; 200m of anything are more likely metres."""
_LOOK_BACK = 48


def quantities(text: str, start: int = 0, end: int | None = None) -> tuple[Quantity, ...]:
    """Return the figures of `text[start:end]` in order, with offsets into `text`; unit `percent`, ISO 4217 or a
    name.
    """
    end = len(text) if end is None else end
    window = text[start:end]
    return tuple(_moved(figure, start) for figure in _scan(window))


def _scan(text: str) -> Iterator[Quantity]:
    waiting = list(numerals(text))
    index = 0
    while index < len(waiting):
        numeral = waiting[index]
        following = waiting[index + 1] if index + 1 < len(waiting) else None
        if following is not None:
            pair = _range(text, numeral, following)
            if pair is not None:
                yield pair
                index += 2
                continue
        figure = _single(text, numeral, following)
        if figure is not None:
            yield figure
        index += 1


def _single(text: str, numeral: Numeral, following: Numeral | None) -> Quantity | None:
    start, end, unit, value = _with_unit(text, numeral)
    from_here = unit is None and _FROM.search(text, max(0, start - _LOOK_BACK), start) is not None
    if from_here and following is not None and _RANGE_JOIN.fullmatch(text[end : following.start]):
        unit = _with_unit(text, following)[2]  # "from 4 to 5 per cent": both are per cent
    if not _is_figure(text, numeral, start, end, unit):
        return None
    start, hedge = _hedged(text, start)
    for pattern, tail in _TAILS:
        match = pattern.match(text, end)
        if match is not None and not hedge:
            end, hedge = match.end(), tail
    low = value if hedge in ("low", "just over") else None
    high = value if hedge in ("high", "nearly") else None
    approx = hedge in ("nearly", "about", "just over")
    return Quantity(start, end, value, low, high, unit, approx, text[start:end])


def _range(text: str, first: Numeral, second: Numeral) -> Quantity | None:
    """Read `between 4 and 5 per cent`, `70 to 80 people`, `£2-3bn`; not `from 4 to 5`, which is a change."""
    gap = text[first.end : second.start]
    one_start, one_end, one_unit, one = _with_unit(text, first)
    two_start, two_end, two_unit, two = _with_unit(text, second)
    if (
        first.part
        or second.part
        or not (two_unit or one_unit or _is_figure(text, second, two_start, two_end, None, True))
    ):
        return None
    between = _BETWEEN.search(text, max(0, one_start - _LOOK_BACK), one_start)
    inner = text[one_end:two_start]
    if between is not None and re.fullmatch(r"\s+and\s+(?:about\s+)?", inner):
        start = between.start()
    elif _RANGE_JOIN.fullmatch(inner) and not _FROM.search(text, max(0, one_start - _LOOK_BACK), one_start):
        if not first.words and not second.words and two_unit is None and one_unit is None and not gap.strip(" to"):
            pass
        elif two_unit is None and one_unit is None and (gap.strip() in "-–—" and not second.scaled):
            return None  # a score or a code: 4-3, 2019-20
        start = one_start
    else:
        return None
    if second.scaled and not first.scaled and first.value < 1000:
        one *= second.value / max(1e-9, _bare(text, second))
    if one >= two:
        return None
    if between is None:
        start, hedge = _hedged(text, start)
    else:
        hedge = ""
    unit = two_unit or one_unit
    return Quantity(start, two_end, None, one, two, unit, hedge in ("about", "nearly"), text[start:two_end])


def _bare(text: str, numeral: Numeral) -> float:
    plain = re.match(r"[\d,.]+", text[numeral.start : numeral.end])
    return float(plain.group().replace(",", "").rstrip(".")) if plain else 1.0


def _with_unit(text: str, numeral: Numeral) -> tuple[int, int, str | None, float]:
    """Return the span of number and unit, the unit, and the value in it."""
    start, end, value = numeral.start, numeral.end, numeral.value
    money = currency_before(text, start)
    if money is not None:
        return money[0], end, money[1], value
    if numeral.suffix in ("m", "b", "t", "k", "M", "B", "T", "K") and numeral.suffix not in ("k", "K"):
        end -= len(numeral.suffix)  # 5m without a currency is metres, or nothing we know
        bare = float(re.sub(r"[^\d.]", "", text[start:end]).strip(".") or 0)
        if numeral.suffix == "m":
            if bare < _LARGEST_MILLIONS and _COUNTED_MILLIONS.match(text, numeral.end):
                return start, numeral.end, None, value
            return start, numeral.end, "metre", bare
        return start, numeral.end, None, value
    between = _SHARE_OF_ONE.match(text, end) if numeral.part else None  # half a mile, a quarter of an hour
    found = unit_after(text, between.end() if between else end, numeral.scaled)
    if found is None:
        return start, end, None, value
    return start, found[0], found[1], value * found[2]


def _is_figure(text: str, numeral: Numeral, start: int, end: int, unit: str | None, second: bool = False) -> bool:
    """Tell a figure from a date, a time, a name or a score; `second` of a range has a dash before it."""
    before = text[max(0, start - _LOOK_BACK) : start]
    after = text[end : end + 24]
    if not second and (before[-1:].isalnum() or re.search(r"[A-Za-z][-–/.]$|[#@/.:_%=&?]$|\)\($|\d[-/:.,]$", before)):
        return False  # G7, F-16, COVID-19, 9/11, 5:45, item 3.2.1
    if unit is not None or numeral.part:
        return True
    if _NAME_AFTER.match(after) or _ORDINAL.match(after):
        return False  # 5G, 24/7, 46th, 1990s
    if numeral.words:
        return _counts(text, numeral, before, after)
    if (
        _AFTER_MONTH.search(before)
        or _BEFORE_MONTH.match(after)
        or _TIME_AFTER.match(after)
        or _NUMBERED.search(before)
    ):
        return False
    digits = text[numeral.start : numeral.end]
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", digits) and not _hedged(text, start)[1]:
        return False  # a year
    if re.search(r"\w,\s$", before) and re.match(r",|\)|\.$", after) and numeral.value < 120 and not numeral.scaled:
        return False  # the age in an apposition
    if re.match(r"-(?:year|day|month|week)", after):
        return True
    return numeral.scaled or not _CAPITAL_BEFORE.search(before)


def _counts(text: str, numeral: Numeral, before: str, after: str) -> bool:
    """Tell whether spelt words count something: `two soldiers`, not `one of them`, `the two leaders`, `Group of
    Seven`.
    """
    if text[numeral.start].isupper() and before.strip() and before.strip()[-1] not in '.!?“"‘':
        return False
    if numeral.scaled:
        return not re.match(r"s\b", after)
    word = re.match(r"[\s-]([a-z]+)", after)
    if word is None or word[1] in _NO_COUNT or _DEFINITE.search(before):
        return False
    return numeral.value != 1


def _hedged(text: str, start: int) -> tuple[int, str]:
    for pattern, kind in _HEDGES:
        match = pattern.search(text, max(0, start - _LOOK_BACK), start)
        if match is not None:
            return match.start(), kind
    return start, ""


def _moved(figure: Quantity, by: int) -> Quantity:
    return Quantity(
        figure.start + by,
        figure.end + by,
        figure.value,
        figure.low,
        figure.high,
        figure.unit,
        figure.approx,
        figure.text,
    )
