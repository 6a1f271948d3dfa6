"""Takes documents out of the index. Their postings stay until their segment is merged; searches leave them out."""

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from verification.index.packing import NUMBER, pack, unpack
from verification.models.passage import IndexedDocument, Passage, Segment


def remove_documents(document_ids: Collection[int]) -> None:
    """Take documents out; ids that are not in the index are passed over."""
    with transaction.atomic():
        numbers = _locked_places(document_ids)
        if not numbers:
            return
        for segment in Segment.objects.filter(pk__in=numbers).only("removed"):
            gone = {*unpack(bytes(segment.removed), NUMBER).tolist(), *numbers[segment.pk]}
            segment.removed = pack(sorted(gone), NUMBER)
            segment.save(update_fields=["removed"])
        IndexedDocument.objects.filter(document_id__in=document_ids).delete()
        Passage.objects.filter(document_id__in=document_ids).delete()


def _locked_places(document_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the documents' numbers by segment, with the segments locked, so that no merge moves them meanwhile."""
    wanted = IndexedDocument.objects.filter(document_id__in=document_ids)
    while True:
        numbers: defaultdict[int, set[int]] = defaultdict(set)
        for segment, number in wanted.values_list("segment_id", "number"):
            numbers[segment].add(number)
        locked = Segment.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True)
        # A merge that committed while the lock was waited for has moved the documents to another segment.
        if set(locked) == set(numbers) and not wanted.exclude(segment_id__in=numbers).exists():
            return dict(numbers)
