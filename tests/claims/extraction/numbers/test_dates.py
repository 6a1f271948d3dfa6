"""The days a text names."""

from datetime import date

import pytest

from claims.extraction.numbers.dates import dated

_PUBLISHED = date(2031, 5, 15)  # a Thursday


def days(text: str, published: date | None = _PUBLISHED) -> list[date]:
    return [day for _, day in dated(text, published)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 3 March 2031", date(2031, 3, 3)),
        ("on March 3, 2031", date(2031, 3, 3)),
        ("on 2031-03-03", date(2031, 3, 3)),
        ("on Monday", date(2031, 5, 12)),
        ("on Thursday", date(2031, 5, 15)),
        ("last Thursday", date(2031, 5, 8)),
        ("on Friday", date(2031, 5, 9)),
        ("yesterday", date(2031, 5, 14)),
        ("this morning", date(2031, 5, 15)),
        ("on Dec. 30", date(2030, 12, 30)),
    ],
)
def test_a_day_is_read_backwards_from_the_day_of_publication(text: str, day: date) -> None:
    assert days(text) == [day]


@pytest.mark.parametrize("text", ["on Monday", "yesterday", "on 3 March", "today"])
def test_without_a_day_of_publication_only_a_full_date_is_a_day(text: str) -> None:
    assert days(text, None) == []
    assert days("on 3 March 2031", None) == [date(2031, 3, 3)]


@pytest.mark.parametrize(
    "text", ["next Monday", "on 31 February 2031", "on 2031-13-40", "they may go", "the march of 3"]
)
def test_the_future_impossible_dates_and_words_that_look_like_months_are_no_days(text: str) -> None:
    assert days(text) == []
