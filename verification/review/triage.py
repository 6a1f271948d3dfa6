"""The start of a case: a Claim without a Review is the inbox; then accepted, reworded, or set aside with a reason."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims import work
from claims.models import Claim, Submission
from claims.wording import words
from verification.models import Desk, Duty, Hat, Review, ReviewEvent, State
from verification.review.findable import make_found, tidy
from verification.review.joining import JOINED, LEFT, Shown, follow, tell_root, to_join, to_part
from verification.review.log import Entry, append_many
from verification.review.refusals import Refusal, Unmet
from verification.review.standing import Standing
from verification.review.transitions import Actor, Move, move

RESEARCH = "verification.research"
SWEEPER = "service:sweep"
MAX_CASES = 500


def open_cases() -> int:
    """Open a Review in triage for each new claim, at most 500, and enlist its research; return how many were opened.

    Whoever handed the article in wears the submitter's hat. Two sweeps at once are safe: a claim's row is locked, and a
    claim has one Review by constraint.
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
        _note_submitters(reviews)
        make_found(reviews)
        work.enlist(RESEARCH, (claim.pk for claim in claims))
    if claims:
        tidy()
    return len(claims)


def _note_submitters(reviews: list[Review]) -> None:
    by_claim = {review.claim_id: review for review in reviews}
    handed = Submission.objects.filter(article__appearances__claim__in=by_claim)
    pairs = set(handed.values_list("article__appearances__claim", "person"))
    Duty.objects.bulk_create(
        Duty(review=by_claim[claim], cycle=1, person_id=person, hat=Hat.SUBMITTER)
        for claim, person in sorted(pairs)
        if claim in by_claim
    )


def accept(
    review: Review, person: User, seen: int, *, wording: str = "", why: str = "", deadline: datetime | None = None
) -> Standing:
    """Put a claim into the queue, reworded if `wording` differs, with the reason it was selected.

    The desk's rule says whether a second check follows, unless an editor has planned the case already.
    """
    wording = wording.strip() or review.wording
    changes: dict[str, object] = {"wording": wording, "selection_reason": why.strip(), "deadline": deadline}
    if not ReviewEvent.objects.filter(review=review, verb="plan").exists():
        changes["second_check"] = Desk.get().second_check
    payload = {"wording": wording, "deadline": deadline.isoformat() if deadline else None}
    return move(review.pk, Move("accept", Actor(person), seen, why, payload, changes))


def reword(review: Review, person: User, seen: int, wording: str) -> Standing:
    """Change how the claim reads; what the article says stays as it is."""
    wording = wording.strip()
    if not wording:
        raise Unmet(Refusal("wording", words("Write the claim as one sentence that stands alone.")))
    payload = {"from": review.wording, "to": wording}
    return move(review.pk, Move("reword", Actor(person), seen, payload=payload, changes={"wording": wording}))


def set_aside(review: Review, person: User, seen: int, verb: str, reason: str) -> Standing:
    """End triage without a check: `verb` is `not_checkable` or `decline`."""
    return move(review.pk, Move(verb, Actor(person), seen, reason))


def mark_duplicate(
    review: Review, person: User, seen: int, original: Review | None, reason: str = "", *, shown: Shown | None = None
) -> Standing:
    """Say that another case checks the same claim: this claim's appearances are that one's from now on.

    Of a case that is a duplicate itself, what it is a duplicate of is meant. `shown` is what the machine had said of
    the two. Raises Unmet when the original is closed.
    """
    with transaction.atomic():
        parties = to_join(review, original)
        changes = {"duplicate_of": parties.root}
        standing = move(review.pk, Move("duplicate", Actor(person), seen, reason, parties.told(shown), changes))
        follow(parties, parties.root)
        tell_root(parties, JOINED, Actor(person), shown)
    return standing


def reconsider(review: Review, person: User, seen: int) -> Standing:
    """Take a claim that was set aside back into triage; a duplicate leaves the case that it had joined."""
    with transaction.atomic():
        parties = to_part(review)
        payload = parties.told() if parties else {}
        standing = move(review.pk, Move("reconsider", Actor(person), seen, "", payload, {"duplicate_of": None}))
        if parties:
            follow(parties, parties.review)
            tell_root(parties, LEFT, Actor(person))
    return standing


def plan(
    review: Review, person: User, seen: int, *, priority: float, deadline: datetime | None, second_check: bool | None
) -> Standing:
    """Set priority (0 to 1), deadline and whether a second person judges the case blind (None: decided later)."""
    changes = {"priority": priority, "deadline": deadline, "second_check": second_check}
    payload = changes | {"deadline": deadline.isoformat() if deadline else None}
    return move(review.pk, Move("plan", Actor(person), seen, payload=payload, changes=changes))
