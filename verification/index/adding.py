"""Writes documents into the index: each call makes segments of its own, so writers do not wait for each other."""

from collections.abc import Iterator, Sequence

import numpy as np
from django.db import transaction

from verification.index.collection import Collection
from verification.index.drafting import Draft, drafts
from verification.index.packing import DOCUMENT_ID, LENGTH, NUMBER, pack
from verification.index.protocol import IndexDocument
from verification.index.removing import remove_documents
from verification.index.tables import copy_rows
from verification.index.terms import ANALYSIS_VERSION


def add_documents(collection: Collection, documents: Sequence[IndexDocument]) -> None:
    """Index documents; those that are in the index are replaced, and of two with one id the later one counts."""
    newest = {document.id: document for document in documents}
    with transaction.atomic():
        for draft in drafts(newest.values()):
            store(collection, draft)


def store(collection: Collection, draft: Draft) -> None:
    """Write a draft as a segment, in a transaction; its documents are taken out of the segments they were in."""
    remove_documents(collection, draft.ids)
    segment = collection.segments.objects.create(
        analysis=ANALYSIS_VERSION,
        documents=len(draft.ids),
        passages=len(draft.passage_lengths),
        document_ids=pack(draft.ids, DOCUMENT_ID),
        document_lengths=pack(draft.document_lengths, LENGTH),
        title_lengths=pack(np.minimum(draft.title_lengths, np.iinfo(NUMBER).max), NUMBER),
        passage_counts=pack([len(passages) for passages in draft.passages], LENGTH),
        passage_lengths=pack(draft.passage_lengths, NUMBER),
    )
    copy_rows(collection.postings, ((segment.pk, *posting) for posting in draft.postings()))
    copy_rows(collection.passages, _passage_rows(draft))
    placed = ((document, segment.pk, number) for number, document in enumerate(draft.ids))
    copy_rows(collection.indexed, placed)


def _passage_rows(draft: Draft) -> Iterator[tuple[object, ...]]:
    for document, passages in zip(draft.ids, draft.passages, strict=True):
        for number, span in enumerate(passages):
            yield document, number, span.start, span.end
