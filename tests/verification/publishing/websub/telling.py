"""What the beat and a worker do with hubs, done at once, and what a hub heard."""

from urllib.parse import parse_qs

from claims import work
from claims.models import Work
from claims.models.clock import ClockTimestamp
from tests.verification.publishing.webhooks.receiver import Receiver
from verification.models import Hub
from verification.publishing.websub.telling import TELL, enlist_due, tell
from verification.review.sealing import seal

DESK = "https://checks.lantern.example"
SHORT = 0.4
"""Seconds that a request may take here."""


def tell_due(seconds: float = SHORT) -> None:
    """Seal the log, and tell the hubs that are due; each request may take so long."""
    seal()
    enlist_due()
    for row in Work.objects.filter(kind=TELL, done_at=None):
        if lease := work.take(row.pk):
            tell(lease, seconds)


def later() -> None:
    """Let the time come for the hubs that wait."""
    Hub.objects.filter(due_at__isnull=False).update(due_at=ClockTimestamp())


def heard(receiver: Receiver) -> list[str]:
    """Return the topics that a hub was told, in order; each request must be well formed."""
    found = []
    for request in receiver.requests:
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        said = parse_qs(request.body.decode(), strict_parsing=True)
        assert said["hub.mode"] == ["publish"]
        assert said["hub.url"] == said["hub.topic"]
        found += said["hub.topic"]
    return found
