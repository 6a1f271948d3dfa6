"""What GOV.UK says of a page: in a search, in its feed, and whole, from the content API."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from claims.capture.asking import Interrupted, NotAsExpected
from claims.capture.feeds import FeedItem
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.dates import Published, read_date
from verification.connectors.issuers.contract import SourceEntry, Window
from verification.connectors.issuers.entry_text import dated, day_of, document_of, fragment_text, within
from verification.connectors.issuers.json_answers import Record
from verification.connectors.issuers.recognising import Reader, named_in
from verification.connectors.kinds import kind_of

SITE: Final = "https://www.gov.uk"
LONDON: Final = ZoneInfo("Europe/London")

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_TITLED = re.compile(rf": (\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})$")
_CALL = re.compile(
    r"(?:PM|Prime Minister|[\w ]{0,40}Secretary|[\w ]{0,40}Minister)(?:[’']s)? (?:call|meeting)s? with\b"
)
_AS_DELIVERED = re.compile(r"transcript|as (?:it was )?delivered", re.IGNORECASE)
_AS_WRITTEN = re.compile(r"script|draft|check against delivery", re.IGNORECASE)
_KINDS = {"press_release": "statement", "written_statement": "statement", "government_response": "statement"}
_READERS: Sequence[Reader] = (
    (
        re.compile(r"\bgov\.uk(/government/(?:news|speeches|publications|statistics|case-studies)/[a-z0-9-]+)"),
        lambda match: match[1],
    ),
)


def recognised(text: str) -> list[str]:
    """Return the paths of pages whose addresses stand in a text."""
    return named_in(text, _READERS)


def found_entry(record: Record, asked_for: Window) -> SourceEntry | None:
    """Return a page that a search found, None for an address elsewhere.

    Raises `NotAsExpected` where its day, of UTC, is not one of those that were asked for.
    """
    path, written = record.told("link"), record.text("public_timestamp")
    stamp = read_date(written) if written else None
    if stamp and not within(stamp.at.date(), asked_for):
        raise NotAsExpected(
            record.answer,
            words("GOV.UK answered with a page of %(day)s, which was not asked for.", day=stamp.at.date()),
        )
    if not path.startswith("/"):
        return None
    return _entry(path, record.text("title"), stamp, record.text("description"))


def fed_entry(item: FeedItem) -> SourceEntry | None:
    """Return a page that the feed shows; its `updated` is what searches call `public_timestamp`."""
    if item.url is None:
        return None
    stamp = read_date(item.updated.isoformat()) if item.updated else None
    stamp = replace(stamp, offset=item.offset) if stamp else None
    return _entry(urlsplit(item.url).path, item.title, stamp, item.summary)


def content_entry(record: Record) -> SourceEntry:
    """Return a page as the content API gives it, once it is known to be one. Raises `Interrupted`."""
    path, schema = record.told("base_path"), record.told("schema_name")
    if schema == "redirect":
        targets = [each.text("destination") for each in record.records("redirects")]
        said = words("GOV.UK moved “%(path)s” to %(to)s.", path=path, to=", ".join(filter(None, targets)) or "?")
        raise Interrupted(Outcome.NOT_FOUND, said, record.answer)
    if schema == "gone":
        raise Interrupted(Outcome.NOT_FOUND, words("GOV.UK took “%(path)s” away.", path=path), record.answer)
    first, changed = (read_date(record.text(name) or "") for name in ("first_published_at", "public_updated_at"))
    details = record.record("details") or Record(record.answer, {})
    history = [read_date(each.text("public_timestamp") or "") for each in details.records("change_history")]
    times = [stamp.at for stamp in (changed, *history) if stamp]
    newest = max(times, default=None)
    entry = _entry(path, record.told("title"), first, record.text("description"), origin="first_published_at")
    notice = record.record("withdrawn_notice")
    memo: dict[str, Any] = {"withdrawn": notice.text("withdrawn_at")} if notice and notice.fields else {}
    return replace(
        entry,
        updated=newest if first and newest and newest > first.at else None,
        language=record.text("locale") or "en",
        kind=_kind(record, details, entry.title),
        memo=memo,
    )


def text_of(entry: SourceEntry, record: Record) -> SourceText | Skipped:
    """Return the document of a page: what the page says goes before what a list said of it."""
    page = content_entry(record)
    details = record.record("details")
    body = details.text("body") if details else None
    if not body:
        raise Interrupted(
            Outcome.NOT_PUBLISHED,
            words("“%(path)s” has no text of its own: look at its attachments.", path=entry.stable_id),
            record.answer,
        )
    notice = record.record("withdrawn_notice")
    explained = notice.text("explanation") if notice else None
    text = "\n\n".join(fragment_text(record.answer, markup) for markup in (explained, body) if markup)
    page = replace(page, stable_id=entry.stable_id)
    return document_of(page, record.answer.body, record.answer.media_type, text)


def is_in(entry: SourceEntry, window: Window) -> bool:
    """Say whether a page is of a window: by the day in its title, or by its time, in London."""
    changed = entry.updated.astimezone(LONDON).date() if entry.updated else None
    return within(day_of(entry, LONDON), window) or (changed is not None and within(changed, window))


def _entry(
    path: str, title: str | None, stamp: Published | None, summary: str | None, *, origin: str = "public_timestamp"
) -> SourceEntry:
    line = " ".join((title or "").split()) or None
    titled = _titled_day(line)
    by_title = titled is not None and (stamp is None or stamp.at.astimezone(LONDON).date() != titled)
    published = Published(datetime.combine(titled, time(), UTC), "day", None) if by_title and titled else stamp
    return SourceEntry(
        stable_id=path,
        url=f"{SITE}{path}",
        title=line,
        updated=stamp.at if by_title and stamp else None,
        kind="readout" if line and _CALL.match(line) else None,
        language="en",
        snippet=" ".join((summary or "").split()),
        **dated(published, "title" if by_title else origin),
    )


def _titled_day(title: str | None) -> date | None:
    match = _TITLED.search(title or "")
    if not match:
        return None
    try:
        return date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None


def _kind(record: Record, details: Record, title: str | None) -> str | None:
    if title and _CALL.match(title):
        return "readout"
    document_type = record.text("document_type") or ""
    if document_type == "speech":
        told = details.text("speech_type_explanation") or ""
        return "transcript" if _AS_DELIVERED.search(told) else "prepared" if _AS_WRITTEN.search(told) else "statement"
    return _KINDS.get(document_type) or kind_of(title)
