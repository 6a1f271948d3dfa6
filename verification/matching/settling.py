"""Settle which words of an alignment are one wording, where words of different number spell the same thing.

Words are aligned one by one, but "142" is five words written out, "$20" is "20 dollars", and the end of the passage may
cut through such a thing.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from verification.matching.alignment import Block
from verification.matching.prepared import PreparedText
from verification.matching.quotation import Quotation
from verification.matching.tokens import exact_form, plain_form
from verification.matching.variants import ABBREVIATED, same_words

_REACH = 6
"""Words by which an end of the passage may move to take in the rest of a number or a compound."""
_NEIGHBOURS = 3
"""Shared words either side that a changed one may need to be read as a number with: "hundred (and) forty"."""
_FILLERS = {("and",), ("of", "america")}


def same_wording(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether two runs of words are one wording spelled otherwise; neither may be empty."""
    return same_words([_phrase_word(word) for word in left], [_phrase_word(word) for word in right])


def _phrase_word(word: str) -> str:
    """Return the plain form, but US, UK, EU and UN in capitals: "us" is no country."""
    capitals = exact_form(word).replace(".", "")
    country = ABBREVIATED.get(capitals.removesuffix("'s"))
    return country + capitals[len(capitals.removesuffix("'s")) :] if country else plain_form(word)


def settled(blocks: Sequence[Block], quotation: Quotation, source: PreparedText) -> list[Block]:
    """Join blocks that only together are one wording, and move the passage's ends to whole numbers and compounds."""
    joined = list(blocks)
    for number in range(len(joined) - 2):
        first, between, second = joined[number : number + 3]
        if first.kind == second.kind == "changed" and between.kind == "same" and between.q1 - between.q0 <= 2:
            whole = Block("changed", first.q0, second.q1, first.s0, second.s1)
            if number + 3 == len(joined):
                whole = _stretched(whole, quotation, source, at_end=True)
            if _block_same(whole, quotation, source):
                joined[number : number + 3] = [whole]
                break
    if joined[-1].kind == "changed":
        joined[-1] = _stretched(joined[-1], quotation, source, at_end=True)
    if joined[0].kind == "changed":
        joined[0] = _stretched(joined[0], quotation, source, at_end=False)
    for number in range(len(joined) - 2, 0, -1):
        before, block, after = joined[number - 1 : number + 2]
        joined[number - 1 : number + 2] = _widened(before, block, after, quotation, source)
    return [block for block in joined if block.q0 < block.q1 or block.s0 < block.s1]


def _widened(before: Block, block: Block, after: Block, quotation: Quotation, source: PreparedText) -> list[Block]:
    """Let "and" or "of America" have the words beside it, if only so it is one wording: hundred (and) forty."""
    left, right = quotation.tokens.keys[block.q0 : block.q1], source.tokens.keys[block.s0 : block.s1]
    if (before.kind, block.kind, after.kind) == ("same", "changed", "same") and left + right in _FILLERS:
        room = min(_NEIGHBOURS, before.q1 - before.q0), min(_NEIGHBOURS, after.q1 - after.q0)
        for back, ahead in product(range(1, room[0] + 1), range(room[1] + 1)):
            whole = Block("changed", block.q0 - back, block.q1 + ahead, block.s0 - back, block.s1 + ahead)
            if _block_same(whole, quotation, source):
                return [
                    replace(before, q1=whole.q0, s1=whole.s0),
                    whole,
                    replace(after, q0=whole.q1, s0=whole.s1),
                ]
    return [before, block, after]


def _stretched(block: Block, quotation: Quotation, source: PreparedText, *, at_end: bool) -> Block:
    for by in sorted(range(-_REACH, _REACH + 1), key=abs):
        moved = replace(block, s1=block.s1 + by) if at_end else replace(block, s0=block.s0 - by)
        inside = 0 <= moved.s0 < moved.s1 <= len(source.tokens.words)
        if inside and _block_same(moved, quotation, source):
            return moved
    return block


def _block_same(block: Block, quotation: Quotation, source: PreparedText) -> bool:
    left = quotation.tokens.words[block.q0 : block.q1]
    return same_wording(left, source.tokens.words[block.s0 : block.s1])
