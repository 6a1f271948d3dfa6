"""Two figures side by side: whether their numbers agree, and what stands in the way of comparing them."""

import math
from dataclasses import dataclass, replace

from verification.matching.figures.reading import Figure
from verification.matching.figures.units import DOLLARS, Measure, conversions, is_money, is_time, measure_of, times

AGREES, ROUNDED, WITHIN, DIFFERS, NOT_COMPARABLE = "agrees", "rounded", "within", "differs", "not_comparable"

_EQUAL = 1e-6
"""Relative difference that comes from arithmetic alone."""
_WRITTEN, _HEDGED, _GUESSED = 0.2, 0.1, 0.05
"""Largest relative difference that rounding explains: to a written place, with "about", to noughts without it."""
_NEARLY = 0.15
"""How far below "nearly 9,000" a figure may lie."""
_WEAKER = 1.25
"""Times by which "more than 100" may be weaker than the source's "more than 120" and still be meant for it."""
_BARE_DOLLAR = ("$", "dollar")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How two figures of one kind compare: the claim's in the source's unit, and which bound or rounding decided."""

    outcome: str
    claim: Figure
    source: Figure
    because: str = ""

    @property
    def ratio(self) -> float:
        """Return how many times the larger is the smaller: infinite against nought, 1 for temperatures."""
        if self.source.measure.dimension == "temperature":
            return 1.0
        one, other = abs(self.claim.middle), abs(self.source.middle)
        if one == other:
            return 1.0
        return max(one, other) / min(one, other) if min(one, other) else math.inf


def same_kind(claim: Figure, source: Figure) -> tuple[Figure, Figure] | None:
    """Return both figures in one dimension where their words allow it: pounds as money, degrees as Celsius."""
    one, other = claim.measure, source.measure
    if one.dimension == other.dimension:
        return claim, source
    if is_money(one) and is_money(other) and {one.symbol, other.symbol} <= DOLLARS:
        if _bare(claim):
            return replace(claim, measure=other), source
        if _bare(source):
            return claim, replace(source, measure=one)
    for left, right, swapped in ((claim, source, False), (source, claim, True)):
        adapted = _adapted(left.measure, right.measure)
        if adapted is not None:
            changed = replace(left, measure=adapted)
            return (right, changed) if swapped else (changed, right)
    return None


def _bare(figure: Figure) -> bool:
    text = figure.text.lower()
    return any(mark in text for mark in _BARE_DOLLAR) and not any(
        letter in text for letter in ("a$", "c$", "s$", "k$", "z$", "ian ")
    )


def _adapted(vague: Measure, plain: Measure) -> Measure | None:
    if (vague.dimension, plain.dimension) in (("mass", "money GBP"), ("degrees", "temperature")):
        return plain if vague.symbol in ("lb", "°") else None
    return None


def compare_numbers(claim: Figure, source: Figure) -> Numbers:
    """Compare two figures of one dimension and rate; of a unit's several sizes the one that fits best counts."""
    found = []
    change = claim.motion.sort == "change" and source.motion.sort == "change"
    for factor, offset in conversions(claim.measure, source.measure):
        by = factor * (times(claim.per, source.per) if is_time(claim.per) and is_time(source.per) else 1.0)
        moved = _moved(claim, source.measure, source.per or claim.per, by, 0.0 if change else offset)
        outcome, because = _relation(moved, source)
        found.append(Numbers(outcome, moved, source, because))
    order = (AGREES, ROUNDED, WITHIN, DIFFERS)
    return min(found, key=lambda numbers: order.index(numbers.outcome))


def _moved(figure: Figure, measure: Measure, per: str, factor: float, offset: float) -> Figure:
    def at(value: float | None) -> float | None:
        return None if value is None else value * factor + offset

    return replace(
        figure,
        value=at(figure.value),
        low=at(figure.low),
        high=at(figure.high),
        step=abs(figure.step * factor),
        measure=measure,
        per=per,
    )


def _relation(claim: Figure, source: Figure) -> tuple[str, str]:
    if claim.value is None or source.value is None:
        return _of_ranges(claim, source)
    if _bound(claim) or _bound(source):
        return _of_bounds(claim, source)
    if _equal(claim.value, source.value):
        return AGREES, ""
    for one, other in ((claim, source), (source, claim)):
        if one.approx and (one.low is not None or one.high is not None) and other.value is not None:
            return _of_near(one, other)
    return (ROUNDED, "rounding") if rounds(claim, source) else (DIFFERS, "")


def _of_near(near: Figure, other: Figure) -> tuple[str, str]:
    """Compare "nearly 9,000" or "just over 9,000" with a number."""
    value, edge = other.middle, near.middle
    if rounds(near, other) and abs(value - edge) <= 0.01 * abs(edge):
        return ROUNDED, "rounding"
    gap = (edge - value) if near.high is not None else (value - edge)
    if 0 <= gap <= _NEARLY * abs(edge):
        return ROUNDED, "hedge"
    return (ROUNDED, "hedge") if other.approx and rounds(near, other) else (DIFFERS, "")


def _of_ranges(claim: Figure, source: Figure) -> tuple[str, str]:
    one, other = _ends(claim), _ends(source)
    if claim.value is None and source.value is None and all(map(_equal, one, other)):
        return AGREES, ""
    slack = max(claim.step, source.step) / 2 if claim.approx or source.approx else _EQUAL * max(map(abs, (*other, 1.0)))
    if other[0] - slack <= one[0] and one[1] <= other[1] + slack:
        return WITHIN, "range"
    if one[0] - slack <= other[0] and other[1] <= one[1] + slack:
        return WITHIN, "range"
    near = claim.value is not None or source.value is not None
    if near and any(_rounded(a, b, claim, source) for a in one for b in other if math.isfinite(a) and math.isfinite(b)):
        return ROUNDED, "rounding"
    return DIFFERS, ""


def _of_bounds(claim: Figure, source: Figure) -> tuple[str, str]:
    one, other = _bound(claim), _bound(source)
    a, b = claim.middle, source.middle
    if one and other:
        if one != other:
            if _equal(a, b):
                return DIFFERS, "sides"
            meet = _ends(claim)[0] <= _ends(source)[1] and _ends(source)[0] <= _ends(claim)[1]
            return (WITHIN, "bounds") if meet else (DIFFERS, "")
        if _equal(a, b):
            return AGREES, ""
        weaker = (a < b if one == "low" else a > b) and max(abs(a), abs(b)) <= _WEAKER * min(abs(a), abs(b))
        return (WITHIN, "bounds") if weaker else (ROUNDED, "rounding") if rounds(claim, source) else (DIFFERS, "")
    bound, plain = (claim, source) if one else (source, claim)
    low, high = _ends(bound)
    slack = _EQUAL * abs(bound.middle)
    if low - slack <= plain.middle <= high + slack:
        return WITHIN, "bound"
    return (ROUNDED, "rounding") if plain.approx and rounds(bound, plain) else (DIFFERS, "")


def _bound(figure: Figure) -> str:
    if figure.approx or figure.value is None:
        return ""
    return "low" if figure.low is not None else "high" if figure.high is not None else ""


def _ends(figure: Figure) -> tuple[float, float]:
    if figure.value is None:
        return (figure.low or 0.0, figure.high or 0.0)
    kind = _bound(figure)
    return (
        -math.inf if kind == "high" else figure.value,
        math.inf if kind == "low" else figure.value,
    )


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_EQUAL, abs_tol=1e-12)


def rounds(claim: Figure, source: Figure) -> bool:
    """Tell whether one of two numbers is the other, rounded to a place it is written to or hedged."""
    return _rounded(claim.middle, source.middle, claim, source)


def _rounded(one: float, other: float, claim: Figure, source: Figure) -> bool:
    gap, largest = abs(one - other), max(abs(one), abs(other))
    if largest == 0:
        return True
    if claim.measure.dimension == "temperature":  # nought is not nothing there: a share of it says nothing
        return gap <= max(claim.step, source.step) * (1 if claim.approx or source.approx else 0.5)
    relative = gap / largest
    if relative <= _HEDGED and (claim.approx or source.approx):
        return True
    if gap <= _EQUAL * largest:
        return True
    rougher, finer = (claim, source) if claim.step >= source.step else (source, claim)
    if gap > (rougher.step + (finer.step if rougher.measure != finer.measure else 0.0)) / 2 * (1 + _EQUAL):
        return False
    return relative <= (_GUESSED if rougher.coarse else _WRITTEN)


def stands_apart(claim: Figure, source: Figure) -> str:
    """Return why two figures whose numbers look alike cannot be compared: points, rate or currency; else nothing."""
    dimensions = {claim.measure.dimension, source.measure.dimension}
    if dimensions == {"per cent", "points"}:
        return "points"
    if is_money(claim.measure) and is_money(source.measure) and same_kind(claim, source) is None:
        return "currency"
    both_time = is_time(claim.per) and is_time(source.per)
    if same_kind(claim, source) is not None and claim.per != source.per and not both_time:
        return "rate"
    return ""


def same_number(claim: Figure, source: Figure) -> bool:
    """Tell whether two figures have the same number before any unit is thought of."""
    plain = measure_of(None)
    one, other = replace(claim, measure=plain, per=""), replace(source, measure=plain, per="")
    return compare_numbers(one, other).outcome in (AGREES, ROUNDED)
