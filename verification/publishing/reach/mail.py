"""What subscribers were sent of a publication, how many letters of it are still to go, how many were given up."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q

from verification.models import Change, Publication, Subscriber, SubscriberMail
from verification.publishing.reach.places import place_of
from verification.publishing.subscribing.sending import News, wanting


@dataclass(frozen=True, slots=True)
class Mailed:
    """How many letters were taken by the mail server, how many subscribers wait for theirs, how many were given up."""

    sent: int
    waiting: int
    given_up: int


NO_MAIL: Final = Mailed(0, 0, 0)


def mailed(publication: Publication) -> Mailed:
    """Return what was sent of a publication; of a minor edit nothing is. Its verdict is at hand (four queries)."""
    if publication.verdict.change == Change.MINOR:
        return NO_MAIL
    place, mails = place_of(publication), SubscriberMail.objects.filter(publication=publication)
    ended = mails.aggregate(sent=Count("pk", filter=Q(refused=None)), given_up=Count("refused"))
    behind = Q(told_up_to__lt=place) if place else Q()
    news = News(place, publication, publication.verdict.change != Change.INITIAL)
    waiting = Subscriber.objects.filter(wanting(news) & behind).count()
    return Mailed(ended["sent"], waiting, ended["given_up"])
