"""The document of an entry, once its text is read, and what an entry says of when it was published."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, tzinfo
from typing import Any

from claims.capture.asking import Answer, NotAsExpected
from claims.capture.errors import CaptureError
from claims.capture.readable import read
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.dates import Published, read_date
from verification.connectors.fields import document
from verification.connectors.issuers.contract import SourceEntry, Window


def document_of(
    entry: SourceEntry,
    body: bytes,
    media_type: str | None,
    text: str,
    *,
    places: Sequence[Mapping[str, Any]] = (),
) -> SourceText | Skipped:
    """Return an entry's document: what the entry says of it, and the text that was read of `body`."""
    return document(
        entry.stable_id,
        body,
        media_type or "application/octet-stream",
        text,
        title=entry.title,
        url=entry.url,
        published=Published(entry.published, entry.precision or "day", entry.offset) if entry.published else None,
        date_origin=entry.date_origin,
        language=entry.language,
        places=places,
        kind=entry.kind,
    )


def fragment_text(answer: Answer, markup: str) -> str:
    """Return the readable text of a piece of HTML in an answer. Raises `NotAsExpected` where it holds none."""
    try:
        return read(f"<div>{markup}</div>".encode("utf-8", "replace"), "text/html", charset="utf-8").text
    except CaptureError as error:
        raise NotAsExpected(answer, error.sentence) from error


def day_or_time(written: str | None) -> Published | None:
    """Read a time as a source writes it; None where it is none."""
    return read_date(written) if written else None


def dated(published: Published | None, origin: str) -> dict[str, Any]:
    """Return the fields of an entry that say when it was published, none where that is unknown."""
    if published is None:
        return {}
    return {
        "published": published.at,
        "precision": published.precision,
        "offset": published.offset,
        "date_origin": origin,
    }


def day_of(entry: SourceEntry, zone: tzinfo = UTC) -> date | None:
    """Return the day that an entry was published on, in the source's zone; None where that is unknown."""
    if entry.published is None:
        return None
    return entry.published.astimezone(UTC if entry.precision == "day" else zone).date()


def within(day: date | None, window: Window) -> bool:
    """Say whether a day lies in a window; one that is unknown does."""
    return day is None or ((window.since or day) <= day <= (window.until or day))
