"""The index in PostgreSQL: segments of packed postings, written by COPY and added up in numpy."""

from collections.abc import Collection, Sequence

from django.db.models import Count, Sum

from verification.index.adding import add_documents
from verification.index.merging import merge_segments
from verification.index.protocol import Found, IndexDocument, IndexQuery, IndexSize
from verification.index.removing import remove_documents
from verification.index.searching import search
from verification.models.passage import IndexedDocument, Segment


class PostgresIndex:
    """`verification.index.protocol.Index`, in the tables of `verification.models.passage`."""

    def add(self, documents: Sequence[IndexDocument]) -> None:
        """Index documents. Those that are in the index already are replaced."""
        add_documents(documents)

    def remove(self, document_ids: Collection[int]) -> None:
        """Take documents out; ids that are not in the index are passed over."""
        remove_documents(document_ids)

    def search(self, query: IndexQuery, limit: int = 100) -> Found:
        """Return the `limit` documents with the best passages and the `limit` best as a whole."""
        return search(query, limit)

    def merge(self) -> int:
        """Merge segments that are worth it, each merge in a transaction; returns how many became fewer."""
        return merge_segments()

    def size(self) -> IndexSize:
        """Return how much is in the index; passages of removed documents count until their segment is merged."""
        segments = Segment.objects.aggregate(passages=Sum("passages", default=0), segments=Count("pk"))
        return IndexSize(IndexedDocument.objects.count(), segments["passages"], segments["segments"])
