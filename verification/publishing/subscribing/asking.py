"""The verbs of a subscription: ask for one, confirm it, change it, leave.

Whoever asks learns nothing of who subscribes: each address goes through the same statements, and the mail alone
differs. Without a confirmation a subscription is forgotten after seven days; who leaves is deleted at once.
"""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from claims.models.clock import ClockTimestamp, read_clock
from verification.models import Subscriber
from verification.publishing.subscribing.links import GOOD_FOR
from verification.publishing.webhooks.making import sealed_up_to

MOST_UNCONFIRMED: Final = 5000
"""So many may wait for a confirmation; a program that hands in invented addresses fills no more than that."""
ASK_AGAIN_AFTER: Final = timedelta(days=1)
"""No address is sent more than one question in so long, whoever asks for it."""
KNOWN_AGAIN_AFTER: Final = timedelta(days=30)
"""Nor is one that subscribes: anybody can type it here, and each mail it gets leads to its subscription anyway."""


class TooManyAsk(Exception):
    """So many questions are unanswered that no more are sent for now."""


def ask_for(address: str, wants: str) -> None:
    """Have the question sent to an address: whether it is to be told by mail. `address` is a valid one.

    One that subscribes already is sent the way to its subscription instead. Raises TooManyAsk, whichever it is.
    """
    if Subscriber.objects.filter(confirmed_at=None).count() >= MOST_UNCONFIRMED:
        raise TooManyAsk
    row = Subscriber(address=address, wants=wants, told_up_to=sealed_up_to())
    theirs, now = Subscriber.objects.filter(address__iexact=address), ClockTimestamp()
    with transaction.atomic():
        Subscriber.objects.bulk_create([row], ignore_conflicts=True)
        # Who asks once more is as new as who asks first, and is not forgotten before the question went out.
        theirs.filter(confirmed_at=None).update(wants=wants, made_at=now)
        theirs.filter(confirmed_at=None, asked_at__lt=now - ASK_AGAIN_AFTER).update(asked_at=None)
        theirs.filter(confirmed_at__isnull=False, asked_at__lt=now - KNOWN_AGAIN_AFTER).update(asked_at=None)


def confirm(subscriber: Subscriber, wants: str) -> None:
    """Tell somebody from now on what they want; of what was published before, nothing. Doing it twice changes wants."""
    mine = Subscriber.objects.filter(pk=subscriber.pk)
    mine.filter(confirmed_at=None).update(confirmed_at=read_clock(), told_up_to=sealed_up_to())
    change(subscriber, wants)


def change(subscriber: Subscriber, wants: str) -> None:
    """Tell somebody something else from now on."""
    Subscriber.objects.filter(pk=subscriber.pk).update(wants=Subscriber.Wants(wants))


def leave(subscriber: Subscriber) -> None:
    """Delete a subscriber; which mails were sent stays on record, without whom they went to."""
    _delete(Subscriber.objects.filter(pk=subscriber.pk))


def forget_unconfirmed() -> None:
    """Delete whoever did not answer the question in time, or was never asked because no mail went out."""
    old = Q(confirmed_at=None, since__lt=ClockTimestamp() - GOOD_FOR)
    _delete(Subscriber.objects.alias(since=Coalesce("asked_at", "made_at")).filter(old))


def _delete(whom: QuerySet[Subscriber]) -> None:
    """Delete subscribers, having waited for whoever writes to their rows: a mail that is noted meanwhile is theirs too.

    Who no longer meets the condition when their row is free stays.
    """
    with transaction.atomic():
        gone = list(whom.select_for_update().values_list("pk", flat=True))
        Subscriber.objects.filter(pk__in=gone).delete()
