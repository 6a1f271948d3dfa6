"""What administrators do with hubs: add one, tell it now, switch it off and on. None is ever taken away.

Each verb asks whether the person may; the pages ask too. A form that is sent twice changes nothing the second time.
"""

import time
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User

from claims.capture.errors import DoorError
from claims.capture.posting import destination
from claims.models.clock import ClockTimestamp
from claims.wording import words
from verification.models import Hub
from verification.publishing.addresses import Addresses
from verification.publishing.webhooks.making import sealed_up_to
from verification.publishing.webhooks.sending import door_policy
from verification.publishing.websub.telling import NO_ADDRESS, SECONDS, ask
from verification.publishing.websub.topics import CORRECTIONS, FEEDS
from verification.review.policy import may_open
from verification.review.refusals import NotYours, Refusal, Unmet

PAGE: Final = "set_hubs"
LONGEST_URL: Final = 1000


def add(person: User, url: str) -> tuple[Hub, bool]:
    """Return the hub of an address, and whether it is new. It is told of what is published from now on.

    Raises NotYours, and Unmet for an address that nothing may be sent to, or while the desk does not know its own.
    """
    _ask(person)
    if not settings.PUBLIC_URL:
        raise Unmet(Refusal("url", NO_ADDRESS))
    try:
        target = destination(url, door_policy())
    except DoorError as error:
        raise Unmet(Refusal("url", error.sentence)) from error
    if len(target.href) > LONGEST_URL:
        raise Unmet(Refusal("url", words("The address is too long: %(most)s characters at most.", most=LONGEST_URL)))
    made = {"made_by": person, "told_up_to": sealed_up_to()}
    return Hub.objects.get_or_create(url=target.href, defaults=made)


def stop(hub: Hub, person: User) -> bool:
    """Switch a hub off: feeds name it no more. False where it is off. Raises NotYours."""
    _ask(person)
    return bool(Hub.objects.filter(pk=hub.pk, off_at=None).update(off_at=ClockTimestamp()))


def start(hub: Hub, person: User) -> bool:
    """Switch a hub on, and tell it at once of what it has missed; False where it is on. Raises NotYours."""
    _ask(person)
    off = Hub.objects.filter(pk=hub.pk, off_at__isnull=False)
    return bool(off.update(off_at=None, due_at=None, attempts=0, error=""))


def tell_now(hub: Hub, person: User, seconds: float = SECONDS) -> str:
    """Tell a hub of the feeds of all checks now, whether or not they changed; return why it failed, "" if it took it.

    What it lacks besides is due at once where it took this. Raises NotYours, and Unmet while the desk does not know
    its own address.
    """
    _ask(person)
    if not settings.PUBLIC_URL:
        raise Unmet(Refusal("url", NO_ADDRESS))
    addresses = Addresses(settings.PUBLIC_URL)
    topics = [addresses.page(name) for name in (*FEEDS, *CORRECTIONS)]
    asked = ask(hub.url, topics, time.monotonic() + 2 * seconds, seconds)
    mine = Hub.objects.filter(pk=hub.pk)
    mine.update(tried_at=ClockTimestamp(), error=asked.error)
    if not asked.error:
        mine.update(due_at=None, attempts=0)
    return asked.error


def _ask(person: User) -> None:
    if not may_open(person, PAGE):
        raise NotYours(Refusal("role", words("Your role does not include this: ask an administrator.")))
