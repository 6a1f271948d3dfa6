"""Takes documents out of the index. Their postings stay until their segment is merged; searches leave them out."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from verification.index.collection import Collection
from verification.index.packing import NUMBER, pack, unpack


def remove_documents(collection: Collection, document_ids: Iterable[int]) -> None:
    """Take documents out; ids that are not in the index are passed over."""
    ids = list(document_ids)
    with transaction.atomic():
        numbers = _locked_places(collection, ids)
        if not numbers:
            return
        for segment in collection.segments.objects.filter(pk__in=numbers).only("removed"):
            gone = {*unpack(bytes(segment.removed), NUMBER).tolist(), *numbers[segment.pk]}
            segment.removed = pack(sorted(gone), NUMBER)
            segment.save(update_fields=["removed"])
        collection.indexed.objects.filter(document_id__in=ids).delete()
        collection.passages.objects.filter(document_id__in=ids).delete()


def _locked_places(collection: Collection, ids: list[int]) -> dict[int, set[int]]:
    """Return the documents' numbers by segment, with the segments locked, so that no merge moves them meanwhile."""
    wanted = collection.indexed.objects.filter(document_id__in=ids)
    while True:
        numbers: defaultdict[int, set[int]] = defaultdict(set)
        for segment, number in wanted.values_list("segment_id", "number"):
            numbers[segment].add(number)
        segments = collection.segments.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
        locked = set(segments.values_list("pk", flat=True))
        # A merge that committed while the lock was waited for has moved the documents to another segment.
        if locked == set(numbers) and not wanted.exclude(segment_id__in=numbers).exists():
            return dict(numbers)
