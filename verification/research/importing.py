"""Import: documents handed in as files become Snapshots, Documents and index rows, batch by batch.

Each batch is one transaction, so that an import killed anywhere is continued by running it again: what is there with
the same bytes is passed over, what changed supersedes the version before it.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from claims.archiving import archive
from claims.capture.text import TEXT_NORMALISER, text_sha256
from claims.models import Snapshot
from claims.models.clock import ClockTimestamp
from claims.wording import words
from verification.connectors.contract import Skipped, SourceText, UnreadableLibrary
from verification.connectors.kinds import kind_of, tier_of
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexDocument
from verification.models import Document, Source

BATCH = 500
BATCH_BYTES = 16 * 1024 * 1024


@dataclass(slots=True)
class ImportReport:
    """What an import did: documents added, changed and already here, and the files that were passed over."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def import_texts(
    texts: Iterable[SourceText | Skipped], source: Source, *, progress: Callable[[int], None] = lambda _count: None
) -> ImportReport:
    """Store and index documents of one source; `progress` is told how many more were handled after each batch."""
    report = ImportReport()
    seen: set[str] = set()
    for batch in _batches(texts):
        documents = []
        for text in batch:
            if isinstance(text, Skipped):
                report.skipped.append(text)
            elif text.stable_id in seen:
                # Were the later one believed, each run would supersede both texts by each other.
                report.skipped.append(
                    Skipped(text.stable_id, words("This id stands twice in the import: the first one counts."))
                )
            else:
                seen.add(text.stable_id)
                documents.append(text)
        _store(documents, source, report)
        progress(len(batch))
    return report


def _batches(texts: Iterable[SourceText | Skipped]) -> Iterator[list[SourceText | Skipped]]:
    """Cut the stream by count and by bytes, so that memory stays bounded whatever is imported."""
    stream = iter(texts)
    batch: list[SourceText | Skipped] = []
    size = 0
    try:
        for text in stream:
            batch.append(text)
            size += len(text.body) if isinstance(text, SourceText) else 0
            if len(batch) >= BATCH or size >= BATCH_BYTES:
                yield batch
                batch, size = [], 0
    except UnreadableLibrary:
        # What was read before the damage is kept.
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _store(texts: list[SourceText], source: Source, report: ImportReport) -> None:
    hashes = {text.stable_id: hashlib.sha256(text.body).hexdigest() for text in texts}
    new = _new(texts, hashes, _current(source, hashes))
    if not new:
        report.unchanged += len(texts)
        return
    archive().put_many([text.body for text in new])
    with transaction.atomic():
        # Of one source one import writes at a time, and sees what the one before it wrote.
        Source.objects.select_for_update().get(pk=source.pk)
        current = _current(source, hashes)
        new = _new(texts, hashes, current)
        replaced = [current[text.stable_id].pk for text in new if text.stable_id in current]
        index = PostgresIndex()
        Document.objects.filter(pk__in=replaced).update(superseded_at=ClockTimestamp())
        index.remove(replaced)
        snapshots = Snapshot.objects.bulk_create(_snapshot(text, hashes[text.stable_id]) for text in new)
        documents = Document.objects.bulk_create(
            document_of(text, source, snapshot) for text, snapshot in zip(new, snapshots, strict=True)
        )
        index.add([IndexDocument(doc.pk, doc.title or "", doc.text, doc.language or "und") for doc in documents])
    report.changed += len(replaced)
    report.added += len(new) - len(replaced)
    report.unchanged += len(texts) - len(new)


def _current(source: Source, stable_ids: Iterable[str]) -> dict[str, Document]:
    known = Document.objects.filter(source=source, stable_id__in=list(stable_ids), superseded_at__isnull=True)
    return {
        document.stable_id: document
        for document in known.select_related("snapshot").only("stable_id", "snapshot__sha256")
    }


def _new(texts: list[SourceText], hashes: Mapping[str, str], current: Mapping[str, Document]) -> list[SourceText]:
    """Return the texts whose bytes are not those of the current document of their id."""
    return [
        text
        for text in texts
        if text.stable_id not in current or current[text.stable_id].snapshot.sha256 != hashes[text.stable_id]
    ]


def _snapshot(text: SourceText, sha256: str) -> Snapshot:
    return Snapshot(
        origin=Snapshot.Origin.IMPORTED,
        filename=text.stable_id,
        media_type=text.media_type,
        size=len(text.body),
        sha256=sha256,
        text_sha256=text_sha256(text.text),
        text_normaliser=TEXT_NORMALISER,
    )


def document_of(text: SourceText, source: Source, snapshot: Snapshot) -> Document:
    """Return the row of a document, not stored yet: its kind is told by its title, its tier by kind and source."""
    kind = text.kind or kind_of(text.title)
    return Document(
        source=source,
        snapshot=snapshot,
        stable_id=text.stable_id,
        kind=kind,
        tier=tier_of(kind) if source.tier <= 1 else source.tier,
        title=text.title,
        url=text.url,
        published=text.published,
        published_precision=text.precision,
        published_offset=text.offset,
        date_origin=text.date_origin,
        language=text.language,
        text=text.text,
        text_sha256=text_sha256(text.text),
        text_normaliser=TEXT_NORMALISER,
        places=list(text.places) or None,
        withheld=text.withheld,
    )
