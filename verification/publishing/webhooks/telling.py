"""What a message says: JSON whose bytes are made once, of what readers may see, in the words and addresses of pages."""

import json
from datetime import UTC, datetime
from typing import Final

from verification.models import Change, Desk, Publication, Verdict, WebhookEvent
from verification.publishing.addresses import Addresses
from verification.publishing.plain_text import printable
from verification.publishing.published import PublishedVerdict
from verification.publishing.records import read

EVENT_OF: Final = {
    Change.INITIAL: WebhookEvent.PUBLISHED,
    Change.CORRECTION: WebhookEvent.CORRECTED,
    Change.UPDATE: WebhookEvent.UPDATED,
    Change.VOID: WebhookEvent.RETRACTED,
}
"""A minor edit is not among them: it is not broadcast."""


def told_of(publication: Publication, base: str) -> str:
    """Return the body of the message on a publication; addresses lie below `base`."""
    (verdict,) = read(Verdict.objects.filter(publication=publication.pk))
    event = EVENT_OF[Change(verdict.change)]
    return _json(event, publication.published_at, _data(verdict, publication, Addresses(base)))


def trial_body(name: str, at: datetime) -> str:
    """Return the body of a test message."""
    return _json(WebhookEvent.TEST, at, {"webhook": name, "desk": Desk.get().name})


def _data(verdict: PublishedVerdict, publication: Publication, addresses: Addresses) -> dict[str, object]:
    before = publication.verdict.supersedes
    return {
        "id": str(verdict.check),
        "case": publication.review.number,
        "version": verdict.version,
        "url": addresses.check(verdict.check),
        "version_url": addresses.version(verdict.check, verdict.version),
        "claimreview_url": None if verdict.void else addresses.claimreview(verdict.check),
        "replaces_url": addresses.version(verdict.check, before.version) if before else None,
        "headline": printable(verdict.title),
        "claim": printable(verdict.claim),
        "claimant": printable(verdict.claimant) if verdict.claimant else None,
        "rating": None if verdict.void else printable(verdict.rating.label),
        "rating_before": printable(verdict.rating_before) if verdict.rating_before else None,
        "note": printable(verdict.note),
        "language": verdict.language,
        "first_published": verdict.first_published.at.astimezone(UTC).isoformat(timespec="seconds"),
    }


def _json(event: str, at: datetime, data: dict[str, object]) -> str:
    told = {"type": str(event), "timestamp": at.astimezone(UTC).isoformat(timespec="seconds"), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
