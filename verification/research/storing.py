"""Stores what a search found: candidates in their order, the comparisons made, whose accounts stand beside whose."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from claims.translation import store
from verification.matching.accounts.rows import ACCOUNTS_VERSION
from verification.matching.figures.checking import check_figures
from verification.matching.figures.contract import FIGURE_CHECK_VERSION, FigureCheck
from verification.matching.quotes import QUOTE_CHECK_VERSION, QuoteCheck
from verification.matching.suggesting import SUGGESTING_VERSION
from verification.models import Candidate, Document, SearchRun
from verification.ranking.days import known_day
from verification.ranking.query import ClaimQuery
from verification.ranking.ranked import RankedCandidate
from verification.ranking.version import RANKING_VERSION
from verification.research.counterparts import Accounts
from verification.research.retrieval import local_day
from verification.research.suggesting import suggest_for

AFFIX = 32
VERSIONS: Mapping[str, str] = {
    "ranking": RANKING_VERSION,
    "quote_check": QUOTE_CHECK_VERSION,
    "figure_check": FIGURE_CHECK_VERSION,
    "accounts": ACCOUNTS_VERSION,
    "suggestion": SUGGESTING_VERSION,
}
"""Stored with every search, so that what it answered can be told from what today's rules would."""


def store_candidates(
    run: SearchRun, query: ClaimQuery, ranked: Sequence[RankedCandidate], accounts: Accounts | None = None
) -> list[Candidate]:
    """Store what a search found, in its order, then other sides' accounts that it had not found, then suggestions."""
    found = accounts.found if accounts else ()
    told = {each.candidate.document_id: each.candidate for each in found}
    # One that was ranked as well is stored once, in its place, with why it is another side's account.
    everything = [told.pop(candidate.document_id, candidate) for candidate in ranked]
    everything += told.values()
    wanted = Document.objects.select_related("snapshot").in_bulk([candidate.document_id for candidate in everything])
    candidates = Candidate.objects.bulk_create(
        _candidate(run, query, rank, candidate, wanted[candidate.document_id])
        for rank, candidate in enumerate(everything, start=1)
        if candidate.document_id in wanted
    )
    by_document = {candidate.document_id: candidate for candidate in candidates}
    beside = []
    for each in found:
        account, own = by_document.get(each.candidate.document_id), by_document.get(each.of)
        if account and own and account is not own:
            account.counterpart_of, account.agreed_text = own, each.agreed
            beside.append(account)
    Candidate.objects.bulk_update(beside, ["counterpart_of", "agreed_text"])
    suggest_for(run, query, candidates)
    return candidates


def _candidate(run: SearchRun, query: ClaimQuery, rank: int, found: RankedCandidate, document: Document) -> Candidate:
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
        figure_checks=_figure_checks(query, found, text, local_day(document)) or None,
        role=found.role,
        also_at=list(found.also_at) or None,
    )


def _figure_checks(
    query: ClaimQuery, found: RankedCandidate, text: str, source_day: date | None
) -> list[dict[str, object]]:
    checks = check_figures(query.text, text[found.start : found.end], claim_day=known_day(query), source_day=source_day)
    return [
        figure_check_json(
            replace(check, source_start=check.source_start + found.start, source_end=check.source_end + found.start)
        )
        for check in checks
    ]


def figure_check_json(check: FigureCheck) -> dict[str, object]:
    """Return a figure check as it is stored; its places in the source are those in the whole document."""
    return asdict(check) | {"working": store(check.working), "version": FIGURE_CHECK_VERSION}


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
