"""Deciding between two judgments that differ, on the evidence of both."""

from django.contrib.auth.models import User
from django.db import transaction

from claims.models.clock import ClockTimestamp
from claims.wording import words
from verification.models import Evidence, Hat, Judgment, Rating, Review, SearchRun
from verification.review.judgments import Pick, judgment_of, store_evidence, submitted_in
from verification.review.refusals import Refusal, Unmet
from verification.review.standing import Standing
from verification.review.transitions import Actor, Move, move
from verification.review.whose_words import OWN, WHOSE, begin_text


def adjudicate(review: Review, person: User, seen: int, rating: Rating, reasoning: str, whose: str = OWN) -> Standing:
    """Decide between two judgments: the adjudicator's own, on the evidence and the search records of both.

    `whose` (`WHOSE`) says whose reasoning begins the text that readers get.
    """
    if not reasoning.strip():
        raise Unmet(Refusal("reasoning", words("Say why, so that both checkers can follow it.")))
    if whose not in WHOSE:
        raise Unmet(Refusal("words", words("Say whose words go out.")))
    with transaction.atomic():
        payload = {"rating": rating.label, "reasoning": reasoning.strip(), "words_of": whose}
        standing = move(review.pk, Move("adjudicate", Actor(person), seen, payload=payload))
        duty = standing.duty_of(person.pk, Hat.ADJUDICATOR)
        assert duty is not None  # nosec B101 (the step gives the hat)
        judgment = judgment_of(duty)
        both = Evidence.objects.filter(judgment__in=submitted_in(review, duty.cycle)).select_related(
            "candidate__document"
        )
        picks = [
            Pick(piece.candidate, piece.role, piece.stance, piece.note)
            for piece in both.order_by("judgment__submitted_at", "number")
            if piece.candidate
        ]
        if not picks and rating.numeric is not None:
            raise Unmet(Refusal("evidence", words("Neither judgment has evidence: choose a rating that says so.")))
        searches = SearchRun.objects.filter(evidence__judgment__in=submitted_in(review, duty.cycle))
        attached = list(searches.order_by("evidence__judgment__submitted_at", "evidence__number"))
        if not attached and rating.numeric is None:
            raise Unmet(Refusal("searched", words("Neither judgment has a search record: choose another rating.")))
        store_evidence(judgment, picks, attached)
        if whose != OWN:
            chosen = submitted_in(review, duty.cycle).filter(hat=whose).order_by("-submitted_at")[0]
            begin_text(standing.review, person, chosen, judgment)
        Judgment.objects.filter(pk=judgment.pk).update(
            rating=rating,
            rating_label=rating.label,
            reasoning=reasoning.strip(),
            submitted_at=ClockTimestamp(),
            updated_at=ClockTimestamp(),
        )
    return standing
