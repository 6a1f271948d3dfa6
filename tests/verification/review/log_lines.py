"""Writing to the log and reading it again, in one line each."""

from django.db import transaction

from verification.models import Review, ReviewEvent
from verification.review.log import Entry, append
from verification.review.proof import faults


def log_line(review: Review, verb: str = "noted", **payload: object) -> ReviewEvent:
    with transaction.atomic():
        return append(Entry(review, "user:1", verb, review.state, review.state, payload))


def told() -> str:
    return " | ".join(f"{fault.chain}, {fault.link}: {fault.fault}" for fault in faults())
