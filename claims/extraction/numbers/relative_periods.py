"""Days, weeks, months and years that a text names by their distance from the day of publication."""

import re
from datetime import date, timedelta

from claims.extraction.numbers.calendar_names import MONTHS, WEEKDAYS
from claims.extraction.numbers.calendar_spans import around, moved
from claims.extraction.numbers.dated_periods import WEEKDAY, Reader, pattern
from claims.extraction.numbers.number_words import CARDINALS, read_number
from claims.extraction.numbers.period import Period, made
from claims.extraction.numbers.tense import lies_ahead

_BACK = {"yesterday": 1, "last night": 1, "tomorrow": -1, "the day before yesterday": 2, "the day after tomorrow": -2}
_COUNT = rf"an?|(?:{'|'.join(CARDINALS)})(?:-(?:{'|'.join(CARDINALS)}))?|\d{{1,3}}"
_AHEAD_SHIFTS = ("next", "coming", "following", "upcoming")
_NAMED_DAYS = re.compile(
    r"\b(?:every|each|an?|any|some|most|black|good|ash|bloody|super|palm|easter|holy|maundy|shrove|cyber|casual)\s+$",
    re.IGNORECASE,
)
_TITLE_AFTER = re.compile(r"\s+(?P<word>[A-Z][a-z]+)")
_OF = re.compile(r"\s+of\b")
_HOURS_A_DAY = 24
_FORTNIGHT = 2  # weeks


def _count(words: str) -> int:
    plain = words.lower()
    if plain in ("a", "an"):
        return 1
    read = read_number(plain.split("-"), 0)
    return int(read[0]) if read is not None else 0


def _shifted(match: re.Match[str], base: date | None) -> Period | None:
    if base is None:
        return None
    word, unit = match["shift"].lower(), match["unit"].lower()
    if word == "last" and match.group()[:3].lower() == "the" and _OF.match(match.string, match.end()):
        return None  # the last week of the campaign
    if word == "past":
        return made(match, moved(base, unit, -1), base, unit, relative=True)
    shift = 0 if word in ("this", "current") else 1 if word in _AHEAD_SHIFTS else -1
    return made(match, *around(base, unit, shift), unit, relative=True, ahead=shift > 0)


def _of_the_unit(match: re.Match[str], base: date | None) -> Period | None:
    """Read the start of the year, the end of the month."""
    if base is None:
        return None
    unit = match["unit"].lower()
    return made(match, *around(base, unit, 0), unit, relative=True)


def _fiscal(match: re.Match[str], base: date | None) -> Period | None:
    if base is None:
        return None
    word = match["shift"].lower()
    begins, ends = ((4, 1), (3, 31)) if match["financial"] else ((10, 1), (9, 30))
    year = base.year + (base.month >= begins[0])
    year += 0 if word in ("this", "current") else 1 if word in _AHEAD_SHIFTS else -1
    first, last = date(year - 1, *begins), date(year, *ends)
    return made(match, first, last, "fiscal year", relative=True, ahead=word in _AHEAD_SHIFTS)


def _stretch(match: re.Match[str], base: date | None) -> Period | None:
    """Read the past three years, the next six months."""
    if base is None:
        return None
    count, unit = _count(match["count"]), match["unit"].lower()
    if unit == "hour":
        count, unit = -(-count // _HOURS_A_DAY), "day"
    if count == 0:
        return None
    ahead = match["shift"].lower() in _AHEAD_SHIFTS
    other = moved(base, unit, count if ahead else -count)
    first, last = (base, other) if ahead else (other, base)
    return made(match, first, last, unit, relative=True, ahead=ahead)


def _ago(match: re.Match[str], base: date | None) -> Period | None:
    if base is None:
        return None
    number, unit = _count(match["count"]), match["unit"].lower()
    if unit == "hour":
        number, unit = round(number / _HOURS_A_DAY), "day"
    elif unit == "fortnight":
        number, unit = _FORTNIGHT * number, "week"
    by = number if match["way"].lower() != "ago" else -number
    if unit == "day":
        day = base + timedelta(days=by)
        return made(match, day, day, "day", relative=True, ahead=by > 0)
    return made(match, *around(base, unit, by), unit, relative=True, ahead=by > 0)


def _weekday(match: re.Match[str], base: date | None) -> Period | None:
    before = match.string[max(0, match.start() - 12) : match.start()]
    title = _TITLE_AFTER.match(match.string, match.end())
    if _NAMED_DAYS.search(before) or (
        title is not None and re.search(r"\bthe\s$", before, re.IGNORECASE) and title["word"].lower() not in MONTHS
    ):
        return None
    if base is None:
        return None
    shift = " ".join((match["shift"] or "").lower().split())
    place = WEEKDAYS.index(match["weekday"].lower())
    back = (base.weekday() - place) % 7
    if shift == "this":
        day = base + timedelta(days=place - base.weekday())
        return made(match, day, day, "day", relative=True, ahead=day > base)
    if shift.endswith(_AHEAD_SHIFTS):
        day = base + timedelta(days=7 - back)
        later = day + timedelta(days=7)
        return made(match, day, day, "day", relative=True, ahead=True, others=((later, later),))
    if not shift and lies_ahead(match.string, match.start(), match.end()):
        day = base + timedelta(days=(7 - back) % 7)
        other = day - timedelta(days=7)
        return made(match, day, day, "day", relative=True, ahead=day > base, others=((other, other),))
    day = base - timedelta(days=back or (7 if shift else 0))
    other = day + timedelta(days=-7 if shift else 7)
    return made(match, day, day, "day", relative=True, others=((other, other),))


def _weekday_of_week(match: re.Match[str], base: date | None) -> Period | None:
    """Read Wednesday of last week, Monday next week, last week on Tuesday."""
    if base is None:
        return None
    shift = {"last": -1, "this": 0, "next": 1}[match["shift"].lower()]
    day = around(base, "week", shift)[0] + timedelta(days=WEEKDAYS.index(match["weekday"].lower()))
    return made(match, day, day, "day", relative=True, ahead=day > base)


def _weekdays(match: re.Match[str], base: date | None) -> Period | None:
    """Read Monday to Friday: the last such days that had begun, or the next ones."""
    if base is None:
        return None
    one, two = (WEEKDAYS.index(match[name].lower()) for name in ("one", "two"))
    first = base - timedelta(days=(base.weekday() - one) % 7)
    if lies_ahead(match.string, match.start(), match.end()):
        first = base + timedelta(days=(one - base.weekday()) % 7)
    last = first + timedelta(days=(two - one) % 7)
    return made(match, first, last, "day", relative=True, ahead=first > base)


def _weekend(match: re.Match[str], base: date | None) -> Period | None:
    if base is None:
        return None
    saturday = base - timedelta(days=base.weekday()) + timedelta(days=5)
    word = (match["shift"] or "").lower()
    if not word:
        ahead = lies_ahead(match.string, match.start(), match.end())
        shift = 0 if ahead or saturday <= base else -1
    else:
        shift = 0 if word in ("this", "coming") else 1 if word == "next" else -1
    saturday += timedelta(weeks=shift)
    return made(match, saturday, saturday + timedelta(days=1), "day", relative=True, ahead=saturday > base)


def _by_word(match: re.Match[str], base: date | None) -> Period | None:
    if base is None:
        return None
    back = _BACK.get(" ".join(match.group().lower().split()), 0)
    day = base - timedelta(days=back)
    return made(match, day, day, "day", relative=True, ahead=back < 0)


_UNITS = "week|month|quarter|year|decade"
_DAY_GATE = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
READERS: tuple[Reader, ...] = (
    (
        ("last", "this", "next", "previous", "coming", "current", "past"),
        pattern(
            r"\b(?:the\s+)?(?P<shift>(?<!the\s)(?:last|this|next)|(?<=the\s)(?:last|past|next|previous|coming|"
            r"current)|previous|coming)\s+"
            rf"(?P<unit>{_UNITS})\b(?!-)"
        ),
        _shifted,
    ),
    (
        (" of the ",),
        pattern(
            rf"\b(?:the\s+)?(?:start|beginning|end|middle|turn)\s+of\s+(?:the|"
            rf"this)\s+(?:current\s+)?(?P<unit>{_UNITS})\b(?!-|\s+(?:of|before|after)\b)"
        ),
        _of_the_unit,
    ),
    (
        ("fiscal", "financial"),
        pattern(r"\b(?:the\s+)?(?P<shift>last|this|next|previous|current|coming)\s+(?:fiscal|(?P<financial>financial))\s+year\b"),
        _fiscal,
    ),
    (
        ("past", "last", "previous", "next", "coming"),
        pattern(
            rf"\b(?:the\s+)?(?P<shift>past|last|previous|next|coming)\s+(?P<count>{_COUNT})\s+(?P<unit>hour|day|"
            rf"{_UNITS})s?\b(?!-)"
        ),
        _stretch,
    ),
    (
        ("ago", "from now"),
        pattern(
            r"(?<!than )(?<!over )(?<!nearly )(?<!almost )(?<!about )(?<!around )(?<!under )(?<!least )\b"
            rf"(?P<count>{_COUNT})\s+(?P<unit>hour|day|week|fortnight|month|year|decade)s?\s+(?P<way>ago|from\s+now)\b"
        ),
        _ago,
    ),
    (
        (" time",),
        pattern(rf"\bin\s+(?P<count>{_COUNT})\s+(?P<unit>day|week|fortnight|month|year|decade)s?['’]s?\s+(?P<way>time)\b"),
        _ago,
    ),
    (
        _DAY_GATE,
        pattern(
            rf"\b(?:(?P<shift>next|last|previous|(?:this\s+)?coming|following|this\s+past|this)\s+)?"
            rf"(?P<weekday>{WEEKDAY})\b"
        ),
        _weekday,
    ),
    (
        ("week",),
        pattern(rf"\b(?P<weekday>{WEEKDAY})\s+(?:of\s+)?(?P<shift>last|this|next)\s+week\b"),
        _weekday_of_week,
    ),
    (
        _DAY_GATE,
        pattern(rf"\b(?:(?P<between>between\s+)|from\s+)?(?P<one>{WEEKDAY})(?:\s+(?:to|through|until|till)\s+|"
        rf"\s?[-–]\s?|(?(between)\s+and\s+|(?!)))(?P<two>{WEEKDAY})\b"),
        _weekdays,
    ),
    (
        ("weekend",),
        pattern(
            r"\b(?:(?P<shift>last|this|next|past|coming|previous)|(?:at|over|during|on|since|until|by|before)\s+(?P<at>)the)"
            r"\s+weekend\b(?!\s+of\b|-)"
        ),
        _weekend,
    ),
    (
        ("today", "yesterday", "tomorrow", "tonight", "this ", "last "),
        pattern(
            r"\b(?:the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|today|yesterday|tomorrow|tonight|"
            r"this\s+(?:morning|afternoon|evening)|last\s+night)\b"
        ),
        _by_word,
    ),
)  # fmt: skip
