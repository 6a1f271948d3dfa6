"""Entries become documents: a source's due entries are fetched in batches, over one connection, at its host's pace.

    fetch_items(source, lease)   all that wait, newest first, batch by batch
    fetch_item(item, lease)      one by itself: what failed in a batch and is tried again later, by the rules of work

One worker at a time fetches for a source. A batch is stored in one transaction with its index rows, and small: what a
dead worker had fetched and not stored is fetched again.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from claims import work
from claims.capture.asking import Later
from claims.capture.outcome import Outcome
from claims.fetching import PoliteFetch
from claims.models import Work
from claims.models.clock import ClockTimestamp, read_clock
from claims.translation import say
from claims.wording import words
from verification.connectors.issuers.contract import BadConfiguration, Connector
from verification.models import Source, SourceItem, SourceRun
from verification.research.bringing import Brought, Stored, bring, store_brought
from verification.research.source_keeping import connector_of
from verification.research.stretch import FETCH_ITEM, Stretch, keep

# A batch is stored when it holds so many entries, so many bytes, or is so many seconds old.
BATCH, BATCH_BYTES, BATCH_SECONDS = 25, 8 * 1024 * 1024, 10.0
# After so many refusals or failures in a row the site has said enough: it is left alone for so long (seconds).
REFUSALS, FAILURES = 3, 5
AFTER_REFUSALS, AFTER_FAILURES = 24 * 3600.0, 900.0
TRY_AFTER = timedelta(seconds=30)


@dataclass(slots=True)
class _Account:
    """What one turn of fetching came to. `refused` and `failed` count those in a row, `without` those that are none."""

    source: Source
    started_at: datetime = field(default_factory=read_clock)
    stretch: Stretch = field(default_factory=Stretch)
    stored: Stored = field(default_factory=Stored)
    taken: int = 0
    without: int = 0
    refused: int = 0
    failed: int = 0
    last: Brought | None = None

    def note(self, brought: Brought) -> None:
        self.taken += 1
        self.refused = self.refused + 1 if brought.outcome is Outcome.REFUSED else 0
        self.failed = self.failed + 1 if brought.again else 0
        if not brought.text:
            self.without, self.last = self.without + 1, brought

    def add(self, stored: Stored) -> None:
        self.stored.fresh += stored.fresh
        self.stored.changed += stored.changed

    def enough(self) -> Later | None:
        """Return what to do about a site that keeps saying no; None while it does not."""
        if self.refused >= REFUSALS:
            told = words("It refused %(count)s pages in a row: it is left alone for a day.", count=self.refused)
            return Later(AFTER_REFUSALS, told)
        if self.failed >= FAILURES:
            told = words("%(count)s pages in a row failed: it is left alone for a while.", count=self.failed)
            return Later(AFTER_FAILURES, told)
        return None


def fetch_items(source: Source, lease: work.Lease) -> None:
    """Fetch what waits of a source, under a lease, until nothing does.

    Raises Later where its host is not to be asked yet or others are to have their turn, and LeaseLost.
    """
    try:
        connector = connector_of(source)
    except BadConfiguration:
        connector = None  # the next poll tells of it
    if connector is None:
        with transaction.atomic():
            work.complete(lease)
        return
    if lease.attempt > 1:
        _set_apart(source, lease)
    account = _Account(source)
    try:
        with PoliteFetch() as fetch:
            _go_through(connector, fetch, lease, account)
    finally:
        _record(account, fetch.requests)


def fetch_item(item: SourceItem, lease: work.Lease) -> None:
    """Fetch one entry's document, under a lease. What fails is tried again, and passed in the end.

    Raises Later and LeaseLost.
    """
    source = item.source
    try:
        connector = connector_of(source)
    except BadConfiguration as error:
        work.fail(lease, say(error.sentence), permanent=True)
        return
    if connector is None or item.state != SourceItem.State.DUE:
        with transaction.atomic():
            work.complete(lease)
        return
    with PoliteFetch(attempts=1) as fetch:  # the row of work says when it is tried again
        brought = bring(connector, fetch, item)
    over = not brought.again or lease.attempt >= work.MAX_ATTEMPTS
    with transaction.atomic():
        if over:
            work.complete(lease)
        elif not work.renew(lease):
            raise work.LeaseLost(f"{lease.kind} {lease.subject}")
        stands = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
        store_brought(stands, [brought], last=over)
    if not over:
        work.fail(lease, say(brought.sentence) if brought.sentence else str(brought.outcome))


def waiting(source: Source) -> Sequence[SourceItem]:
    """Return the next entries to fetch, newest first; those that are tried again by themselves are left out."""
    own = Work.objects.filter(kind=FETCH_ITEM, subject=OuterRef("pk"), done_at__isnull=True)
    due = SourceItem.objects.filter(~Exists(own), source=source, state=SourceItem.State.DUE)
    return list(due.order_by(F("published").desc(nulls_last=True), "pk")[:BATCH])


def _go_through(connector: Connector, fetch: PoliteFetch, lease: work.Lease, account: _Account) -> None:
    while True:
        batch = waiting(account.source)
        if not batch:
            if _is_done(account.source, lease):
                return
            continue
        if later := _bring_batch(connector, fetch, batch, lease, account) or account.enough():
            raise later
        if account.stretch.is_over():
            raise Later(0, words("It goes on as soon as others had their turn."))


def _bring_batch(
    connector: Connector, fetch: PoliteFetch, batch: Sequence[SourceItem], lease: work.Lease, account: _Account
) -> Later | None:
    """Fetch a batch, or as much of it as is to be had now, and store it."""
    brought: list[Brought] = []
    later, size, began = None, 0, time.monotonic()
    for item in batch:
        try:
            one = bring(connector, fetch, item)
        except Later as told:
            later = told
            break
        account.note(one)
        brought.append(one)
        size += len(one.text.body) if one.text else 0
        full = size >= BATCH_BYTES or time.monotonic() - began >= BATCH_SECONDS
        if full or account.enough() or account.stretch.is_over():
            break
    if brought:
        with transaction.atomic():
            keep(lease)
            stands = Source.objects.select_for_update(no_key=True).get(pk=account.source.pk)
            account.add(store_brought(stands, brought))
            _try_later([one.item.pk for one in brought if one.again])
    return later


def _try_later(items: Sequence[int]) -> None:
    """Have entries that failed fetched by themselves, not in the same breath."""
    work.enlist(FETCH_ITEM, items)
    fresh = Work.objects.filter(work.OPEN, kind=FETCH_ITEM, subject__in=items, attempts=0)
    fresh.update(due_at=ClockTimestamp() + TRY_AFTER)


def _is_done(source: Source, lease: work.Lease) -> bool:
    """Close the row if nothing waits. Whoever stores entries holds the source's row, so none slips in between."""
    with transaction.atomic():
        Source.objects.select_for_update(no_key=True).get(pk=source.pk)
        if waiting(source):
            return False
        work.complete(lease)
    return True


def _set_apart(source: Source, lease: work.Lease) -> None:
    """Let each entry of the batch in which a worker died be fetched by itself: one of them may have killed it."""
    with transaction.atomic():
        keep(lease)
        work.enlist(FETCH_ITEM, [item.pk for item in waiting(source)])


def _record(account: _Account, requests: int) -> None:
    """Write down a turn: what was taken, and of what is no document the last reason."""
    if not account.taken:
        return
    last = account.last
    told = words(
        "%(count)s of %(all)s are no documents yet; of the last: %(why)s",
        count=account.without,
        all=account.taken,
        why=say(last.sentence) if last and last.sentence else last.outcome if last else "",
    )
    SourceRun.objects.create(
        source=account.source,
        verb=SourceRun.Verb.FETCH,
        outcome=last.outcome if last and account.without == account.taken else Outcome.OK,
        sentence=work.storable(say(told)) if last else "",
        requests=requests,
        shown=account.taken,
        fresh=account.stored.fresh,
        changed=account.stored.changed,
        started_at=account.started_at,
    )
