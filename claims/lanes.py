"""One paced lane per host, shared by all workers and kept in PostgreSQL, whatever happens to the broker.

A request takes the lane's next free moment and moves it on by the gap, in one statement; then it waits for its moment.
So any number of workers are spread evenly, and none of them holds a lock while it waits or fetches. Times are the
database's. Call nothing here inside a transaction: the lane would be locked until its end, for everybody.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from claims.capture.asking import Later
from claims.wording import words

MOST_AHEAD = 20.0
"""Seconds: a worker waits for a moment that is no further off; for others it comes back later, and works elsewhere."""
SLACK = 0.03
"""Moments are so much further apart than the gap, and one that is missed by more is lost: requests that set out
punctually are never nearer than the gap when they arrive, and in the mean not further than a twentieth more."""
LAST_LOOK = 0.1
"""Seconds before its moment at which a request looks whether its host is still open: the answer may take a while."""
LEAST_LATENESS = 0.005
"""Seconds: so late is a request of which nobody would say so."""
LONGEST_CRAWL_DELAY = 600.0
"""Seconds: what a robots.txt may ask for; at ten minutes a desk still gets 144 pages a day."""

# The longest of what the operator and the site ask for, in ms. Written out where it is needed, not joined as a
# subquery: an UPDATE that waited for another one sees that one's gap in its own row only. All are constants (B608).
_GAP = f"(greatest(coalesce(gap_ms, %(gap)s), coalesce(crawl_delay_ms, 0)) * {1 + SLACK})"
_TODAY = "(clock_timestamp() AT TIME ZONE 'UTC')::date"
_SPENT = f"(CASE WHEN day = {_TODAY} THEN spent ELSE 0 END)"

_ENTER = "INSERT INTO claims_hostlane (host) VALUES (%(host)s) ON CONFLICT (host) DO NOTHING"
_RESERVE = f"""
UPDATE claims_hostlane SET
  next_at = greatest(next_at, clock_timestamp()) + {_GAP} * interval '1 millisecond',
  day = {_TODAY},
  spent = {_SPENT} + 1
WHERE host = %(host)s
  AND (closed_until IS NULL OR closed_until <= clock_timestamp())
  AND next_at <= clock_timestamp() + %(ahead)s * interval '1 second'
  AND {_SPENT} < coalesce(daily_budget, %(budget)s)
RETURNING extract(epoch FROM next_at - clock_timestamp()) - {_GAP} / 1000, {_GAP} / 1000
"""  # nosec B608
_WHY_NOT = f"""
SELECT extract(epoch FROM next_at - clock_timestamp()),
       extract(epoch FROM closed_until - clock_timestamp()),
       {_SPENT} >= coalesce(daily_budget, %(budget)s),
       extract(epoch FROM {_TODAY} + interval '1 day' - clock_timestamp() AT TIME ZONE 'UTC')
  FROM claims_hostlane WHERE host = %(host)s
"""  # nosec B608
_CLOSED = """
SELECT extract(epoch FROM closed_until - clock_timestamp()) FROM claims_hostlane
 WHERE host = %(host)s AND closed_until > clock_timestamp()
"""
_CLOSE = """
INSERT INTO claims_hostlane AS lane (host, closed_until, closed_because)
VALUES (%(host)s, clock_timestamp() + %(seconds)s * interval '1 second', %(why)s)
ON CONFLICT (host) DO UPDATE SET
  closed_until = greatest(lane.closed_until, excluded.closed_until), closed_because = excluded.closed_because
"""
# The moment after this one was given away before anybody knew of the longer delay.
_DELAY = f"""
UPDATE claims_hostlane SET
  crawl_delay_ms = %(delay)s,
  next_at = next_at + greatest(0, greatest(coalesce(gap_ms, %(gap)s), coalesce(%(delay)s, 0)) * {1 + SLACK} - {_GAP})
            * interval '1 millisecond'
WHERE host = %(host)s AND crawl_delay_ms IS DISTINCT FROM %(delay)s
"""  # nosec B608


@dataclass(frozen=True, slots=True)
class Pace:
    """The desk's own manners, where a lane has none of its own: seconds between requests, and requests a day."""

    gap_seconds: float
    daily_budget: int

    @classmethod
    def of_desk(cls) -> "Pace":
        """Return what the operator set."""
        return cls(settings.FETCH_GAP_SECONDS, settings.FETCH_DAILY_BUDGET)

    @property
    def gap_ms(self) -> int:
        """The gap, as lanes hold theirs."""
        return round(self.gap_seconds * 1000)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in a lane: how many seconds it is off, and how many the next one is behind it."""

    seconds: float
    gap: float


def reserve(host: str, pace: Pace, *, ahead: float = MOST_AHEAD) -> Moment:
    """Take the next free moment of a host's lane.

    Raises `Later` where that is more than `ahead` seconds off, the lane is closed, or the day's budget is spent.
    """
    said: dict[str, str | float] = {"host": host, "gap": pace.gap_ms, "budget": pace.daily_budget, "ahead": ahead}
    with connection.cursor() as cursor:
        for statement in (_RESERVE, _ENTER, _RESERVE):
            cursor.execute(statement, said)
            if statement is _RESERVE and (row := cursor.fetchone()):
                return Moment(max(0.0, float(row[0])), float(row[1]))
        cursor.execute(_WHY_NOT, said)
        wait, closed, spent, tomorrow = cursor.fetchone()
    if spent:
        raise Later(float(tomorrow), words("Today’s budget of requests to “%(host)s” is spent.", host=host))
    if closed is not None and closed > 0:
        raise _closed(host, float(closed))
    raise Later(max(0.5, float(wait) - ahead / 2), words("“%(host)s” is being asked by others.", host=host))


def take_turn(host: str, pace: Pace, *, ahead: float = MOST_AHEAD) -> None:
    """Wait until a host may be asked, and return at that very moment. Raises `Later`, as `reserve` does."""
    while True:
        moment = reserve(host, pace, ahead=ahead)
        if not moment.seconds:
            return
        due = time.monotonic() + moment.seconds
        _sleep_until(due - LAST_LOOK)
        # What others learnt of the host meanwhile counts for this request too.
        with connection.cursor() as cursor:
            cursor.execute(_CLOSED, {"host": host})
            if row := cursor.fetchone():
                raise _closed(host, float(row[0]))
        _sleep_until(due)
        if time.monotonic() - due <= max(LEAST_LATENESS, moment.gap * SLACK):
            return


def close(host: str, seconds: float, why: str) -> None:
    """Keep everybody from asking a host for so many seconds: it said that it wants to be left alone."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {"host": host, "seconds": seconds, "why": why[:500]})


def note_crawl_delay(host: str, seconds: float | None, pace: Pace) -> None:
    """Keep what a host's robots.txt asks for between two requests, from the next one on."""
    delay = None if seconds is None else round(min(seconds, LONGEST_CRAWL_DELAY) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(_DELAY, {"host": host, "delay": delay, "gap": pace.gap_ms})


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def _closed(host: str, seconds: float) -> Later:
    return Later(seconds, words("“%(host)s” asked to be left alone for a while.", host=host))
