"""What the desk finds worth checking, changed by a person: who may, and the claims in triage weighed again.

    save_weights(person, …)           stores other weights and makes the weighing due
    weigh_undecided(weighing, lease)  brings what nobody has decided yet to the new scores

A claim whose case is past triage keeps the score that it was decided by.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from claims import weighing, work
from claims.models import Claim, Weighing
from claims.weighing import SavedMeanwhile, Topic, Weights
from claims.wording import words
from verification.models import Review, State
from verification.review.policy import may_open
from verification.review.refusals import Moved, NotYours, Refusal
from verification.review.standing import name_of

WEIGH = "verification.weigh"
AT_ONCE: Final = 500


def save_weights(person: User, factors: Mapping[str, float], topics: Sequence[Topic], seen: int) -> Weighing | None:
    """Store other weights and make the weighing of what waits in triage due; None when they are in force already.

    `seen` is the row (0: none) on whose weights the person decided. Raises NotYours, and Moved when others were saved
    meanwhile.
    """
    if not may_open(person, "weights"):
        raise NotYours(Refusal("role", words("Your role does not include this page.")))
    asked = Weights({name: factor for name, factor in factors.items() if factor != weighing.AS_SHIPPED}, tuple(topics))
    if weighing.in_force().counts_like(asked):
        return None
    try:
        with transaction.atomic():
            saved = weighing.save(person, factors, topics, seen)
            work.enlist(WEIGH, [saved.pk])
    except SavedMeanwhile as error:
        told = words("%(name)s saved other weights meanwhile.", name=name_of(error.newest.by))
        raise Moved(Refusal("weights", told)) from error
    return saved


def weigh_undecided(saved: Weighing, lease: work.Lease) -> None:
    """Weigh again, under a lease, all claims that nobody has decided yet; it may run twice, and be cut short anywhere.

    Once other weights are saved it ends: their own weighing follows. Raises LeaseLost when another worker took over.
    """
    weights, last = weighing.weights_of(saved), 0
    while (pk := _weigh_some(weights, last)) is not None:
        last = pk
    with transaction.atomic():
        work.complete(lease)


def _weigh_some(weights: Weights, after: int) -> int | None:
    """Weigh the next claims behind the one named; return the last of them, None when there is nothing more to do."""
    undecided = Q(review__isnull=True) | Q(review__state=State.TRIAGE)
    with transaction.atomic():
        rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(undecided, pk__gt=after)
        claims = list(rows.exclude(features={}).order_by("pk")[:AT_ONCE])
        # Only now: whoever saved other weights before these rows were ours weighs them after us.
        if not claims or weighing.in_force().number != weights.number:
            return None
        # A case may have been opened, or decided, between our look and our lock.
        cases = Review.objects.select_for_update(no_key=True).filter(claim__in=claims).order_by("pk")
        reviews = {review.claim_id: review for review in cases}
        free = [claim for claim in claims if claim.pk not in reviews or reviews[claim.pk].state == State.TRIAGE]
        former = weighing.weigh_again(free, weights)
        _carry_over(
            ((reviews[claim.pk], claim) for claim in free if claim.pk in former and claim.pk in reviews), former
        )
    return claims[-1].pk


def _carry_over(pairs: Iterable[tuple[Review, Claim]], former: Mapping[int, float]) -> None:
    """Give cases the new scores as their priority, except where an editor has set another one."""
    changed = []
    for review, claim in pairs:
        if review.priority == former[claim.pk]:
            review.priority, review.priority_reasons = claim.score, claim.reasons
            changed.append(review)
    Review.objects.bulk_update(changed, ["priority", "priority_reasons"])
