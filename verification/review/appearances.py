"""Where the claim of a case stands: in the articles it was found in, and in those of the cases that joined it."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import F, Q

from claims.models import Appearance


def appearances_of(cases: Collection[int]) -> Mapping[int, list[Appearance]]:
    """Return the appearances of cases by id, the claim's own before those that joined, the oldest first (one query).

    With each come its article (without the text), outlet, snapshot, claim and case at hand. An article in which the
    claim stands twice is there twice.
    """
    of_case = Q(claim__review__in=cases) | Q(claim__review__duplicate_of__in=cases)
    found = Appearance.objects.filter(of_case).select_related("article__outlet", "snapshot", "claim__review")
    joined_last = F("claim__review__duplicate_of").asc(nulls_first=True)
    by_case: defaultdict[int, list[Appearance]] = defaultdict(list)
    for appearance in found.defer("article__text").order_by(joined_last, "article__published", "pk"):
        review = appearance.claim.review
        by_case[review.pk].append(appearance)
        if review.duplicate_of_id:
            by_case[review.duplicate_of_id].append(appearance)
    return by_case
