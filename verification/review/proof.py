"""Reads the log again and names the first broken link of each chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Now

from verification.models import EventPayload, ReviewEvent, Seal, SealEntry
from verification.review.log_format import GENESIS, EventFields, event_hash, payload_hash, seal_hash

# The sealer runs every few seconds; an event this old that no seal holds was kept from it.
SEALED_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken link: the case or seal, the event's place in it, and what is wrong."""

    chain: str
    link: str
    fault: str


def read_log() -> tuple[int, int, int]:
    """Return how many cases, events and seals there are to verify."""
    return (
        ReviewEvent.objects.values("review").distinct().count(),
        ReviewEvent.objects.count(),
        Seal.objects.count(),
    )


def faults() -> Iterator[Fault]:
    """Yield the first fault of each case's chain, then of the payloads, then of the global chain."""
    yield from _case_faults()
    yield from _payload_faults()
    yield from _seal_faults()


def _case_faults() -> Iterator[Fault]:
    events = ReviewEvent.objects.annotate(case=F("review__public"), erased=F("erases__public"))
    case, seq, prev_hash, broken = None, 0, GENESIS, False
    for event in events.order_by("review_id", "seq").iterator(chunk_size=2000):
        if event.case != case:
            case, seq, prev_hash, broken = event.case, 0, GENESIS, False
        if broken:
            continue
        fields = EventFields(
            review=str(event.case),
            seq=event.seq,
            at=event.at,
            cycle=event.cycle,
            actor=event.actor,
            verb=event.verb,
            from_state=event.from_state,
            to_state=event.to_state,
            payload_hash=bytes(event.payload_hash),
            erases=str(event.erased or ""),
            prev_hash=bytes(event.prev_hash),
        )
        fault = ""
        if event.seq != seq + 1:
            fault = f"event {seq + 1} is missing"
        elif bytes(event.hash) != event_hash(fields):
            fault = "its content was changed"
        elif bytes(event.prev_hash) != prev_hash:
            fault = f"it does not follow event {seq}, which was changed or replaced"
        if fault:
            broken = True
            yield Fault(f"case {event.case}", f"event {event.seq} ({event.verb})", fault)
        seq, prev_hash = event.seq, bytes(event.hash)


def _payload_faults() -> Iterator[Fault]:
    events = ReviewEvent.objects.select_related("payload", "review").filter(payload__isnull=False)
    for event in events.order_by("pk").iterator(chunk_size=2000):
        if payload_hash(bytes(event.payload.salt), event.payload.body) != bytes(event.payload_hash):
            yield Fault(f"case {event.review.public}", f"event {event.seq} ({event.verb})", "its payload was changed")
    lost = ReviewEvent.objects.filter(payload__isnull=True, erased_by__isnull=True).select_related("review")
    for event in lost.order_by("pk").iterator(chunk_size=2000):
        fault = "its payload is gone, and no tombstone says why"
        yield Fault(f"case {event.review.public}", f"event {event.seq} ({event.verb})", fault)
    for payload in EventPayload.objects.filter(event__erased_by__isnull=False).select_related("event__review"):
        event = payload.event
        fault = "a tombstone says that its payload was erased, but it is there"
        yield Fault(f"case {event.review.public}", f"event {event.seq} ({event.verb})", fault)


def _seal_faults() -> Iterator[Fault]:
    number, prev_hash = 0, GENESIS
    for seal in Seal.objects.order_by("number").iterator():
        entries = list(SealEntry.objects.filter(seal=seal).order_by("position").values_list("event_id", "event_hash"))
        sealed = [bytes(sealed_hash) for _event, sealed_hash in entries]
        fault = ""
        if seal.number != number + 1:
            fault = f"seal {number + 1} is missing"
        elif bytes(seal.prev_hash) != prev_hash:
            fault = f"it does not follow seal {number}"
        elif len(entries) != seal.events:
            fault = f"it holds {len(entries)} events where {seal.events} were sealed"
        elif bytes(seal.hash) != seal_hash(seal.number, seal.at, prev_hash, sealed):
            fault = "its content was changed"
        if fault:
            yield Fault("global chain", f"seal {seal.number}", fault)
            return
        # Looked up apart: a join would drop the very events that are gone.
        now = dict(ReviewEvent.objects.filter(pk__in=[pk for pk, _hash in entries]).values_list("pk", "hash"))
        for pk, sealed_hash in entries:
            if pk not in now or bytes(now[pk]) != bytes(sealed_hash):
                what = "is not the one that was sealed" if pk in now else "is gone"
                yield Fault("global chain", f"seal {seal.number}", f"event row {pk} {what}")
                return
        number, prev_hash = seal.number, bytes(seal.hash)
    unsealed = ReviewEvent.objects.filter(seal_entry__isnull=True, at__lt=Now() - SEALED_WITHIN)
    if count := unsealed.count():
        oldest = unsealed.order_by("at").first()
        fault = f"{count} events are older than ten minutes and in no seal; is `make run` (beat and worker) running?"
        yield Fault("global chain", f"event row {oldest.pk if oldest else ''}", fault)
