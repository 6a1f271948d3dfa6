"""Where the sealed log tells of a publication."""

from verification.models import Change, Publication, ReviewEvent
from verification.publishing.webhooks.making import PUBLISH


def place_of(publication: Publication) -> int:
    """Return the place of a publication that is no minor edit; 0 while that line is not sealed yet (two queries)."""
    earlier = Publication.objects.filter(review=publication.review_id, pk__lte=publication.pk)
    number = earlier.exclude(verdict__change=Change.MINOR).count()
    lines = ReviewEvent.objects.filter(review=publication.review_id, verb=PUBLISH).order_by("seq")
    places = lines.values_list("seal_entry", flat=True)[number - 1 : number]
    return places[0] or 0 if places else 0
