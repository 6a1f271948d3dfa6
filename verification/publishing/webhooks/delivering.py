"""Messages that are due, delivered: one row of work per webhook, whose lease is the right to send to it.

So one message at a time is on its way to a receiver, in the order in which they were made, and a receiver that is slow
or dead costs one worker no longer than one attempt and holds up no other. The message's own `due_at` says when it is
tried next, not the row of work: five attempts within minutes would quarantine that, and a receiver may be away for
days.
What came of an attempt is stored under the lease before the next is made; a worker that is killed in between sends the
same message again, under the same id.
"""

import time
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from claims import work
from claims.models import Work
from claims.models.clock import ClockTimestamp, read_clock
from verification.models import Webhook, WebhookAttempt, WebhookMessage, WebhookOff, WebhookOutcome
from verification.publishing.webhooks.schedule import OFF_AFTER, TOGETHER_AGAIN, pause_after
from verification.publishing.webhooks.sending import SECONDS, Sent, send

DELIVER: Final = "verification.deliver"
AT_IT: Final = 10.0
"""Seconds for which one run goes on to the next message; others wait for the worker too."""
ASK_AGAIN_AFTER: Final = timedelta(minutes=1)
"""A row of work whose workers died five times is tried again after so long: no message is lost over it."""
AWAY: Final = frozenset(
    {
        WebhookOutcome.THROTTLED,
        WebhookOutcome.AWAY,
        WebhookOutcome.SLOW,
        WebhookOutcome.UNREACHABLE,
        WebhookOutcome.NAMELESS,
        WebhookOutcome.DISTRUSTED,
        WebhookOutcome.FORBIDDEN,
        WebhookOutcome.SECRETLESS,
    }
)
"""What says that no other message would be taken now either."""


def enlist_due() -> None:
    """Make the work due of sending to whom something is due."""
    spent = Work.objects.filter(kind=DELIVER, quarantined_at__lt=ClockTimestamp() - ASK_AGAIN_AFTER)
    for pk in spent.values_list("pk", flat=True):
        work.release(pk)
    waiting = due().filter(webhook=OuterRef("pk"))
    work.enlist(DELIVER, Webhook.objects.filter(Exists(waiting), off_at=None).values_list("pk", flat=True))


def due() -> QuerySet[WebhookMessage]:
    """Return the messages that are to be sent now."""
    return WebhookMessage.objects.filter(due_at__lte=ClockTimestamp())


def deliver(lease: work.Lease, seconds: float = SECONDS) -> None:
    """Send a webhook's messages that are due, the oldest first, for as long as a run may take.

    Stops at the first that finds the receiver away. `seconds` is for one attempt. Raises LeaseLost.
    """
    until = time.monotonic() + AT_IT
    while time.monotonic() < until:
        webhook = Webhook.objects.filter(pk=lease.subject, off_at=None).first()
        message = due().filter(webhook=lease.subject).order_by("pk").first() if webhook else None
        if webhook is None or message is None:
            break
        sent = send(webhook, message, seconds)
        with transaction.atomic():
            if not work.renew(lease):
                raise work.LeaseLost(f"{lease.kind} {lease.subject}")
            note(webhook, message, sent)
        if sent.outcome in AWAY:
            break
    with transaction.atomic():
        work.complete(lease)


def note(webhook: Webhook, message: WebhookMessage, sent: Sent) -> None:
    """Store an attempt to deliver what was due, and what follows from it. Call it in a transaction."""
    log(message, sent)
    attempts, now = message.attempts + 1, read_clock()
    mine = WebhookMessage.objects.filter(pk=message.pk)
    if sent.outcome == WebhookOutcome.DELIVERED:
        mine.update(delivered_at=now, due_at=None, attempts=attempts)
        note_success(webhook)
        return
    Webhook.objects.filter(pk=webhook.pk, failing_since=None).update(failing_since=now)
    if sent.outcome == WebhookOutcome.GONE:
        mine.update(attempts=attempts)
        switch_off(webhook, WebhookOff.GONE)
        return
    pause = pause_after(attempts, sent.wished)
    if pause is None:
        mine.update(attempts=attempts, due_at=None, given_up_at=now)
    else:
        mine.update(attempts=attempts, due_at=now + pause)
    if sent.outcome in AWAY:
        # What a receiver asks for holds for all; else each has its own schedule, and the others are tried soon.
        back = now + (pause if pause and sent.wished else min(pause or TOGETHER_AGAIN, TOGETHER_AGAIN))
        WebhookMessage.objects.filter(webhook=webhook, due_at__lt=back).exclude(pk=message.pk).update(due_at=back)
    if webhook.failing_since and now - webhook.failing_since >= OFF_AFTER:
        switch_off(webhook, WebhookOff.FAILING)


def note_success(webhook: Webhook) -> None:
    """Note that a receiver took something: where it was failing, what waits only because it was away is due."""
    if Webhook.objects.filter(pk=webhook.pk, failing_since__isnull=False).update(failing_since=None):
        newest = WebhookAttempt.objects.filter(message=OuterRef("pk")).order_by("-pk")
        waiting = WebhookMessage.objects.filter(webhook=webhook, due_at__gt=ClockTimestamp())
        waiting = waiting.annotate(last=Subquery(newest.values("outcome")[:1]))
        waiting.filter(Q(last=None) | Q(last__in=AWAY)).update(due_at=ClockTimestamp())


def log(message: WebhookMessage, sent: Sent) -> WebhookAttempt:
    """Store that an attempt was made."""
    return WebhookAttempt.objects.create(
        message=message,
        status=sent.status,
        outcome=sent.outcome,
        milliseconds=sent.milliseconds,
        answer=sent.answer,
    )


def switch_off(webhook: Webhook, because: WebhookOff) -> None:
    """Send nothing more to this address, for a reason that is no person's. What waits stays due.

    Where the address was changed meanwhile, the reason is none of the new one's.
    """
    running = Webhook.objects.filter(pk=webhook.pk, url=webhook.url, off_at=None)
    running.update(off_at=ClockTimestamp(), off_because=because)
