"""Reads the log again and names the first broken link of each chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext, ngettext

from claims.translation import say
from verification.models import EventPayload, Review, ReviewEvent, Seal, SealEntry
from verification.review.comparing import partings
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
    """Yield the first fault of each case's chain, then of the payloads, the cases, and the global chain."""
    yield from _chain_faults()
    yield from _replay_faults()
    yield from _tombstone_faults()
    yield from _payload_faults()
    yield from _seal_faults()


def case_faults(review: Review) -> Iterator[Fault]:
    """Yield the first fault of one case's chain, and where the case and its log part."""
    yield from _chain_faults(review)
    yield from _replay_faults(review)


def _chain_faults(only: Review | None = None) -> Iterator[Fault]:
    events = ReviewEvent.objects.annotate(case=F("review__public"), erased=F("erases__public"))
    events = events.filter(review=only) if only else events
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
            fault = gettext("event %(seq)s is missing") % {"seq": seq + 1}
        elif bytes(event.hash) != event_hash(fields):
            fault = gettext("its content was changed")
        elif bytes(event.prev_hash) != prev_hash:
            fault = gettext("it does not follow event %(seq)s, which was changed or replaced") % {"seq": seq}
        if fault:
            broken = True
            yield Fault(_case(event.case), _event(event), fault)
        seq, prev_hash = event.seq, bytes(event.hash)


def _replay_faults(only: Review | None = None) -> Iterator[Fault]:
    """Replay each case's log from empty: it may leave the table of states, or the case elsewhere than it stands."""
    for parting in partings(only):
        link = gettext("event %(seq)s (%(verb)s)") % {"seq": parting.seq, "verb": parting.verb}
        yield Fault(_case(parting.case), link if parting.seq else gettext("the case itself"), say(parting.how))


def _tombstone_faults() -> Iterator[Fault]:
    astray = ReviewEvent.objects.filter(erases__isnull=False).select_related("review")
    astray = astray.filter(~Q(erases__review=F("review")) | Q(erases__erases__isnull=False))
    for event in astray.order_by("pk"):
        fault = gettext("it erases an event of another case, or a tombstone")
        yield Fault(_case(event.review.public), _event(event), fault)


def _case(public: object) -> str:
    return gettext("case %(id)s") % {"id": public}


def _event(event: ReviewEvent) -> str:
    return gettext("event %(seq)s (%(verb)s)") % {"seq": event.seq, "verb": event.verb}


def _payload_faults() -> Iterator[Fault]:
    events = ReviewEvent.objects.select_related("payload", "review").filter(payload__isnull=False)
    for event in events.order_by("pk").iterator(chunk_size=2000):
        if payload_hash(bytes(event.payload.salt), event.payload.body) != bytes(event.payload_hash):
            yield Fault(_case(event.review.public), _event(event), gettext("its payload was changed"))
    lost = ReviewEvent.objects.filter(payload__isnull=True, erased_by__isnull=True).select_related("review")
    for event in lost.order_by("pk").iterator(chunk_size=2000):
        fault = gettext("its payload is gone, and no tombstone says why")
        yield Fault(_case(event.review.public), _event(event), fault)
    for payload in EventPayload.objects.filter(event__erased_by__isnull=False).select_related("event__review"):
        event = payload.event
        fault = gettext("a tombstone says that its payload was erased, but it is there")
        yield Fault(_case(event.review.public), _event(event), fault)


def _seal_faults() -> Iterator[Fault]:
    number, prev_hash = 0, GENESIS
    for seal in Seal.objects.order_by("number").iterator():
        entries = list(SealEntry.objects.filter(seal=seal).order_by("position").values_list("event_id", "event_hash"))
        sealed = [bytes(sealed_hash) for _event, sealed_hash in entries]
        fault = ""
        if seal.number != number + 1:
            fault = gettext("seal %(number)s is missing") % {"number": number + 1}
        elif bytes(seal.prev_hash) != prev_hash:
            fault = gettext("it does not follow seal %(number)s") % {"number": number}
        elif len(entries) != seal.events:
            fault = gettext("it holds %(found)s events where %(sealed)s were sealed")
            fault %= {"found": len(entries), "sealed": seal.events}
        elif bytes(seal.hash) != seal_hash(seal.number, seal.at, prev_hash, sealed):
            fault = gettext("its content was changed")
        if fault:
            yield Fault(gettext("global chain"), _seal(seal), fault)
            return
        # Looked up apart: a join would drop the very events that are gone.
        now = dict(ReviewEvent.objects.filter(pk__in=[pk for pk, _hash in entries]).values_list("pk", "hash"))
        for pk, sealed_hash in entries:
            if pk not in now or bytes(now[pk]) != bytes(sealed_hash):
                fault = gettext("event row %(id)s is not the one that was sealed") if pk in now else ""
                fault = (fault or gettext("event row %(id)s is gone")) % {"id": pk}
                yield Fault(gettext("global chain"), _seal(seal), fault)
                return
        number, prev_hash = seal.number, bytes(seal.hash)
    unsealed = ReviewEvent.objects.filter(seal_entry__isnull=True, at__lt=Now() - SEALED_WITHIN)
    if count := unsealed.count():
        oldest = unsealed.order_by("at").first()
        fault = ngettext(
            "%(count)d event is older than ten minutes and in no seal; is `make run` (beat and worker) running?",
            "%(count)d events are older than ten minutes and in no seal; is `make run` (beat and worker) running?",
            count,
        )
        link = gettext("event row %(id)s") % {"id": oldest.pk if oldest else ""}
        yield Fault(gettext("global chain"), link, fault % {"count": count})


def _seal(seal: Seal) -> str:
    return gettext("seal %(number)s") % {"number": seal.number}


def newest_seal() -> Seal | None:
    """Return the head of the global chain, to be written down somewhere else: a cut-off end shows only against that."""
    return Seal.objects.order_by("-number").first()
