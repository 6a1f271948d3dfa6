"""Deadlines and lengths of time in words, and where the desk's day begins."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django.fixtures import Settings

from verification.admin.queue.deadlines import LocalTimeField, day_of, due, length


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=30), "under a minute"),
        (timedelta(minutes=28), "28 min"),
        (timedelta(hours=1, minutes=28), "1 h 28 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=27, minutes=10), "27 h"),
        (timedelta(hours=7, minutes=50), "8 h"),
        (timedelta(hours=36), "2 days"),
        (timedelta(hours=47, minutes=55), "2 days"),
        (timedelta(days=2, hours=3), "2 days"),
        (timedelta(days=2, hours=23), "3 days"),
    ],
)
def test_a_length_is_told_in_its_own_measure(span: timedelta, said: str) -> None:
    assert length(span) == said


def test_a_day_is_as_long_as_the_desks_clock_says(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Brussels"
    timezone.deactivate()
    begin, end = day_of(datetime(2026, 10, 25, 12, 0, tzinfo=UTC))
    assert end - begin == timedelta(days=1)  # by the clock on the wall
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=25)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026-10-25 01:30", "comes twice"),
        ("2026-03-29 01:30", "There is no 01:30"),
        ("9999-12-31 23:59", None),
        ("25 October", "Enter a valid date/time."),
    ],
)
def test_a_time_on_the_wall_that_names_no_moment_says_what_is_wrong_with_it(
    settings: Settings, typed: str, why: str | None
) -> None:
    settings.TIME_ZONE = "Europe/Lisbon"
    timezone.deactivate()
    if why is None:
        assert LocalTimeField().clean(typed)
        return
    with pytest.raises(ValidationError, match=why):
        LocalTimeField().clean(typed)


def test_no_deadline_has_no_words() -> None:
    assert due(None, timezone.now()) is None
