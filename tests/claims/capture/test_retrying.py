"""When to ask again: what a site wishes, in both forms it may say it in, and never longer than a day."""

from datetime import UTC, datetime

import pytest

from claims.capture.outcome import Outcome
from claims.capture.retrying import LONGEST_PAUSE, MOST_ATTEMPTS, pause, rest, retry_after

NOW = datetime(2031, 5, 4, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("999999999999999999", 86_400),
        ("Sun, 04 May 2031 08:01:00 GMT", 60),
        ("Sun, 04 May 2031 10:01:00 +0200", 60),
        ("Sunday, 04-May-31 08:00:30 GMT", 30),
        ("Sun May  4 08:02:00 2031", 120),
        ("Sun, 04 May 2031 07:00:00 GMT", 0),
        ("Sun, 04 May 2099 08:00:00 GMT", 86_400),
        (None, None),
        ("", None),
        ("-3", None),
        ("1.5", None),
        ("²", None),
        ("soon", None),
        ("Sun, 99 May 2031 08:00:00 GMT", None),
    ],
)
def test_seconds_and_dates_are_read_and_nothing_else_is_guessed(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("status", "asked_for", "least"), [(429, None, 60), (503, None, 30), (200, None, 30), (429, 7.0, 7), (503, 0.0, 1)]
)
def test_a_rest_is_as_long_as_asked_for_and_a_little_by_chance(
    status: int, asked_for: float | None, least: float
) -> None:
    rests = {rest(status, asked_for) for _ in range(200)}
    assert least <= min(rests) < max(rests) <= 1.1 * least
    assert len(rests) > 100


def test_pauses_grow_and_end_and_are_none_where_asking_again_cannot_help() -> None:
    first, second = (pause(attempt, Outcome.FAILED, transient=True, resting=None) for attempt in (1, 2))
    assert first is not None
    assert second is not None
    assert 0.5 <= first <= 1.5
    assert 1.0 <= second <= 3.0
    assert pause(MOST_ATTEMPTS, Outcome.FAILED, transient=True, resting=None) is None
    assert pause(1, Outcome.THROTTLED, transient=False, resting=3.0) == 3.0
    assert pause(1, Outcome.THROTTLED, transient=False, resting=LONGEST_PAUSE + 1) is None
    for outcome in set(Outcome) - {Outcome.FAILED, Outcome.THROTTLED}:
        assert pause(1, outcome, transient=True, resting=None) is None
    assert pause(1, Outcome.FAILED, transient=False, resting=None) is None
