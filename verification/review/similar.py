"""Cases that may check the same claim already."""

from dataclasses import dataclass

from django.db.models import F
from rapidfuzz import fuzz, process, utils

from verification.models import Review, State

# What came to nothing is no case to join.
CLOSED = (State.NOT_CHECKABLE, State.DUPLICATE, State.DECLINED, State.WITHDRAWN)
# The newest cases that are looked through, and the least likeness (0 to 100) that is worth a look.
LOOKED_THROUGH = 2000
ALIKE = 55


@dataclass(frozen=True, slots=True)
class Similar:
    """Another case and how alike its wording is, in whole per cent."""

    review: Review
    percent: int


def similar_cases(review: Review, limit: int = 3) -> list[Similar]:
    """Return the open or published cases whose wording is most like this one's, most alike first (one query).

    Likeness is the Indel similarity of the sorted words (rapidfuzz's token sort ratio), which no order of words hides.
    """
    others = Review.objects.exclude(state__in=CLOSED).exclude(pk=review.pk).order_by(F("pk").desc())
    cases = list(others.only("pk", "wording", "state")[:LOOKED_THROUGH])
    alike = process.extract(
        review.wording,
        [case.wording for case in cases],
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=ALIKE,
        limit=limit,
    )
    return [Similar(cases[place], round(score)) for _wording, score, place in alike]
