"""A compound claim becomes several: each part is a claim of its own, said by the same speaker at the same time."""

import re
from collections.abc import Sequence

from django.db import transaction

from claims.extraction.contract import selector
from claims.models import Appearance, Article, Claim
from claims.wording import store, words

_ENDS = " \t\n.,;:…"


def split_claim(claim: Claim, parts: Sequence[str]) -> list[Claim]:
    """Store a claim for each part of another one, worded as given, and return them in that order.

    A part has the other's quotations and figures that stand in its words, and an appearance of its own wherever its
    very words stand inside the other's: what is worded anew appears where the whole does, and has none. A place where
    a claim stands already stays that claim's.
    """
    with transaction.atomic():
        claims = Claim.objects.bulk_create(_part(claim, text) for text in parts)
        places_of_whole = list(claim.appearances.select_related("article").order_by("pk"))
        # Of two who divide claims of one article at once, the second sees which places the first has taken.
        articles = Article.objects.select_for_update(no_key=True).filter(
            pk__in=[at.article_id for at in places_of_whole]
        )
        list(articles.order_by("pk").values_list("pk"))
        for appearance in places_of_whole:
            places = set(appearance.article.appearances.values_list("start", "end"))
            for part in claims:
                if place := _place(appearance, part.text, places):
                    places.add(place)
                    _appear(part, appearance, place)
    return claims


def _part(claim: Claim, text: str) -> Claim:
    quotations = [quotation for quotation in claim.quotations if quotation in text]
    quantities = [quantity for quantity in claim.quantities if quantity["text"] in text]
    missing = {Claim.Kind.QUOTATION.value: not quotations, Claim.Kind.QUANTITY.value: not quantities}
    proposed = next((part for part in claim.parts if text in (part["exact"], part["wording"])), None)
    return Claim(
        kind=Claim.Kind.STATEMENT if missing.get(claim.kind, False) else claim.kind,
        asserts=proposed["asserts"] if proposed else [],
        text=text,
        speaker=claim.speaker,
        said=claim.said,
        said_precision=claim.said_precision,
        quotations=quotations,
        quantities=quantities,
        score=claim.score,
        reasons=store([words("is part of a compound claim")]),
    )


def _place(whole: Appearance, text: str, taken: set[tuple[int, int]]) -> tuple[int, int] | None:
    """Return where the words stand inside the whole's, whatever their blanks and capitals; None where they do not."""
    pattern = r"\s+".join(map(re.escape, text.strip(_ENDS).split()))
    if not pattern:
        return None
    for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", whole.exact, re.IGNORECASE):
        place = (whole.start + found.start(), whole.start + found.end())
        if place not in taken:
            return place
    return None


def _appear(part: Claim, whole: Appearance, place: tuple[int, int]) -> None:
    found = selector(whole.article.text, *place)
    Appearance.objects.create(
        claim=part,
        article=whole.article,
        snapshot_id=whole.snapshot_id,
        snapshot_sha256=whole.snapshot_sha256,
        exact=found.exact,
        prefix=found.prefix,
        suffix=found.suffix,
        start=found.start,
        end=found.end,
        mention=whole.mention,
        mention_start=whole.mention_start,
        mention_end=whole.mention_end,
    )
