"""`take-next`: how long a checker waits for the next case while everybody asks at once, or an editor gives out many.

    python -m benchmarks take-next [--cases 200000] [--takers 64] [--seconds 20] [--bulk 1000]

`p50_ms`, `p95_ms` and `max_ms` are of `take_next` with all it reads and writes, asked by so many takers at once, each
again as soon as it was answered; `p95_first_ms` and `p95_last_ms` of the first and the last 2,000. `given_twice` counts
cases that two of them got. The peer is `FOR UPDATE SKIP LOCKED` in an UPDATE, prepared as ours is, on a table of the
same rows that has no rules, no log and no other columns; `ratio` is our p95 by the peer's. `bulk_…` is what sixteen
people who take cases and save drafts wait while an editor gives 1,000 cases to one person, `calm_…` the same without
that; `bulk_delay_ms` is the longest wait of the first less the median of the second.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.bulk_delay import bulk_delay
from benchmarks.crowd import Taken, crowd, percentile
from benchmarks.full_queue import checkers, fill
from benchmarks.result import Result
from benchmarks.scratch import scratch_database

# Answers at the beginning and at the end, between which what was taken has left dead rows behind.
AT_EITHER_END = 2_000
# Seconds of taking that the desk has behind it: nobody measures one that has no history.
BEFORE = 1.0
MAKE_PEER = """
    CREATE TABLE peer AS SELECT id, state, priority FROM verification_review;
    ALTER TABLE peer ADD PRIMARY KEY (id);
    CREATE INDEX ON peer (state, priority DESC, id);
    GRANT SELECT, UPDATE ON peer TO PUBLIC;
"""
PEER = """
    UPDATE peer SET state = 'researching' WHERE id = (
      SELECT id FROM peer WHERE state = 'queued' ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id
"""


def run(argv: list[str]) -> Result:
    """Measure ours, then the peer, with the same takers on the same rows; times in milliseconds."""
    parser = argparse.ArgumentParser(prog="take-next")
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--takers", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--bulk", type=int, default=1000)
    wanted = parser.parse_args(argv)
    started = time.perf_counter()
    with scratch_database():
        from django.db import connection  # noqa: PLC0415 (Django is set up by now)

        from config.database import as_owner  # noqa: PLC0415

        fill(wanted.cases)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(MAKE_PEER)
        people = [person.pk for person in checkers(wanted.takers)]
        crowd(people, ours, BEFORE)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        mine = crowd(people, ours, wanted.seconds)
        bare = crowd(people, skip_locked, wanted.seconds)
        bulk = bulk_delay(people, wanted.bulk)
    metrics = _figures(mine) | {"given_twice": _twice(mine), "taken": len(_cases(mine))}
    in_order = [each.took for each in sorted(mine, key=lambda each: each.at)]
    metrics |= {"p95_first_ms": percentile(in_order[:AT_EITHER_END], 95)}
    metrics |= {"p95_last_ms": percentile(in_order[-AT_EITHER_END:], 95)}
    peer = _figures(bare) | {"given_twice": _twice(bare)}
    return Result(
        task="take-next",
        n=wanted.cases,
        metrics=metrics | bulk | {"ratio": metrics["p95_ms"] / peer["p95_ms"]},
        seconds=time.perf_counter() - started,
        peers={"skip_locked": peer},
    )


def ours(person: int) -> Callable[[], int | None]:
    """Take the next case as the desk does; who asks was read with the request."""
    from django.contrib.auth.models import User  # noqa: PLC0415 (Django is set up by now)

    from verification.review.policy import roles_of  # noqa: PLC0415
    from verification.review.taking import take_next  # noqa: PLC0415

    user = User.objects.get(pk=person)
    roles_of(user)

    def take() -> int | None:
        begun = take_next(user)
        return begun.review if begun else None

    return take


def skip_locked(_person: int) -> Callable[[], int | None]:
    """Take the next row of the bare table."""
    from verification.review import prepared  # noqa: PLC0415

    def take() -> int | None:
        rows = prepared.run(PEER, {})
        return rows[0][0] if rows else None

    return take


def _figures(answers: Sequence[Taken]) -> dict[str, float]:
    took = [each.took for each in answers]
    first, last = min(each.at for each in answers), max(each.at for each in answers)
    return {
        "p50_ms": percentile(took, 50),
        "p95_ms": percentile(took, 95),
        "max_ms": max(took),
        "per_second": len(answers) / (last - first),
    }


def _cases(answers: Sequence[Taken]) -> list[int]:
    return [each.case for each in answers if each.case is not None]


def _twice(answers: Sequence[Taken]) -> int:
    return sum(times > 1 for times in Counter(_cases(answers)).values())
