"""Puts the documents of the first stage in order: signals, the check of the words, copies folded, places kept."""

from collections.abc import Sequence
from dataclasses import replace

from verification.matching.quotes import QuoteCheck
from verification.ranking.anchors import READ, article_quotations, mark_anchors
from verification.ranking.checking import ReadTexts, check_texts, in_order
from verification.ranking.days import Seed
from verification.ranking.folding import fold
from verification.ranking.found import Extract, FoundDocument
from verification.ranking.query import ClaimQuery
from verification.ranking.ranked import RankedCandidate
from verification.ranking.reasons import reasons_for
from verification.ranking.roles import best_tests, keep_places, role_of
from verification.ranking.scored import Scored
from verification.ranking.showing import most_telling
from verification.ranking.signals import read_signals

# Copies are looked for among so many more than are returned.
BEYOND = 10


def rank(
    query: ClaimQuery, found: Sequence[FoundDocument], seeds: Sequence[Seed], read_texts: ReadTexts, limit: int
) -> list[RankedCandidate]:
    """Return the `limit` best documents in order, one candidate for all copies of a text.

    `seeds` are the documents nearest to the article's context; `read_texts` returns the full texts of some documents,
    the few that a quotation is checked against.
    """
    quoted = article_quotations(query.context)
    if quoted:
        seeds = mark_anchors(seeds, quoted, read_texts([seed.document_id for seed in seeds[:READ]]))
    signals = read_signals(query, found, seeds)
    scored = [Scored(document, part, part.score) for document, part in zip(found, signals, strict=True)]
    scored = in_order([each for each in scored if each.document.extracts])
    tests = {each.document.id for each in best_tests(query, scored)}
    scored = check_texts(query, scored, read_texts, limit, tests)
    copies = fold([each.document for each in scored[: limit + BEYOND]], read_texts)
    placed = keep_places(query, _without_copies(scored, copies), limit)
    return [_candidate(query, each, copies.get(each.document.id, ())) for each in placed]


def _without_copies(scored: Sequence[Scored], copies: dict[int, tuple[int, ...]]) -> list[Scored]:
    """Return the documents with each group of copies at the place of its first, as the one that stands for them."""
    standing = {copy: first for first, others in copies.items() for copy in (first, *others)}
    own = {each.document.id: each for each in scored}
    kept: dict[int, Scored] = {}
    for each in scored:
        first = standing.get(each.document.id, each.document.id)
        kept.setdefault(first, replace(own[first], score=each.score))
    return list(kept.values())


def _candidate(query: ClaimQuery, scored: Scored, also_at: tuple[int, ...]) -> RankedCandidate:
    start, end = _span(query, scored.document.extracts, scored.signals.nearest, scored.check)
    return RankedCandidate(
        scored.document.id,
        start,
        end,
        scored.score,
        reasons_for(query, scored),
        scored.check,
        role_of(query, scored),
        also_at,
    )


def _span(query: ClaimQuery, extracts: Sequence[Extract], nearest: int, check: QuoteCheck | None) -> tuple[int, int]:
    """Return the passage to show: the one that holds the quotation, as far as the quotation goes, else the nearest."""
    if check is None or check.start is None or check.end is None:
        shown = extracts[nearest] if query.quotations else most_telling(query.text, extracts, nearest)
        return shown.start, shown.end
    for extract in extracts:
        if extract.start < check.end and check.start < extract.end:
            return min(extract.start, check.start), max(extract.end, check.end)
    return check.start, check.end
