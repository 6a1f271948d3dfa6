"""The figures of a text: hedge, number and unit, with value and bounds, and none made out of a name, date or time.

The grammar is our own because the packages tried gave wrong values (text2num, word2number, quantulum3). What a
figure is, and what its span takes in, follows the definition of the `numbers` task: the hedge, the number and the
unit; counted things have no unit; G7, Article 5, F-16, the 46th president and 24 January are no figures.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.extraction.contract import Quantity
from claims.extraction.numbers.counting import is_figure
from claims.extraction.numbers.hedges import NONE, Hedge, hedge_after, hedge_before
from claims.extraction.numbers.lookalikes import lookalikes
from claims.extraction.numbers.number_words import CARDINALS
from claims.extraction.numbers.numerals import Numeral, numerals
from claims.extraction.numbers.units import PARTS_OF, currency_before, unit_after

_BETWEEN = re.compile(
    r"\b(?:(?:anywhere|somewhere|anything)\s+)?between\s+(?:about\s+|around\s+|roughly\s+)?$", re.IGNORECASE
)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+|nearly\s+|an?\s+)?$", re.IGNORECASE)
_RANGING = re.compile(
    r"(?:\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying))\s+(?P<at>)from|(?P<any>\b(?:anywhere|anything|"
    r"somewhere)\s+from))\s+$",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*[-–—]\s*|\s+to\s+", re.IGNORECASE)
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:about\s+|around\s+)?", re.IGNORECASE)
_OF_ONE = re.compile(r"\s+(?:of\s+)?(?:an?|one|1)(?=\s)", re.IGNORECASE)
_COUNTED_MILLIONS = re.compile(
    r"\s+(?:(?:more|new|other)\s+)?(?:[a-z]{3,}s|people|men|women|children|sheep|euros?|dollars?|pounds)\b"
)
_LARGEST_MILLIONS = 100
"""1.5m people are million; 200m of anything are more likely metres."""
_NEIGHBOURS = 4
_JOINED = re.compile(r",?\s*(?:and\s+)?")
_INCHES = re.compile(r"\s?(?:ins?\b\.?|[\"″”])")
_MINUS = re.compile(
    r"(?:(?P<margin>\bplus[\s-]+or[\s-]+minus\s+|±\s?|\+/[-−–]\s?)|\b(?P<word>(?:minus|negative)\s+)|(?<![\w.,)%$€£\]-])(?P<sign>[-−–])|(?<![\w.,)%])(?P<plus>\+))$",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(
    r"(?P<one>\b(?:an?|one)\s+)(?P<unit>[a-z]+(?:\s(?:ton|mile))?)\s+and\s+(?:an?\s+(?P<part>half|quarter|third)|"
    r"three[\s-](?P<quarters>quarters))\b",
    re.IGNORECASE,
)
_OF_DIGITS = re.compile(rf"(?<![\w-])(?P<count>{'|'.join(CARDINALS)}|\d\d?)-figure\b", re.IGNORECASE)
_MOST_DIGITS = 15
_HEDGED_ONE = re.compile(
    r"\b(?:than|nearly|almost|least|about|around|roughly|approximately|over|under|to|quite|most|as|of|"
    r"some)\s+(?P<one>an?\s+)"
    r"(?P<unit>decade|century|year|month|week|fortnight|day|hour|minute|mile|kilomet(?:re|er)|tonne|ton|acre|hectare|"
    r"met(?:re|er))\b"
    r"(?!-|['’]|\s+(?:and\s+(?:a\s+(?:half|quarter|third)|three)|ago\b|earlier\b|later\b|before\b|after\b|from\b))",
    re.IGNORECASE,
)
_STRETCHES = frozenset(("hour", "day", "week", "month", "year", "decade", "century", "minute"))
_OVER = re.compile(r"over\s", re.IGNORECASE)
_LASTED = re.compile(
    r"(?:^|[.,;:“\"]\s*|\b(?:for|in|after|with|within|to|of|and|by|is|was|are|were|be|been|last|lasts|lasted|lasting|"
    r"take|takes|took|"
    r"taken|taking|spent|spend|spends|wait|waited|waits|serve|served|serving|live|lived|work|worked|run|ran|running|"
    r"goes|back|than|"
    r"aged|a|an|the|its|their|his|her|age|stayed|jailed|himself|herself|needs|needed|requires|required)\s+)$",
    re.IGNORECASE,
)
"""Behind these, "over ten years" is more than ten years; elsewhere it tells in which time something happened."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with its currency or unit and the words that bound it, before it is known to be a figure."""

    start: int
    end: int
    value: float
    unit: str | None


def quantities(text: str, start: int = 0, end: int | None = None) -> tuple[Quantity, ...]:
    """Return the figures of `text[start:end]` in order, with offsets into `text`; unit `percent`, ISO 4217 or a
    name.
    """
    end = len(text) if end is None else end
    window = text[start:end]
    found = sorted(_single_units(window), key=lambda figure: figure.start)
    taken = [(figure.start, figure.end) for figure in found]
    found += [figure for figure in _scan(window) if not _inside(figure.start, figure.end, taken)]
    found.sort(key=lambda figure: figure.start)
    return tuple(replace(figure, start=figure.start + start, end=figure.end + start) for figure in found)


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether `start:end` shares anything with one of the spans, which are in order and apart."""
    at = bisect_left(spans, (end, 0))
    return at > 0 and spans[at - 1][1] > start


def _scan(text: str) -> Iterator[Quantity]:
    waiting = list(numerals(text))
    if not waiting:
        return
    taken = lookalikes(text)
    if taken:
        waiting = [numeral for numeral in waiting if not _inside(numeral.start, numeral.end, taken)]
    index = 0
    while index < len(waiting):
        numeral = waiting[index]
        following = waiting[index + 1] if index + 1 < len(waiting) else None
        if following is not None and following.start - numeral.end < 40:
            pair = _range(text, numeral, following)
            compound = (pair, 2) if pair is not None else _compound(text, waiting[index : index + 3])
            if compound is not None:
                yield compound[0]
                index += compound[1]
                continue
        figure = _single(text, numeral, following, waiting[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS])
        if figure is not None:
            yield figure
        index += 1
        while figure is not None and index < len(waiting) and waiting[index].start < figure.end:
            index += 1  # a third of one per cent


def _single(text: str, numeral: Numeral, following: Numeral | None, all_here: Sequence[Numeral]) -> Quantity | None:
    found = _measured(text, numeral)
    start, end, unit, value = found.start, found.end, found.unit, found.value
    changes = following is not None and _FROM.search(text, max(0, start - 16), start) is not None
    if unit is None and following is not None and changes and _TO.fullmatch(text, end, following.start):
        unit = _measured(text, following).unit  # "from 4 to 5 per cent": both are per cent
    start, value = _signed(text, start, value, unit)
    begins, hedge = hedge_before(text, start)
    if (
        hedge.low
        and unit in _STRETCHES
        and _OVER.match(text, begins)
        and not _LASTED.search(text, max(0, begins - 24), begins)
    ):
        begins, hedge = start, NONE
    if not is_figure(text, numeral, start, end, unit, hedged=any(hedge), others=all_here):
        return None
    stops, tail = hedge_after(text, end)
    if any(tail):
        if unit is None:
            later = unit_after(text, stops, numeral.scaled)
            if later is not None:
                stops, unit, value = later[0], later[1], value * later[2]
        end, hedge = stops, hedge.and_also(tail)
    return _made(text, begins, end, value, unit, hedge)


def _made(text: str, start: int, end: int, value: float, unit: str | None, hedge: Hedge) -> Quantity:
    low = value if hedge.low else None
    high = value if hedge.high else None
    return Quantity(start, end, value, low, high, unit, hedge.approx, text[start:end])


def _signed(text: str, start: int, value: float, unit: str | None) -> tuple[int, float]:
    sign = _MINUS.search(text, max(0, start - 20), start)
    if sign is None or (sign["sign"] == "–" and unit is None):
        return start, value
    return sign.start(), value if sign["plus"] or sign["margin"] else -value


def _range(text: str, first: Numeral, second: Numeral) -> Quantity | None:
    """Read `between 4 and 5 per cent`, `70 to 80 people`, `£2-3bn`; not `from 4 to 5`, which is a change."""
    one, two = _measured(text, first), _measured(text, second)
    between = _BETWEEN.search(text, max(0, one.start - 32), one.start)
    start = one.start
    if between is not None and _AND.fullmatch(text, one.end, two.start):
        start, hedge = between.start(), NONE
        if "about" in between.group() or "around" in between.group() or "roughly" in between.group():
            hedge = Hedge(approx=True)
    elif _TO.fullmatch(text, one.end, two.start):
        ranging = _RANGING.search(text, max(0, start - 32), start)
        if ranging is None and _FROM.search(text, max(0, start - 16), start):
            return None
        if ranging is not None:
            start = ranging.start("at") + len("from") - 4 if ranging["at"] is not None else ranging.start("any")
        start, hedge = hedge_before(text, start)
    elif _OR.fullmatch(text, one.end, two.start) and not first.part and not second.part:
        if one.unit is not None and two.unit is None:
            return None
        start, hedge = hedge_before(text, start)
    else:
        return None
    if first.part != second.part or (one.unit and two.unit and one.unit != two.unit):
        return None
    unit = two.unit or one.unit
    if unit is None and not is_figure(
        text, second, two.start, two.end, None, hedged=any(hedge) or between is not None, second=True
    ):
        return None
    if unit is not None and not is_figure(text, first, one.start, one.end, unit, hedged=True):
        return None
    low, high = one.value, two.value
    if second.bare and second.value != second.bare and first.value == first.bare and first.bare < 1000:
        low *= second.value / second.bare
    if unit != one.unit and one.unit is None and two.value and second.value:
        low *= two.value / second.value  # cents
    if low >= high:
        return None
    return Quantity(start, two.end, None, low, high, unit, hedge.approx, text[start : two.end])


def _compound(text: str, numbers: Sequence[Numeral]) -> tuple[Quantity, int] | None:
    """Read `6ft 2in` and `two hours and fifteen minutes` as one figure in the larger unit; with how many numbers."""
    (first, second, *rest), used = numbers, 2
    one = _measured(text, first)
    if one.unit is None or _JOINED.fullmatch(text, one.end, second.start) is None:
        return None
    two = _measured(text, second)
    unit, end = two.unit, two.end
    if one.unit == "foot" and unit is None:
        inches = _INCHES.match(text, second.end)
        unit, end = ("inch", inches.end()) if inches is not None else (None, end)
    factor = PARTS_OF.get((one.unit, unit or ""))
    if factor is None or two.value * factor >= 1 or one.value != int(one.value):
        return None
    value = one.value + factor * second.value
    third = _measured(text, rest[0]) if rest and unit is not None else None
    if third is not None and _JOINED.fullmatch(text, end, third.start) and (unit, third.unit) in PARTS_OF:
        value, end, used = value + factor * PARTS_OF[unit or "", third.unit or ""] * third.value, third.end, 3
    start, hedge = hedge_before(text, one.start)
    return _made(text, start, end, value, one.unit, hedge), used


def _measured(text: str, numeral: Numeral) -> _Measured:
    start, end, value = numeral.start, numeral.end, numeral.value
    money = currency_before(text, start)
    if money is not None:
        return _Measured(money[0], end, value, money[1])
    if numeral.suffix in ("m", "t"):  # 5m without a currency is metres, unless things are counted
        unit = unit_after(text, end, scaled=True)
        if unit is not None and text[end] != "-":
            return _Measured(start, unit[0], value * unit[2], unit[1])
        if numeral.suffix == "t":
            return _Measured(start, end, numeral.bare, "tonne")
        if numeral.bare < _LARGEST_MILLIONS and _COUNTED_MILLIONS.match(text, end):
            return _Measured(start, end, value, None)
        return _Measured(start, end, numeral.bare, "metre")
    between = _OF_ONE.match(text, end) if numeral.part or 0 < value < 1 else None  # half a mile, a quarter of an hour
    found = unit_after(text, between.end() if between else end, numeral.scaled or bool(numeral.suffix))
    if found is None:
        return _Measured(start, end, value, None)
    return _Measured(start, found[0], value * found[2], found[1])


def _single_units(text: str) -> Iterator[Quantity]:
    """Read `a mile and a half`, `a six-figure sum` and, behind a hedge, `more than a decade`."""
    for match in _OF_DIGITS.finditer(text) if "-figure" in text else ():
        digits = CARDINALS.get(match["count"].lower()) or int(match["count"])
        if 1 < digits <= _MOST_DIGITS:
            low, high = float(10 ** (digits - 1)), float(10**digits - 1)
            yield Quantity(*match.span(), None, low, high, None, False, match.group())
    if " and a" in text or " and three" in text:
        for match in _AND_A_HALF.finditer(text):
            unit = unit_after(text, match.start("unit"), scaled=False)
            if unit is not None and unit[0] == match.end("unit"):
                part = {"half": 1 / 2, "quarter": 1 / 4, "third": 1 / 3}.get((match["part"] or "").lower(), 3 / 4)
                start, hedge = hedge_before(text, match.start())
                yield _made(text, start, match.end(), (1 + part) * unit[2], unit[1], hedge)
    for match in _HEDGED_ONE.finditer(text):
        start, hedge = hedge_before(text, match.start("one"))
        unit = unit_after(text, match.start("unit"), scaled=False)
        if unit is not None and any(hedge):
            yield _made(text, start, unit[0], 1.0, unit[1], hedge)
