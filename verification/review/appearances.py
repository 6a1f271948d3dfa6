"""Where the claim of a case stands: in the articles it was found in, and in those of the cases that joined it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Window

from claims.models import Appearance, Claim
from verification.models import Review

STANDS_AGAIN = Exists(Appearance.objects.filter(claim=OuterRef("claim"), article=OuterRef("article__replaces")))
"""That an appearance is a claim's in the newer copy of an article in which it stood already: no further place."""


def appearances_of(cases: Collection[int]) -> Mapping[int, list[Appearance]]:
    """Return the appearances of cases by id, the claim's own before those that joined, the oldest first (one query).

    With each come its article (without the text), outlet, snapshot, claim and case at hand. An article in which the
    claim stands twice is there twice; one that was read again later counts as it was read first. A part of a compound
    claim that has no place of its own stands where the whole does (one query more).
    """
    of_case = Q(claim__review__in=cases) | Q(claim__review__duplicate_of__in=cases)
    found = Appearance.objects.filter(of_case, ~STANDS_AGAIN)
    found = found.select_related("article__outlet", "snapshot", "claim__review")
    joined_last = F("claim__review__duplicate_of").asc(nulls_first=True)
    by_case: defaultdict[int, list[Appearance]] = defaultdict(list)
    for appearance in found.defer("article__text").order_by(joined_last, "article__published", "pk"):
        review = appearance.claim.review
        by_case[review.pk].append(appearance)
        if review.duplicate_of_id:
            by_case[review.duplicate_of_id].append(appearance)
    if homeless := set(cases) - by_case.keys():
        for appearance in _of_wholes(homeless).defer("article__text"):
            by_case[appearance.of_part].append(appearance)
    return by_case


def first_appearances(review: Review, most: int, *, texts: bool = False) -> tuple[list[Appearance], int]:
    """Return the first `most` appearances of a case, and how many there are (one query).

    The claim's own come before those that joined, each group as it was found. With each come its article (its text
    only with `texts`), outlet, snapshot, claim and case at hand. A part of a compound claim that has no place of its
    own stands where the whole does (one query more).
    """
    # A union, not an "or": then both halves are found by index, however many cases there are.
    own = Claim.objects.filter(pk=review.claim_id).values("pk")
    claims = own.union(Review.objects.filter(duplicate_of=review.pk).values("claim"))
    joined_last = F("claim__review__duplicate_of").asc(nulls_first=True)
    found = Appearance.objects.filter(~STANDS_AGAIN, claim__in=claims).order_by(joined_last, "pk")
    found = found.select_related("article__outlet", "snapshot", "claim__review")
    return _first(found, most, texts=texts) or _first(_of_wholes({review.pk}), most, texts=texts) or ([], 0)


def _first(found: Any, most: int, *, texts: bool) -> tuple[list[Appearance], int] | None:
    counted = found.annotate(count=Window(Count("pk")))
    listed = list((counted if texts else counted.defer("article__text"))[:most])
    return (listed, listed[0].count) if listed else None


def of_its_whole(review: int) -> list[Appearance]:
    """Return where the compound claim stands that a case (by id) is a part of, the first found first; with its text."""
    return list(_of_wholes({review}))


def _of_wholes(parts: Collection[int]) -> Any:
    whole = F("claim__review__parts__part")
    found = Appearance.objects.filter(~STANDS_AGAIN, claim__review__parts__part__in=parts).annotate(of_part=whole)
    return found.select_related("article__outlet", "snapshot", "claim__review").order_by("article__published", "pk")
