"""The passage index: rows made from texts, thrown away and made again at will. Nothing durable points at them.

The index is a set of segments. A segment holds a number of texts and, for each term in them, which of its texts, titles
and passages hold the term how often; a text's terms are those of its title and its body. Adding writes one new
segment, merging writes one in place of several; the arrays' layout is in `verification.index.packing`.
Collections are kept alike, each in tables of its own: the library's documents; the cases, by which a claim that was
checked before is recognised; what is published, which readers and their programs search. Only `verification.index`
reads and writes these tables.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verification.models.document import Document
from verification.models.review import Review
from verification.models.verdict import Publication


class SegmentArrays(models.Model):
    """Texts indexed together. A text and a passage have a number of their own within the segment, from 0."""

    analysis = models.PositiveSmallIntegerField(help_text=_("version of the reading of texts this was made with"))
    documents = models.PositiveIntegerField()
    passages = models.PositiveIntegerField()
    removed = models.BinaryField(default=b"", help_text=_("numbers of the documents that were taken out"))
    document_ids = models.BinaryField(help_text=_("of Document, by number"))
    document_lengths = models.BinaryField(help_text=_("terms in each document's text"))
    title_lengths = models.BinaryField(help_text=_("terms in each document's title"))
    passage_counts = models.BinaryField(help_text=_("passages of each document"))
    passage_lengths = models.BinaryField(help_text=_("terms in each passage"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class PostingArrays(models.Model):
    """Where a term stands in a segment."""

    # Millions of rows, written and deleted in one statement with their segment: a trigger per row would guard nothing.
    term = models.CharField(max_length=64, db_collation="C")
    documents = models.BinaryField()
    titles = models.BinaryField()
    passages = models.BinaryField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.term


class Span(models.Model):
    """The n-th passage of a text, as offsets (code points, half open) into it."""

    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"[{self.start}:{self.end}]"


class Segment(SegmentArrays):
    """Documents indexed together."""


class Posting(PostingArrays):
    """Where a term stands in a segment of documents."""

    pk = models.CompositePrimaryKey("segment", "term")
    segment = models.ForeignKey(Segment, on_delete=models.DO_NOTHING, related_name="postings", db_constraint=False)


class Passage(Span):
    """The n-th passage of a document."""

    pk = models.CompositePrimaryKey("document", "number")
    document = models.ForeignKey(Document, on_delete=models.DO_NOTHING, related_name="passages", db_constraint=False)


class IndexedDocument(models.Model):
    """That a document is in the index, and where."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, primary_key=True, related_name="indexed")
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="indexed_documents")
    number = models.PositiveIntegerField(help_text=_("within the segment"))

    def __str__(self) -> str:
        return str(self.document_id)


class CaseSegment(SegmentArrays):
    """Cases indexed together, each as a text: its wording, titled by its headline."""


class CasePosting(PostingArrays):
    """Where a term stands in a segment of cases."""

    pk = models.CompositePrimaryKey("segment", "term")
    segment = models.ForeignKey(CaseSegment, on_delete=models.DO_NOTHING, related_name="postings", db_constraint=False)


class CasePassage(Span):
    """The n-th passage of a case's text. The case is the document here."""

    pk = models.CompositePrimaryKey("document", "number")
    document = models.ForeignKey(Review, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)


class IndexedCase(models.Model):
    """That a case is in the index, and where. The case is the document here."""

    document = models.OneToOneField(Review, on_delete=models.PROTECT, primary_key=True, related_name="indexed")
    segment = models.ForeignKey(CaseSegment, on_delete=models.PROTECT, related_name="indexed_documents")
    number = models.PositiveIntegerField(help_text=_("within the segment"))

    def __str__(self) -> str:
        return str(self.document_id)


class PublicSegment(SegmentArrays):
    """Published checks indexed together, each as a text: its claim, who made it, its headline."""


class PublicPosting(PostingArrays):
    """Where a term stands in a segment of published checks."""

    pk = models.CompositePrimaryKey("segment", "term")
    segment = models.ForeignKey(
        PublicSegment, on_delete=models.DO_NOTHING, related_name="postings", db_constraint=False
    )


class PublicPassage(Span):
    """The n-th passage of a published check. Its publication is the document here."""

    pk = models.CompositePrimaryKey("document", "number")
    document = models.ForeignKey(Publication, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)


class IndexedPublication(models.Model):
    """That a publication is in the index, and where. Only those that stand are: the newest of a check, unless void."""

    document = models.OneToOneField(Publication, on_delete=models.PROTECT, primary_key=True, related_name="indexed")
    segment = models.ForeignKey(PublicSegment, on_delete=models.PROTECT, related_name="indexed_documents")
    number = models.PositiveIntegerField(help_text=_("within the segment"))

    def __str__(self) -> str:
        return str(self.document_id)
