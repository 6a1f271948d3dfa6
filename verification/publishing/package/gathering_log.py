"""The case's log up to one publication, and the seals that lead from its events to signed heads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Q, Sum

from verification.models import (
    Change,
    Checkpoint,
    Duty,
    EventPayload,
    LogKey,
    Publication,
    ReviewEvent,
    Seal,
    SealEntry,
    Verdict,
)
from verification.publishing.package.layout import ERASED, INTERNAL
from verification.review.checkpoints import GOES_OUT
from verification.review.log_format import stamp
from verification.review.log_keys import verifier_of
from verification.review.waiving import WAIVE

DISCLOSED: Final = ("approve", WAIVE, *GOES_OUT)
"""The verbs of events whose words may go into a package."""
WHOLE_CHAIN: Final = 20_000
"""Events up to which all seals from the first of the case to the publication go in. Of a longer time, each seal leads
to the next signed head alone."""


class NotSealed(LookupError):
    """No signed head covers the publication yet."""


@dataclass(frozen=True, slots=True)
class Logged:
    """What a package tells of the log: events, stretches of seals, and the head above the publication."""

    events: list[dict[str, Any]]
    seals: list[dict[str, Any]]
    checkpoint: Checkpoint
    keys: frozenset[int]


def logged(verdict: Verdict) -> Logged:
    """Return the log of a published version's case up to that publication. Raises `NotSealed`."""
    events = list(_events(verdict))
    entries = dict(SealEntry.objects.filter(event__in=events).values_list("event", "seal__number"))
    if len(entries) != len(events):
        raise NotSealed("an event is in no seal yet")
    checkpoint = _head_above(entries[events[-1].pk])
    stretches = _stretches(sorted(set(entries.values())), checkpoint)
    return Logged(
        events=_told(verdict, events),
        seals=[{"seals": _seals(first, head.seal.number), "checkpoint": head.note} for first, head in stretches],
        checkpoint=checkpoint,
        keys=frozenset(head.key_id for _first, head in stretches),
    )


def keys_told(keys: Iterable[int]) -> list[dict[str, Any]]:
    """Return the keys (ids) as a package tells them."""
    rows = LogKey.objects.filter(pk__in=set(keys)).order_by("pk")
    return [
        {"key": str(verifier_of(key)), "retired": _at(key.retired_at), "compromised": _at(key.compromised_at)}
        for key in rows
    ]


def _events(verdict: Verdict) -> Iterable[ReviewEvent]:
    """Return the events up to the one that put the version out: a case's n-th publication is its n-th such event."""
    of_case = ReviewEvent.objects.filter(review=verdict.review_id).order_by("seq")
    before = Publication.objects.filter(review=verdict.review_id, pk__lt=verdict.publication.pk).count()
    out = of_case.filter(verb__in=GOES_OUT).values_list("seq", flat=True)[before]
    return of_case.filter(seq__lte=out).annotate(erased=F("erases__public")).select_related("payload")


def _told(verdict: Verdict, events: Sequence[ReviewEvent]) -> list[dict[str, Any]]:
    disclosed, said = _disclosed(verdict, events), EventPayload.objects.filter(event__in=events).in_bulk()
    return [_event(event, said.get(event.pk), event.pk in disclosed) for event in events]


def _event(event: ReviewEvent, payload: EventPayload | None, disclosed: bool) -> dict[str, Any]:
    shown = {"salt": bytes(payload.salt).hex(), "body": payload.body} if payload and disclosed else None
    return {
        "public": str(event.public),
        "seq": event.seq,
        "at": stamp(event.at),
        "cycle": event.cycle,
        "actor": event.actor,
        "verb": event.verb,
        "from": event.from_state,
        "to": event.to_state,
        "payload_hash": bytes(event.payload_hash).hex(),
        "erases": str(event.erased or ""),  # type: ignore[attr-defined]  # annotated
        "prev": bytes(event.prev_hash).hex(),
        "hash": bytes(event.hash).hex(),
        "payload": shown,
        "withheld": None if shown else INTERNAL if payload else ERASED,
    }


def _disclosed(verdict: Verdict, events: Sequence[ReviewEvent]) -> set[int]:
    """Return the events (ids) whose words readers know anyway: publications, the sign-offs behind them, exceptions.

    Of a version that withdrew the check readers do not see the text, so its sign-off stays internal.
    """
    shown = set(_waivers(verdict))
    out = Publication.objects.filter(review=verdict.review_id).order_by("pk")
    changes = iter(out.values_list("verdict__change", flat=True))
    approval: int | None = None
    for event in events:
        if event.verb == "approve":
            approval = event.pk
        elif event.verb in GOES_OUT:
            shown.add(event.pk)
            if next(changes) != Change.VOID and event.verb == "publish" and approval is not None:
                shown.add(approval)
    return shown


def _waivers(verdict: Verdict) -> Iterable[int]:
    """Return the exceptions (ids of events) that published versions up to this one rest on, as `waivers_behind` does.

    Readers were never told of those of a cycle that was abandoned, or that withdrew the check.
    """
    versions = Verdict.objects.filter(review=verdict.review_id, publication__pk__lte=verdict.publication.pk)
    told = list(versions.exclude(change=Change.VOID).values_list("cycle", "approval"))
    judged = Q(judgment__submitted_at__isnull=False, cycle__in=[cycle for cycle, _approval in told])
    approved = Q(pk__in=[approval for _cycle, approval in told])
    waived = Duty.objects.filter(judged | approved, review=verdict.review_id, waiver__isnull=False)
    return waived.values_list("waiver", flat=True)


def _head_above(number: int) -> Checkpoint:
    """Return the first signed head at or after a seal, by a key that nobody else had."""
    believed = Q(key__compromised_at__isnull=True) | Q(at__lt=F("key__compromised_at"))
    heads = Checkpoint.objects.filter(believed, seal__number__gte=number).select_related("seal", "key")
    found = heads.order_by("seal__number", "pk").first()
    if found is None:
        raise NotSealed("no signed head covers it yet")
    return found


def _stretches(numbers: Sequence[int], head: Checkpoint) -> list[tuple[int, Checkpoint]]:
    """Return from which seal to which head the chain is told, in order; each of the numbers is in one stretch."""
    between = Seal.objects.filter(number__gte=numbers[0], number__lte=head.seal.number)
    if (between.aggregate(all=Sum("events"))["all"] or 0) <= WHOLE_CHAIN:
        return [(numbers[0], head)]
    found: list[tuple[int, Checkpoint]] = []
    for number in numbers:
        if not found or number > found[-1][1].seal.number:
            found.append((number, _head_above(number)))
    return found


def _seals(first: int, last: int) -> list[dict[str, Any]]:
    return [
        {
            "number": seal.number,
            "at": stamp(seal.at),
            "prev": bytes(seal.prev_hash).hex(),
            "hash": bytes(seal.hash).hex(),
            "events": [bytes(entry.event_hash).hex() for entry in seal.entries.order_by("position")],
        }
        for seal in Seal.objects.filter(number__gte=first, number__lte=last).order_by("number")
    ]


def _at(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None
