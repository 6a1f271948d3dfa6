"""Deadlines and lengths of time in words, and where the desk's day begins."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from verification.admin.queue.deadlines import day_of, due, length


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=30), "under a minute"),
        (timedelta(minutes=28), "28 min"),
        (timedelta(hours=1, minutes=28), "1 h 28 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=27, minutes=10), "27 h"),
        (timedelta(days=2, hours=3), "2 days"),
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


def test_no_deadline_has_no_words() -> None:
    assert due(None, timezone.now()) is None
