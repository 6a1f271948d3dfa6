"""Stores what the machine suggests of a claim beside what a search found. People decide, and hold it to account."""

from collections.abc import Sequence

from claims.wording import store
from verification.matching.suggesting import SUGGESTING_VERSION, Compared, Suggested, suggest, suggest_not_found
from verification.models import Candidate, Document, SearchRun, Suggestion
from verification.ranking.found import FoundDocument
from verification.ranking.query import ClaimQuery
from verification.ranking.speakers import own_word


def suggest_for(run: SearchRun, query: ClaimQuery, candidates: Sequence[Candidate]) -> list[Suggestion]:
    """Store at most one suggestion for each stored candidate of a search that came back (two queries).

    Where a search of the whole library found nothing that may test the claim, that is the one suggestion. Of a single
    document laid beside the claim nothing of the kind is said: it was not the library that was asked.
    """
    documents = Document.objects.select_related("source").defer("text")
    known = documents.in_bulk({candidate.document_id for candidate in candidates})
    compared = [_compared(query, candidate, known[candidate.document_id]) for candidate in candidates]
    pairs = zip(candidates, map(suggest, compared), strict=True)
    found = [_row(run, suggested, candidate) for candidate, suggested in pairs if suggested]
    if not found and run.source_id is None and (nothing := suggest_not_found(compared)):
        found = [_row(run, nothing)]
    return Suggestion.objects.bulk_create(found)


def _compared(query: ClaimQuery, candidate: Candidate, document: Document) -> Compared:
    return Compared(
        claim=query.text,
        passage=candidate.exact,
        quotations=query.quotations,
        quote_check=candidate.quote_check,
        figure_checks=candidate.figure_checks or (),
        role=candidate.role,
        tier=document.tier,
        own_word=own_word(query.speaker, _as_found(document)),
    )


def _as_found(document: Document) -> FoundDocument:
    return FoundDocument(
        id=document.pk,
        title=document.title or "",
        kind=document.kind,
        tier=document.tier,
        speaks_for=document.source.speaks_for,
        published=None,
        passage_score=0.0,
        body_score=0.0,
        title_score=0.0,
        context_score=0.0,
        extracts=(),
    )


def _row(run: SearchRun, suggested: Suggested, candidate: Candidate | None = None) -> Suggestion:
    return Suggestion(
        search_run=run,
        candidate=candidate,
        kind=suggested.kind,
        confidence=suggested.confidence,
        reasons=store(suggested.reasons),
        version=SUGGESTING_VERSION,
    )
