"""How cases move: what came in and went out week by week, how long they stay in each state, and which turns were lost.

Everything is read from the log and from turns; nothing is counted that was not logged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from verification.models import State, Turn

# A longer table is not read: of a longer span the last weeks are listed.
MOST_WEEKS = 26

# Weeks begin on Monday, in the desk's zone.
_WEEKS = """
SELECT date_trunc('week', at AT TIME ZONE %(zone)s)::date,
       count(*) FILTER (WHERE verb = 'opened'),
       count(*) FILTER (WHERE verb = 'accept'),
       count(*) FILTER (WHERE verb IN ('not_checkable', 'decline', 'duplicate')),
       count(*) FILTER (WHERE verb IN ('propose', 'agree', 'differ')),
       count(*) FILTER (WHERE verb = 'publish' AND cycle = 1),
       count(*) FILTER (WHERE verb = 'publish' AND cycle > 1)
  FROM verification_reviewevent WHERE at >= %(since)s AND at < %(until)s GROUP BY 1 ORDER BY 1 DESC
"""

# A stay begins with the line that leads into a state and ends with the next that leads out of it. Those are measured
# that ended in the span; those that have not ended are counted apart, with their age at its end.
_STAYS = """
WITH moves AS (
  SELECT review_id, to_state, at, lead(at) OVER (PARTITION BY review_id ORDER BY seq) AS left_at
    FROM verification_reviewevent WHERE to_state <> '' AND to_state <> from_state AND at < %(until)s
)
SELECT to_state,
       count(left_at) FILTER (WHERE left_at >= %(since)s),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM left_at - at))
         FILTER (WHERE left_at >= %(since)s),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM left_at - at))
         FILTER (WHERE left_at >= %(since)s),
       count(*) FILTER (WHERE left_at IS NULL),
       max(EXTRACT(EPOCH FROM LEAST(%(until)s, clock_timestamp()) - at)) FILTER (WHERE left_at IS NULL)
  FROM moves GROUP BY to_state
"""

_TURNS = """
SELECT duty.person_id, turn.closed_as, count(*)
  FROM verification_turn AS turn JOIN verification_duty AS duty ON duty.id = turn.duty_id
 WHERE turn.closed_at >= %s AND turn.closed_at < %s GROUP BY 1, 2
"""

# Where a case ends; nobody waits for those.
ENDS = (State.NOT_CHECKABLE, State.DUPLICATE, State.DECLINED, State.PUBLISHED, State.WITHDRAWN)
LOST = (Turn.End.RAN_OUT, Turn.End.HANDED_BACK, Turn.End.RECALLED, Turn.End.LEFT)


@dataclass(frozen=True, slots=True)
class Week:
    """What happened in the week that begins on `monday`."""

    monday: date
    opened: int
    accepted: int
    set_aside: int
    judged: int
    published: int
    new_versions: int


@dataclass(frozen=True, slots=True)
class Stay:
    """How long cases stood in a state: the median and the ninth decile of those that left it; who is still there."""

    state: State
    left: int
    median: timedelta | None
    ninth_decile: timedelta | None
    still: int
    oldest: timedelta | None


@dataclass(frozen=True, slots=True)
class Turns:
    """How one person's turns ended (by `Turn.End`)."""

    person: int
    ended: dict[str, int]

    @property
    def all(self) -> int:
        """All of them."""
        return sum(self.ended.values())

    @property
    def lost(self) -> int:
        """Those that ended without what they were for."""
        return sum(self.ended.get(end, 0) for end in LOST)


def weeks(since: datetime, until: datetime) -> list[Week]:
    """Return what happened week by week, the newest first."""
    values: dict[str, str | datetime] = {
        "zone": timezone.get_current_timezone_name(),
        "since": since,
        "until": until,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WEEKS, values)
        return [Week(*row) for row in cursor.fetchmany(MOST_WEEKS)]


def stays(since: datetime, until: datetime) -> list[Stay]:
    """Return how long cases stood in each state, in the order of a case's life; states nobody waits in are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, {"since": since, "until": until})
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    return [
        Stay(
            state,
            found[state][0],
            _span(found[state][1]),
            _span(found[state][2]),
            found[state][3],
            _span(found[state][4]),
        )
        for state in State
        if state in found and state not in ENDS
    ]


def turns(since: datetime, until: datetime) -> Sequence[Turns]:
    """Return how people's turns ended, by person."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNS, [since, until])
        ended: dict[int, dict[str, int]] = {}
        for person, how, count in cursor.fetchall():
            ended.setdefault(person, {})[how] = count
    return [Turns(person, counts) for person, counts in sorted(ended.items())]


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=float(seconds))
