"""The queue of record. PostgreSQL says what is due and who holds it; Celery only rings the bell.

A row is taken with a lease (seconds), a token and one more attempt; its work is done outside any transaction; the
result is written in one transaction that `complete` guards with the token. Whoever lost the lease writes nothing, so
that work which runs twice is stored once. Times are the database's.
"""

import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import Case, F, Q, TextField, Value, When

from claims.models import Work
from claims.models.clock import ClockTimestamp

LEASE = timedelta(seconds=15)
RENEW_EVERY = timedelta(seconds=4)
RING_AGAIN_AFTER = timedelta(seconds=8)
MAX_ATTEMPTS = 5
MAX_BELLS = 200
BACKOFF = timedelta(seconds=5)

OPEN = Q(done_at__isnull=True, quarantined_at__isnull=True)
# How the last error of a row begins that a person has cancelled; their name follows.
CANCELLED_BY = "cancelled by "
CANCELLED = Q(done_at__isnull=True, quarantined_at__isnull=False, last_error__startswith=CANCELLED_BY)


class LeaseLost(Exception):
    """Another worker holds the row now, or finished it: what this one found must not be stored."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A worker's right to one row, good while `token` is the row's."""

    work_id: int
    kind: str
    subject: int
    token: uuid.UUID
    attempt: int


def enlist(kind: str, subjects: Iterable[int]) -> None:
    """Make rows due now, one per subject; a subject that already has an open row of this kind keeps it."""
    Work.objects.bulk_create((Work(kind=kind, subject=subject) for subject in subjects), ignore_conflicts=True)


def take(work_id: int) -> Lease | None:
    """Take the lease of a due row, or return None when it is done, held, postponed or quarantined."""
    token = uuid.uuid4()
    taken = Work.objects.filter(
        OPEN, free(), pk=work_id, due_at__lte=ClockTimestamp(), attempts__lt=MAX_ATTEMPTS
    ).update(token=token, lease_until=ClockTimestamp() + LEASE, attempts=F("attempts") + 1)
    if not taken:
        return None
    row = Work.objects.get(pk=work_id)
    return Lease(row.pk, row.kind, row.subject, token, row.attempts)


def renew(lease: Lease) -> bool:
    """Extend a lease that is still ours; False when it is not."""
    mine = Work.objects.filter(OPEN, pk=lease.work_id, token=lease.token)
    return bool(mine.update(lease_until=ClockTimestamp() + LEASE))


@contextmanager
def held(lease: Lease) -> Iterator[None]:
    """Keep a lease alive from a thread of its own while the block works; a process that dies lets it run out."""
    finished = threading.Event()

    def keep() -> None:
        try:
            while not finished.wait(RENEW_EVERY.total_seconds()):
                try:
                    if not renew(lease):
                        return
                except DatabaseError:
                    connection.close()  # a server that restarts: try again at the next beat
        finally:
            connection.close()

    keeper = threading.Thread(target=keep, name=f"lease-{lease.work_id}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        finished.set()
        keeper.join()


def complete(lease: Lease) -> None:
    """Close the row. Call it inside the transaction that stores the result.

    Raises LeaseLost when the token is no longer the row's; the caller's transaction must then roll back.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("complete() belongs into the transaction that stores the result.")
    mine = Work.objects.filter(OPEN, pk=lease.work_id, token=lease.token)
    if not mine.update(done_at=ClockTimestamp(), token=None, lease_until=None, last_error=""):
        raise LeaseLost(f"{lease.kind} {lease.subject}")


def fail(lease: Lease, error: str, *, permanent: bool = False) -> None:
    """Give the row back with what went wrong: due again later, or quarantined when trying again cannot help."""
    over = permanent or lease.attempt >= MAX_ATTEMPTS
    Work.objects.filter(OPEN, pk=lease.work_id, token=lease.token).update(
        token=None,
        lease_until=None,
        last_error=storable(error)[:2000],
        due_at=ClockTimestamp() + BACKOFF * 2 ** (lease.attempt - 1),
        quarantined_at=ClockTimestamp() if over else None,
    )


def storable(text: str) -> str:
    """Return a text without what PostgreSQL cannot hold: NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def give_back(lease: Lease) -> None:
    """Give the row back as if it had never been taken: whoever worked was told to stop."""
    mine = Work.objects.filter(OPEN, pk=lease.work_id, token=lease.token)
    mine.update(token=None, lease_until=None, attempts=F("attempts") - 1)


def postpone(lease: Lease, seconds: float, why: str = "") -> None:
    """Give the row back to be taken again in so many seconds: what it needs is not to be had yet, nothing failed."""
    mine = Work.objects.filter(OPEN, pk=lease.work_id, token=lease.token)
    mine.update(
        token=None,
        lease_until=None,
        attempts=F("attempts") - 1,
        due_at=ClockTimestamp() + timedelta(seconds=seconds),
        last_error=storable(why)[:2000],
    )


def quarantine_spent() -> None:
    """Set aside the rows whose last attempt ended with a dead worker, since nobody lived to say so."""
    Work.objects.filter(OPEN, free(), attempts__gte=MAX_ATTEMPTS).update(
        token=None,
        lease_until=None,
        quarantined_at=ClockTimestamp(),
        last_error=Case(
            When(last_error="", then=Value("The worker died each time.")),
            default=F("last_error"),
            output_field=TextField(),
        ),
    )


def free() -> Q:
    """Return the condition that nobody holds a row."""
    return Q(lease_until__isnull=True) | Q(lease_until__lt=ClockTimestamp())


def sweep() -> list[tuple[str, int]]:
    """Return (task, work id) of the bells to ring now, at most `MAX_BELLS`, soonest due first.

    A row is rung again when the last bell is older than `RING_AGAIN_AFTER`: a message may have been lost.
    """
    with transaction.atomic():
        quarantine_spent()
        unrung = Q(rung_at__isnull=True) | Q(rung_at__lt=ClockTimestamp() - RING_AGAIN_AFTER)
        due = (
            Work.objects.select_for_update(skip_locked=True)
            .filter(OPEN, free(), unrung, due_at__lte=ClockTimestamp())
            .order_by("due_at")[:MAX_BELLS]
        )
        rows = list(due.values_list("kind", "pk"))
        Work.objects.filter(pk__in=[pk for _kind, pk in rows]).update(rung_at=ClockTimestamp())
    return rows


def cancel(kind: str, subjects: Iterable[int], by: str) -> int:
    """Set open rows aside because a person (`by`, their name) wants no more of them; return how many there were.

    Whoever holds a lease loses it, so that nothing of theirs is stored; what is done stays. A cancelled row is not
    enlisted anew: `uncancel` makes it due again.
    """
    rows = Work.objects.filter(OPEN, kind=kind, subject__in=list(subjects))
    return rows.update(
        token=None,
        lease_until=None,
        quarantined_at=ClockTimestamp(),
        last_error=storable(f"{CANCELLED_BY}{by}")[:2000],
    )


def uncancel(kind: str, subjects: Iterable[int]) -> int:
    """Make the rows due again that a person has cancelled, tried from the start; return how many."""
    rows = Work.objects.filter(CANCELLED, kind=kind, subject__in=list(subjects))
    return rows.update(quarantined_at=None, attempts=0, last_error="", due_at=ClockTimestamp(), rung_at=None)


def release(work_id: int) -> bool:
    """Make a row that nobody holds due now and tried from the start, quarantined or not; False when it is held."""
    released = Work.objects.filter(free(), pk=work_id, done_at__isnull=True)
    return bool(
        released.update(
            quarantined_at=None,
            token=None,
            lease_until=None,
            attempts=0,
            last_error="",
            due_at=ClockTimestamp(),
            rung_at=None,
        )
    )
