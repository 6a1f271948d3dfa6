"""What happens to a case after its verdict: corrected, looked at anew on its day, reopened after it was withdrawn."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from claims.models.clock import read_clock
from claims.wording import words
from verification.models import Change, Desk, LegalRead, Review, State
from verification.review import second_checks
from verification.review.refusals import Refusal, Unmet
from verification.review.standing import Standing
from verification.review.transitions import Actor, Move, move

# From here on the as-of day has been read by whoever signs, or stands signed.
AS_OF_STANDS = (State.SIGN_OFF, State.APPROVED, State.PUBLISHED, State.CHALLENGED)


def new_cycle_changes(review: Review, change: str, reason: str) -> dict[str, object]:
    """Return what changes in a case's row when another cycle opens: whatever was decided for the last is open again.

    `change` is why (`Change`), `reason` what the desk reads of it. A review date that has come is taken off, so that it
    does not come again.
    """
    changes: dict[str, object] = {
        "cycle": F("cycle") + 1,
        "change": change,
        "change_reason": reason.strip(),
        "embargo_until": None,
        "legal_read": LegalRead.NONE,
        "second_check": second_checks.decide(Desk.get(), review, review.cycle + 1)[0],
    }
    if review.review_on and review.review_on <= read_clock():
        changes["review_on"] = None
    return changes


def new_cycle_told(review: Review) -> dict[str, object]:
    """Return what the log keeps of the desk's rules when another cycle of this case opens."""
    follows, why = second_checks.decide(Desk.get(), review, review.cycle + 1)
    return {"second_check": follows, second_checks.WHY: why}


def correct(review: Review, person: User, seen: int, change: str, reason: str) -> Standing:
    """Open a new cycle that will end as another version; `change` is correction, update or void.

    Challenges that led to it are settled when that version goes out.
    """
    if change not in {Change.CORRECTION, Change.UPDATE, Change.VOID}:
        raise Unmet(Refusal("change", words("Say whether it is a correction, an update, or whether it is void.")))
    changes = new_cycle_changes(review, change, reason)
    payload = {"change": change, **new_cycle_told(review)}
    return move(review.pk, Move("correct", Actor(person), seen, reason, payload, changes))


def reopen(review: Review, editor: User, seen: int, reason: str) -> Standing:
    """Put a withdrawn case into the queue again, in a new cycle that will end as its first published version."""
    changes = new_cycle_changes(review, Change.INITIAL, reason)
    return move(review.pk, Move("reopen", Actor(editor), seen, reason, new_cycle_told(review), changes))


def set_dates(review: Review, person: User, seen: int, as_of: date | None, review_on: datetime | None) -> Standing:
    """Say for which day the verdict holds, and when what is published is looked at again; None for neither.

    Raises Unmet when the as-of day would change after the text was sent to sign-off, or a new review date has passed.
    """
    payload = {
        "as_of": as_of.isoformat() if as_of else None,
        "review_on": review_on.isoformat() if review_on else None,
    }
    changes = {"as_of": as_of, "review_on": review_on}
    with transaction.atomic():
        before = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        standing = move(review.pk, Move("set_dates", Actor(person), seen, payload=payload, changes=changes))
        if as_of != before.as_of and before.state in AS_OF_STANDS:
            sentence = words("Return the text, or correct what is published, to change the day for which it holds.")
            raise Unmet(Refusal("as_of", sentence))
        if review_on and review_on != before.review_on and review_on <= read_clock():
            raise Unmet(Refusal("review_on", words("This day has passed: give a later one, or leave it empty.")))
    return standing
