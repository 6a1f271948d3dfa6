"""What figures count in: currencies as ISO 4217 codes, measures by their singular British name."""

import re

from claims.extraction.numbers.currencies import CODES, HUNDREDTHS, NAMES, SHARED, currency_before, currency_named

__all__ = ["PARTS_OF", "currency_before", "unit_after"]

_WORDS = {
    "percentage point": "percentage point", "percent": "percent", "per cent": "percent", "pct": "percent",
    "basis point": "basis point", "bps": "basis point",
    "mile per hour": "mile per hour", "mile an hour": "mile per hour", "mph": "mile per hour",
    "kilometre per hour": "kilometre per hour", "kilometre an hour": "kilometre per hour", "kph": "kilometre per hour",
    "metre per second": "metre per second", "metre a second": "metre per second", "knot": "knot",
    "nautical mile": "nautical mile", "light year": "light year", "kilometre": "kilometre", "centimetre": "centimetre",
    "millimetre": "millimetre", "metre": "metre", "mile": "mile", "foot": "foot", "feet": "foot", "inch": "inch",
    "yard": "yard", "micrometre": "micrometre", "nanometre": "nanometre", "fathom": "fathom",
    "square kilometre": "square kilometre", "square mile": "square mile", "square metre": "square metre",
    "square foot": "square foot", "square feet": "square foot", "square yard": "square yard",
    "cubic metre": "cubic metre", "cubic foot": "cubic foot", "cubic feet": "cubic foot",
    "cubic kilometre": "cubic kilometre", "cubic centimetre": "cubic centimetre", "acre": "acre", "hectare": "hectare",
    "kilogram": "kilogram", "kilogramme": "kilogram", "kilo": "kilogram", "milligram": "milligram",
    "microgram": "microgram", "gram": "gram", "gramme": "gram", "metric ton": "tonne", "tonne": "tonne", "ton": "ton",
    "pound": "pound", "lb": "pound", "ounce": "ounce", "stone": "stone", "carat": "carat",
    "litre": "litre", "millilitre": "millilitre", "centilitre": "centilitre", "gallon": "gallon", "pint": "pint",
    "barrel": "barrel", "bushel": "bushel",
    "degree celsius": "degree Celsius", "degree centigrade": "degree Celsius", "celsius": "degree Celsius",
    "degree fahrenheit": "degree Fahrenheit", "fahrenheit": "degree Fahrenheit", "degree": "degree", "kelvin": "kelvin",
    "terawatt hour": "terawatt hour", "gigawatt hour": "gigawatt hour", "megawatt hour": "megawatt hour",
    "kilowatt hour": "kilowatt hour", "gigawatt": "gigawatt", "megawatt": "megawatt", "kilowatt": "kilowatt",
    "terawatt": "terawatt", "watt": "watt", "volt": "volt", "amp": "ampere", "ampere": "ampere", "joule": "joule",
    "kilojoule": "kilojoule", "calorie": "calorie", "kilocalorie": "kilocalorie", "horsepower": "horsepower",
    "hertz": "hertz", "kilohertz": "kilohertz", "megahertz": "megahertz", "gigahertz": "gigahertz",
    "decibel": "decibel", "kiloton": "kiloton", "kilotonne": "kiloton", "megaton": "megaton", "megatonne": "megaton",
    "gigatonne": "gigaton", "gigaton": "gigaton",
    "byte": "byte", "kilobyte": "kilobyte", "megabyte": "megabyte", "gigabyte": "gigabyte", "terabyte": "terabyte",
    "petabyte": "petabyte", "megapixel": "megapixel", "megabit": "megabit", "gigabit": "gigabit",
    "microsecond": "microsecond", "millisecond": "millisecond", "second": "second", "sec": "second",
    "minute": "minute", "min": "minute", "hour": "hour", "hr": "hour", "day": "day", "week": "week",
    "fortnight": "fortnight", "month": "month", "year": "year", "yr": "year", "decade": "decade",
    "century": "century", "centuries": "century", "millennia": "millennium", "millennium": "millennium",
}  # fmt: skip
_SYMBOLS = {
    "%": "percent", "pc": "percent", "bp": "basis point", "km/h": "kilometre per hour", "kmh": "kilometre per hour",
    "m/s": "metre per second", "km²": "square kilometre", "km2": "square kilometre", "sq km": "square kilometre",
    "sq. km": "square kilometre", "sq mi": "square mile", "sq. mi": "square mile", "m²": "square metre",
    "m2": "square metre", "sq m": "square metre", "sq ft": "square foot", "sq. ft": "square foot",
    "sq feet": "square foot", "sq miles": "square mile", "ft²": "square foot", "m³": "cubic metre",
    "m3": "cubic metre", "km³": "cubic kilometre", "km": "kilometre", "kms": "kilometre", "KM": "kilometre",
    "cm": "centimetre", "cms": "centimetre", "mm": "millimetre", "m": "metre", "mi": "mile", "ft": "foot",
    "FT": "foot", "yd": "yard", "yds": "yard", "nm": "nanometre", "kg": "kilogram", "kgs": "kilogram",
    "KG": "kilogram", "mg": "milligram", "µg": "microgram", "g": "gram", "t": "tonne", "oz": "ounce",
    "L": "litre", "l": "litre", "ml": "millilitre", "mL": "millilitre", "ha": "hectare", "bbl": "barrel",
    "°C": "degree Celsius", "° C": "degree Celsius", "ºC": "degree Celsius", "℃": "degree Celsius",
    "°F": "degree Fahrenheit", "° F": "degree Fahrenheit", "℉": "degree Fahrenheit",
    "°": "degree", "TWh": "terawatt hour", "GWh": "gigawatt hour", "MWh": "megawatt hour", "kWh": "kilowatt hour",
    "TW": "terawatt", "GW": "gigawatt", "MW": "megawatt", "kW": "kilowatt", "W": "watt", "V": "volt", "kV": "kilovolt",
    "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz", "dB": "decibel", "hp": "horsepower",
    "kcal": "kilocalorie", "kJ": "kilojoule", "kt": "kiloton", "Mt": "megaton", "Gt": "gigaton", "kB": "kilobyte",
    "KB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte", "PB": "petabyte", "Mbps": "megabit per "
    "second",
    "Gbps": "gigabit per second", "ms": "millisecond",
}  # fmt: skip
_JOINED_ONLY = frozenset(("W", "V", "g", "t", "L", "l", "pc", "m", "ha", "KM", "mi", "hp"))
"""Symbols that stand directly behind the digits, or after a blank at most where `_AFTER_BLANK` has them."""
_AFTER_BLANK = frozenset(("m", "g", "ha", "W", "V", "t", "hp"))
_ONE_SECOND = re.compile(r"(?:one|1)\s|-")
_PENCE = re.compile(r"p(?![\w.])")
_HEAT = re.compile(r"[CF](?![\w-])")
_WEATHER = re.compile(
    r"temperature|\bheat|\bcold|\bwarm|degree|\bhot\b|\bfreez|\bfrost|\bmercury\b|thermometer", re.IGNORECASE
)
_WON = re.compile(r"[\s\u00a0]won\b")
_STERLING = re.compile(r"[\s\u00a0-]pounds?\s+sterling\b", re.IGNORECASE)
_WEIGHT_ENDS = re.compile(r"\s+\d|\s*[.,;:)]|\s*$|\s+(?:and|to|in|over)\b")
_BLANK = r"[\s\u00a0\u202f-]"


def _alternatives() -> str:
    forms = [*dict.fromkeys((*_WORDS, *NAMES, *SHARED, *HUNDREDTHS))]
    written = [
        re.escape(form).replace("metre", "met(?:re|er)").replace("litre", "lit(?:re|er)").replace(r"\ ", rf"{_BLANK}+")
        for form in sorted(forms, key=len, reverse=True)
    ]
    # The plural may stand inside: miles per hour, degrees Celsius.
    inside = [re.sub(r"^(.*?(?:mile|metre|met\(\?:re\|er\)|degree))\[", r"\1s?[", form) for form in written]
    return "|".join(inside)


_UNIT = re.compile(rf"(?:{_BLANK})?(?P<unit>{_alternatives()})(?P<many>(?:e?s)?)(?![A-Za-z])", re.IGNORECASE)
_SYMBOL = re.compile(
    r"(?P<blank>[\s\u00a0\u202f-]?)(?P<symbol>"
    + "|".join(re.escape(symbol) for symbol in sorted(_SYMBOLS, key=len, reverse=True))
    + r")(?![A-Za-z\d²³])"
)
_CODE = re.compile(rf"[\s\u00a0](?P<code>{'|'.join(sorted(CODES))})\b")
_SIGN = re.compile(r"[\s\u00a0\u202f]?(?P<sign>[€£])(?!\d)")
_FIRST = re.compile(rf"{_BLANK}?[A-Za-z%°º℃℉€£µ]")
PARTS_OF = {
    ("foot", "inch"): 1 / 12, ("hour", "minute"): 1 / 60, ("minute", "second"): 1 / 60, ("pound", "ounce"): 1 / 16,
    ("stone", "pound"): 1 / 14, ("year", "month"): 1 / 12, ("day", "hour"): 1 / 24, ("week", "day"): 1 / 7,
    ("year", "week"): 7 / 365.2425, ("year", "day"): 1 / 365.2425,
}  # fmt: skip
"""What the second unit of a compound like "6ft 2in" is of the first."""


def unit_after(text: str, end: int, scaled: bool) -> tuple[int, str, float] | None:
    """Return where the unit that follows `end` stops, its name, and what to multiply the figure by (cents: 0.01).

    `scaled` figures (three million pounds) read pounds as money, others as weight.
    """
    if _FIRST.match(text, end) is None:
        return None
    match = _UNIT.match(text, end)
    if match is not None:
        found = _named(text, match, scaled)
        if found is not None:
            return found
    symbol = _SYMBOL.match(text, end)
    if symbol is not None and _stands(text, symbol):
        return symbol.end(), _SYMBOLS[symbol["symbol"]], 1.0
    code = _CODE.match(text, end)
    if code is not None:
        return code.end(), code["code"], 1.0
    sign = _SIGN.match(text, end)
    if sign is not None:
        return sign.end(), "EUR" if sign["sign"] == "€" else "GBP", 1.0
    if text[end - 1].isdigit() and _PENCE.match(text, end):
        return end + 1, "GBP", 0.01
    heat = _HEAT.match(text, end)
    if heat is not None and text[end - 1].isdigit() and _WEATHER.search(text, max(0, end - 100), end + 60):
        return heat.end(), "degree Celsius" if heat.group() == "C" else "degree Fahrenheit", 1.0
    won = _WON.match(text, end)
    return (won.end(), "KRW", 1.0) if won is not None and scaled else None


def _named(text: str, match: re.Match[str], scaled: bool) -> tuple[int, str, float] | None:
    sterling = _STERLING.match(text, match.start())
    if sterling is not None:
        return sterling.end(), "GBP", 1.0
    form = re.sub(r"[\s\u00a0\u202f-]+", " ", match["unit"].lower()).replace("meter", "metre").replace("liter", "litre")
    form = re.sub(r"^(degree|mile|(?:kilo)?metre)s ", r"\1 ", form)
    if form in HUNDREDTHS:
        return match.end(), HUNDREDTHS[form], 0.01
    if form in NAMES or form in SHARED:
        currency = currency_named(text, form, match.start())
        return (match.end(), currency, 1.0) if currency is not None else None
    if (
        form == "second"
        and not match["many"]
        and not _ONE_SECOND.search(text, max(0, match.start() - 3), match.start() + 1)
    ):
        return None  # the two second homes
    if form == "stone" and (match["many"] or _WEIGHT_ENDS.match(text, match.end()) is None):
        return None
    unit = _WORDS[form]
    return match.end(), "GBP" if unit == "pound" and scaled else unit, 1.0


def _stands(text: str, match: re.Match[str]) -> bool:
    symbol, blank = match["symbol"], match["blank"]
    if symbol not in _JOINED_ONLY or not blank:
        return blank != "-" or symbol not in _JOINED_ONLY
    return symbol in _AFTER_BLANK and blank != "-" and text[match.start() - 1].isdigit()
