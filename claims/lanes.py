"""One paced lane per host, shared by all workers and kept in PostgreSQL, whatever happens to the broker.

A request takes the lane's next free moment and moves it on by the gap, in one statement; then it waits for its moment.
So any number of workers are spread evenly, and none of them holds a lock while it waits or fetches. Times are the
database's.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from claims.capture.asking import Later
from claims.wording import words

MOST_AHEAD = 20.0
"""Seconds: a worker waits for a moment that is no further off; for others it comes back later, and works elsewhere."""

_RESERVE = """
UPDATE claims_hostlane SET
  next_at = greatest(next_at, clock_timestamp()) + gap.ms * interval '1 millisecond',
  day = (clock_timestamp() AT TIME ZONE 'UTC')::date,
  spent = CASE WHEN day = (clock_timestamp() AT TIME ZONE 'UTC')::date THEN spent + 1 ELSE 1 END
FROM (
  SELECT id AS lane, greatest(coalesce(gap_ms, %(gap)s), coalesce(crawl_delay_ms, 0)) AS ms,
         coalesce(daily_budget, %(budget)s) AS budget
    FROM claims_hostlane WHERE host = %(host)s
) AS gap
WHERE id = gap.lane
  AND (closed_until IS NULL OR closed_until <= clock_timestamp())
  AND next_at <= clock_timestamp() + %(ahead)s * interval '1 second'
  AND NOT (day = (clock_timestamp() AT TIME ZONE 'UTC')::date AND spent >= gap.budget)
RETURNING extract(epoch FROM next_at - gap.ms * interval '1 millisecond' - clock_timestamp())
"""
_WHY_NOT = """
SELECT extract(epoch FROM greatest(next_at, closed_until, clock_timestamp()) - clock_timestamp()),
       coalesce(closed_until > clock_timestamp(), false),
       day = (clock_timestamp() AT TIME ZONE 'UTC')::date AND spent >= coalesce(daily_budget, %(budget)s),
       extract(epoch FROM date_trunc('day', clock_timestamp() AT TIME ZONE 'UTC') + interval '1 day'
               - clock_timestamp() AT TIME ZONE 'UTC')
  FROM claims_hostlane WHERE host = %(host)s
"""
_CLOSE = """
UPDATE claims_hostlane SET
  closed_until = greatest(closed_until, clock_timestamp() + %(seconds)s * interval '1 second'),
  closed_because = %(why)s
WHERE host = %(host)s
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """The desk's own manners, where a lane has none of its own: seconds between requests, and requests a day."""

    gap_seconds: float
    daily_budget: int

    @classmethod
    def of_desk(cls) -> "Pace":
        """Return what the operator set."""
        return cls(settings.FETCH_GAP_SECONDS, settings.FETCH_DAILY_BUDGET)


def reserve(host: str, pace: Pace, *, ahead: float = MOST_AHEAD) -> float:
    """Take the next free moment of a host's lane and return how many seconds it is off.

    Raises `Later` where that is too far off, the lane is closed, or the day's budget is spent.
    """
    said: dict[str, str | float] = {
        "host": host,
        "gap": round(pace.gap_seconds * 1000),
        "budget": pace.daily_budget,
        "ahead": ahead,
    }
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO claims_hostlane (host) VALUES (%(host)s) ON CONFLICT (host) DO NOTHING", said)
        cursor.execute(_RESERVE, said)
        if row := cursor.fetchone():
            return max(0.0, float(row[0]))
        cursor.execute(_WHY_NOT, said)
        wait, closed, spent, tomorrow = cursor.fetchone()
    if spent:
        raise Later(float(tomorrow), words("Today’s budget of requests to “%(host)s” is spent.", host=host))
    if closed:
        raise Later(float(wait), words("“%(host)s” asked to be left alone for a while.", host=host))
    raise Later(max(0.5, float(wait) - ahead / 2), words("“%(host)s” is being asked by others.", host=host))


def close(host: str, seconds: float, why: str) -> None:
    """Keep everybody from asking a host for so many seconds: it said that it wants to be left alone."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {"host": host, "seconds": seconds, "why": why[:500]})
