"""The index in PostgreSQL: segments of packed postings, written by COPY and added up in numpy.

Whoever adds or searches makes a `PostgresIndex` and hands it to what takes an `Index`: another back-end is another
class of that protocol, made in its place. Ranking sees hits only.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Sum

from verification.index.adding import add_documents
from verification.index.collection import DOCUMENTS, Collection
from verification.index.merging import merge_segments
from verification.index.protocol import Found, IndexDocument, IndexQuery, IndexSize, PassageHit
from verification.index.removing import remove_documents
from verification.index.searching import likest, search


class PostgresIndex:
    """`verification.index.protocol.Index` of one collection, in the tables of `verification.models.passage`."""

    def __init__(self, collection: Collection = DOCUMENTS) -> None:
        self._collection = collection

    def add(self, documents: Sequence[IndexDocument]) -> None:
        """Index documents. Those that are in the index already are replaced."""
        add_documents(self._collection, documents)

    def remove(self, document_ids: Iterable[int]) -> None:
        """Take documents out; ids that are not in the index are passed over."""
        remove_documents(self._collection, document_ids)

    def search(self, query: IndexQuery, limit: int = 100) -> Found:
        """Return the `limit` documents with the best passages, the `limit` best as a whole, some near the context."""
        return search(self._collection, query, limit)

    def likest(self, query: IndexQuery, least: float) -> list[tuple[int, float]]:
        """Return every document at least so like, by id with its share, the likest first."""
        return likest(self._collection, query, least)

    def passages(self, document_id: int) -> tuple[PassageHit, ...]:
        """Return all passages of a document in their order, each with a score of 1; none if it is not in the index."""
        passages = self._collection.passages.objects.filter(document_id=document_id).order_by("number")
        return tuple(PassageHit(start, end, 1.0) for start, end in passages.values_list("start", "end"))

    def merge(self) -> int:
        """Merge segments that are worth it, each merge in a transaction; returns how many became fewer."""
        return merge_segments(self._collection)

    def size(self) -> IndexSize:
        """Return how much is in the index; passages of removed documents count until their segment is merged."""
        held = self._collection.segments.objects.aggregate(passages=Sum("passages", default=0), segments=Count("pk"))
        return IndexSize(self._collection.indexed.objects.count(), held["passages"], held["segments"])
