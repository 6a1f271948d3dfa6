"""Webhooks that the desk switched off, told to those who may switch them on again: once for each time.

Nobody is told of what a person switched off, nor of what was switched on before a run saw it, nor of what was switched
off long ago.
"""

from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from claims.models.clock import ClockTimestamp
from claims.wording import Words, words
from verification.models import Notification, Webhook, WebhookOff
from verification.people.notices.choices import chosen, notice_for
from verification.people.notices.kinds import BY_KEY, WEBHOOK_OFF
from verification.people.notices.told import NOBODY, people_by_role

TEXTS: Final = {
    WebhookOff.FAILING.value: words("The webhook “%(name)s” was switched off: it took nothing for five days."),
    WebhookOff.GONE.value: words("The webhook “%(name)s” was switched off: its receiver wants no more (410 Gone)."),
}
# A desk that begins to tell of webhooks is told of what is fresh; workers may stand still for a night.
FRESH: Final = timedelta(days=1)


def tell_of_webhooks() -> None:
    """Tell of webhooks that the desk switched off. Call it in a transaction that one run alone can be in."""
    told = Notification.objects.filter(webhook=OuterRef("pk"), kind=WEBHOOK_OFF, made_at__gte=OuterRef("off_at"))
    fresh = Webhook.objects.filter(off_because__in=TEXTS, off_at__gt=ClockTimestamp() - FRESH)
    off = list(fresh.filter(~Exists(told)))
    if not off:
        return
    kind = BY_KEY[WEBHOOK_OFF]
    people, by_role = people_by_role()
    whom = people.keys() & NOBODY.union(*(by_role.get(role, NOBODY) for role in kind.roles))
    choices = chosen(whom)
    made: list[Notification] = []
    for webhook in off:
        text = Words(TEXTS[webhook.off_because].msgid, (("name", webhook.name),))
        for person in sorted(whom):
            made += notice_for(people[person], kind, text, choices, {"webhook": webhook})
    Notification.objects.bulk_create(made)
