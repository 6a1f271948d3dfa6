"""The only writer of the decision log."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from verification.models import EventPayload, Review, ReviewEvent
from verification.review.log_format import payload_body, payload_hash

SALT_BYTES = 32
ERASED = "payload_erased"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be logged of one case: who did what, from which state to which, and the particulars.

    `token` is the public id of the one by which a program did it, "" where none did.
    """

    review: Review
    actor: str
    verb: str
    from_state: str = ""
    to_state: str = ""
    payload: Mapping[str, object] = field(default_factory=dict)
    token: str = ""

    @property
    def said(self) -> Mapping[str, object]:
        """What the event says: the particulars, and the token."""
        return said_by(self.token, self.payload)


def said_by(token: str, payload: Mapping[str, object]) -> Mapping[str, object]:
    """Return what an event says with these particulars, where a program with this token ("": none) did it."""
    return {**payload, "token": token} if token else payload


def append(entry: Entry, *, erases: ReviewEvent | None = None) -> ReviewEvent:
    """Log one event in the caller's transaction and return it as the database chained it."""
    (event,) = _insert([entry], erases)
    event.refresh_from_db()
    return event


def append_many(entries: Sequence[Entry]) -> None:
    """Log many events, in order, in the caller's transaction. Cases other than theirs do not wait."""
    _insert(entries, None)


def _insert(entries: Sequence[Entry], erases: ReviewEvent | None) -> list[ReviewEvent]:
    if not connection.in_atomic_block:
        raise RuntimeError("An event is logged in the transaction of what it tells.")
    # The cases are locked in one order, whoever writes them: two bulk writes then wait for each other, and never both.
    cases = {entry.review.pk for entry in entries}
    list(Review.objects.select_for_update(no_key=True).filter(pk__in=cases).order_by("pk").values_list("pk"))
    salts = [secrets.token_bytes(SALT_BYTES) for _entry in entries]
    bodies = [payload_body(entry.said) for entry in entries]
    events = ReviewEvent.objects.bulk_create(
        ReviewEvent(
            review=entry.review,
            cycle=entry.review.cycle,
            actor=entry.actor,
            verb=entry.verb,
            from_state=entry.from_state,
            to_state=entry.to_state,
            payload_hash=payload_hash(salt, body),
            erases=erases,
        )
        for entry, salt, body in zip(entries, salts, bodies, strict=True)
    )
    EventPayload.objects.bulk_create(
        EventPayload(event=event, salt=salt, body=body) for event, salt, body in zip(events, salts, bodies, strict=True)
    )
    return events


def erase_payload(event: ReviewEvent, *, actor: str, reason: str) -> ReviewEvent:
    """Erase what an event said, and its salt, leaving a tombstone event that names it and the reason.

    Returns the tombstone. Raises ValueError when the event is itself a tombstone or has no payload any more.
    """
    with transaction.atomic():
        review = Review.objects.select_for_update().get(pk=event.review_id)
        if event.erases_id is not None or not EventPayload.objects.filter(event=event).exists():
            raise ValueError("This event has no payload that could be erased.")
        entry = Entry(review, actor, ERASED, review.state, review.state, {"event": str(event.public), "reason": reason})
        tombstone = append(entry, erases=event)
        EventPayload.objects.filter(event=event).delete()
    return tombstone
