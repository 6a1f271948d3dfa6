"""Brings the documents of entries: fetched one by one, stored many at a time with their index rows."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import DatabaseError, InterfaceError

from claims import work
from claims.archiving import archive, part
from claims.capture.asking import Interrupted, Later
from claims.capture.errors import ArchiveError, Unreadable
from claims.capture.outcome import Outcome
from claims.capture.text import text_sha256
from claims.fetching import PoliteFetch
from claims.models import Snapshot
from claims.models.clock import ClockTimestamp
from claims.translation import say
from claims.wording import Words, words
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import Connector, SourceEntry
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexDocument
from verification.models import Document, Source, SourceItem
from verification.research.importing import document_of

logger = logging.getLogger(__name__)

# After these another try may help; after the others somebody has to look, or there is nothing to see.
AGAIN = frozenset({Outcome.THROTTLED, Outcome.FAILED})


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one entry: its text, or why there is none.

    `snapshot` is the id of the exchange that the text came in, as the whole of it or as a part (`inline`).
    """

    item: SourceItem
    outcome: Outcome
    sentence: Words | None = None
    text: SourceText | None = None
    snapshot: int | None = None
    inline: bool = False

    @property
    def again(self) -> bool:
        """Whether trying again may help."""
        return self.outcome in AGAIN


@dataclass(slots=True)
class Stored:
    """How many documents were new, how many took the place of a former one, how many entries were passed."""

    fresh: int = 0
    changed: int = 0
    passed: int = 0


def bring(connector: Connector, fetch: PoliteFetch, item: SourceItem) -> Brought:
    """Fetch the document of an entry. What goes wrong is told in what is returned.

    Raises Later where nothing was asked yet. A page that was begun and cannot be gone on with failed: one that leads
    on, at a host that allows a request in a long while, would be begun for ever.
    """
    entry, before = SourceEntry.from_json(item.entry), fetch.requests
    try:
        fetched = connector.fetch(fetch, entry)
    except Interrupted as end:
        return Brought(item, end.outcome, end.sentence)
    except Unreadable as error:
        return Brought(item, Outcome.EMPTY, error.sentence)
    except Later as later:
        if fetch.requests == before:
            raise
        return Brought(item, Outcome.THROTTLED, later.sentence)
    except (ArchiveError, DatabaseError, InterfaceError):
        raise
    except Exception as error:
        # One page that its connector cannot bear must not cost the others.
        logger.exception("%s %s", item.source_id, item.url)
        return Brought(item, Outcome.FAILED, words("It could not be read: %(error)s", error=repr(error)[:300]))
    if not isinstance(fetched.text, SourceText):
        return Brought(item, Outcome.EMPTY, fetched.text.reason)
    snapshot = fetched.answer.snapshot if fetched.answer else item.shown_in_id
    if snapshot is None:
        return Brought(item, Outcome.FAILED, words("Nobody knows in which answer of the source it stood."))
    if fetched.inline:
        archive().put(fetched.text.body)  # before the transaction: the disk takes its time
    return Brought(item, Outcome.OK, None, _completed(fetched.text, entry, item), snapshot, fetched.inline)


def _completed(text: SourceText, entry: SourceEntry, item: SourceItem) -> SourceText:
    """Return a text with what the list said of it, where the page itself says nothing."""
    if text.published is None and entry.published is not None:
        text = replace(
            text,
            published=entry.published,
            precision=entry.precision,
            offset=entry.offset,
            date_origin=entry.date_origin,
        )
    return replace(
        text,
        stable_id=item.stable_id,
        title=text.title or item.title,
        url=text.url or item.url,
        language=text.language or entry.language,
        kind=text.kind or entry.kind,
    )


def store_brought(source: Source, brought: Sequence[Brought], *, last: bool = False) -> Stored:
    """Store what was brought, in the caller's transaction, which holds the source's row.

    What failed stays due, unless this was the `last` try. A text that is the current document's makes no new one; a
    changed one takes its place. An entry that was changed or stored while it was being fetched is left as it is.
    """
    stored = Stored()
    wanted = {each.item.pk: each.item.fingerprint for each in brought}
    items = SourceItem.objects.select_for_update(no_key=True).filter(pk__in=wanted).in_bulk()
    due = [
        (each, items[each.item.pk])
        for each in brought
        if items[each.item.pk].fingerprint == wanted[each.item.pk] and items[each.item.pk].state == SourceItem.State.DUE
    ]
    texts = [(each.text, item, each) for each, item in due if each.text]
    current = _current(source, [item.stable_id for _text, item, _each in texts])
    new = [(text, item, each) for text, item, each in texts if _differs(current.get(item.stable_id), text)]
    documents = _add(source, new, [current[item.stable_id].pk for _, item, _ in new if item.stable_id in current])
    stored.changed = sum(item.stable_id in current for _, item, _ in new)
    stored.fresh = len(new) - stored.changed
    for each, item in due:
        if each.text:
            document = documents.get(item.stable_id) or current[item.stable_id]
            item.state, item.document = SourceItem.State.STORED, document
        elif last or not each.again:
            item.state = SourceItem.State.PASSED
            stored.passed += 1
        item.outcome = each.outcome
        item.sentence = work.storable(say(each.sentence)) if each.sentence else ""
    SourceItem.objects.bulk_update([item for _, item in due], ["state", "document", "outcome", "sentence"])
    return stored


def _current(source: Source, stable_ids: Sequence[str]) -> dict[str, Document]:
    known = Document.objects.filter(source=source, stable_id__in=stable_ids, superseded_at__isnull=True)
    return {document.stable_id: document for document in known.defer("text", "places")}


def _differs(document: Document | None, text: SourceText) -> bool:
    if document is None:
        return True
    return (document.text_sha256, document.title, document.published) != (
        text_sha256(text.text),
        text.title,
        text.published,
    )


def _add(
    source: Source, new: Sequence[tuple[SourceText, SourceItem, Brought]], replaced: Sequence[int]
) -> Mapping[str, Document]:
    if not new:
        return {}
    index = PostgresIndex()
    Document.objects.filter(pk__in=replaced).update(superseded_at=ClockTimestamp())
    index.remove(replaced)
    snapshots = _snapshots(new)
    documents = Document.objects.bulk_create(
        _document(text, source, snapshots[item.pk], item) for text, item, _each in new
    )
    index.add([IndexDocument(doc.pk, doc.title or "", doc.text, doc.language or "und") for doc in documents])
    return {document.stable_id: document for document in documents}


def _snapshots(new: Sequence[tuple[SourceText, SourceItem, Brought]]) -> dict[int, Snapshot]:
    """Return the Snapshot of each entry's document, by the entry's id; one is made for what is part of an exchange."""
    exchanges = Snapshot.objects.in_bulk([each.snapshot for _text, _item, each in new if each.snapshot])
    return {
        item.pk: part(exchanges[each.snapshot], text.body, text.media_type, text.url, text_sha256(text.text))
        if each.inline
        else exchanges[each.snapshot]
        for text, item, each in new
        if each.snapshot
    }


def _document(text: SourceText, source: Source, snapshot: Snapshot, item: SourceItem) -> Document:
    document = document_of(text, source, snapshot)
    document.first_seen_at = item.first_seen_at
    tier: int | None = item.entry.get("tier")
    if tier is not None:
        document.tier = tier
    return document
