"""Puts the documents of the first stage in order: signals first, then the quote check of those at the top."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from verification.matching.quotes import QuoteCheck, QuoteClass, check_quote
from verification.ranking.anchors import READ, article_quotations, mark_anchors
from verification.ranking.days import Seed
from verification.ranking.found import Extract, FoundDocument
from verification.ranking.query import ClaimQuery
from verification.ranking.ranked import RankedCandidate
from verification.ranking.reasons import Hint, reasons_for
from verification.ranking.signals import Signals, read_signals
from verification.ranking.speakers import names_speaker, own_word, surname

# So many documents of the best by score, and of the best by likeness, are read in full.
CHECKED = 10
# What a quotation's class adds. `altered` counts by its similarity, squared: "much like it" is not "it".
OF_CLASS: Mapping[QuoteClass, float] = {
    QuoteClass.EXACT: 8.0,
    QuoteClass.NORMALISED: 8.0,
    QuoteClass.SPELLING: 7.5,
    QuoteClass.EDITED: 7.5,
    QuoteClass.ALTERED: 3.0,
    QuoteClass.NOT_FOUND: 0.0,
}
WRONG_SPEAKER = -3.0
# The like words stand in a text that does not name the speaker.
SPEAKER_ABSENT = -2.0
# A quotation of fewer words proves less.
TELLING_WORDS = 8

# So few words ("complete agreement") stand in many texts: found in one that is not their speaker's
# own, they are no match to show, only a hint.
FEW_WORDS = 3

ReadTexts = Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class _Scored:
    document: FoundDocument
    signals: Signals
    score: float
    check: QuoteCheck | None = None
    speaker_absent: bool = False
    hint: Hint | None = None


def rank(
    query: ClaimQuery, found: Sequence[FoundDocument], seeds: Sequence[Seed], read_texts: ReadTexts, limit: int
) -> list[RankedCandidate]:
    """Return the `limit` best documents in order, one candidate each.

    `seeds` are the documents nearest to the article's context; `read_texts` returns the full texts of some documents,
    the few that a quotation is checked against.
    """
    quoted = article_quotations(query.context)
    if quoted:
        seeds = mark_anchors(seeds, quoted, read_texts([seed.document_id for seed in seeds[:READ]]))
    signals = read_signals(query, found, seeds)
    scored = [_Scored(document, part, part.score) for document, part in zip(found, signals, strict=True)]
    scored = sorted((each for each in scored if each.document.extracts), key=_order)
    if query.quotations:
        scored = _checked(query, scored, read_texts, limit)
    return [_candidate(query, each) for each in scored[:limit]]


def _order(scored: _Scored) -> tuple[float, int]:
    return -scored.score, scored.document.id


def _checked(query: ClaimQuery, scored: Sequence[_Scored], read_texts: ReadTexts, limit: int) -> list[_Scored]:
    """Check the quotations against the documents at the top and those with the likest passages; return the new order.

    What moves up when others move down is checked in its turn, so that each of the `limit` first was checked.
    """
    likest = sorted(scored, key=lambda each: -each.signals.values["quoted"])[:CHECKED]
    pending = {each.document.id for each in (*scored[: max(CHECKED, limit)], *likest)}
    done: set[int] = set()
    ordered = list(scored)
    while pending:
        texts = read_texts(sorted(pending))
        ordered = [_check(query, each, texts.get(each.document.id)) for each in ordered]
        ordered.sort(key=_order)
        done |= pending
        pending = {each.document.id for each in ordered[:limit]} - done
    return ordered


def _check(query: ClaimQuery, scored: _Scored, text: str | None) -> _Scored:
    if text is None:
        return scored
    checks = {quotation: check_quote(quotation, text, speaker=query.speaker) for quotation in query.quotations}
    words = sum(len(quotation.split()) for quotation in checks)
    share = sum(_worth(check) * len(quotation.split()) / words for quotation, check in checks.items())
    score = scored.score + share * min(1.0, words / TELLING_WORDS)
    main = checks[max(query.quotations, key=len)]
    absent = main.start is not None and not names_speaker(query.speaker, scored.document, text)
    hint = _only_a_hint(query, scored.document, main, absent)
    score += SPEAKER_ABSENT * absent
    return _Scored(scored.document, scored.signals, score, None if hint else main, absent, hint)


def _only_a_hint(query: ClaimQuery, document: FoundDocument, check: QuoteCheck, absent: bool) -> Hint | None:
    """Return why words that were found are no match to show as one, or None where they are.

    Too few words do not tell whose they are, and words much like a person's in a text that does not name the person
    are no alteration of that text. A transcript's turn of another speaker is told by its flag instead.
    """
    if check.start is None or "wrong_speaker" in check.flags:
        return None
    if absent and check.quote_class is QuoteClass.ALTERED:
        return Hint.ALIKE
    turn = surname(check.turn_speaker) if check.turn_speaker else ""
    named = bool(query.speaker) and surname(query.speaker or "") == turn
    few = len(max(query.quotations, key=len).split()) <= FEW_WORDS
    return Hint.FEW_WORDS if few and not named and not own_word(query.speaker, document) else None


def _worth(check: QuoteCheck) -> float:
    worth = OF_CLASS[check.quote_class]
    if check.quote_class is QuoteClass.ALTERED:
        worth *= check.similarity**2
    return worth + (WRONG_SPEAKER if "wrong_speaker" in check.flags else 0.0)


def _candidate(query: ClaimQuery, scored: _Scored) -> RankedCandidate:
    start, end = _span(scored.document.extracts, scored.signals.nearest, scored.check)
    return RankedCandidate(
        scored.document.id,
        start,
        end,
        scored.score,
        reasons_for(query, scored.document, scored.signals, scored.check, scored.speaker_absent, scored.hint),
        scored.check,
    )


def _span(extracts: Sequence[Extract], nearest: int, check: QuoteCheck | None) -> tuple[int, int]:
    """Return the passage to show: the one that holds the quotation, as far as the quotation goes, else the nearest."""
    if check is None or check.start is None or check.end is None:
        return extracts[nearest].start, extracts[nearest].end
    for extract in extracts:
        if extract.start < check.end and check.start < extract.end:
            return min(extract.start, check.start), max(extract.end, check.end)
    return check.start, check.end
