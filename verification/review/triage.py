"""The start of a case: a Claim without a Review is the inbox."""

from django.db import transaction

from claims import work
from claims.models import Claim
from verification.models import Review, State
from verification.review.log import Entry, append_many

RESEARCH = "verification.research"
SWEEPER = "service:sweep"
MAX_CASES = 500


def open_cases() -> int:
    """Open a Review in triage for each new claim, at most 500, and enlist its research; return how many were opened.

    Two sweeps at once are safe: a claim's row is locked, and a claim has one Review by constraint.
    """
    with transaction.atomic():
        inbox = Claim.objects.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(review__isnull=True)
        claims = list(inbox.order_by("pk")[:MAX_CASES])
        # A sweep that was just finished elsewhere may have opened some of them between our read and our lock.
        opened = set(Review.objects.filter(claim__in=claims).values_list("claim_id", flat=True))
        claims = [claim for claim in claims if claim.pk not in opened]
        reviews = Review.objects.bulk_create(
            Review(claim=claim, wording=claim.text, priority=claim.score, priority_reasons=claim.reasons)
            for claim in claims
        )
        append_many(
            [
                Entry(review, SWEEPER, "opened", to_state=State.TRIAGE, payload={"claim": str(claim.public)})
                for review, claim in zip(reviews, claims, strict=True)
            ]
        )
        work.enlist(RESEARCH, (claim.pk for claim in claims))
    return len(claims)
