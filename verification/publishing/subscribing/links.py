"""The addresses that mails to subscribers lead to, below PUBLIC_URL, and what makes them nobody else's.

A confirmation is signed and good for seven days. The address of a subscription is its random name, which stands in
that subscriber's mails alone: it must still lead out of the list when it is years old, whatever became of SECRET_KEY.
"""

import uuid
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from verification.models import Subscriber
from verification.people.post import is_set_up

GOOD_FOR: Final = timedelta(days=7)
_SIGNER: Final = TimestampSigner(salt="readout.subscribe", sep=".")


def takes_subscribers() -> bool:
    """Return whether readers can subscribe: there is a mail server, and an address for the links in mails."""
    return is_set_up() and bool(settings.PUBLIC_URL)


def token_of(subscriber: Subscriber) -> str:
    """Return what confirms a subscription, good for seven days."""
    return _SIGNER.sign(subscriber.public.hex)


def subscriber_of(token: str) -> Subscriber | None:
    """Return whom a token is of; None where it is not ours, too old, or of somebody who is no longer there."""
    try:
        public = uuid.UUID(_SIGNER.unsign(token, max_age=GOOD_FOR))
    except (BadSignature, ValueError):
        return None
    return Subscriber.objects.filter(public=public).first()


def confirming(subscriber: Subscriber) -> str:
    """Return the address of the page on which a subscription is confirmed."""
    return settings.PUBLIC_URL + reverse("public:subscribe_confirm", args=[token_of(subscriber)])


def changing(subscriber: Subscriber) -> str:
    """Return the address of the page on which a subscription is changed or ended."""
    return settings.PUBLIC_URL + reverse("public:subscription", args=[subscriber.public])


def leaving(subscriber: Subscriber) -> str:
    """Return the address that ends a subscription when anything is posted to it (RFC 8058)."""
    return settings.PUBLIC_URL + reverse("public:subscription_leave", args=[subscriber.public])
