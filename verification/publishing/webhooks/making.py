"""Messages are made from the sealed log, in its order: no verb knows of webhooks, and nothing is lost.

How far a webhook's log was read moves in the transaction that stores its messages, and a publication has one message
for each webhook and event: what is read twice is told once. A webhook that is switched off gets its messages all the
same, and sends them when it is switched on again.
"""

import logging
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from claims.models.clock import read_clock
from verification.models import Change, Publication, ReviewEvent, SealEntry, Webhook, WebhookDelivery, WebhookMessage
from verification.publishing.webhooks.telling import EVENT_OF, told_of

logger = logging.getLogger(__name__)
PUBLISH: Final = "publish"
AT_MOST: Final = 500
"""Lines of the log read in one run, for each webhook."""


def sealed_up_to() -> int:
    """Return the place of the newest line of the sealed log; 0 where there is none."""
    newest: int | None = SealEntry.objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def make_messages(limit: int = AT_MOST) -> int:
    """Make the messages of what was published since each webhook was last told; return how many are new."""
    head, made = sealed_up_to(), 0
    for pk in Webhook.objects.filter(told_up_to__lt=head).values_list("pk", flat=True):
        try:
            made += _tell(pk, limit)
        except Exception:  # one that cannot be told must not keep the others from it; the next run tries it again
            logger.exception("webhook %s", pk)
    return made


def _tell(pk: int, limit: int) -> int:
    with transaction.atomic():
        webhook = Webhook.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()
        if webhook is None:  # another run is at it
            return 0
        entries = SealEntry.objects.filter(pk__gt=webhook.told_up_to).order_by("pk")
        read = list(entries.select_related("event")[:limit])
        if not read:
            return 0
        out = (published_by(entry.event) for entry in read if entry.event.verb == PUBLISH)
        made = sum(store(webhook, publication) for publication in out if publication)
        Webhook.objects.filter(pk=pk).update(told_up_to=read[-1].pk)
    return made


def published_by(event: ReviewEvent) -> Publication | None:
    """Return what a line of the log put out: the first such line of a case the first version, and so on.

    The line's own words may have been erased; that it stands there cannot be.
    """
    number = ReviewEvent.objects.filter(review=event.review_id, verb=PUBLISH, seq__lte=event.seq).count()
    versions = Publication.objects.filter(review=event.review_id).exclude(verdict__change=Change.MINOR)
    return versions.select_related("verdict__supersedes", "review").order_by("pk")[number - 1 : number].first()


def store(webhook: Webhook, publication: Publication) -> int:
    """Store the message of a publication; of what a webhook does not want, or went out before it was made, none."""
    event = EVENT_OF[Change(publication.verdict.change)]
    if publication.published_at <= webhook.made_at or (webhook.events and event not in webhook.events):
        return 0
    known = WebhookMessage.objects.filter(webhook=webhook, publication=publication, event=event)
    forgotten = WebhookDelivery.objects.filter(webhook=webhook, publication=publication)
    if known.exists() or forgotten.exists():
        return 0
    WebhookMessage.objects.create(
        webhook=webhook,
        publication=publication,
        event=event,
        body=told_of(publication, settings.PUBLIC_URL or webhook.base),
        due_at=read_clock(),
    )
    return 1
