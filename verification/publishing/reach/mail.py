"""What subscribers were sent of a publication, and how many letters of it are still to go."""

from dataclasses import dataclass

from django.db.models import Q

from verification.models import Change, Publication, ReviewEvent, Subscriber, SubscriberMail
from verification.publishing.subscribing.sending import News, wanting
from verification.publishing.webhooks.making import PUBLISH


@dataclass(frozen=True, slots=True)
class Mailed:
    """How many letters were taken by the mail server, and how many subscribers wait for theirs."""

    sent: int
    waiting: int


def mailed(publication: Publication) -> Mailed:
    """Return what was sent of a publication; of a minor edit nothing is. Its verdict is at hand (four queries)."""
    if publication.verdict.change == Change.MINOR:
        return Mailed(0, 0)
    place, sent = _place_of(publication), SubscriberMail.objects.filter(publication=publication).count()
    behind = Q(told_up_to__lt=place) if place else Q()
    news = News(place, publication, publication.verdict.change != Change.INITIAL)
    return Mailed(sent, Subscriber.objects.filter(wanting(news) & behind).count())


def _place_of(publication: Publication) -> int:
    """Return where the sealed log tells of a publication; 0 while that line is not sealed yet."""
    earlier = Publication.objects.filter(review=publication.review_id, pk__lte=publication.pk)
    number = earlier.exclude(verdict__change=Change.MINOR).count()
    lines = ReviewEvent.objects.filter(review=publication.review_id, verb=PUBLISH).order_by("seq")
    places = lines.values_list("seal_entry", flat=True)[number - 1 : number]
    return places[0] or 0 if places else 0
