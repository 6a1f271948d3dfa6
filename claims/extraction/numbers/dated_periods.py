"""Days, months, quarters and years that a text names by their number or name."""

import re
from collections.abc import Callable
from datetime import date

from claims.extraction.numbers.calendar_names import MONTHS, WEEKDAYS
from claims.extraction.numbers.dated_readings import (
    bounded_days,
    bounded_months,
    day_of_month,
    days_of_month,
    decade,
    fiscal_year,
    iso_day,
    month_alone,
    month_of_year_near,
    months_of_year,
    months_up_to,
    named_month,
    neighbouring_days,
    numeric_day,
    ordinal_day,
    part_of_year,
    week_of_month,
    years,
)
from claims.extraction.numbers.number_words import ORDINALS
from claims.extraction.numbers.period import Period

Reader = tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str], date | None], Period | None]]
"""The substrings, in lower case, one of which a text holds that has such a period; the pattern; how it is read."""

_FULL = [name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")]
_SHORT = [name for name in MONTHS if name not in _FULL]
_M = rf"(?:(?:{'|'.join(_FULL)})\b|(?:{'|'.join(_SHORT)})\b\.?)"
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_Y = r"(?:19|20)\d\d"
_D = r"\d{1,2}"
_TH = r"(?:st|nd|rd|th)?"
_LAST_DAY = r"(?:2[89]|3[01])(?:st|th)?"
_DASH = r"\s?[-–]\s?"
_TO = rf"(?:{_DASH}|\s+(?:to|through|until|till)\s+)"
_TO_OR_AND = rf"(?:{_TO}|(?(between)\s+and\s+|(?!)))"
_LEAD = rf"(?:{WEEKDAY},?\s+)?"
_FROM = r"(?:(?P<between>between\s+)|from\s+)?"
_OWN_YEAR = rf"\s+(?:of\s+)?(?:{_Y}|(?:last|this|next)\s+year)\b"
_MONTH_GATE = tuple(dict.fromkeys(name[:3] for name in MONTHS))


def pattern(text: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile a pattern, without regard to case unless told otherwise."""
    return re.compile(text, flags)


_TITLES = [
    name.title()
    for name in sorted(MONTHS, key=len, reverse=True)
    if name not in ("may", "mar", "march", "jun", "june", "apr", "april", "aug", "august", "jan")
]
_NAMES_TOO = "May|March|Mar|June|Jun|April|Apr|August|Aug|Jan"
_ALONE = ("January", "February", "July", "September", "October", "November", "December")
"""Months whose names are no others'."""
_BEFORE_YEAR = (
    "in|since|by|of|until|till|through|before|after|during|early|late|mid|from|throughout|year|to|for|"
    "around|about|circa|compared\\s+with|versus|later\\s+than"
)
_NO_UNIT = (
    r"(?![\d%]|[,.:/]\d|s\b|[-–]\d|\s?[QH][1-4]\b|\s?(?:%|per\s?cent|million|billion|people|men|women|votes|ships|metres|"
    r"feet|euros|dollars)\b|[-–]\w)"
)
_ENDS = (
    r"(?=\s*(?:[.,;:)]|$)|\s+(?:and|to|the|an?|by|when|after|until|it|he|she|they|as|for|with|was|were|under|at|"
    r"on|is|has|had|but|or|did)\b)"
)
_YEARLY = "(?:elections|campaigns|races|polls|cycles|games|budgets)"
_OF = r"(?:\s+of\s+(?:the\s+year\s+)?|\s+in\s+|,?\s+)"
_YEAR_GATE = ("19", "20", "15", "16", "17", "18")
READERS: tuple[Reader, ...] = (
    (("-",), pattern(r"\b\d{4}-\d\d-\d\d\b"), iso_day),
    (("/",), pattern(r"(?<![\d/])\d{4}/\d\d/\d\d(?![\d/])"), iso_day),
    (
        _MONTH_GATE,
        pattern(rf"\bthe\s+(?P<ordinal>{'|'.join(ORDINALS)})\s+of\s+(?P<m>{_M})(?:,?\s+(?P<y>{_Y})\b)?"),
        ordinal_day,
    ),
    (("/", "."), pattern(rf"(?<![\d/.])(?P<one>{_D})"
    rf"(?P<by>[/.])(?P<two>{_D})(?P=by)(?P<y>{_Y})(?![\d/])"), numeric_day),
    (
        _MONTH_GATE,
        pattern(
            rf"\b{_LEAD}(?P<m>{_M})\s+(?:the\s+)?(?P<d>{_D}){_TH}(?:{_TO}(?P<d2>{_D}){_TH})?\b(?![:%]|[,.]\d|"
            rf"\s?(?:million|per\s?cent))"
            rf"(?:,?\s+(?P<y>{_Y})\b)?"
        ),
        day_of_month,
    ),
    (
        _MONTH_GATE,
        pattern(
            rf"\b(?:(?P<between>between)|from)\s+(?P<m>{_M})\s+(?P<d>{_D}){_TH}{_TO_OR_AND}(?P<d2>{_D}){_TH}\b(?![:%]|"
            rf"[,.]\d)(?:,?\s+(?P<y>{_Y})\b)?"
        ),
        day_of_month,
    ),
    (
        _MONTH_GATE,
        pattern(
            rf"\b(?:{_FROM}(?:the\s+)?(?P<d>{_D}){_TH}{_TO_OR_AND}(?:the\s+)?(?P<d2>{_D}){_TH}|"
            rf"{_LEAD}(?:the\s+)?(?P<d1>{_D}){_TH})\s+(?:of\s+)?"
            rf"(?P<m>{_M})(?:,?\s+(?P<y>{_Y})\b)?"
        ),
        days_of_month,
    ),
    (
        _MONTH_GATE,
        pattern(
            rf"\b{_FROM}(?P<d1>{_D}){_TH}\s+(?:of\s+)?(?P<m1>{_M})(?:,?\s+(?P<y1>{_Y}))?{_TO_OR_AND}(?P<d2>{_D}){_TH}\s+(?:of\s+)?(?P<m2>{_M})"
            rf"(?:,?\s+(?P<y>{_Y})\b)?"
        ),
        bounded_days,
    ),
    (
        _MONTH_GATE,
        pattern(
            rf"\b{_FROM}(?P<m1>{_M})\s+(?P<d1>{_D}){_TH}(?:,?\s+(?P<y1>{_Y}))?{_TO_OR_AND}(?P<m2>{_M})\s+"
            rf"(?P<d2>{_D}){_TH}\b(?:,?\s+(?P<y>{_Y})\b)?"
        ),
        bounded_days,
    ),
    (
        _MONTH_GATE,
        pattern(
            rf"\b{_FROM}(?P<m1>{_M})(?:,?\s+(?P<y1>{_Y}))?{_TO_OR_AND}(?P<m2>{_M})(?:(?:,?\s+|"
            rf"\s+of\s+)(?P<y>{_Y})\b)?(?!\.?\s+\d)"
        ),
        bounded_months,
    ),
    (
        _MONTH_GATE,
        pattern(rf"\b(?P<d>{_D}){_TH}\s+and\s+(?P<d2>{_D}){_TH}\s+(?:of\s+)?(?P<m>{_M})(?:,?\s+(?P<y>{_Y})\b)?"),
        neighbouring_days,
    ),
    (_MONTH_GATE, pattern(rf"\b(?P<m>{_M}),?\s+(?:of\s+)?(?P<y>{_Y})\b"), named_month),
    (
        _MONTH_GATE,
        pattern(
            rf"\b(?:the|its|their)\s+(?:(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-2])"
            rf"\s+months|(?P<whole>(?:(?P<fiscal>financial|fiscal)\s+)?year|quarter))\s+(?:to|through|ending(?:\s+in)?|ended(?:\s+in)?)\s+"
            rf"(?:on\s+)?(?:the\s+end\s+of\s+)?(?:{_LAST_DAY}\s+)?(?=(?-i:[A-Z]))(?P<m>{_M})(?:\s+{_LAST_DAY}\b)?(?!\.?\s+\d\d?\b)"
            rf"(?:,?\s+(?P<y>{_Y})\b)?"
        ),
        months_up_to,
    ),
    (
        ("week",),
        pattern(
            rf"\b(?:the\s+)?(?P<word>first|second|third|fourth|last|final)\s+(?:full\s+)?week\s+(?:of|in)\s+"
            rf"(?P<m>{_M})(?:,?\s+(?:of\s+)?(?P<y>{_Y})\b)?"
        ),
        week_of_month,
    ),
    (
        tuple(name.lower() for name in _ALONE),
        pattern(rf"(?<![\w’'-])(?P<m>{'|'.join(_ALONE)})\b(?!\.?\s+(?:the\s+)?(?:\d|[A-Z])|[-–]\w|{_OWN_YEAR})", 0),
        month_alone,
    ),
    (
        (" year",),
        pattern(
            rf"\b{_LEAD}(?:(?:the\s+)?(?P<d>{_D}){_TH}\s+(?:of\s+)?)?(?=(?-i:[A-Z]))(?P<m>{_M})(?:\s+(?P<d2>{_D}){_TH})?"
            rf"\s+(?:of\s+)?(?P<shift>last|this|next)\s+year\b"
        ),
        month_of_year_near,
    ),
    (
        _MONTH_GATE,
        pattern(
            r"\b(?:(?i:in|since|during|until|till|through|by|of|early|late|mid|from|for)[\s-]+(?P<at>)(?=[A-Z])|"
            r"(?i:(?P<shift>last|this|next))\s+)"
            rf"(?P<m>(?:{'|'.join(_TITLES)})\b|(?:{_NAMES_TOO})\b(?!\s+[A-Z]))(?!\.?\s+\d|{_OWN_YEAR})",
            0,
        ),
        named_month,
    ),
    (
        ("quarter", "half"),
        pattern(
            rf"\b(?:the\s+)?(?P<word>first|second|third|fourth|last|1st|2nd|3rd|4th)[\s-](?:quarter|(?P<half>half))"
            rf"{_OF}(?:(?P<y>{_Y})\b|(?P<rel>this|last|next|previous)\s+year\b)"
        ),
        part_of_year,
    ),
    (
        ("half of the year", "quarter of the year"),
        pattern(r"\b(?:the\s+)?(?P<word>first|second|third|fourth|last)[\s-](?:quarter|"
        r"(?P<half>half))\s+of\s+the\s+year\b"),
        part_of_year,
    ),
    (("quarter",), pattern(r"\b(?:the\s+)?(?P<word>first|second|third|fourth)[\s-]quarter\b(?!\s+of\s+an?\b)"),
     part_of_year),
    (("q", "h"), pattern(rf"\b(?:Q|(?P<half>H))(?P<n>[1-4])(?:[\s,]+(?:of\s+)?(?P<y>{_Y}))?\b(?!\.?\d)", 0),
     part_of_year),
    (("q", "h"), pattern(rf"\b(?P<y>{_Y})[\s-]?(?:Q|(?P<half>H))(?P<n>[1-4])\b", 0), part_of_year),
    (("q", "h"), pattern(rf"\b(?P<n>[1-4])(?:Q|(?P<half>H))\s?(?P<y>{_Y})\b", 0), part_of_year),
    (
        ("months of",),
        pattern(
            rf"\b(?:the\s+)?(?P<which>first|last)\s+(?P<n>two|three|four|five|six|seven|eight|nine|ten|[2-9]|"
            rf"1[01])\s+months\s+of\s+"
            rf"(?:(?P<y>{_Y})\b|the\s+year\b|(?P<rel>this|last)\s+year\b)"
        ),
        months_of_year,
    ),
    (_YEAR_GATE, pattern(rf"\b(?:from|between)\s+(?P<y>{_Y})\s?(?:to|and|through|until|"
    rf"[-–])\s?(?P<y2>{_Y})\b{_NO_UNIT}"), years),
    (_YEAR_GATE, pattern(rf"\b(?P<y>{_Y})(?:{_DASH}|\s+(?:to|through|until)\s+)(?P<y2>{_Y})\b{_NO_UNIT}"), years),
    (_YEAR_GATE, pattern(rf"\b(?<![-/.])(?P<y>{_Y})[-–/](?P<short>\d\d)(?![\d/-])"), years),
    (_YEAR_GATE, pattern(rf"\b(?:{_BEFORE_YEAR})(?:\s+|"
    rf"(?<=mid)-)(?:the\s+year\s+)?(?P<at>)(?P<y>{_Y}){_NO_UNIT}"), years),
    (_YEAR_GATE, pattern(rf"\b(?:in|since|from|until|till|by|before|after|"
    rf"of)\s+(?P<at>)(?P<y>1[5-8]\d\d){_NO_UNIT}{_ENDS}"), years),
    (_YEAR_GATE, pattern(rf"(?:\b(?:the|an?|its|his|her|their|our|this)\s+|"
    rf"['’]s?\s+)(?P<at>)(?P<y>{_Y})(?=\s+[a-z]{{3,}}|,\s+{_Y}\b){_NO_UNIT}"), years),
    (_YEAR_GATE, pattern(rf"\((?P<at>)(?P<y>{_Y})(?=\))"), years),
    (_YEAR_GATE, pattern(rf"(?<![\w$€£.,-])(?P<y>{_Y})(?=['’]s\s+[a-z])"), years),
    (_YEAR_GATE, pattern(rf"(?:^|[.!?]\s+)(?P<at>)(?P<y>{_Y})(?=\s+(?:was|saw|is|had|has|brought|will|marked|turned|"
    rf"ended|began)\b)"), years),
    (_YEAR_GATE, pattern(rf"(?:(?<={_Y} and )|(?<={_Y} or )|(?<={_Y}, ))(?P<y>{_Y}){_NO_UNIT}(?!\s+(?!{_YEARLY}\b)"
    rf"[a-z]+s\b)"), years),
    (
        ("fiscal", "financial", "fy"),
        pattern(
            rf"\b(?:the\s+)?(?:(?:(?:fiscal|(?P<financial>financial))\s+(?:year\s+)?|FY\s?)"
            rf"(?P<y>{_Y}|(?<=FY)\d\d|(?<=FY\s)\d\d)(?:[-–/](?P<second>\d\d(?:\d\d)?))?)\b(?!\s+(?:fiscal|financial))"
        ),
        fiscal_year,
    ),
    (
        ("fiscal", "financial"),
        pattern(rf"\b(?:the\s+)?(?P<y>{_Y})(?:[-–/](?P<second>\d\d(?:\d\d)?))?\s+(?:fiscal|(?P<financial>financial))\s+year\b"),
        fiscal_year,
    ),
    (("0s",), pattern(r"\b(?:the\s+)?(?:(?:early|mid|late)[\s-])?(?P<y>(?:18|19|20)\d0)['’]?s\b"), decade),
    (("0s",), pattern(r"\b(?:the\s+)?(?:(?:early|mid|late)[\s-])?(?<!\w)['’](?P<short>\d0)s\b"), decade),
    (("ties",), pattern(r"\bthe\s+(?:(?:early|mid|late)[\s-])?(?P<word>fifties|sixties|seventies|eighties|"
    r"nineties)\b"), decade),
)  # fmt: skip
