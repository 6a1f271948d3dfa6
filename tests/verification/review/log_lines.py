"""Writing to the log and reading it again, in one line each."""

from django.db import transaction

from verification.models import Review, ReviewEvent
from verification.review.log import Entry, append
from verification.review.proof import faults


def log_line(review: Review, verb: str = "add_source", **payload: object) -> ReviewEvent:
    with transaction.atomic():
        return append(Entry(review, "user:1", verb, review.state, review.state, payload))


def insertable(review: Review, **fields: object) -> ReviewEvent:
    """Return an event, not stored, that would stand in the log as it is; `fields` are what is wrong with it."""
    line: dict[str, object] = {"verb": "add_source", "from_state": review.state, "to_state": review.state}
    values: dict[str, object] = {"cycle": review.cycle, "actor": "user:1", "payload_hash": bytes(32)}
    return ReviewEvent(review=review, **values | line | fields)


def told() -> str:
    return " | ".join(f"{fault.chain}, {fault.link}: {fault.fault}" for fault in faults())
