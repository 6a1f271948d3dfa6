"""What figures count in: currencies as ISO 4217 codes, measures by their singular British name."""

import re

from claims.extraction.wordset import wordset

_CURRENCY_SIGNS = {
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "HK$": "HKD",
    "NZ$": "NZD",
    "S$": "SGD",
    "R$": "BRL",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₴": "UAH",
    "₺": "TRY",
}
_CURRENCY_CODES = sorted(
    wordset("USD EUR GBP JPY CNY RUB INR CHF AUD CAD NZD SEK NOK DKK PLN CZK HUF TRY ILS UAH BRL ZAR KRW SGD HKD MXN")
)
_CURRENCY_WORDS = {
    r"(?:U\.?S\.?\s+)?dollars?": "USD",
    r"euros?": "EUR",
    r"pounds?\s+sterling": "GBP",
    r"yen": "JPY",
    r"yuan": "CNY",
    r"r(?:o)?ubles?": "RUB",
    r"rupees?": "INR",
    r"shekels?": "ILS",
    r"hryvnias?": "UAH",
    r"z[łl]otys?": "PLN",
    r"Swiss\s+francs?": "CHF",
    r"Australian\s+dollars?": "AUD",
    r"Canadian\s+dollars?": "CAD",
}
_CENTS = {r"cents?": "USD", r"pence": "GBP"}
_MEASURES = {
    r"percentage[\s-]points?": "percentage point",
    r"(?:%|per\s?cent|percent)": "percent",
    r"basis\s+points?": "basis point",
    r"miles?\s+(?:per|an)\s+hour|mph": "mile per hour",
    r"kilomet(?:re|er)s?\s+(?:per|an)\s+hour|km/h|kph": "kilometre per hour",
    r"nautical\s+miles?": "nautical mile",
    r"light[\s-]years?": "light year",
    r"square\s+kilomet(?:re|er)s?|sq\.?\s?km|km²|km2": "square kilometre",
    r"square\s+miles?|sq\.?\s?mi": "square mile",
    r"square\s+met(?:re|er)s?|m²|m2": "square metre",
    r"square\s+(?:feet|foot)|sq\.?\s?ft": "square foot",
    r"cubic\s+met(?:re|er)s?|m³|m3": "cubic metre",
    r"kilomet(?:re|er)s?|kms?": "kilometre",
    r"centimet(?:re|er)s?|cms?": "centimetre",
    r"millimet(?:re|er)s?|mm": "millimetre",
    r"met(?:re|er)s?": "metre",
    r"miles?": "mile",
    r"feet|foot|ft": "foot",
    r"inch(?:es)?": "inch",
    r"yards?": "yard",
    r"kilograms?|kilogrammes?|kilos?|kgs?": "kilogram",
    r"milligrams?|mg": "milligram",
    r"grams?|grammes?": "gram",
    r"metric\s+tons?|tonnes?": "tonne",
    r"tons?": "ton",
    r"pounds?|lbs?": "pound",
    r"ounces?|oz": "ounce",
    r"lit(?:re|er)s?": "litre",
    r"gallons?": "gallon",
    r"barrels?": "barrel",
    r"acres?": "acre",
    r"hectares?|ha": "hectare",
    r"degrees?\s+(?:Celsius|centigrade)|°\s?C": "degree Celsius",
    r"degrees?\s+Fahrenheit|°\s?F": "degree Fahrenheit",
    r"degrees?|°": "degree",
    r"kilowatt[\s-]hours?|kWh": "kilowatt hour",
    r"megawatt[\s-]hours?|MWh": "megawatt hour",
    r"gigawatts?|GW": "gigawatt",
    r"megawatts?|MW": "megawatt",
    r"kilowatts?|kW": "kilowatt",
    r"kilotons?": "kiloton",
    r"megatons?": "megaton",
    r"gigabytes?|GB": "gigabyte",
    r"megabytes?|MB": "megabyte",
    r"terabytes?|TB": "terabyte",
    r"milliseconds?|ms": "millisecond",
    r"seconds?|secs?": "second",
    r"minutes?|mins?": "minute",
    r"hours?|hrs?": "hour",
    r"days?": "day",
    r"weeks?": "week",
    r"months?": "month",
    r"years?|yrs?": "year",
    r"decades?": "decade",
    r"centuries|century": "century",
}

CURRENCY_BEFORE = re.compile(
    "(?:" + "|".join(re.escape(sign) for sign in _CURRENCY_SIGNS) + rf"|\b(?:{'|'.join(_CURRENCY_CODES)})\s?)\s?$"
)
_AFTER = [
    (re.compile(rf"[\s\u00a0-]?(?:{pattern})(?![A-Za-z])", flags), unit, factor)
    for table, factor, flags in (
        (_CURRENCY_WORDS, 1.0, re.IGNORECASE),
        (_CENTS, 0.01, re.IGNORECASE),
        (_MEASURES, 1.0, 0),
    )
    for pattern, unit in table.items()
]
_CODE_AFTER = re.compile(rf"\s({'|'.join(_CURRENCY_CODES)})\b")


def currency_before(text: str, start: int) -> tuple[int, str] | None:
    """Return where a currency sign or code that ends at `start` begins, and its ISO 4217 code."""
    match = CURRENCY_BEFORE.search(text, max(0, start - 5), start)
    if match is None:
        return None
    sign = match.group().strip()
    return match.start(), _CURRENCY_SIGNS.get(sign, sign)


def unit_after(text: str, end: int, scaled: bool) -> tuple[int, str, float] | None:
    """Return where the unit that follows `end` stops, its name, and what to multiply the figure by (cents: 0.01).

    `scaled` figures (three million pounds) read pounds as money, others as weight.
    """
    code = _CODE_AFTER.match(text, end)
    if code is not None:
        return code.end(), code[1], 1.0
    for pattern, unit, factor in _AFTER:
        match = pattern.match(text, end)
        if match is not None:
            return match.end(), "GBP" if unit == "pound" and scaled else unit, factor
    return None
