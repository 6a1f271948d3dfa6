"""One attempt: the message signed with the secrets in force, posted through the door, and what came of it told."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.conf import settings

from claims.capture.errors import (
    BadUrl,
    ConnectionFailed,
    DoorError,
    ForbiddenAddress,
    NameNotFound,
    TlsFailed,
    TooSlow,
)
from claims.capture.policy import DoorPolicy
from claims.capture.posting import Posted, post
from claims.capture.retrying import retry_after
from claims.fetching import user_agent
from claims.models.clock import read_clock
from claims.work import storable
from verification.models import Webhook, WebhookMessage, WebhookOutcome
from verification.models.webhook import LONGEST_ANSWER
from verification.publishing.webhooks.keeping import SecretUnreadable, opened, signatures

SECONDS: Final = 15.0
"""What one attempt may take, from the first look for the host to the end of its answer."""
_MOST_BYTES: Final = 131_072

_BY_STATUS: Final = {
    410: WebhookOutcome.GONE,
    429: WebhookOutcome.THROTTLED,
    502: WebhookOutcome.AWAY,
    503: WebhookOutcome.AWAY,
    504: WebhookOutcome.AWAY,
}
_BY_ERROR: Final = (
    (TooSlow, WebhookOutcome.SLOW),
    (ForbiddenAddress, WebhookOutcome.FORBIDDEN),
    (BadUrl, WebhookOutcome.FORBIDDEN),
    (NameNotFound, WebhookOutcome.NAMELESS),
    (TlsFailed, WebhookOutcome.DISTRUSTED),
    (ConnectionFailed, WebhookOutcome.UNREACHABLE),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one attempt; `wished` are the seconds that the receiver asks us to wait."""

    outcome: WebhookOutcome
    milliseconds: int
    status: int | None = None
    answer: str = ""
    wished: float | None = None


def door_policy(seconds: float = SECONDS) -> DoorPolicy:
    """Return what the door may do for a webhook: seconds for one attempt, little to read, no redirect."""
    return DoorPolicy(
        user_agent=user_agent(),
        private_targets=settings.FETCH_PRIVATE_TARGETS,
        total_seconds=seconds,
        connect_seconds=5.0,
        idle_seconds=seconds,
        max_wire_bytes=_MOST_BYTES,
        max_entity_bytes=_MOST_BYTES,
        max_redirects=0,
    )


def send(webhook: Webhook, message: WebhookMessage, seconds: float = SECONDS) -> Sent:
    """Send a message once. Nothing is stored, and no failure is raised."""
    began = datetime.now(UTC)
    body = message.body.encode()
    timestamp = int(began.timestamp())
    try:
        signed = signatures(secrets_in_force(webhook), str(message.public), timestamp, body)
        headers = (
            ("webhook-id", str(message.public)),
            ("webhook-timestamp", str(timestamp)),
            ("webhook-signature", signed),
        )
        posted = post(webhook.url, body, headers, door_policy(seconds))
    except SecretUnreadable:
        return Sent(WebhookOutcome.SECRETLESS, 0)
    except DoorError as error:
        return Sent(failure_of(error), round((datetime.now(UTC) - began).total_seconds() * 1000))
    return Sent(
        outcome_of(posted.status),
        round(posted.seconds * 1000),
        posted.status,
        _shown(posted),
        retry_after(posted.retry_after, datetime.now(UTC)) if posted.retry_after else None,
    )


def secrets_in_force(webhook: Webhook) -> list[str]:
    """Return the secrets that sign now, the newest first. Raises SecretUnreadable.

    One before, that cannot be read any more, signs no longer: a new secret is what mends that.
    """
    in_force = [opened(webhook.secret)]
    if webhook.previous_until and webhook.previous_until > read_clock():
        with suppress(SecretUnreadable):
            in_force.append(opened(webhook.previous_secret))
    return in_force


def failure_of(error: DoorError) -> WebhookOutcome:
    """Return what it means to a sender that no answer came."""
    return next((told for kind, told in _BY_ERROR if isinstance(error, kind)), WebhookOutcome.GARBLED)


def outcome_of(status: int) -> WebhookOutcome:
    """Return what a status means to a sender."""
    if 200 <= status < 300:
        return WebhookOutcome.DELIVERED
    if 300 <= status < 400:
        return WebhookOutcome.REDIRECTED
    return _BY_STATUS.get(status, WebhookOutcome.BROKEN if status >= 500 else WebhookOutcome.REFUSED)


def _shown(posted: Posted) -> str:
    return storable(posted.answer[:LONGEST_ANSWER].decode("utf-8", "replace"))[:LONGEST_ANSWER]
