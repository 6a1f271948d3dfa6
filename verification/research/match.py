"""Research on one claim: ask the library, store what was asked and what it answered."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import DatabaseError, transaction

from claims import work
from claims.models import Claim
from claims.models.clock import read_clock
from claims.translation import store
from verification.index.postgres import PostgresIndex
from verification.matching.quotes import QUOTE_CHECK_VERSION, QuoteCheck
from verification.models import Candidate, Document, SearchRun
from verification.ranking.query import ClaimQuery
from verification.ranking.ranked import RankedCandidate
from verification.ranking.version import RANKING_VERSION
from verification.research.retrieval import find_candidates

CANDIDATES = 10
# Of a long article, what stands this near to the claim tells which event is meant (characters, each side).
CONTEXT = 4000
AFFIX = 32


def query_of(claim: Claim) -> ClaimQuery:
    """Return what to look for: the claim with the article around it."""
    appearance = claim.appearances.select_related("article").order_by("pk").first()
    context, title, published, language = "", "", None, None
    if appearance is not None:
        article = appearance.article
        context = article.text[max(0, appearance.start - CONTEXT) : appearance.end + CONTEXT]
        title = article.title or ""
        published = article.published.date() if article.published else None
        language = article.language
    return ClaimQuery(
        text=claim.text,
        quotations=tuple(claim.quotations),
        speaker=claim.speaker.name if claim.speaker else None,
        said=claim.said.date() if claim.said else None,
        said_precision=claim.said_precision,
        published=published,
        figures=tuple(quantity["text"] for quantity in claim.quantities),
        context=context,
        title=title,
        language=language or "und",
    )


def research_claim(claim: Claim, lease: work.Lease) -> SearchRun:
    """Search the library for one claim and store the run with its candidates, once, under a lease.

    Nothing found is stored too: it is evidence. Raises LeaseLost when another worker took over meanwhile.
    """
    started = read_clock()
    index = PostgresIndex()
    query = query_of(claim)
    asked = {
        "claim": claim,
        "query": {
            "text": query.text,
            "quotations": list(query.quotations),
            "speaker": query.speaker,
            "said": query.said.isoformat() if query.said else None,
            "published": query.published.isoformat() if query.published else None,
            "figures": list(query.figures),
        },
        "documents": index.size().documents,
        "versions": {"ranking": RANKING_VERSION, "quote_check": QUOTE_CHECK_VERSION},
        "started_at": started,
    }
    try:
        ranked = find_candidates(query, index, limit=CANDIDATES)
    except DatabaseError:
        raise  # the library could not be reached: nothing was asked
    except Exception as error:
        # A search that broke is not one that found nothing.
        SearchRun.objects.create(**asked, outcome=SearchRun.Outcome.FAILED, error=work.storable(repr(error))[:2000])
        raise
    with transaction.atomic():
        work.complete(lease)
        outcome = SearchRun.Outcome.OK if ranked else SearchRun.Outcome.EMPTY
        run = SearchRun.objects.create(**asked, outcome=outcome)
        store_candidates(run, ranked)
    return run


def store_candidates(run: SearchRun, ranked: Sequence[RankedCandidate]) -> None:
    """Store what a search found, in its order."""
    wanted = Document.objects.select_related("snapshot").in_bulk([candidate.document_id for candidate in ranked])
    Candidate.objects.bulk_create(
        _candidate(run, rank, candidate, wanted[candidate.document_id])
        for rank, candidate in enumerate(ranked, start=1)
        if candidate.document_id in wanted
    )


def _candidate(run: SearchRun, rank: int, found: RankedCandidate, document: Document) -> Candidate:
    text = document.text
    return Candidate(
        search_run=run,
        claim=run.claim,
        document=document,
        snapshot=document.snapshot,
        snapshot_sha256=document.snapshot.sha256,
        rank=rank,
        score=found.score,
        exact=text[found.start : found.end],
        prefix=text[max(0, found.start - AFFIX) : found.start],
        suffix=text[found.end : found.end + AFFIX],
        start=found.start,
        end=found.end,
        reasons=store(found.reasons),
        quote_check=quote_check_json(found.quote_check) if found.quote_check else None,
    )


def quote_check_json(check: QuoteCheck) -> dict[str, object]:
    """Return a quote check as it is stored and printed."""
    return {
        "class": str(check.quote_class),
        "flags": list(check.flags),
        "similarity": round(check.similarity, 4),
        "start": check.start,
        "end": check.end,
        "before": check.before,
        "after": check.after,
        "turn_speaker": check.turn_speaker,
        "diff": [asdict(part) for part in check.diff],
        "version": check.version,
    }
