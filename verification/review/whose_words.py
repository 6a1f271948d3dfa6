"""Whose words go out after an adjudication: a checker's reasoning begins the text, its citations numbered anew."""

from collections.abc import Mapping

from django.contrib.auth.models import User

from verification.models import Draft, Hat, Judgment, Review
from verification.review.gate import CITATION

# Whose reasoning begins the explanation: that of the first or the second checker, or the adjudicator's own.
OWN = "own"
WHOSE: tuple[str, ...] = (Hat.FIRST.value, Hat.SECOND.value, OWN)


def begin_text(review: Review, person: User, chosen: Judgment, decided: Judgment) -> None:
    """Let the cycle's text begin with a checker's reasoning; one that somebody has begun already is left as it is.

    `decided` is the adjudicator's judgment, which holds the evidence of both checkers under numbers of its own.
    """
    published = review.publication.verdict if review.publication else None
    Draft.objects.get_or_create(
        review=review,
        cycle=review.cycle,
        defaults={
            "author": person,
            "headline": published.headline if published else "",
            "explanation": renumbered(chosen.reasoning, _numbers(chosen, decided)),
        },
    )


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """Return a text whose citations have the new numbers; one that stands for nothing stays as it was written."""
    return CITATION.sub(lambda cited: f"[{numbers.get(int(cited[1]), cited[1])}]", text)


def _numbers(chosen: Judgment, decided: Judgment) -> dict[int, int]:
    places = {(piece.document_id, piece.start, piece.end): piece.number for piece in decided.evidence.all()}
    records = {record.search_run_id: record.number for record in decided.searches.all()}
    pieces = [(each.number, places.get((each.document_id, each.start, each.end))) for each in chosen.evidence.all()]
    searched = [(each.number, records.get(each.search_run_id)) for each in chosen.searches.all()]
    return {old: new for old, new in [*pieces, *searched] if new is not None}
