"""The passage index: rows made from documents, thrown away and made again at will. Nothing durable points at them.

The index is a set of segments. A segment holds a number of documents and, for each term in them, which of its
documents, titles and passages hold the term how often; a document's terms are those of its title and its text. Adding
writes one new segment, merging writes one in place of several; the arrays' layout is in `verification.index.packing`.
Only `verification.index` reads and writes these tables.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verification.models.document import Document


class Segment(models.Model):
    """Documents indexed together. A document and a passage have a number of their own within the segment, from 0."""

    analysis = models.PositiveSmallIntegerField(help_text=_("version of the reading of texts this was made with"))
    documents = models.PositiveIntegerField()
    passages = models.PositiveIntegerField()
    removed = models.BinaryField(default=b"", help_text=_("numbers of the documents that were taken out"))
    document_ids = models.BinaryField(help_text=_("of Document, by number"))
    document_lengths = models.BinaryField(help_text=_("terms in each document's text"))
    title_lengths = models.BinaryField(help_text=_("terms in each document's title"))
    passage_counts = models.BinaryField(help_text=_("passages of each document"))
    passage_lengths = models.BinaryField(help_text=_("terms in each passage"))

    def __str__(self) -> str:
        return str(self.pk)


class Posting(models.Model):
    """Where a term stands in a segment."""

    pk = models.CompositePrimaryKey("segment", "term")
    # Millions of rows, written and deleted in one statement with their segment: a trigger per row would guard nothing.
    segment = models.ForeignKey(Segment, on_delete=models.DO_NOTHING, related_name="postings", db_constraint=False)
    term = models.CharField(max_length=64, db_collation="C")
    documents = models.BinaryField()
    titles = models.BinaryField()
    passages = models.BinaryField()

    def __str__(self) -> str:
        return self.term


class Passage(models.Model):
    """The n-th passage of a document, as offsets (code points, half open) into its text."""

    pk = models.CompositePrimaryKey("document", "number")
    document = models.ForeignKey(Document, on_delete=models.DO_NOTHING, related_name="passages", db_constraint=False)
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.document_id}[{self.start}:{self.end}]"


class IndexedDocument(models.Model):
    """That a document is in the index, and where."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, primary_key=True, related_name="indexed")
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="indexed_documents")
    number = models.PositiveIntegerField(help_text=_("within the segment"))

    def __str__(self) -> str:
        return str(self.document_id)
