"""How long one piece of work with sources goes on before its worker is free for others, and how its row is kept."""

import time

from claims import outlets, work
from claims.models import Work
from claims.models.clock import ClockTimestamp
from claims.rereading import REREAD
from verification.research.page_watch import LOOK

# Work with sources, by the names of its tasks: it waits most of its time for a host's next free moment.
POLL = "verification.poll"
LIST = "verification.list"
FETCH_ITEMS = "verification.fetch_items"
FETCH_ITEM = "verification.fetch_item"
SEARCH_LIVE = "verification.search_live"
PATIENT = (POLL, LIST, FETCH_ITEMS, FETCH_ITEM, SEARCH_LIVE, LOOK, outlets.POLL, outlets.FETCH_ITEM, REREAD)

# A worker is given back after so long (seconds), sooner where other work waits: articles and claims go first.
LONGEST, SHORTEST, LOOK_EVERY = 60.0, 5.0, 2.0


class Stretch:
    """One turn of a worker at a long piece of work, begun when it is made."""

    def __init__(self) -> None:
        self._began = self._looked = time.monotonic()
        self._over = False

    def is_over(self) -> bool:
        """Tell whether it is time to give the row back (one query, now and then). Once it is, it stays so."""
        now = time.monotonic()
        if now - self._began > LONGEST:
            self._over = True
        elif not self._over and now - self._began >= SHORTEST and now - self._looked >= LOOK_EVERY:
            self._looked = now
            self._over = others_wait()
        return self._over


def others_wait() -> bool:
    """Tell whether work that is not with sources is due and nobody has it (one query)."""
    due = Work.objects.filter(work.OPEN, work.free(), due_at__lte=ClockTimestamp())
    return due.exclude(kind__in=PATIENT).exists()


def keep(lease: work.Lease) -> None:
    """Renew a lease inside the transaction that stores a part of the work.

    Work that gets on is not stuck: attempts that ended with a dead worker are forgotten. Raises LeaseLost.
    """
    mine = Work.objects.filter(work.OPEN, pk=lease.work_id, token=lease.token)
    if not mine.update(lease_until=ClockTimestamp() + work.LEASE, attempts=1):
        raise work.LeaseLost(f"{lease.kind} {lease.subject}")
