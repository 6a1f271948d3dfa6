"""What administrators do with webhooks: make, change, rotate, switch off and on, try, send again.

Each verb asks whether the person may; the pages ask too. A form that is sent twice changes nothing the second time:
it names what it was filled in on.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet

from claims.capture.errors import DoorError
from claims.capture.posting import destination
from claims.models.clock import ClockTimestamp, read_clock
from claims.wording import words
from verification.models import (
    Webhook,
    WebhookAttempt,
    WebhookEvent,
    WebhookMessage,
    WebhookOff,
    WebhookOutcome,
)
from verification.publishing.webhooks.delivering import log, note_success, switch_off
from verification.publishing.webhooks.keeping import closed, new_secret
from verification.publishing.webhooks.making import sealed_up_to
from verification.publishing.webhooks.sending import SECONDS, door_policy, send
from verification.publishing.webhooks.telling import trial_body
from verification.review.policy import may_open
from verification.review.refusals import NotYours, Refusal, Unmet

PAGE: Final = "set_webhooks"
ROTATION: Final = timedelta(hours=24)
"""For how long the secret before signs too."""
BROADCAST: Final = tuple(event for event in WebhookEvent if event != WebhookEvent.TEST)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is set of a webhook: no event stands for all of them."""

    name: str
    url: str
    events: Sequence[str] = ()


def make(person: User, wanted: Wanted, base: str, public: uuid.UUID) -> tuple[Webhook, str]:
    """Return a new webhook and its secret; the secret is "" where the webhook `public` was made before.

    It is told of what is published from now on. `base` begins the addresses it is told where PUBLIC_URL is not set.
    Raises NotYours and Unmet.
    """
    _ask(person)
    values, secret = _checked(wanted), new_secret()
    webhook, is_new = Webhook.objects.get_or_create(
        public=public,
        defaults=values | {"base": base, "secret": closed(secret), "made_by": person, "told_up_to": sealed_up_to()},
    )
    return webhook, secret if is_new else ""


def change(webhook: Webhook, person: User, wanted: Wanted) -> None:
    """Store another name, address or choice of events; what waits is tried at another address at once.

    Raises NotYours and Unmet.
    """
    _ask(person)
    values = _checked(wanted)
    with transaction.atomic():
        Webhook.objects.filter(pk=webhook.pk).update(**values)
        if values["url"] != webhook.url:
            Webhook.objects.filter(pk=webhook.pk).update(failing_since=None)
            _make_due(webhook.messages.filter(due_at__isnull=False))


def rotate(webhook: Webhook, person: User, seen: int) -> str:
    """Return a new secret; the one before signs too for a day. "" where another was made since `seen` rotations.

    Raises NotYours.
    """
    _ask(person)
    secret = new_secret()
    done = Webhook.objects.filter(pk=webhook.pk, rotations=seen).update(
        secret=closed(secret),
        previous_secret=webhook.secret,
        previous_until=read_clock() + ROTATION,
        rotations=seen + 1,
    )
    return secret if done else ""


def stop(webhook: Webhook, person: User) -> bool:
    """Switch a webhook off, or take note that it is; False where a person did that before. Raises NotYours."""
    _ask(person)
    running = Webhook.objects.filter(pk=webhook.pk).exclude(off_because=WebhookOff.PERSON)
    return bool(running.update(off_at=ClockTimestamp(), off_because=WebhookOff.PERSON, off_by=person))


def start(webhook: Webhook, person: User) -> bool:
    """Switch a webhook on, and send it what it has not got; False where it is on. Raises NotYours."""
    _ask(person)
    with transaction.atomic():
        off = Webhook.objects.filter(pk=webhook.pk, off_at__isnull=False)
        if not off.update(off_at=None, off_because="", off_by=None, failing_since=None):
            return False
        _make_due(_lacking(webhook))
    return True


def send_failed_again(webhook: Webhook, person: User) -> int:
    """Make due what was given up; return how many. Raises NotYours."""
    _ask(person)
    return _make_due(webhook.messages.filter(given_up_at__isnull=False))


def replay(message: WebhookMessage, person: User, seen: int) -> bool:
    """Make a message due again, under its id; False where an attempt was made since `seen` of them.

    Raises NotYours, and Unmet for a test, which is made anew.
    """
    _ask(person)
    if message.event == WebhookEvent.TEST:
        raise Unmet(Refusal("test", words("A test is not sent again: send another.")))
    counted = WebhookMessage.objects.annotate(made=Count("attempts_made")).filter(pk=message.pk, made=seen)
    return bool(_make_due(WebhookMessage.objects.filter(pk__in=counted.values("pk"))))


def try_it(webhook: Webhook, person: User, once: uuid.UUID, seconds: float = SECONDS) -> WebhookAttempt | None:
    """Send a test now and return the attempt; None where the test `once` was sent before. Raises NotYours.

    A test is sent to a webhook that is off, too. One that is taken brings a failing webhook back; 410 switches it off.
    """
    _ask(person)
    message, is_new = WebhookMessage.objects.get_or_create(
        public=once,
        defaults={
            "webhook": webhook,
            "event": WebhookEvent.TEST,
            "body": trial_body(webhook.name, read_clock()),
        },
    )
    if not is_new:
        return None
    sent = send(webhook, message, seconds)
    taken = sent.outcome == WebhookOutcome.DELIVERED
    with transaction.atomic():
        attempt = log(message, sent)
        ended = {"delivered_at" if taken else "given_up_at": ClockTimestamp()}
        WebhookMessage.objects.filter(pk=message.pk).update(attempts=1, **ended)
        if taken:
            note_success(webhook)
        elif sent.outcome == WebhookOutcome.GONE:
            switch_off(webhook, WebhookOff.GONE)
    return attempt


def _lacking(webhook: Webhook) -> QuerySet[WebhookMessage]:
    """Return what a webhook never took."""
    return webhook.messages.filter(delivered_at=None)


def _make_due(messages: QuerySet[WebhookMessage]) -> int:
    again = messages.exclude(event=WebhookEvent.TEST)
    return again.update(due_at=ClockTimestamp(), given_up_at=None, attempts=0)


def _checked(wanted: Wanted) -> dict[str, object]:
    """Return what is stored. Raises Unmet."""
    if not wanted.name:
        raise Unmet(Refusal("name", words("Say who receives it.")))
    try:
        target = destination(wanted.url, door_policy())
    except DoorError as error:
        raise Unmet(Refusal("url", error.sentence)) from error
    events = [event for event in BROADCAST if event in wanted.events]
    return {"name": wanted.name, "url": target.href, "events": [] if len(events) == len(BROADCAST) else events}


def _ask(person: User) -> None:
    if not may_open(person, PAGE):
        raise NotYours(Refusal("role", words("Your role does not include this: ask an administrator.")))
