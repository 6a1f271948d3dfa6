"""The quote check: is this what the source says, letter for letter, in other spelling, edited, or changed?

Classes, flags and what does not count are those of design §4.1 and `data/README.md` ("Labels of a quotation"), read
strictly where they leave room: a contraction written out, "okay" for "OK" or a dropped "well" is a change of words; a
stage direction or a transcriber's "(Laughter.)" left out is not, but the letters differ, so such a quotation is
`normalised`, never `exact`. Light markup of the source (Markdown, HTML tags) is no part of its letters.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from rapidfuzz.distance import Indel

from verification.matching.alignment import COMMON_WORDS, total_weight
from verification.matching.changes import FLAGS
from verification.matching.context import goes_on_with_a_qualifier, sentences_after, sentences_before
from verification.matching.differences import Comparison, DiffPart, Level, compare, verbatim
from verification.matching.placement import FAR_APART, Placement, place
from verification.matching.prepared import PreparedText, prepare
from verification.matching.quotation import Quotation, opening_label, read_quotation
from verification.matching.tokens import has_ellipsis, plain_form
from verification.matching.turns import Turn, belongs_to_another, goes_on, turn_at

__all__ = [
    "QUOTE_CHECK_VERSION",
    "DiffPart",
    "PreparedText",
    "QuoteCheck",
    "QuoteClass",
    "check_quote",
    "may_contain",
    "prepare",
]

QUOTE_CHECK_VERSION = "2"
"""Changes whenever the same quotation and source may get another answer."""

RECOGNISABLE = 0.6
"""Least share of the wording that makes a passage recognisably the quotation's, and least similarity.

On the developers' quotations the passages meant share 0.79 and more, passages of other texts 0.62 at most but for
speeches given twice. Of a short quotation more is asked, up to `SHORT_RECOGNISABLE`: any text holds two of its words.
"""
SHORT_RECOGNISABLE = 0.75
LONG_WEIGHT = 72
"""Weight (some 15 words) from which a quotation counts as long."""
LEAST_RUN = 12
"""Weight (two words and more) that a run without a mark must have: "[He] … [it]" proves nothing."""
BESIDE = 5
"""Words before and after a passage among which words of the quotation may have their place."""
SHORT = 6
"""Words up to which a quotation may be one compound or number spelled otherwise, and share no word as it stands."""
_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
_PROBES, _FEWEST_PROBES = 12, 3
ALL_FLAGS = (*FLAGS, "stitched", "truncated", "wrong_speaker")


class QuoteClass(StrEnum):
    """How a quotation relates to the source, from the same letters to nothing like it."""

    EXACT = "exact"
    NORMALISED = "normalised"
    SPELLING = "spelling"
    EDITED = "edited"
    ALTERED = "altered"
    NOT_FOUND = "not_found"


_CLASSES = {
    Level.EXACT: QuoteClass.EXACT,
    Level.NORMALISED: QuoteClass.NORMALISED,
    Level.SPELLING: QuoteClass.SPELLING,
    Level.EDITED: QuoteClass.EDITED,
    Level.ALTERED: QuoteClass.ALTERED,
}


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What the check found: class and flags, and the passage `start` to `end` (string indices) it is about.

    `similarity` is the share of letters in common, 0 to 1, case and punctuation aside. The parts of `diff` rebuild the
    quotation and the passage. `before` and `after` are the source's own words around the passage, up to two sentences
    each. `turn_speaker` is the label of the transcript's turn. Where nothing was found, there is no passage.
    """

    quote_class: QuoteClass
    flags: tuple[str, ...]
    similarity: float
    start: int | None
    end: int | None
    diff: tuple[DiffPart, ...]
    before: str
    after: str
    turn_speaker: str | None
    version: str = QUOTE_CHECK_VERSION


@dataclass(frozen=True, slots=True)
class _Answer:
    """One place the quotation may come from, and what it would mean."""

    comparison: Comparison
    similarity: float
    turn: Turn | None
    wrong_speaker: bool
    stitched: bool = False


def check_quote(quote: str, source: PreparedText | str, *, speaker: str | None = None) -> QuoteCheck:
    """Class a quotation against one source text, with the diff.

    `quote` is what stands between the quotation marks (marks around it do no harm), `speaker` the name the article
    gives; with it, `wrong_speaker` is raised where a transcript gives the passage to someone else. Prepare a source
    once to check many quotations against it; of a source handed in as a string, one that hardly shares a word is told
    apart without reading it. The same input gives the same answer, and no text raises an error.
    """
    if isinstance(source, str):
        if not may_contain(quote, source):
            return _not_found(quote)
        source = prepare(source)
    quotation = read_quotation(quote, source)
    answers = list(_answers(quotation, source, speaker))
    if all(answer.comparison.level > Level.EXACT for answer in answers):
        answers += _verbatim_answer(quotation, source, speaker)
        answers += _labelled_answers(quote, source, speaker)
    if not answers:
        return _not_found(quote)
    best = min(answers, key=lambda answer: (answer.comparison.level, answer.wrong_speaker))
    start, end = best.comparison.start, best.comparison.end
    raised = {
        *best.comparison.flags,
        *(["stitched"] if best.stitched else []),
        *(["truncated"] if _truncated(quotation, source, end) else []),
        *(["wrong_speaker"] if best.wrong_speaker else []),
    }
    return QuoteCheck(
        quote_class=_CLASSES[best.comparison.level],
        flags=tuple(flag for flag in ALL_FLAGS if flag in raised),
        similarity=best.similarity,
        start=start,
        end=end,
        diff=best.comparison.diff,
        before=sentences_before(source.text, start),
        after=sentences_after(source.text, end),
        turn_speaker=best.turn.label if best.turn else None,
    )


def may_contain(quote: str, text: str) -> bool:
    """Tell, without reading the text, whether the quotation may stand in it: a third of its long words do.

    Some hundred times cheaper than `prepare`, and wrong only about texts in which nobody would recognise the quotation.
    """
    words = sorted({word.casefold() for word in _LONG_WORD.findall(quote)}, key=lambda word: (-len(word), word))
    words = words[:_PROBES]
    if len(words) < _FEWEST_PROBES:
        return True
    folded = text.casefold()
    return 3 * sum(word in folded for word in words) >= len(words)


def _not_found(quote: str) -> QuoteCheck:
    diff = (DiffPart("insert", quote, ""),) if quote else ()
    return QuoteCheck(QuoteClass.NOT_FOUND, (), 0.0, None, None, diff, "", "", None)


def _answers(quotation: Quotation, source: PreparedText, speaker: str | None) -> Iterator[_Answer]:
    short = len(quotation.tokens.words) <= SHORT
    for placement in place(quotation, source):
        if not short and 2 * placement.score < placement.weight:
            continue
        comparison = compare(quotation, source, placement)
        similarity = _similarity(quotation, source, placement)
        if comparison.level < Level.EDITED or _recognisable(quotation, source, placement, similarity):
            turn = turn_at(source.turns, comparison.start)
            spoken, whole = _spoken_in(source, placement) if source.turns else ([], True)
            wrong = any(belongs_to_another(source.turns, one, speaker) for one in dict.fromkeys([turn, *spoken]))
            yield _Answer(comparison, similarity, turn, wrong, placement.stitched or not whole)


def _verbatim_answer(quotation: Quotation, source: PreparedText, speaker: str | None) -> list[_Answer]:
    comparison = verbatim(quotation.tokens.text, source.text) if quotation.tokens.words else None
    if comparison is None:
        return []
    turn = turn_at(source.turns, comparison.start)
    return [_Answer(comparison, 1.0, turn, belongs_to_another(source.turns, turn, speaker))]


def _labelled_answers(quote: str, source: PreparedText, speaker: str | None) -> Iterator[_Answer]:
    """Yield what the quotation means without the speaker's label it opens with, where that speaker's turn holds it.

    A label set before words from the midst of a turn is an edit: it hides that something came before them.
    """
    if opening := opening_label(quote, source):
        label, start = opening
        for answer in _answers(read_quotation(quote, source, start), source, speaker):
            turn, first = answer.turn, answer.comparison.start
            if turn and turn.label == label:
                later = any(turn.words_start <= start < first for start in source.tokens.starts)
                level = max(answer.comparison.level, Level.EDITED) if later else answer.comparison.level
                yield replace(answer, comparison=replace(answer.comparison, level=level))


def _spoken_in(source: PreparedText, placement: Placement) -> tuple[list[Turn | None], bool]:
    """Return the turns that the telling parts of the passage stand in, and whether they are parts of one speech."""
    starts = source.tokens.starts
    parts = [
        b for b in placement.blocks if b.kind == "same" and total_weight(source.tokens.keys[b.s0 : b.s1]) >= LEAST_RUN
    ]
    turns = [(turn_at(source.turns, starts[b.s0]), turn_at(source.turns, starts[b.s1 - 1])) for b in parts]
    whole = all(goes_on(source.turns, left[1], right[0]) for left, right in pairwise(turns))
    return [turn for opening, closing in turns for turn in (opening, closing)], whole


def _recognisable(quotation: Quotation, source: PreparedText, placement: Placement, similarity: float) -> bool:
    """Tell whether so much of the wording is shared that the passage is the one quoted."""
    shortness = max(0.0, 1 - placement.weight / LONG_WEIGHT)
    least = RECOGNISABLE + (SHORT_RECOGNISABLE - RECOGNISABLE) * shortness
    shared = placement.score + _moved(quotation, source, placement)
    if placement.longest < LEAST_RUN or shared < least * placement.weight:
        return False
    return placement.stitched or similarity >= RECOGNISABLE


def _moved(quotation: Quotation, source: PreparedText, placement: Placement) -> int:
    """Return half the weight of telling words that the passage, or what is next to it, holds in another place."""
    changed = [block for block in placement.blocks if block.kind == "changed"]
    missing = Counter(key for b in changed for key in quotation.tokens.keys[b.q0 : b.q1] if key not in COMMON_WORDS)
    if not missing:
        return 0
    first, last = placement.blocks[0].s0, placement.blocks[-1].s1
    keys = source.tokens.keys
    spare = Counter(key for b in changed if b.s1 - b.s0 <= FAR_APART for key in keys[b.s0 : b.s1])
    spare.update(keys[max(0, first - BESIDE) : first] + keys[last : last + BESIDE])
    return total_weight(list((missing & spare).elements())) // 2


def _truncated(quotation: Quotation, source: PreparedText, end: int) -> bool:
    """Tell whether the source goes on with a qualifier, and the quotation does not say that it goes on."""
    if has_ellipsis(quotation.tokens.clean[quotation.tokens.ends[-1] :]):
        return False
    return goes_on_with_a_qualifier(source.tokens.clean, end)


def _similarity(quotation: Quotation, source: PreparedText, placement: Placement) -> float:
    """Return 2 × letters in common ÷ letters of both.

    Left out are words in brackets with what they stand for, and what lies between stitched parts.
    """
    left: list[str] = []
    right: list[str] = []
    for block in placement.blocks:
        if block.kind != "marked" and not (block.q0 == block.q1 and block.s1 - block.s0 > FAR_APART):
            left += quotation.tokens.words[block.q0 : block.q1]
            right += source.tokens.words[block.s0 : block.s1]
    joined = " ".join(map(plain_form, left)), " ".join(map(plain_form, right))
    return round(Indel.normalized_similarity(*joined), 4)
