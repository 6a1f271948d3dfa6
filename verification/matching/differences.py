"""Set a quotation beside its passage, word by word and gap by gap: how far they differ, and the diff that shows it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import zip_longest
from typing import Literal

from verification.matching.alignment import COMMON_WORDS, Block
from verification.matching.changes import change_flags, negates_otherwise
from verification.matching.placement import Placement
from verification.matching.prepared import PreparedText
from verification.matching.quotation import Quotation, bracket_before
from verification.matching.settling import same_wording, settled
from verification.matching.tokens import (
    STAGE_MARK,
    exact_form,
    has_ellipsis,
    plain_form,
    same_punctuation,
    word_key,
)
from verification.matching.turns import turn_at

Operation = Literal["equal", "insert", "delete", "replace"]
_CLOSING = frozenset(".,;:!?…\"'”’»)]")
_HYPHENS = "-‐\u00ad"
SHORT_OMISSION = 8
"""Words up to which what is left out belongs to the clause that is quoted, so that its "not" or "10" is flagged."""
_LIST_MARK = re.compile(r"(?:^|\n)[ \t>]*\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivx]{1,4})[.)](?=[\s\\])")


class Level(IntEnum):
    """How far two wordings differ, the worst difference counting."""

    EXACT = 0
    NORMALISED = 1
    SPELLING = 2
    EDITED = 3
    ALTERED = 4


@dataclass(frozen=True, slots=True)
class DiffPart:
    """One step of the diff: exact substrings of either side, `equal` as the class `exact` sees it."""

    op: Operation
    quote: str
    source: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A quotation beside one passage: the worst difference, its flags, the diff and the passage's span in the text."""

    level: Level
    flags: frozenset[str]
    diff: tuple[DiffPart, ...]
    start: int
    end: int


def compare(quotation: Quotation, source: PreparedText, placement: Placement) -> Comparison:
    """Compare the quotation with the passage it was placed at; the diff's parts rebuild both sides."""
    return _Comparing(quotation, source).run(placement.blocks)


def verbatim(quote: str, text: str) -> Comparison | None:
    """Return the comparison of a quotation that stands in the text character for character, None for any other.

    What the words alone cannot tell: a passage cut through a link, or one that takes in a transcript's interruptions.
    """
    found = _whole(quote).search(text) if quote in text else None
    if found is None:
        return None
    start, end = found.span()
    return Comparison(Level.EXACT, frozenset(), (DiffPart("equal", quote, quote),), start, end)


def _whole(quote: str) -> re.Pattern[str]:
    """Return the pattern of a quotation of which neither end lies within a word.

    Its letters come first: then they are looked for in one pass, however often they stand in a text and overlap.
    """
    before = rf"(?<![^\W_].{{{len(quote)}}})" if quote[0].isalnum() else ""
    after = r"(?![^\W_])" if quote[-1].isalnum() else ""
    return re.compile(re.escape(quote) + after + before, re.DOTALL)


class _Comparing:
    """Walks both sides once, from the first word of the passage to its last."""

    def __init__(self, quotation: Quotation, source: PreparedText) -> None:
        self.quotation, self.source = quotation, source
        self.quote, self.words = quotation.tokens, source.tokens
        self.level = Level.EXACT
        self.flags: set[str] = set()
        self.parts: list[DiffPart] = []
        self.q_at = self.s_at = 0

    def run(self, blocks: Sequence[Block]) -> Comparison:
        blocks = settled(blocks, self.quotation, self.source)
        start = self.s_at = self._passage_start(blocks)
        for block, following in zip_longest(blocks, blocks[1:]):
            after = following if following and following.s0 < following.s1 else None
            if block.kind == "same":
                for offset in range(block.q1 - block.q0):
                    self._word(block.q0 + offset, block.s0 + offset)
            elif block.kind == "changed":
                self._changed(block, self.words.words[after.s0] if after else "")
            else:
                self._marked(block, reaches_on=after is not None)
        self._closing()
        return Comparison(self.level, frozenset(self.flags), tuple(_merged(self.parts)), start, self.s_at)

    def _passage_start(self, blocks: Sequence[Block]) -> int:
        first = blocks[0].s0
        return self.words.starts[first] if first < len(self.words.starts) else len(self.words.text)

    def _add(self, same: bool, level: Level, q_end: int, s_end: int) -> None:
        quote, source = self.quote.text[self.q_at : q_end], self.words.text[self.s_at : s_end]
        self.q_at, self.s_at = q_end, s_end
        if not quote and not source:
            return
        self.parts.append(DiffPart(_operation(same, quote, source), quote, source))
        if not same:
            self.level = max(self.level, level)

    def _gap(self, q: int, s: int) -> None:
        """Compare what stands before word `q` and before word `s`; before the first words it does not count."""
        q_end, s_end = self.quote.starts[q], self.words.starts[s]
        left, right = self.quote.clean[self.q_at : q_end], self.words.clean[self.s_at : s_end]
        opening = not self.q_at and not any(part.source for part in self.parts)
        level = Level.EDITED if _marked_only_in(left, right) else Level.NORMALISED
        same = self._opens_alike(left, s) if opening else same_punctuation(left, right)
        if STAGE_MARK in left and STAGE_MARK in right and not self._same_asides(q_end, self.s_at, s_end):
            same, level = False, Level.ALTERED
        self._add(same, level, q_end, s_end)

    def _opens_alike(self, opening: str, s: int) -> bool:
        """Tell whether the quotation does not open with an ellipsis or a stage direction of the article's own."""
        start, end = self.words.ends[s - 1] if s else 0, self.words.starts[s]
        if STAGE_MARK in opening and not self._same_asides(len(opening), start, end):
            return False
        return not has_ellipsis(opening) or has_ellipsis(self.words.clean[start:end])

    def _same_asides(self, q_end: int, start: int, end: int) -> bool:
        """Tell whether each word that the quotation has up to `q_end` stands from `start` to `end` in the source."""
        found = iter(_letters(self.words.text[start:end]))
        return all(word in found for word in _letters(self.quote.text[self.q_at : q_end]))

    def _word(self, q: int, s: int) -> None:
        self._gap(q, s)
        left, right = self.quote.words[q], self.words.words[s]
        level = Level.NORMALISED if plain_form(left) == plain_form(right) else Level.SPELLING
        bracketed, source_brackets = self.quote.joined(q), self.words.joined(s)
        same = bracketed == source_brackets and exact_form(left) == exact_form(right)
        self._add(
            same, Level.EDITED if bracketed and not source_brackets else level, self.quote.ends[q], self.words.ends[s]
        )

    def _changed(self, block: Block, following: str) -> None:
        left, right = self.quote.words[block.q0 : block.q1], self.words.words[block.s0 : block.s1]
        level, same = Level.ALTERED, False
        if same_wording(left, right):
            same = self._only_wrapped(block)
            level = Level.SPELLING
        elif not left and self._only_list_mark(block):
            level = Level.NORMALISED
        elif left or len(right) <= SHORT_OMISSION:
            labels = self._label_words(block)
            right = tuple(word for index, word in enumerate(right, block.s0) if index not in labels)
            self.flags |= change_flags(left, right, following, self._is_common)
        if left and block.s0 < block.s1:
            self._gap(block.q0, block.s0)
        q_end = self.quote.ends[block.q1 - 1] if left else self.q_at
        s_end = self.words.ends[block.s1 - 1] if block.s0 < block.s1 else self.s_at
        self._add(same, level, q_end, s_end)
        self.level = max(self.level, Level.EXACT if same else level)

    def _marked(self, block: Block, *, reaches_on: bool) -> None:
        """Take in words in brackets, or an ellipsis, together with all they stand for.

        `reaches_on`: the passage goes on after them, so that they stand for everything up to there. Where the source
        has such brackets here itself, the words in them are its own and were changed.
        """
        if block.q1 < len(self.quote.words):
            q_end = self.quote.starts[block.q1]
        else:
            tail = self.quote.text[self.quote.ends[-1] :]
            q_end = len(self.quote.text) - len(tail.lstrip(")]"))
        before_passage = block.s0 == block.s1 and not any(part.source for part in self.parts)
        s_end = self.words.starts[block.s1] if reaches_on and not before_passage else self.s_at
        left, right = self.quote.words[block.q0 : block.q1], self.words.words[block.s0 : block.s1]
        level = Level.EDITED
        if block.q0 < block.q1 and block.s0 < block.s1 and self._same_bracket(block):
            level = Level.ALTERED
            self.flags |= change_flags(left, right, "", self._is_common)
        elif block.s1 - block.s0 <= SHORT_OMISSION and negates_otherwise(left, right):
            self.flags.add("negation")
        self._add(False, level, q_end, s_end)
        self.level = max(self.level, level)

    def _same_bracket(self, block: Block) -> bool:
        q_start, s_start = self.quote.starts[block.q0], self.words.starts[block.s0]
        bracket = bracket_before(self.quote.clean, q_start)
        return bracket != "" and bracket == bracket_before(self.words.clean, s_start)

    def _closing(self) -> None:
        """Take in the quotation's closing punctuation, and the source's as far as it is the same."""
        tail, text = self.quote.text[self.q_at :], self.words.text
        length = 0
        for mark in tail:
            at = self.s_at + length
            if mark not in _CLOSING or at >= len(text) or text[at] != mark:
                break
            length += 1
        same = True
        if STAGE_MARK in self.quote.clean[self.q_at :]:
            after = bisect_left(self.words.starts, self.s_at)
            end = self.words.starts[after] if after < len(self.words.starts) else len(text)
            same = self._same_asides(len(self.quote.text), self.s_at, end)
        self._add(same, Level.EDITED, len(self.quote.text), self.s_at + length)

    def _only_wrapped(self, block: Block) -> bool:
        """Tell whether the source's line ended inside one word: "govern-", line end, "ment"."""
        words = range(block.s0, block.s1)
        gaps = [self.words.gap(index, index + 1) for index in words[:-1]]
        joined = "".join(exact_form(self.words.words[index]) for index in words)
        wrapped = bool(gaps) and all(gap[:1] in _HYPHENS and gap[1:].lstrip(" \t")[:1] == "\n" for gap in gaps)
        return wrapped and block.q1 - block.q0 == 1 and joined == exact_form(self.quote.words[block.q0])

    def _only_list_mark(self, block: Block) -> bool:
        """Tell whether the source has nothing more here than the number of a list's next item."""
        lead, end = self.words.ends[block.s0 - 1] if block.s0 else 0, self.words.ends[block.s1 - 1]
        mark = _LIST_MARK.search(self.words.clean, lead, end + 2)
        return (
            block.s1 - block.s0 == 1 and mark is not None and mark.start() <= self.words.starts[block.s0] < mark.end()
        )

    def _label_words(self, block: Block) -> frozenset[int]:
        """Return the words of the block that are a turn's label and nobody's words."""
        return frozenset(
            index
            for index in range(block.s0, block.s1)
            if (turn := turn_at(self.source.turns, self.words.starts[index]))
            and self.words.starts[index] < turn.words_start
        )

    def _is_common(self, word: str) -> bool:
        """Tell whether a capitalised word is no name: the source writes it without, and not just by a slip."""
        if word.casefold() in COMMON_WORDS:
            return True
        places = self.source.positions.get(word_key(word), ())
        uncapitalised = sum(self.words.words[place][0].islower() for place in places)
        return 3 * uncapitalised > len(places)


def _marked_only_in(quote_gap: str, source_gap: str) -> bool:
    """Tell whether the article marked something here that the source's own punctuation does not explain."""
    if has_ellipsis(quote_gap) and (STAGE_MARK in source_gap or not has_ellipsis(source_gap)):
        return True
    marks = "[]" + STAGE_MARK
    return any(mark in quote_gap and mark not in source_gap for mark in marks)


def _letters(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _merged(parts: Iterable[DiffPart]) -> list[DiffPart]:
    """Join neighbouring parts that are both equal or both not."""
    merged: list[DiffPart] = []
    for part in parts:
        last = merged[-1] if merged else None
        if last and (last.op == "equal") == (part.op == "equal"):
            quote, source = last.quote + part.quote, last.source + part.source
            merged[-1] = DiffPart(_operation(part.op == "equal", quote, source), quote, source)
        else:
            merged.append(part)
    return merged


def _operation(same: bool, quote: str, source: str) -> Operation:
    if same:
        return "equal"
    return "replace" if quote and source else "insert" if quote else "delete"
