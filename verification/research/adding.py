"""One document at a time: a page that was fetched, or a file somebody handed in, into the library and onto a case."""

import hashlib

from django.contrib.auth.models import User
from django.db import transaction

from claims.archiving import Handed, archive, store_snapshot
from claims.capture.errors import CaptureError
from claims.capture.text import text_sha256
from claims.models import Claim
from claims.models.clock import ClockTimestamp, read_clock
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.files import read_page
from verification.index.postgres import PostgresIndex
from verification.index.protocol import DocumentHit, Found, IndexDocument
from verification.models import Candidate, Document, Review, SearchRun, Source
from verification.research.importing import document_of
from verification.research.match import query_of
from verification.research.retrieval import order_found
from verification.research.storing import VERSIONS, store_candidates
from verification.review.log import Entry, append
from verification.review.transitions import Actor

# What checkers hand in belongs to this source; its tier is theirs to say.
DESK = "Handed in by the desk"
# Somebody waits for the page: a source that does not answer by then is told as one that failed.
FETCH_SECONDS = 20.0


def add_document(handed: Handed, source: Source, *, tier: int | None = None) -> Document:
    """Store a page as a Document with its Snapshot and index rows; the one that is there, if its bytes are the same.

    Raises CaptureError when it holds no text that can be read.
    """
    stable_id = handed.url or handed.filename or hashlib.sha256(handed.body).hexdigest()
    charset = handed.capture.charset if handed.capture else None
    text = read_page(
        stable_id, handed.body, handed.media_type, url=handed.url, filename=handed.filename, charset=charset
    )
    return add_text(text, handed, source, tier=tier)


def add_text(text: SourceText | Skipped, handed: Handed, source: Source, *, tier: int | None = None) -> Document:
    """Store what was read of bytes that somebody handed in, as `add_document` does.

    Raises CaptureError when there was nothing to read.
    """
    if isinstance(text, Skipped):
        raise CaptureError(text.reason, permanent=True)
    digest = hashlib.sha256(handed.body).hexdigest()
    archive().put(handed.body)
    with transaction.atomic():
        # Of one source one writer at a time, who sees what the one before wrote.
        Source.objects.select_for_update(no_key=True).get(pk=source.pk)
        index = PostgresIndex()
        current = Document.objects.filter(source=source, stable_id=text.stable_id, superseded_at__isnull=True)
        known = current.select_related("snapshot").first()
        if known and known.snapshot.sha256 == digest:
            return known
        if known:
            current.update(superseded_at=ClockTimestamp())
            index.remove([known.pk])
        document = document_of(text, source, store_snapshot(handed, digest, text_sha256(text.text)))
        if tier is not None:
            document.tier = tier
        document.save()
        index.add([IndexDocument(document.pk, document.title or "", document.text, document.language or "und")])
    return document


def propose(claim: Claim, document: Document) -> Candidate:
    """Lay one document beside a claim: its passages ranked, its words compared, stored as a search of its source."""
    started = read_clock()
    query = query_of(claim)
    found = Found((DocumentHit(document.pk, 1.0, 1.0, 0.0, 1.0, PostgresIndex().passages(document.pk)),))
    ranked = order_found(query, found, 1)
    with transaction.atomic():
        run = SearchRun.objects.create(
            claim=claim,
            source=document.source,
            query={"document": str(document.public)},
            documents=1,
            outcome=SearchRun.Outcome.OK,
            versions=dict(VERSIONS),
            started_at=started,
        )
        store_candidates(run, query, ranked)
    return run.candidates.get()


def add_to_case(
    review: Review, person: User, handed: Handed, *, tier: int, text: SourceText | Skipped | None = None
) -> Candidate:
    """Put what a person found or holds beside the claim of a case, and log that they did.

    `text` is what was read of it, where it is no page: a letter, a transcript. Raises CaptureError when it holds no
    text that can be read; nothing is stored then.
    """
    return lay_beside(review, person, file_away(handed, tier=tier, text=text), tier=tier)


def file_away(handed: Handed, *, tier: int, text: SourceText | Skipped | None = None) -> Document:
    """Put what somebody handed in into the library; the Document that is there, if its bytes are the same.

    Raises CaptureError when it holds no text that can be read. Others wait for each other here: call it in no
    transaction that goes on.
    """
    source, _made = Source.objects.get_or_create(name=DESK, defaults={"connector": "desk", "tier": tier})
    return add_document(handed, source, tier=tier) if text is None else add_text(text, handed, source, tier=tier)


def lay_beside(review: Review, person: User, stored: Document, *, tier: int) -> Candidate:
    """Lay what was put into the library beside the claim of a case, and log who brought it."""
    candidate = propose(review.claim, stored)
    with transaction.atomic():
        # Bringing a page in takes its time: the case may stand elsewhere by now.
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        payload = {"document": str(stored.public), "sha256": candidate.snapshot_sha256, "tier": tier}
        by = Actor(person)
        append(Entry(review, by.written, "add_source", review.state, review.state, payload, by.token))
    return candidate
