"""What subscribers were sent of a publication, and how many letters of it are still to go."""

from dataclasses import dataclass

from django.db.models import Q

from verification.models import Change, Publication, Subscriber, SubscriberMail
from verification.publishing.reach.places import place_of
from verification.publishing.subscribing.sending import News, wanting


@dataclass(frozen=True, slots=True)
class Mailed:
    """How many letters were taken by the mail server, and how many subscribers wait for theirs."""

    sent: int
    waiting: int


def mailed(publication: Publication) -> Mailed:
    """Return what was sent of a publication; of a minor edit nothing is. Its verdict is at hand (four queries)."""
    if publication.verdict.change == Change.MINOR:
        return Mailed(0, 0)
    place, sent = place_of(publication), SubscriberMail.objects.filter(publication=publication).count()
    behind = Q(told_up_to__lt=place) if place else Q()
    news = News(place, publication, publication.verdict.change != Change.INITIAL)
    return Mailed(sent, Subscriber.objects.filter(wanting(news) & behind).count())
