"""Import: documents handed in as files become Snapshots, Documents and index rows, batch by batch.

Each batch is one transaction, so that an import killed anywhere is continued by running it again: what is there with
the same bytes is passed over, what changed supersedes the version before it.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from claims.capture.archive import FolderArchive
from claims.capture.text import TEXT_NORMALISER, text_sha256
from claims.models import Snapshot
from claims.models.clock import ClockTimestamp
from verification.connectors.contract import Skipped, SourceText
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
    for batch in _batches(texts):
        report.skipped += [text for text in batch if isinstance(text, Skipped)]
        # Two rows of one id in one batch: the later one is the newer text.
        documents = {text.stable_id: text for text in batch if isinstance(text, SourceText)}
        _store(list(documents.values()), source, report)
        progress(len(batch))
    return report


def _batches(texts: Iterable[SourceText | Skipped]) -> Iterator[list[SourceText | Skipped]]:
    """Cut the stream by count and by bytes, so that memory stays bounded whatever is imported."""
    stream = iter(texts)
    batch: list[SourceText | Skipped] = []
    size = 0
    for text in stream:
        batch.append(text)
        size += len(text.body) if isinstance(text, SourceText) else 0
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _store(texts: list[SourceText], source: Source, report: ImportReport) -> None:
    hashes = {text.stable_id: hashlib.sha256(text.body).hexdigest() for text in texts}
    known = Document.objects.filter(source=source, stable_id__in=hashes, superseded_at__isnull=True)
    current = {
        document.stable_id: document
        for document in known.select_related("snapshot").only("stable_id", "text_sha256", "snapshot__sha256")
    }
    new = []
    for text in texts:
        here = current.get(text.stable_id)
        if here is not None and here.snapshot.sha256 == hashes[text.stable_id]:
            report.unchanged += 1
        else:
            new.append(text)
    if not new:
        return
    FolderArchive(settings.ARCHIVE_DIR).put_many([text.body for text in new])
    replaced = [current[text.stable_id].pk for text in new if text.stable_id in current]
    with transaction.atomic():
        # The index is one shared structure and a source is imported by one process at a time.
        Source.objects.select_for_update().get(pk=source.pk)
        index = PostgresIndex()
        Document.objects.filter(pk__in=replaced).update(superseded_at=ClockTimestamp())
        index.remove(replaced)
        snapshots = Snapshot.objects.bulk_create(_snapshot(text, hashes[text.stable_id]) for text in new)
        documents = Document.objects.bulk_create(
            _document(text, source, snapshot) for text, snapshot in zip(new, snapshots, strict=True)
        )
        index.add([IndexDocument(doc.pk, doc.title or "", doc.text, doc.language or "und") for doc in documents])
    report.changed += len(replaced)
    report.added += len(new) - len(replaced)


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


def _document(text: SourceText, source: Source, snapshot: Snapshot) -> Document:
    kind = kind_of(text.title)
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
        text_sha256=snapshot.text_sha256 or "",
    )
