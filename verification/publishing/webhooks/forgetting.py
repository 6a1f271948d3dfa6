"""Messages that were settled long ago are removed with their attempts; what became of each stays on record.

Settled is what was delivered or given up, and a test. What is due is never removed: a webhook that is switched off
finds all of it when it is switched on again. Of each webhook the message that was tried last stays, for its page tells
what the receiver last answered.
"""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery

from claims.models.clock import ClockTimestamp
from verification.models import Webhook, WebhookAttempt, WebhookDelivery, WebhookMessage

AT_MOST: Final = 500
"""Messages removed in one run; the rest is for the next."""


def forget_settled(at_most: int = AT_MOST) -> int:
    """Remove messages that were settled more than WEBHOOK_KEEP_DAYS ago, the oldest first; return how many."""
    before = ClockTimestamp() - timedelta(days=settings.WEBHOOK_KEEP_DAYS)
    newest = WebhookAttempt.objects.filter(message__webhook=OuterRef("pk")).order_by("-pk")
    tried_last = Webhook.objects.annotate(last=Subquery(newest.values("message")[:1])).exclude(last=None)
    old = WebhookMessage.objects.filter(due_at=None, made_at__lt=before).exclude(pk__in=tried_last.values("last"))
    settled = old.exclude(delivered_at__gte=before).exclude(given_up_at__gte=before)
    with transaction.atomic():
        locked = settled.select_for_update(skip_locked=True, of=("self",)).order_by("made_at")
        going = list(locked.defer("body")[:at_most])
        WebhookDelivery.objects.bulk_create(
            [_record(each, each.publication_id) for each in going if each.publication_id]
        )
        WebhookAttempt.objects.filter(message__in=going).delete()
        WebhookMessage.objects.filter(pk__in=[each.pk for each in going]).delete()
    return len(going)


def _record(message: WebhookMessage, publication: int) -> WebhookDelivery:
    return WebhookDelivery(
        webhook_id=message.webhook_id,
        publication_id=publication,
        taken_at=message.delivered_at,
        given_up_at=message.given_up_at,
    )
