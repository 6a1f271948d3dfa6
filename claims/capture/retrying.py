"""Whether and when to ask again: never sooner than a site wishes, and never where asking again cannot help."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import SystemRandom
from typing import Final

from claims.capture.outcome import Outcome

MOST_ATTEMPTS: Final = 3
LONGEST_PAUSE: Final = 20.0
"""Seconds: a longer pause is for those who can do something else meanwhile."""
LONGEST_REST: Final = 86_400.0
"""Seconds: a site that asks for more is asked again after a day; some mean milliseconds, or never thought of us."""

_CHANCE = SystemRandom()
_FIRST_PAUSE: Final = 1.0
_USUAL_REST: Final = {429: 60.0, 503: 30.0}


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return how many seconds a Retry-After header (RFC 9110 §10.2.3: seconds, or a date) asks for, at most a day.

    None where there is none that can be read. A date that has passed asks for nothing: 0.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_REST)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = date if date.tzinfo else date.replace(tzinfo=UTC)
    return min(max(0.0, (aware - now).total_seconds()), LONGEST_REST)


def rest(status: int | None, asked_for: float | None) -> float:
    """Return for how many seconds a host that throttles is left alone: what it asks for, or what is usual.

    A tenth is added by chance, so that those who were sent away together do not come back together.
    """
    usual = _USUAL_REST.get(status or 0, min(_USUAL_REST.values()))
    return max(1.0, usual if asked_for is None else asked_for) * _CHANCE.uniform(1.0, 1.1)


def pause(attempt: int, outcome: Outcome, *, transient: bool, resting: float | None) -> float | None:
    """Return how many seconds to wait before asking again in the same call; None where that is not done.

    `attempt` counts from 1. Asked again is after a status of 5xx, a time-out or a broken connection (FAILED and
    `transient`), and after THROTTLED where the host rests (`resting`, seconds) no longer than one can wait.
    """
    if attempt >= MOST_ATTEMPTS:
        return None
    if outcome is Outcome.THROTTLED and resting is not None:
        return resting if resting <= LONGEST_PAUSE else None
    if outcome is Outcome.FAILED and transient:
        return _FIRST_PAUSE * (1 << (attempt - 1)) * _CHANCE.uniform(0.5, 1.5)
    return None
