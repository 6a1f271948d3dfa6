"""The sealer: joins new events of all cases into one global chain."""

from django.db import connection, transaction

from claims.models.clock import read_clock
from verification.models import Seal, SealEntry, UnsealedEvent
from verification.review.log_format import GENESIS, seal_hash

# One sealer at a time; any constant that nothing else in the project uses as an advisory lock.
SEALER_LOCK = 0x5EA1
MAX_EVENTS = 10_000


def seal() -> Seal | None:
    """Seal the events logged since the last seal, at most 10,000; None when there are none or another sealer works."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
            (alone,) = cursor.fetchone()
        waiting = UnsealedEvent.objects.order_by("event_id").values_list("event_id", "event__hash")[:MAX_EVENTS]
        events = [(pk, bytes(value)) for pk, value in waiting] if alone else []
        if not events:
            return None
        at = read_clock()  # after the events were read: a seal is no older than what it holds
        last = Seal.objects.order_by("-number").first()
        number, prev_hash = (last.number + 1, bytes(last.hash)) if last else (1, GENESIS)
        if last:
            at = max(at, last.at)  # a clock that was put back does not keep new events from being sealed
        made = Seal.objects.create(
            number=number,
            at=at,
            events=len(events),
            prev_hash=prev_hash,
            hash=seal_hash(number, at, prev_hash, (value for _pk, value in events)),
        )
        SealEntry.objects.bulk_create(
            SealEntry(seal=made, position=position, event_id=pk, event_hash=value)
            for position, (pk, value) in enumerate(events)
        )
        UnsealedEvent.objects.filter(event_id__in=[pk for pk, _value in events]).delete()
    return made
