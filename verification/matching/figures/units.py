"""What each unit measures and what it comes to, so that miles can be held against kilometres.

A unit whose name stands for several (the American, the imperial and the metric ton; months of 30 and 31 days) has
several sizes, the usual one first.
"""

from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit: what it measures, its symbol, its size in the base unit of that dimension, and its zero point there."""

    dimension: str
    symbol: str
    sizes: tuple[float, ...] = (1.0,)
    zero: float = 0.0


_DAY = 86_400.0
_YEAR = 365.2425
COUNT = Measure("count", "")

_MEASURES = {
    "percent": Measure("per cent", "%"),
    "percentage point": Measure("points", "pp"),
    "basis point": Measure("points", "bp", (0.01,)),
    "kilometre": Measure("length", "km", (1000.0,)),
    "metre": Measure("length", "m"),
    "centimetre": Measure("length", "cm", (0.01,)),
    "millimetre": Measure("length", "mm", (0.001,)),
    "mile": Measure("length", "mi", (1609.344,)),
    "nautical mile": Measure("length", "nmi", (1852.0,)),
    "foot": Measure("length", "ft", (0.3048,)),
    "inch": Measure("length", "in", (0.0254,)),
    "yard": Measure("length", "yd", (0.9144,)),
    "light year": Measure("length", "ly", (9.4607304725808e15,)),
    "kilometre per hour": Measure("speed", "km/h"),
    "mile per hour": Measure("speed", "mph", (1.609344,)),
    "square kilometre": Measure("area", "km²", (1e6,)),
    "square metre": Measure("area", "m²"),
    "square mile": Measure("area", "mi²", (2_589_988.110336,)),
    "square foot": Measure("area", "ft²", (0.09290304,)),
    "acre": Measure("area", "ac", (4046.8564224,)),
    "hectare": Measure("area", "ha", (10_000.0,)),
    "cubic metre": Measure("volume", "m³", (1000.0,)),
    "litre": Measure("volume", "L"),
    "gallon": Measure("volume", "gal", (3.785411784, 4.54609)),
    "barrel": Measure("volume", "bbl", (158.987294928,)),
    "kilogram": Measure("mass", "kg"),
    "gram": Measure("mass", "g", (0.001,)),
    "milligram": Measure("mass", "mg", (1e-6,)),
    "tonne": Measure("mass", "t", (1000.0,)),
    "ton": Measure("mass", "ton", (907.18474, 1016.0469088, 1000.0)),
    "kiloton": Measure("mass", "kt", (1e6,)),
    "megaton": Measure("mass", "Mt", (1e9,)),
    "pound": Measure("mass", "lb", (0.45359237,)),
    "ounce": Measure("mass", "oz", (0.028349523125,)),
    "degree Celsius": Measure("temperature", "°C"),
    "degree Fahrenheit": Measure("temperature", "°F", (5 / 9,), -160 / 9),
    "degree": Measure("degrees", "°"),
    "kilowatt hour": Measure("energy", "kWh"),
    "megawatt hour": Measure("energy", "MWh", (1000.0,)),
    "kilowatt": Measure("power", "kW"),
    "megawatt": Measure("power", "MW", (1e3,)),
    "gigawatt": Measure("power", "GW", (1e6,)),
    "megabyte": Measure("data", "MB"),
    "gigabyte": Measure("data", "GB", (1e3,)),
    "terabyte": Measure("data", "TB", (1e6,)),
    "millisecond": Measure("time", "ms", (0.001,)),
    "second": Measure("time", "s"),
    "minute": Measure("time", "min", (60.0,)),
    "hour": Measure("time", "h", (3600.0,)),
    "day": Measure("time", "d", (_DAY,)),
    "week": Measure("time", "wk", (7 * _DAY,)),
    "month": Measure("time", "mo", (_YEAR / 12 * _DAY, 30 * _DAY, 31 * _DAY)),
    "year": Measure("time", "yr", (_YEAR * _DAY, 365 * _DAY, 366 * _DAY)),
    "decade": Measure("time", "decades", (10 * _YEAR * _DAY,)),
    "century": Measure("time", "centuries", (100 * _YEAR * _DAY,)),
}
_TIMES_A_YEAR = {
    "second": _YEAR * _DAY, "minute": _YEAR * _DAY / 60, "hour": _YEAR * 24, "day": _YEAR, "week": _YEAR / 7,
    "month": 12.0, "quarter": 4.0, "year": 1.0, "decade": 0.1,
}  # fmt: skip
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD"})


def measure_of(unit: str | None) -> Measure:
    """Return the measure behind a unit of the grammar; a currency is a dimension of its own, no unit a count."""
    if unit is None:
        return COUNT
    return _MEASURES.get(unit) or Measure(f"money {unit}" if unit.isupper() else unit, unit)


def is_money(measure: Measure) -> bool:
    """Tell whether this is a currency."""
    return measure.dimension.startswith("money ")


def conversions(one: Measure, other: Measure) -> list[tuple[float, float]]:
    """Return how a value in `one` becomes one in `other` of the same dimension: (factor, what to add), usual first."""
    pairs = product(one.sizes, other.sizes)
    return [(size / into, (one.zero - other.zero) / into) for size, into in pairs]


def is_time(per: str) -> bool:
    """Tell whether a rate is over time (a month) and not per head or per barrel."""
    return per in _TIMES_A_YEAR


def times(per: str, other: str) -> float:
    """Return how often the time `per` comes in the time `other`: a month in a year 12 times."""
    return _TIMES_A_YEAR[per] / _TIMES_A_YEAR[other]
