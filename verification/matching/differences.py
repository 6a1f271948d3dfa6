"""Set a quotation beside its passage, word by word and gap by gap: how far they differ, and the diff that shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import zip_longest
from typing import Literal

from verification.matching.alignment import COMMON_WORDS, Block
from verification.matching.changes import change_flags, negates_otherwise
from verification.matching.placement import Placement
from verification.matching.prepared import PreparedText
from verification.matching.quotation import Quotation
from verification.matching.tokens import (
    STAGE_MARK,
    exact_form,
    has_ellipsis,
    plain_form,
    same_punctuation,
    word_key,
)
from verification.matching.turns import turn_at
from verification.matching.variants import CAPITAL_ABBREVIATIONS, same_words

Operation = Literal["equal", "insert", "delete", "replace"]
_CLOSING = frozenset(".,;:!?…\"'”’»)]")
_HYPHENS = "-‐\u00ad"
SHORT_OMISSION = 8
"""Words up to which what is left out belongs to the clause that is quoted, so that its "not" or "10" is flagged."""
_REACH = 3
"""Words by which an end of the passage may move to take in the rest of a number or a compound."""


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
    start = text.find(quote)
    while start >= 0:
        end = start + len(quote)
        if not (_inside_a_word(text, start) or _inside_a_word(text, end)):
            return Comparison(Level.EXACT, frozenset(), (DiffPart("equal", quote, quote),), start, end)
        start = text.find(quote, start + 1)
    return None


def _inside_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


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
        blocks = _settled(blocks, self.quotation, self.source)
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
        self._add(same, level, q_end, s_end)

    def _opens_alike(self, opening: str, s: int) -> bool:
        """Tell whether the quotation does not open with an ellipsis of the article's own."""
        before = self.words.clean[self.words.ends[s - 1] if s else 0 : self.words.starts[s]]
        return not has_ellipsis(opening) or has_ellipsis(before)

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
        if _same_wording(left, right):
            same = self._only_wrapped(block)
            level = Level.SPELLING
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
        return any(
            self.quote.clean.endswith(bracket, 0, q_start) and self.words.clean.endswith(bracket, 0, s_start)
            for bracket in "[("
        )

    def _closing(self) -> None:
        """Take in the quotation's closing punctuation, and the source's as far as it is the same."""
        tail, text = self.quote.text[self.q_at :], self.words.text
        length = 0
        for mark in tail:
            at = self.s_at + length
            if mark not in _CLOSING or at >= len(text) or text[at] != mark:
                break
            length += 1
        self._add(True, Level.EXACT, len(self.quote.text), self.s_at + length)

    def _only_wrapped(self, block: Block) -> bool:
        """Tell whether the source's line ended inside one word: "govern-", line end, "ment"."""
        words = range(block.s0, block.s1)
        gaps = [self.words.gap(index, index + 1) for index in words[:-1]]
        joined = "".join(exact_form(self.words.words[index]) for index in words)
        wrapped = bool(gaps) and all(gap[:1] in _HYPHENS and gap[1:].lstrip(" \t")[:1] == "\n" for gap in gaps)
        return wrapped and block.q1 - block.q0 == 1 and joined == exact_form(self.quote.words[block.q0])

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


def _same_wording(left: Sequence[str], right: Sequence[str]) -> bool:
    return same_words([_phrase_word(word) for word in left], [_phrase_word(word) for word in right])


def _phrase_word(word: str) -> str:
    """Return the plain form, but US, UK, EU and UN in capitals: "us" is no country."""
    capitals = exact_form(word).replace(".", "")
    return capitals if capitals.removesuffix("'s") in CAPITAL_ABBREVIATIONS else plain_form(word)


def _settled(blocks: Sequence[Block], quotation: Quotation, source: PreparedText) -> list[Block]:
    """Join blocks that only together are one wording, and move the passage's ends to whole numbers and compounds."""
    settled = list(blocks)
    for number in range(len(settled) - 2):
        first, between, second = settled[number : number + 3]
        if first.kind == second.kind == "changed" and between.kind == "same" and between.q1 - between.q0 <= 2:
            whole = Block("changed", first.q0, second.q1, first.s0, second.s1)
            if _block_same(whole, quotation, source):
                settled[number : number + 3] = [whole]
                break
    if settled[-1].kind == "changed":
        settled[-1] = _stretched(settled[-1], quotation, source, at_end=True)
    if settled[0].kind == "changed":
        settled[0] = _stretched(settled[0], quotation, source, at_end=False)
    return settled


def _stretched(block: Block, quotation: Quotation, source: PreparedText, *, at_end: bool) -> Block:
    for by in sorted(range(-_REACH, _REACH + 1), key=abs):
        moved = replace(block, s1=block.s1 + by) if at_end else replace(block, s0=block.s0 - by)
        inside = 0 <= moved.s0 < moved.s1 <= len(source.tokens.words)
        if inside and _block_same(moved, quotation, source):
            return moved
    return block


def _block_same(block: Block, quotation: Quotation, source: PreparedText) -> bool:
    left = quotation.tokens.words[block.q0 : block.q1]
    return _same_wording(left, source.tokens.words[block.s0 : block.s1])


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
