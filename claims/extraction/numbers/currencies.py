"""Currencies by sign, code and English name, as ISO 4217 codes."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from claims.extraction.wordset import wordset

SIGNS: Mapping[str, str] = MappingProxyType({
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NZ$": "NZD", "S$": "SGD",
    "NT$": "TWD", "R$": "BRL", "Mex$": "MXN", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB",
    "₩": "KRW", "₪": "ILS", "₴": "UAH", "₺": "TRY", "₦": "NGN", "฿": "THB", "₱": "PHP", "₫": "VND", "Rs": "INR",
    "Rs.": "INR",
})  # fmt: skip
CODES = wordset(
    "USD EUR GBP JPY CNY RUB INR CHF AUD CAD NZD SEK NOK DKK PLN CZK HUF TRY ILS UAH BRL ZAR KRW SGD HKD MXN TWD THB "
    "IDR "
    "MYR PHP VND NGN KES EGP AED SAR QAR IRR PKR BDT RON BGN ISK ARS CLP"
)
NAMES: Mapping[str, str] = MappingProxyType({
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "australian dollar": "AUD",
    "canadian dollar": "CAD", "new zealand dollar": "NZD", "hong kong dollar": "HKD", "singapore dollar": "SGD",
    "euro": "EUR", "pound sterling": "GBP", "british pound": "GBP", "quid": "GBP", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "rouble": "RUB", "ruble": "RUB", "rupee": "INR", "indian rupee": "INR",
    "pakistani rupee": "PKR", "shekel": "ILS", "hryvnia": "UAH", "zloty": "PLN", "złoty": "PLN", "swiss franc": "CHF",
    "forint": "HUF", "rand": "ZAR", "lira": "TRY", "turkish lira": "TRY", "swedish krona": "SEK", "kronor": "SEK",
    "norwegian krone": "NOK", "norwegian kroner": "NOK", "danish krone": "DKK", "danish kroner": "DKK",
    "czech koruna": "CZK", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "naira": "NGN", "dirham": "AED",
    "riyal": "SAR", "rial": "IRR", "brazilian real": "BRL", "reais": "BRL", "mexican peso": "MXN",
    "south korean won": "KRW", "korean won": "KRW",
})  # fmt: skip
"""Singular, in lower case; a plural adds an s ("pounds sterling" apart)."""
SHARED: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "kroner": {"NOK": "norw|oslo", "DKK": "danish|denmark|danes|copenhagen"},
    "krone": {"NOK": "norw|oslo", "DKK": "danish|denmark|danes|copenhagen"},
    "krona": {"SEK": "swed|stockholm", "ISK": "iceland|reykjavik"},
    "crown": {"SEK": "swed|stockholm", "CZK": "czech|prague", "NOK": "norw|oslo", "DKK": "danish|denmark|copenhagen"},
    "franc": {"CHF": "swiss|switzerland|zurich|geneva"},
    "peso": {"MXN": "mexic", "ARS": "argentin|buenos aires", "CLP": "chile|santiago", "PHP": "philippin|manila"},
    "rupee": {"INR": "india|delhi|mumbai", "PKR": "pakistan|islamabad|karachi"},
})  # fmt: skip
"""Names that several currencies bear: those currencies, and the beginnings of words that tell which one is meant."""
HUNDREDTHS: Mapping[str, str] = MappingProxyType(
    {"cent": "USD", "us cent": "USD", "euro cent": "EUR", "pence": "GBP", "penny": "GBP"}
)

_LETTERS = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True) if sign[0].isalpha())
_MARKS = "|".join(re.escape(sign) for sign in SIGNS if not sign[0].isalpha())
_BEFORE = re.compile(rf"(?:(?<![A-Za-z])(?:{_LETTERS}|{'|'.join(sorted(CODES))})|{_MARKS})[\s\u00a0]?$")
_NATIONS = {
    name: {code: re.compile(rf"\b(?:{places})", re.IGNORECASE) for code, places in nations.items()}
    for name, nations in SHARED.items()
}
_AROUND = 200
_NEAR = frozenset("".join(sign[-1] for sign in SIGNS) + "".join(code[-1] for code in CODES))


def currency_before(text: str, start: int) -> tuple[int, str] | None:
    """Return where a currency sign or code that ends at `start` begins, and its ISO 4217 code."""
    before = text[max(0, start - 6) : start]
    if before.rstrip()[-1:] not in _NEAR:
        return None
    match = _BEFORE.search(before)
    if match is None:
        return None
    sign = match.group().strip()
    return start - len(match.group()), SIGNS.get(sign, sign)


def currency_named(text: str, name: str, at: int) -> str | None:
    """Return the currency that a name in lower case stands for at `at`; where several bear it, the one of whose
    country alone the text around speaks.
    """
    nations = _NATIONS.get(name)
    if nations is None:
        return NAMES.get(name)
    near = text[max(0, at - _AROUND) : at + _AROUND]
    spoken_of = [code for code, places in nations.items() if places.search(near)]
    return spoken_of[0] if len(spoken_of) == 1 else NAMES.get(name)
