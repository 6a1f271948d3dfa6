"""Further sources for a case: who may bring them in, and the library asked again."""

from django.contrib.auth.models import User

from claims import work
from claims.models import Work
from claims.wording import words
from verification.models import Review
from verification.review.policy import roles_of
from verification.review.refusals import NotYours, Refusal
from verification.review.standing import JUDGING, Standing, judging_duty, standing_of
from verification.review.states import EDITOR
from verification.review.triage import RESEARCH


def may_add(person: User, standing: Standing) -> bool:
    """Return whether a person may put a source beside the claim: whoever judges it now, or an editor."""
    return judging_duty(standing, person) is not None or (
        EDITOR in roles_of(person) and standing.review.state in JUDGING
    )


def must_be_theirs(person: User, review: Review) -> None:
    """Raise NotYours where a person may not put a source beside the claim of a case."""
    if not may_add(person, standing_of(review)):
        told = words("Sources are added by whoever has the case, or by an editor, while it is judged.")
        raise NotYours(Refusal("sources", told))


def ask_library_again(review: Review) -> None:
    """Have the library searched again for the claim of a case: a worker does it, and its search stays on record.

    A search that was called off, or failed too often, is tried again: somebody asks for it now.
    """
    work.enlist(RESEARCH, [review.claim_id])
    for row in Work.objects.filter(kind=RESEARCH, subject=review.claim_id, quarantined_at__isnull=False):
        work.release(row.pk)
