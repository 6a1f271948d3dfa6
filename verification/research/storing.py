"""Stores what a search found: candidates in their order, the comparisons made, whose accounts stand beside whose."""

from collections.abc import Mapping, Sequence
from datetime import date

from claims.wording import store
from verification.matching.accounts.rows import ACCOUNTS_VERSION
from verification.matching.figures.contract import FIGURE_CHECK_VERSION
from verification.matching.quotes import QUOTE_CHECK_VERSION
from verification.matching.stored_checks import figure_checks_json, quote_check_json
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
    passage = text[found.start : found.end]
    return figure_checks_json(query.text, passage, found.start, claim_day=known_day(query), source_day=source_day)
