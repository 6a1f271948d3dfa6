"""Indexes whatever is not in the index yet, or was put there by older rules: after a restore, or a new version.

Each batch is a transaction that writes one full segment, so nothing has to be merged afterwards; what is done is not
done again, so a rebuilding that was stopped goes on where it was.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from verification.index.adding import store
from verification.index.collection import DOCUMENTS, Collection
from verification.index.drafting import drafts
from verification.index.merging import merge_segments
from verification.index.removing import remove_documents
from verification.index.terms import ANALYSIS_VERSION

# Rows read at a time.
CHUNK = 200
# Rows locked at a time: nobody who works on one of them waits for long.
LOCKED = 2000


def outdated(collection: Collection = DOCUMENTS) -> QuerySet[Any]:
    """Return the rows that belong in a collection and are not in its index, or are in it by older rules."""
    missing = Q(indexed__isnull=True) | Q(indexed__segment__analysis__lt=ANALYSIS_VERSION)
    return collection.texts().filter(missing)


def rebuild(progress: Callable[[int], None] = lambda _count: None, collection: Collection = DOCUMENTS) -> int:
    """Bring a collection's index up to date with its rows; returns how many were indexed anew.

    `progress` is told how many more were done after each batch. What no longer belongs in the collection is taken out.
    """
    done = 0
    while count := _next_batch(collection):
        done += count
        progress(count)
    gone = collection.indexed.objects.exclude(document__in=collection.texts().order_by().values("pk"))
    remove_documents(collection, gone.values_list("document_id", flat=True))
    merge_segments(collection)
    return done


def _next_batch(collection: Collection) -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [collection.rebuild_lock])
        rows = outdated(collection).order_by("pk")
        if collection.rewritten:
            rows = _locked(collection, rows)
        draft = next(drafts(map(collection.text_of, rows.iterator(CHUNK))), None)
        if draft is None:
            return 0
        store(collection, draft)
        return len(draft.ids)


def _locked(collection: Collection, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the first of these rows, locked: whoever rewrites one meanwhile waits, and indexes it after this."""
    plain = rows.model._base_manager
    first = list(rows.prefetch_related(None).values_list("pk", flat=True)[:LOCKED])
    locked = plain.select_for_update(no_key=True).filter(pk__in=first).order_by("pk").values_list("pk", flat=True)
    # Read anew: one that was waited for may read otherwise now.
    return collection.texts().filter(pk__in=list(locked)).order_by("pk")
