"""Merges small segments into larger ones, so that a search reads few rows, and drops what was removed.

Segments of about one size are merged four at a time or more (the size-tiered merging of log-structured stores), so each
posting is written again a handful of times however the documents came in. A merge is one transaction: interrupted, it
has not happened; searches see the segments before it or the one after it; segments that a writer holds are passed over.
"""

from collections import defaultdict
from collections.abc import Container, Sequence

from django.db import connection, transaction

from verification.index.collection import Collection
from verification.index.packing import DOCUMENT_ID, LENGTH, MOST_NUMBERS, NUMBER, pack
from verification.index.renumbering import join, join_postings
from verification.index.scoring import SegmentRow
from verification.index.tables import copy_rows, read_term_rows, read_terms
from verification.models import EarlierSegment
from verification.models.passage import CaseSegment, PublicSegment, Segment

# Fewer segments of one size wait for more, unless they fill half a segment.
FEWEST = 4
# A segment that lost this share of its documents is written again alone.
HOLLOW = 0.25
# Terms read and written at a time: a few megabytes, however large the segments are.
TERMS_AT_ONCE = 2000


def merge_segments(collection: Collection) -> int:
    """Merge until nothing is worth it; returns how many segments were merged into fewer. One merge runs at a time."""
    merged = 0
    held_by_others: set[int] = set()
    while True:
        with transaction.atomic():
            if not _lock_out_other_merges(collection.merge_lock):
                return merged
            group = _worth_merging(collection, held_by_others)
            if not group:
                return merged
            segments = collection.segments.objects.select_for_update(skip_locked=True).filter(pk__in=group)
            rows = [_row(segment) for segment in segments.order_by("pk")]
            if len(rows) < len(group):
                held_by_others.update(set(group) - {row.id for row in rows})
                continue
            _merge(collection, rows)
            merged += len(rows)


def _lock_out_other_merges(lock: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock])
        return bool(cursor.fetchone()[0])


def _worth_merging(collection: Collection, besides: Container[int]) -> list[int]:
    """Return segments that should be one: of one size and enough of them, or one that is hollow."""
    tiers: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    segments = collection.segments.objects.order_by("pk").values_list("pk", "documents", "passages", "removed")
    for pk, documents, passages, removed in segments:
        if pk in besides:
            continue
        if len(removed) // NUMBER.itemsize > HOLLOW * documents:
            return [pk]
        size = max(documents, passages)
        # Each tier's segments are up to four times as large as the one's below.
        tiers[size.bit_length() // 2].append((pk, size))
    for tier in sorted(tiers):
        group: list[int] = []
        total = 0
        for pk, size in tiers[tier]:
            if total + size <= MOST_NUMBERS:
                group.append(pk)
                total += size
        if len(group) >= FEWEST or (len(group) > 1 and total >= MOST_NUMBERS // 2):
            return group
    return []


def _row(segment: Segment | CaseSegment | EarlierSegment | PublicSegment) -> SegmentRow:
    arrays = (
        segment.removed,
        segment.document_ids,
        segment.document_lengths,
        segment.title_lengths,
        segment.passage_counts,
        segment.passage_lengths,
    )
    return SegmentRow(segment.pk, *map(bytes, arrays))


def _merge(collection: Collection, rows: Sequence[SegmentRow]) -> None:
    old = [row.id for row in rows]
    joined = join(rows)
    if joined.document_ids.size:
        segment = collection.segments.objects.create(
            analysis=min(collection.segments.objects.filter(pk__in=old).values_list("analysis", flat=True)),
            documents=joined.document_ids.size,
            passages=joined.passage_lengths.size,
            document_ids=pack(joined.document_ids, DOCUMENT_ID),
            document_lengths=pack(joined.document_lengths, LENGTH),
            title_lengths=pack(joined.title_lengths, NUMBER),
            passage_counts=pack(joined.passage_counts, LENGTH),
            passage_lengths=pack(joined.passage_lengths, NUMBER),
        )
        order = {pk: place for place, pk in enumerate(old)}
        terms = read_terms(collection, old)
        for first in range(0, len(terms), TERMS_AT_ONCE):
            held = read_term_rows(collection, old, terms[first : first + TERMS_AT_ONCE])
            copy_rows(collection.postings, ((segment.pk, *posting) for posting in join_postings(joined, held, order)))
        collection.indexed.objects.filter(segment_id__in=old).delete()
        placed = ((document, segment.pk, number) for number, document in enumerate(joined.document_ids.tolist()))
        copy_rows(collection.indexed, placed)
    collection.postings.objects.filter(segment_id__in=old).delete()
    collection.segments.objects.filter(pk__in=old).delete()
