"""Dates as stated, and never more than that."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.capture.dates import find_written_date, is_date_line, parse_stamp

EASTERN = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2022-03-14T17:45:43-05:00", datetime(2022, 3, 14, 17, 45, 43, tzinfo=EASTERN), "second"),
        ("2022-03-14T17:45:43.250-0500", datetime(2022, 3, 14, 17, 45, 43, tzinfo=EASTERN), "second"),
        ("2022-03-14T17:45Z", datetime(2022, 3, 14, 17, 45, tzinfo=UTC), "minute"),
        ("2022-03-14 17:45:43 UTC", datetime(2022, 3, 14, 17, 45, 43, tzinfo=UTC), "second"),
        ("Mon, 14 Mar 2022 17:45:43 -0500", datetime(2022, 3, 14, 17, 45, 43, tzinfo=EASTERN), "second"),
        ("Mon, 14 Mar 2022 17:45:43 EST", datetime(2022, 3, 14, 17, 45, 43, tzinfo=EASTERN), "second"),
        ("2022-03-14", date(2022, 3, 14), "day"),
        ("20220314", date(2022, 3, 14), "day"),
        ("2022/03/14", date(2022, 3, 14), "day"),
        ("14 March 2022", date(2022, 3, 14), "day"),
        ("March 14th, 2022", date(2022, 3, 14), "day"),
        ("Mar. 14, 2022", date(2022, 3, 14), "day"),
        ("14. März 2022", date(2022, 3, 14), "day"),
        ("14 de marzo de 2022", date(2022, 3, 14), "day"),
        ("14.3.2022", date(2022, 3, 14), "day"),
        ("3/14/2022", date(2022, 3, 14), "day"),
        ("14/3/2022", date(2022, 3, 14), "day"),
        ("3/3/2022", date(2022, 3, 3), "day"),
        ("March 2022", date(2022, 3, 1), "month"),
        ("2022-03", date(2022, 3, 1), "month"),
        ("2022", date(2022, 1, 1), "year"),
    ],
)
def test_a_field_is_read_to_the_precision_it_states(text: str, value: date, precision: str) -> None:
    found = parse_stamp(text)
    assert found is not None
    assert (found.value, found.precision) == (value, precision)


@pytest.mark.parametrize(
    "text",
    ["2022-03-14T17:45:43", "2022-03-14 17:45", "Mon, 14 Mar 2022 17:45:43", "Mon, 14 Mar 2022 17:45:43 -0000",
     "2022-03-14T00:00:00Z", "2022-03-14T00:00:00-05:00", "Mon Mar 14 17:45:43 CEST 2022"],
)  # fmt: skip
def test_a_time_without_a_zone_or_at_midnight_states_a_day(text: str) -> None:
    found = parse_stamp(text)
    assert found is not None
    assert (found.value, found.precision) == (date(2022, 3, 14), "day")


@pytest.mark.parametrize(
    "text",
    ["", "Monday", "yesterday", "14 March", "March 14", "4/5/2022", "31 February 2022", "2022-13-01", "1647279943",
     "1970-01-01T00:00:00Z", "0001-01-01", "202203", "2 minutes ago", "Published", "3 of 2022"],
)  # fmt: skip
def test_what_states_no_full_date_gives_none(text: str) -> None:
    assert parse_stamp(text) is None


def test_the_first_full_date_in_a_line_is_found_with_its_place() -> None:
    text = "Posted on Monday, 14 March 2022 and updated 15 March 2022"
    found = find_written_date(text)
    assert found is not None
    assert found[0].value == date(2022, 3, 14)
    assert text[found[1] : found[2]] == "14 March 2022"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("14 March 2022", True),
        ("Monday, 14 March 2022 8:14 AM GMT", True),
        ("Published: March 14, 2022", True),
        ("For Immediate Release March 14, 2022", True),
        ("14.03.2022, 16.45 Uhr", True),
        ("Press Conference by Minister Jane Roe, March 14, 2022", False),
        ("Release: 14.03.2022", False),
        ("© 14 March 2022", False),
        ("The bridge opened on 14 March 2022 after nine years of work.", False),
        ("Monday", False),
    ],
)
def test_a_line_about_its_date_is_told_from_a_headline_with_one(line: str, expected: bool) -> None:
    assert is_date_line(line) is expected


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_back_in_every_form_that_is_not_ambiguous(day: date) -> None:
    assume(day != date(1970, 1, 1))
    month = day.strftime("%B")
    for text in (day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}"):
        found = parse_stamp(text)
        assert found is not None
        assert found.value == day


@given(st.integers(10**8, 4 * 10**9), st.integers(-14 * 60, 14 * 60))
def test_a_moment_is_read_back_to_the_second(seconds: int, offset: int) -> None:
    moment = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=offset)))
    assume((moment.hour, moment.minute, moment.second) != (0, 0, 0))
    found = parse_stamp(moment.isoformat())
    assert found is not None
    assert (found.value, found.precision) == (moment, "second")


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_stamp(text)
    is_date_line(text)
