"""Sources for the tests of their pages: an invented harbour board, on the replay site and off it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from django.conf import settings
from django.utils.timezone import now

from tests.replay.documents import ReplayDocument
from tests.replay.site import ReplaySite
from verification.connectors.issuers.contract import SourceEntry
from verification.models import Source, SourceItem

FEED = "https://board.example/feed"
SAVED = (
    b"<html><head><title>Remarks by the harbour master</title></head><body><article><h1>Remarks by the harbour master"
    b"</h1><p>We bought forty lamps for the northern mole, and no captain will pay a penny for them.</p><p>Whoever "
    b"doubts it may count them from the quay, where they burn from dusk to dawn every day of the year.</p></article>"
    b"</body></html>"
)


def make_source(name: str = "Harbour Board", **fields: object) -> Source:
    """Store a source that follows a feed."""
    values: dict[str, object] = {"connector": "feed", "configuration": {"feeds": [FEED]}, "tier": 1}
    return Source.objects.create(name=name, **values | fields)


def make_item(source: Source, number: int = 1, **fields: object) -> SourceItem:
    """Store an entry that a source showed."""
    url = f"https://board.example/{number}"
    entry = SourceEntry(
        url,
        url,
        f"Notice {number}",
        datetime(2031, 5, 4, 9, tzinfo=UTC),
        "minute",
        60,
        "pubDate",
    )
    values: dict[str, object] = {
        "stable_id": url,
        "url": url,
        "title": entry.title,
        "published": entry.published,
        "entry": entry.to_json(),
        "fingerprint": entry.fingerprint,
    }
    return SourceItem.objects.create(source=source, **values | fields)


def form_of(source: Source, **changed: object) -> dict[str, Any]:
    """Return the form of a source as its page shows it, with what was changed in it."""
    from verification.research.source_keeping import Kept

    kept = Kept.of(source)
    values: dict[str, Any] = {
        "do": "save",
        "seen": kept.mark,
        "name": kept.name,
        "tier": kept.tier,
        "speaks_for": kept.speaks_for,
        "also_called": "\n".join(kept.also_called),
        "zone": kept.zone,
        "licence": kept.licence,
        "every_minutes": kept.every_minutes,
        "set-feeds": "\n".join(kept.configuration["feeds"]),
    }
    return values | changed


@contextmanager
def briefing_room(count: int = 3) -> Iterator[ReplaySite]:
    """Serve so many readouts and let the door in, with no pause between two requests."""
    day = datetime.now(timezone(timedelta(hours=-5))).replace(microsecond=0)
    documents = [
        ReplayDocument(
            number,
            "statements-releases",
            f"readout-of-call-{number}",
            f"Readout of call {number} with the harbour master",
            day - timedelta(hours=number),
            (
                f"The board spoke with the harbour master for the {number}th time about the lamps of the mole.",
                "Both agreed that forty lamps burn there, and that no captain will be asked to pay for them.",
            ),
        )
        for number in range(1, count + 1)
    ]
    targets, gap = settings.FETCH_PRIVATE_TARGETS, settings.FETCH_GAP_SECONDS
    with ReplaySite(documents, now=now()) as site:
        settings.FETCH_PRIVATE_TARGETS, settings.FETCH_GAP_SECONDS = site.targets(), 0.0
        try:
            yield site
        finally:
            settings.FETCH_PRIVATE_TARGETS, settings.FETCH_GAP_SECONDS = targets, gap
