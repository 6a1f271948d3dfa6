"""The days, months, quarters and years a text names, as spans of days."""

from datetime import date

import pytest

from claims.extraction.numbers.periods import periods

_BASE = date(2031, 5, 16)  # a Friday


@pytest.mark.parametrize(
    ("text", "named", "first", "last", "precision"),
    [
        ("on Monday, 12 May 2031,", "Monday, 12 May 2031", (2031, 5, 12), (2031, 5, 12), "day"),
        ("on May 12-14, 2031", "May 12-14, 2031", (2031, 5, 12), (2031, 5, 14), "day"),
        ("last Tuesday", "last Tuesday", (2031, 5, 13), (2031, 5, 13), "day"),
        ("next Tuesday", "next Tuesday", (2031, 5, 20), (2031, 5, 20), "day"),
        ("three days ago", "three days ago", (2031, 5, 13), (2031, 5, 13), "day"),
        ("last week", "last week", (2031, 5, 5), (2031, 5, 11), "week"),
        ("last month", "last month", (2031, 4, 1), (2031, 4, 30), "month"),
        ("in June", "June", (2030, 6, 1), (2030, 6, 30), "month"),
        ("in February 2032", "February 2032", (2032, 2, 1), (2032, 2, 29), "month"),
        ("the first quarter of 2031", "the first quarter of 2031", (2031, 1, 1), (2031, 3, 31), "quarter"),
        ("in Q4 2030", "Q4 2030", (2030, 10, 1), (2030, 12, 31), "quarter"),
        ("first half of 2030", "first half of 2030", (2030, 1, 1), (2030, 6, 30), "half year"),
        ("in 2029", "2029", (2029, 1, 1), (2029, 12, 31), "year"),
        ("from 2019 to 2021", "from 2019 to 2021", (2019, 1, 1), (2021, 12, 31), "year"),
        ("since 2019", "since 2019", (2019, 1, 1), None, "year"),
        ("this year’s budget", "this year", (2031, 1, 1), (2031, 12, 31), "year"),
        ("fiscal year 2030", "fiscal year 2030", (2029, 10, 1), (2030, 9, 30), "fiscal year"),
        ("in the 1990s", "the 1990s", (1990, 1, 1), (1999, 12, 31), "decade"),
        ("in mid-2021", "mid-2021", (2021, 1, 1), (2021, 12, 31), "year"),
        ("from 28 February to 3 March", "from 28 February to 3 March", (2031, 2, 28), (2031, 3, 3), "day"),
        ("January to March 2030", "January to March 2030", (2030, 1, 1), (2030, 3, 31), "month"),
        ("the week of 8 May", "the week of 8 May", (2031, 5, 5), (2031, 5, 11), "week"),
        ("the past three years", "the past three years", (2028, 5, 16), (2031, 5, 16), "year"),
        ("since the start of the year", "since the start of the year", (2031, 1, 1), None, "year"),
        ("It will reopen on Monday.", "Monday", (2031, 5, 19), (2031, 5, 19), "day"),
        ("It will reopen in June.", "June", (2031, 6, 1), (2031, 6, 30), "month"),
        ("He said on Monday it will reopen.", "Monday", (2031, 5, 12), (2031, 5, 12), "day"),
        ("on 24/01/2031", "24/01/2031", (2031, 1, 24), (2031, 1, 24), "day"),
        ("on 03.04.2031", "03.04.2031", (2031, 4, 3), (2031, 4, 3), "day"),
        ("this financial year", "this financial year", (2031, 4, 1), (2032, 3, 31), "fiscal year"),
        ("the year to April", "the year to April", (2030, 5, 1), (2031, 4, 30), "year"),
        ("in October last year", "October last year", (2030, 10, 1), (2030, 10, 31), "month"),
        ("on Tuesday of last week", "Tuesday of last week", (2031, 5, 6), (2031, 5, 6), "day"),
        ("the last week of April", "the last week of April", (2031, 4, 24), (2031, 4, 30), "week"),
        ("over the weekend", "the weekend", (2031, 5, 10), (2031, 5, 11), "day"),
        ("By April, it had thawed.", "April", (2031, 4, 1), (2031, 4, 30), "month"),
        ("It meets in Port Aster on Monday.", "Monday", (2031, 5, 19), (2031, 5, 19), "day"),
        ("on 3 and 4 May", "3 and 4 May", (2031, 5, 3), (2031, 5, 4), "day"),
        ("October’s storm", "October", (2030, 10, 1), (2030, 10, 31), "month"),
        ("last fiscal year", "last fiscal year", (2029, 10, 1), (2030, 9, 30), "fiscal year"),
    ],
)
def test_a_period_covers_its_days(
    text: str, named: str, first: tuple[int, int, int], last: tuple[int, int, int] | None, precision: str
) -> None:
    (period,) = periods(text, _BASE)
    assert (period.text, period.precision) == (named, precision)
    assert (period.first, period.last) == (date(*first), date(*last) if last else None)
    assert text[period.start : period.end] == named


@pytest.mark.parametrize("text", ["last month", "on Tuesday", "in April", "two weeks ago", "3 March", "Q1"])
def test_what_is_told_from_a_base_is_unknown_without_one(text: str) -> None:
    assert periods(text, None) == ()


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2031",
        "they may march",
        "in 2000.5 litres",
        "more than ten years ago",
        "on 03/04/2031",
        "the Sunday Courier",
        "on Tuesdays",
        "May 10,000 come",
    ],
)
def test_what_is_impossible_or_only_looks_like_a_period_is_none(text: str) -> None:
    assert periods(text, _BASE) == ()


def test_a_weekday_has_a_second_reading() -> None:
    (period,) = periods("on Tuesday", _BASE)
    assert (period.first, period.others) == (date(2031, 5, 13), ((date(2031, 5, 20),) * 2,))
