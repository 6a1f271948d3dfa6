"""The arithmetic of a comparison, line by line, in words that are translated when they are shown."""

from calendar import monthrange
from datetime import date

from claims.extraction.numbers.periods import Period
from claims.wording import Words, words
from verification.matching.figures.comparing import AGREES, ROUNDED, WITHIN, Numbers
from verification.matching.figures.reading import Figure
from verification.matching.figures.unit_names import rate_name, unit_name

_WHY = {
    "points": words(
        "one is in per cent, the other in percentage points: from 4 to 5 per cent is 1 point, but 25 per cent"
    ),
    "currency": words("two currencies: they compare only at the rate of the day"),
    "motion": words("one is a change by so much, the other the level it came to"),
}


def number(value: float) -> str:
    """Write a number in full, with thousands separated and no more places than tell something."""
    if value == int(value) and abs(value) < 1e18:
        return f"{int(value):,}"
    size = abs(value)
    places = 2 if size >= 1 else 4
    shown = f"{value:,.{places}f}".rstrip("0").rstrip(".")
    return shown if shown.strip("-") not in ("0", "") else f"{value:.3g}"


def amount(figure: Figure) -> str:
    """Write a figure in full with its bounds, unit and rate: ≥ 100, 4–5 per cent, 2,000,000 euros a month."""
    per = f" {rate_name(figure.per)}" if figure.per else ""
    if figure.value is None:
        last = number(figure.high or 0.0)
        shown = f"{number(figure.low or 0.0)}–{last}"
    else:
        sign = "≈ " if figure.approx else "≥ " if figure.low is not None else "≤ " if figure.high is not None else ""
        last = number(figure.value)
        shown = sign + last
    unit = f" {unit_name(figure.measure.symbol, last)}" if figure.measure.symbol else ""
    return f"{shown}{unit}{per}"


def _is(text: str, *values: str) -> list[Words]:
    """Return the line of a figure; none where it was read just as it is written."""
    if values == (text,):
        return []
    return [words("“%(text)s” = %(value)s", text=text, value=" = ".join(values))]


def figure_lines(claim: Figure, source: Figure, numbers: Numbers) -> tuple[Words, ...]:
    """Return the lines of two figures that were compared."""
    return (
        *_read(claim, numbers.claim),
        *_read(source, numbers.source),
        *_parts(claim),
        *_parts(source),
        _decided(numbers),
    )


def _read(written: Figure, used: Figure) -> list[Words]:
    own, moved = amount(written), amount(used)
    text = " ".join(written.text.split())
    return _is(text, own) if own == moved else _is(text, own, moved) if own != text else _is(text, moved)


def _parts(figure: Figure) -> list[Words]:
    if not figure.parts:
        return []
    one, two = figure.parts
    if figure.measure.dimension == one.measure.dimension and figure.measure.symbol != "%":
        return [words("%(two)s − %(one)s = %(value)s", one=amount(one), two=amount(two), value=number(figure.middle))]
    if figure.measure.symbol == "%":
        return [
            words("from %(one)s to %(two)s is a change of %(value)s per cent", one=amount(one), two=amount(two),
                  value=number(figure.middle))
        ]  # fmt: skip
    return [
        words("from %(one)s to %(two)s is a change of %(value)s points", one=amount(one), two=amount(two),
              value=number(figure.middle))
    ]  # fmt: skip


def _decided(numbers: Numbers) -> Words:
    claim, source = numbers.claim, numbers.source
    gap = abs(claim.middle - source.middle)
    share = 100 * gap / abs(source.middle) if source.middle else None
    difference = number(gap)
    if numbers.outcome == AGREES:
        return words("difference 0: the same")
    if numbers.outcome == WITHIN and numbers.because == "range":
        return words("the one lies within the range of the other")
    if numbers.outcome == WITHIN:
        return words("the one lies within the bound of the other, %(difference)s from it", difference=difference)
    if numbers.because == "sides":
        return words("the same number, but one is the least and the other the most")
    if share is None:
        return words("difference %(difference)s", difference=difference)
    told = number(round(share, 1 if share >= 1 else 2))
    if numbers.outcome == ROUNDED and numbers.because == "hedge":
        return words(
            "difference %(difference)s (%(share)s per cent): within the hedge", difference=difference, share=told
        )
    if numbers.outcome == ROUNDED:
        return words(
            "difference %(difference)s (%(share)s per cent): within rounding", difference=difference, share=told
        )
    return words(
        "difference %(difference)s (%(share)s per cent): more than rounding explains", difference=difference, share=told
    )


def direction_line(claim: Figure, source: Figure) -> Words:
    """Return the line for two figures that go opposite ways."""
    return words(
        "“%(claim)s”, not “%(source)s”: the opposite direction", claim=claim.motion.word, source=source.motion.word
    )


def apart_lines(claim: Figure, source: Figure, why: str) -> tuple[Words, ...]:
    """Return the lines of two figures that cannot be compared."""
    lines = [line for figure in (claim, source) for line in _is(" ".join(figure.text.split()), amount(figure))]
    if why == "rate":
        rate, total = (claim, source) if claim.per else (source, claim)
        if total.per:
            last = words("one is per %(claim)s, the other per %(source)s", claim=claim.per, source=source.per)
        else:
            last = words(
                "“%(rate)s” is per %(per)s, “%(total)s” names no such rate",
                rate=" ".join(rate.text.split()), total=" ".join(total.text.split()), per=rate.per,
            )  # fmt: skip
    else:
        last = _WHY[why]
    return (*lines, last)


def period_lines(claim: Period, source: Period) -> tuple[Words, ...]:
    """Return the lines for figures that are given for two periods."""
    return (
        words(
            "the claim gives it for “%(claim)s”, the source for “%(source)s”",
            claim=" ".join(claim.text.split()), source=" ".join(source.text.split()),
        ),
    )  # fmt: skip


def read_line(period: Period, span: tuple[date, date | None], day: date | None) -> Words:
    """Return how a date was read: the days it covers, and from which day, if its words alone do not tell."""
    text = " ".join(period.text.split())
    if period.relative and day is not None:
        return words("“%(text)s”, read from %(day)s, is %(days)s", text=text, day=_day(day), days=days_of(span))
    return words("“%(text)s” is %(days)s", text=text, days=days_of(span))


def days_of(span: tuple[date, date | None]) -> str:
    """Write a span of days: 13 May 2031; May 2031; the year 2031; 1 May 2031 – 7 May 2031; open: 1 May 2031 – …"""
    first, last = span
    if first == last:
        return _day(first)
    if last is not None and first.day == 1 and first.year == last.year and last.day == monthrange(*_month(last))[1]:
        if (first.month, last.month) == (1, 12):
            return f"the year {first.year}"
        if first.month == last.month:
            return f"{first:%B} {first.year}"
    return f"{_day(first)} – {_day(last) if last else '…'}"


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
