"""Indexes whatever is not in the index yet, or was put there by older rules: after a restore, or a new version.

Each batch is a transaction, and what is done is not done again, so a rebuilding that was stopped goes on where it was.
"""

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from verification.index.adding import add_documents
from verification.index.merging import merge_segments
from verification.index.protocol import IndexDocument
from verification.index.removing import remove_documents
from verification.index.terms import ANALYSIS_VERSION
from verification.models import Document
from verification.models.passage import IndexedDocument

BATCH = 200
# Two at once would index the same documents: the key of an advisory lock of our own ("INDX").
REBUILD_LOCK = 0x494E4458


def outdated() -> QuerySet[Document]:
    """Return the current documents that are not in the index, or are in it by older rules."""
    missing = Q(indexed__isnull=True) | Q(indexed__segment__analysis__lt=ANALYSIS_VERSION)
    return Document.objects.filter(missing, superseded_at__isnull=True)


def rebuild(progress: Callable[[int], None] = lambda _count: None) -> int:
    """Bring the index up to date with the documents; returns how many were indexed anew.

    `progress` is told how many more were done after each batch. Superseded documents are taken out.
    """
    done = 0
    while count := _next_batch():
        done += count
        progress(count)
    superseded = IndexedDocument.objects.filter(document__superseded_at__isnull=False)
    remove_documents(list(superseded.values_list("document_id", flat=True)))
    merge_segments()
    return done


def _next_batch() -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REBUILD_LOCK])
        documents = outdated().order_by("pk")[:BATCH]
        add_documents([IndexDocument(doc.pk, doc.title or "", doc.text, doc.language or "und") for doc in documents])
        return len(documents)
