"""Cases for tests that need rows: brought along the table of states, each step with its line of the log.

Nobody is asked whether they may, and no duty or turn is made: `tests.cases` walks a case as a desk does.
"""

from django.db import transaction

from verification.models import Review, State
from verification.review.log import Entry, append
from verification.review.replay import NEW_CYCLE
from verification.review.states import TABLE

ROWS = "service:rows"
TO_APPROVAL = ("take", "propose", "pass_on", "send_to_sign_off", "approve")


def begin(review: Review) -> Review:
    """Store a case that is new, in triage, and that it was opened."""
    with transaction.atomic():
        review.save()
        payload = {"claim": str(review.claim.public)}
        append(Entry(review, ROWS, "opened", to_state=State.TRIAGE, payload=payload))
    return review


def lead(review: Review, *verbs: str, payload: dict[str, object] | None = None, **changes: object) -> Review:
    """Bring a case on by these verbs, with further fields of its row, and read it again.

    The payload is that of each of them; a correction begins another cycle.
    """
    with transaction.atomic():
        for verb in verbs:
            before, cycle = review.state, review.cycle + (verb in NEW_CYCLE)
            target = TABLE[verb].target or before
            Review.objects.filter(pk=review.pk).update(state=target, cycle=cycle, **changes)
            review.refresh_from_db()
            append(Entry(review, ROWS, verb, before, target, payload or {}))
    return review
