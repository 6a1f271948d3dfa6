"""A hub told that feeds changed: one row of work per hub, and the hub's own row says how far it was told.

That moves, once everything up to there was taken, in the transaction that closes the row of work: a worker that is
killed tells a hub the same again, and never too little. A hub that is away is tried again for as long as it is in use,
at most an hour later.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now as this_moment

from claims import work
from claims.capture.errors import DoorError
from claims.capture.posting import post
from claims.capture.retrying import retry_after
from claims.models import Work
from claims.models.clock import ClockTimestamp, read_clock
from claims.translation import say
from claims.wording import Words, words
from verification.models import Hub, SealEntry, WebhookOutcome
from verification.publishing.addresses import Addresses
from verification.publishing.webhooks.making import AT_MOST, PUBLISH, published_by, sealed_up_to
from verification.publishing.webhooks.schedule import PAUSES, pause_after
from verification.publishing.webhooks.sending import door_policy, failure_of, outcome_of
from verification.publishing.websub.topics import topics_of

TELL: Final = "verification.hub"
AT_IT: Final = 120.0
"""Seconds after which one run begins no further request."""
LONGEST_PAUSE: Final = timedelta(hours=1)
SECONDS: Final = 10.0
"""What one request may take."""
ASK_AGAIN_AFTER: Final = timedelta(minutes=1)
"""A row of work whose workers died five times is tried again after so long."""
FORM: Final = "application/x-www-form-urlencoded"
NO_ADDRESS: Final = words("The desk does not know its own public address: the operator sets PUBLIC_URL.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of telling a hub: why it failed, empty where it was taken; the seconds that it asks us to wait."""

    error: str = ""
    wished: float | None = None


def enlist_due() -> None:
    """Make the work due of telling the hubs that are behind; of others note how far the log was read."""
    spent = Work.objects.filter(kind=TELL, quarantined_at__lt=ClockTimestamp() - ASK_AGAIN_AFTER)
    for pk in spent.values_list("pk", flat=True):
        work.release(pk)
    head = sealed_up_to()
    ready = Q(due_at=None) | Q(due_at__lte=ClockTimestamp())
    for pk, told in Hub.objects.filter(ready, off_at=None, told_up_to__lt=head).values_list("pk", "told_up_to"):
        if SealEntry.objects.filter(pk__gt=told, pk__lte=head, event__verb=PUBLISH).exists():
            work.enlist(TELL, [pk])
        else:
            Hub.objects.filter(pk=pk, told_up_to=told).update(told_up_to=head)


def tell(lease: work.Lease, seconds: float = SECONDS) -> None:
    """Tell a hub of the feeds that the next publications changed. `seconds` is for one request. Raises LeaseLost.

    What it did not take is told again from the publication on where that was.
    """
    hub = Hub.objects.filter(pk=lease.subject, off_at=None).first()
    asked, up_to = _told(hub, seconds) if hub else (Asked(), 0)
    with transaction.atomic():
        work.complete(lease)
        if hub:
            note(hub, asked, up_to)


def ask(url: str, topics: Iterable[str], until: float, seconds: float = SECONDS) -> Asked:
    """Tell a hub of feeds, up to the first that it does not take. Nothing is stored, no failure is raised.

    One request each, which names the feed in both ways that hubs understand: WebSub leaves open how hubs are told.
    After `until`, by the monotonic clock, none is begun.
    """
    for topic in topics:
        if time.monotonic() > until:
            return Asked(_sentence(WebhookOutcome.SLOW))
        body = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}).encode()
        try:
            posted = post(url, body, (), door_policy(seconds), media_type=FORM)
        except DoorError as error:
            return Asked(_sentence(failure_of(error)))
        outcome = outcome_of(posted.status)
        if outcome != WebhookOutcome.DELIVERED:
            wished = retry_after(posted.retry_after, this_moment()) if posted.retry_after else None
            return Asked(_sentence(outcome, posted.status), wished)
    return Asked()


def note(hub: Hub, asked: Asked, up_to: int) -> None:
    """Store what came of telling a hub: up to which place in the log it was told, and whether it took the last."""
    now, mine = read_clock(), Hub.objects.filter(pk=hub.pk)
    if up_to > hub.told_up_to:
        mine.update(told_up_to=up_to, told_at=now)
    if not asked.error:
        mine.update(tried_at=now, due_at=None, attempts=0, error="")
        return
    attempts = min(hub.attempts + 1, len(PAUSES))
    pause = pause_after(attempts, asked.wished) or LONGEST_PAUSE
    mine.update(tried_at=now, due_at=now + min(pause, LONGEST_PAUSE), attempts=attempts, error=asked.error)


def _told(hub: Hub, seconds: float) -> tuple[Asked, int]:
    """Tell a hub of one publication after the other; return what came of the last, and the place that was reached."""
    until, told, known = time.monotonic() + AT_IT, hub.told_up_to, set[str]()
    if not settings.PUBLIC_URL:
        return Asked(say(NO_ADDRESS)), told
    lines = list(SealEntry.objects.filter(pk__gt=told).order_by("pk").select_related("event")[:AT_MOST])
    for line in lines:
        publication = published_by(line.event) if line.event.verb == PUBLISH else None
        if publication is None:
            continue
        topics = dict.fromkeys(topics_of(publication, Addresses(settings.PUBLIC_URL)))
        asked = ask(hub.url, [topic for topic in topics if topic not in known], until, seconds)
        if asked.error:
            return asked, told
        known |= set(topics)
        told = line.pk
    return Asked(), lines[-1].pk if lines else told


def _sentence(outcome: WebhookOutcome, status: int | None = None) -> str:
    said = _SAID.get(outcome) or words("It did not take it.")
    return f"{status}: {say(said)}" if status else say(said)


_SAID: Final[dict[WebhookOutcome, Words]] = {
    WebhookOutcome.GONE: words("The hub is gone: switch it off, or ask who runs it."),
    WebhookOutcome.REDIRECTED: words(
        "It answered with a redirect, which is not followed: add the address it leads to."
    ),
    WebhookOutcome.THROTTLED: words("The hub asks us to wait."),
    WebhookOutcome.REFUSED: words("The hub refused it: ask who runs it whether it takes publishers."),
    WebhookOutcome.BROKEN: words("The hub had a fault of its own."),
    WebhookOutcome.AWAY: words("The hub is not at work behind its front door."),
    WebhookOutcome.SLOW: words("No answer came in time."),
    WebhookOutcome.UNREACHABLE: words("Nobody answered, or the connection broke off."),
    WebhookOutcome.NAMELESS: words("The host has no address."),
    WebhookOutcome.DISTRUSTED: words("No secure connection: its certificate was not accepted."),
    WebhookOutcome.FORBIDDEN: words("The address leads to where nothing may be sent: a private network, or no https."),
    WebhookOutcome.GARBLED: words("What came back was no answer of a web server."),
}
