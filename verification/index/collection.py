"""The collections that are indexed alike, each in tables of its own, and where their texts come from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from verification.index.protocol import IndexDocument
from verification.index.texts import case_text, document_text, earlier_text, public_text
from verification.models import (
    Change,
    Document,
    EarlierCheck,
    EarlierPassage,
    EarlierPosting,
    EarlierSegment,
    IndexedEarlier,
    Publication,
    Review,
)
from verification.models.passage import (
    CasePassage,
    CasePosting,
    CaseSegment,
    IndexedCase,
    IndexedDocument,
    IndexedPublication,
    Passage,
    Posting,
    PublicPassage,
    PublicPosting,
    PublicSegment,
    Segment,
)


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts that are searched together: the models of their index, and the rows that belong in it.

    `merge_lock` and `rebuild_lock` are keys of advisory locks: two merges at once would wait for each other's rows, two
    rebuildings would index the same texts. Where rows are `rewritten`, what is read of one holds while
    it is locked.
    """

    segments: type[Segment] | type[CaseSegment] | type[EarlierSegment] | type[PublicSegment]
    postings: type[Posting] | type[CasePosting] | type[EarlierPosting] | type[PublicPosting]
    passages: type[Passage] | type[CasePassage] | type[EarlierPassage] | type[PublicPassage]
    indexed: type[IndexedDocument] | type[IndexedCase] | type[IndexedEarlier] | type[IndexedPublication]
    texts: Callable[[], QuerySet[Any]]
    text_of: Callable[[Any], IndexDocument]
    merge_lock: int
    rebuild_lock: int
    rewritten: bool = False


def _current_documents() -> QuerySet[Document]:
    return Document.objects.filter(superseded_at__isnull=True)


def _cases() -> QuerySet[Review]:
    fetched = Review.objects.select_related("claim", "publication__verdict")
    return fetched.prefetch_related("claim__appearances__article")


def _earlier() -> QuerySet[EarlierCheck]:
    return EarlierCheck.objects.all()


def _standing() -> QuerySet[Publication]:
    current = Publication.objects.filter(current_of__isnull=False).exclude(verdict__change=Change.VOID)
    return current.select_related("verdict")


# "READ", "INDX"; of cases "CASM" and "CASI"; of earlier checks "EARM" and "EARI"; of what is public "PUBM" and "PUBI".
DOCUMENTS = Collection(
    Segment, Posting, Passage, IndexedDocument, _current_documents, document_text, 0x52454144, 0x494E4458
)
CASES = Collection(
    CaseSegment, CasePosting, CasePassage, IndexedCase, _cases, case_text, 0x4341534D, 0x43415349, rewritten=True
)
EARLIER = Collection(
    EarlierSegment, EarlierPosting, EarlierPassage, IndexedEarlier, _earlier, earlier_text, 0x4541524D, 0x45415249
)
PUBLIC = Collection(
    PublicSegment, PublicPosting, PublicPassage, IndexedPublication, _standing, public_text, 0x5055424D, 0x50554249
)
