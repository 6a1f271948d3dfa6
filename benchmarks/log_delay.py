"""`log-delay`: how long an event of one case waits while 1,000 other cases are opened in one transaction.

    python -m benchmarks log-delay [--claims 1000]

`ours` is the longest wait in milliseconds with a chain per case; the peer is the same with one chain for all cases (an
advisory lock that each event takes until its transaction ends), as a global hash chain would need.
"""

import argparse
import threading
import time

from benchmarks.result import Result
from benchmarks.scratch import scratch_database

GLOBAL_CHAIN = 0x10661


def run(argv: list[str]) -> Result:
    """Measure both in one database; times in milliseconds."""
    parser = argparse.ArgumentParser(prog="log-delay")
    parser.add_argument("--claims", type=int, default=1000)
    claims: int = parser.parse_args(argv).claims
    started = time.perf_counter()
    with scratch_database():
        ours, alone = _longest_wait(claims, one_chain=False)
        peer, _alone = _longest_wait(claims, one_chain=True)
    return Result(
        task="log-delay",
        n=claims,
        metrics={"ours": ours, "peer": peer, "ratio": peer / ours, "alone_ms": alone},
        seconds=time.perf_counter() - started,
        peers={"one chain for all cases": {"longest_wait_ms": peer}},
    )


def _longest_wait(claims: int, one_chain: bool) -> tuple[float, float]:
    """Return the longest wait during the bulk write and the longest with nobody else writing, in milliseconds."""
    from django.db import connection, connections, transaction  # noqa: PLC0415 (Django is set up by now)

    from claims.models import Claim  # noqa: PLC0415
    from verification.models import Review, State  # noqa: PLC0415
    from verification.review.log import Entry, append, append_many  # noqa: PLC0415

    def write(entries: list[Entry]) -> None:
        with transaction.atomic():
            if one_chain:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GLOBAL_CHAIN])
            if len(entries) == 1:
                append(entries[0])
            else:
                append_many(entries)

    def open_reviews(count: int) -> list[Review]:
        made = Claim.objects.bulk_create(Claim(kind="statement", text="A claim.", score=0) for _ in range(count))
        reviews = Review.objects.bulk_create(Review(claim=claim, wording=claim.text) for claim in made)
        write([Entry(review, "service:bulk", "opened", to_state=State.TRIAGE) for review in reviews])
        return reviews

    def bulk() -> None:
        try:
            ready.set()
            with transaction.atomic():
                open_reviews(claims)
                time.sleep(1)  # the transaction has more to do: its locks are held
        finally:
            done.set()
            connections.close_all()

    with transaction.atomic():
        (other,) = open_reviews(1)

    def waited() -> float:
        before = time.perf_counter()
        write([Entry(other, "user:1", "add_source", State.TRIAGE, State.TRIAGE)])
        return (time.perf_counter() - before) * 1000

    ready, done = threading.Event(), threading.Event()
    alone = max(waited() for _ in range(20))
    writer = threading.Thread(target=bulk)
    writer.start()
    ready.wait()
    waits = []
    while not done.is_set():
        waits.append(waited())
    writer.join()
    return max(waits), alone
