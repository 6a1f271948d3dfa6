"""Which feeds a publication changed: the addresses that hubs are told, exactly those that feeds give as their own."""

from collections.abc import Iterator
from itertools import product
from typing import Final

from django.db.models import Q

from claims.models import Appearance
from verification.models import Change, Publication
from verification.publishing.addresses import Addresses
from verification.publishing.choosing import Choice

FEEDS: Final = ("atom", "rss", "json")
CORRECTIONS: Final = ("corrections_atom", "corrections_rss", "corrections_json")


def topics_of(publication: Publication, addresses: Addresses) -> list[str]:
    """Return the addresses of the feeds that a publication changed: of all, and of each single choice that it meets."""
    names = (*FEEDS, *CORRECTIONS) if is_correction(publication) else FEEDS
    choices = [Choice(), *choices_met(publication)]
    return [addresses.page(name) + choice.query for choice, name in product(choices, names)]


def is_correction(publication: Publication) -> bool:
    """Return whether a publication stands in the feed of corrections."""
    return publication.verdict.change not in {Change.INITIAL, Change.MINOR}


def choices_met(publication: Publication) -> Iterator[Choice]:
    """Yield each single choice whose feed a publication is in, or was in until it came."""
    verdict, review = publication.verdict, publication.review
    if speaker := review.claim.speaker:
        yield Choice(speaker=speaker.public)
        if speaker.joined_to:
            yield Choice(speaker=speaker.joined_to.public)
    seen = Appearance.objects.filter(Q(claim__review=review) | Q(claim__review__duplicate_of=review))
    outlets = seen.filter(article__outlet__isnull=False).values_list("article__outlet__public", flat=True)
    yield from (Choice(outlet=outlet) for outlet in sorted(set(outlets)))
    yield from (Choice(topic=name) for name in review.topics.order_by("name").values_list("name", flat=True))
    rated = [each for each in (verdict, verdict.supersedes) if each and each.change != Change.VOID]
    yield from (Choice(rating=label) for label in dict.fromkeys(each.rating_label for each in rated))
    yield Choice(language=verdict.language)
