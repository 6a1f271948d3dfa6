"""Where in a source a whole quotation stands: in one piece, with marked omissions, or put together from several.

A quotation without marks is one run of words. One with ellipses or brackets is several: each must stand in the source,
in order, and no further from its neighbour than the mark between them can honestly cover. Unmarked parts found
elsewhere than beside the rest make a quotation stitched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from verification.matching.alignment import (
    Alignment,
    Block,
    Kind,
    fit,
    nearest,
    run_at,
    total_weight,
)
from verification.matching.prepared import PreparedText
from verification.matching.quotation import Quotation, Segment

ELLIPSIS_COVERS = 300
"""Words an ellipsis may leave out: some two minutes of speech. Beyond, what is joined was said at different times."""
BRACKETS_COVER = 25
"""Words that words in brackets may stand for: a name or a clause, not a passage."""
FAR_APART = 30
"""Words left out without a mark that make the parts "far apart": more than one long sentence."""
JOINED_WITHIN = 400
"""Words within which a stitched part is still shown in one passage with the rest."""
SHORTEST_PART = 5
"""Words that a part needs, to be looked for elsewhere."""
LEAST_PART = 12
"""Weight that a part between marks needs, to be looked for out of its order."""
PASSAGE_HOLDS = 3
"""Part of the quotation's weight (a third) that its passage must hold, for the rest to be looked for elsewhere."""
PART_STANDS = 0.9
"""Share of an unmarked part's weight that must be found elsewhere: common words gather anywhere."""
MOST_PLACES = 32
JOINS = frozenset({"and", "but", "so", "that", "then", "while", "because", "or"})
"""Words that an article may put between two things said apart, to make one sentence of them."""


@dataclass(frozen=True, slots=True)
class Placement:
    """All words of the quotation beside a passage.

    `score` of `weight` is how much of the wording both share, words in brackets aside; `longest` is the weight of the
    longest run without a mark in it.
    """

    blocks: tuple[Block, ...]
    score: int
    weight: int
    longest: int
    stitched: bool = False


def place(quotation: Quotation, source: PreparedText) -> list[Placement]:
    """Return where the quotation stands: every untouched place in order, or else the one best place, or nothing."""
    keys = quotation.tokens.keys
    starts = source.places(keys)[:MOST_PLACES]
    if starts:
        weight = total_weight(keys)
        return [Placement(run_at(start, keys).blocks, weight, weight, weight) for start in starts]
    found = _place_marked(quotation, source) if quotation.marked else _place_run(quotation, source)
    return [found] if found else []


def _place_marked(quotation: Quotation, source: PreparedText) -> Placement | None:
    keys, segments = quotation.tokens.keys, quotation.segments
    covers = [
        ELLIPSIS_COVERS if quotation.ellipsis_between(left, right) else BRACKETS_COVER
        for left, right in pairwise(segments)
    ]
    chain = _chain(keys, segments, covers, source)
    if chain is None:
        return None
    runs = [keys[segment.start : segment.end] for segment in segments]
    out_of_order = sum(
        total_weight(run)
        for alignment, run in zip(chain, runs, strict=True)
        if alignment is None and total_weight(run) >= LEAST_PART and source.places(run)
    )
    blocks = _join(segments, chain, "marked", len(keys))
    weights = [total_weight(run) for run in runs]
    return Placement(blocks, _score(chain) + out_of_order, sum(weights), max(weights), out_of_order > 0)


def _place_run(quotation: Quotation, source: PreparedText) -> Placement | None:
    keys = quotation.tokens.keys
    near = nearest(keys, source)
    if near is None:
        return None
    weight = total_weight(keys)
    parts = _parts_elsewhere(quotation, near, source) if PASSAGE_HOLDS * near.score >= weight else {}
    elsewhere = sum(parts.values())
    if elsewhere:
        cuts = sorted({0, len(keys)} | {cut for part in parts for cut in (part.start, part.end)})
        segments = tuple(Segment(lo, hi) for lo, hi in pairwise(cuts))
        chain = _chain(keys, segments, [JOINED_WITHIN] * (len(segments) - 1), source)
        if chain and _score(chain) > near.score:
            return Placement(_join(segments, chain, "changed", len(keys)), _score(chain), weight, weight, True)
    gaps = any(block.kind == "changed" and block.s1 - block.s0 > FAR_APART for block in near.blocks)
    return Placement(near.blocks, min(weight, near.score + elsewhere), weight, weight, gaps or elsewhere > 0)


def _chain(
    keys: Sequence[str], segments: Sequence[Segment], covers: Sequence[int], source: PreparedText
) -> list[Alignment | None] | None:
    """Place the segments in order around the heaviest; `covers[i]` words may lie between segments i and i + 1.

    None stands for a segment that is not there; the whole is None where not even the heaviest is.
    """
    runs = [keys[segment.start : segment.end] for segment in segments]
    if not runs:
        return None
    anchor = max(range(len(runs)), key=lambda index: total_weight(runs[index]))
    starts = source.places(runs[anchor])[:MOST_PLACES]
    anchored = [run_at(start, runs[anchor]) for start in starts]
    if not anchored:
        near = nearest(runs[anchor], source)
        anchored = [near] if near else []
    chains = [_chain_around(runs, anchor, alignment, covers, source) for alignment in anchored]
    return max(chains, key=_score, default=None)


def _chain_around(
    runs: list[Sequence[str]], anchor: int, start: Alignment, covers: Sequence[int], source: PreparedText
) -> list[Alignment | None]:
    end = len(source.tokens.keys)
    chain: list[Alignment | None] = [None] * len(runs)
    chain[anchor] = start
    reached = start.end
    for index in range(anchor + 1, len(runs)):
        hi = min(end, reached + covers[index - 1] + len(runs[index]))
        chain[index] = found = _stands(runs[index], source, reached, hi, last=False)
        reached = found.end if found else reached
    reached = start.start
    for index in range(anchor - 1, -1, -1):
        lo = max(0, reached - covers[index] - len(runs[index]))
        chain[index] = found = _stands(runs[index], source, lo, reached, last=True)
        reached = found.start if found else reached
    return chain


def _score(chain: list[Alignment | None]) -> int:
    return sum(alignment.score for alignment in chain if alignment)


def _stands(run: Sequence[str], source: PreparedText, lo: int, hi: int, *, last: bool) -> Alignment | None:
    if starts := source.places(run, lo, hi):
        return run_at(starts[-1 if last else 0], run)
    near = fit(run, source.tokens.keys, lo, hi)
    return near if near and 2 * near.score >= total_weight(run) else None


def _join(segments: Sequence[Segment], chain: list[Alignment | None], between: Kind, words: int) -> tuple[Block, ...]:
    """Put the segments' blocks into one row of all `words`, with a block of kind `between` for what lies between."""
    cursor = next(alignment.start for alignment in chain if alignment)
    blocks: list[Block] = []
    done = 0
    for segment, alignment in zip(segments, chain, strict=True):
        begins = alignment.start if alignment else cursor
        if blocks or segment.start > done:
            blocks.append(Block(between, done, segment.start, cursor, begins))
        if alignment:
            shifted = (replace(b, q0=b.q0 + segment.start, q1=b.q1 + segment.start) for b in alignment.blocks)
            blocks += shifted
            cursor = alignment.end
        else:
            blocks.append(Block("changed", segment.start, segment.end, cursor, cursor))
        done = segment.end
    if done < words:
        blocks.append(Block(between, done, words, cursor, cursor))
    return tuple(blocks)


def _parts_elsewhere(quotation: Quotation, near: Alignment, source: PreparedText) -> dict[Segment, int]:
    """Return the parts that the passage does not hold but another place does, each with its score there."""
    parts: dict[Segment, int] = {}
    for part in _unsupported(quotation, near):
        if any(other.start < part.end and part.start < other.end for other in parts):
            continue
        if score := _score_elsewhere(quotation.tokens.keys, part, near, source):
            parts[part] = score
    return parts


def _unsupported(quotation: Quotation, near: Alignment) -> list[Segment]:
    """Return stretches that the passage does not hold: sentences, clauses after "and" or "but", changed words."""
    tokens = quotation.tokens
    shared = [False] * len(tokens.keys)
    for block in near.blocks:
        if block.kind == "same":
            shared[block.q0 : block.q1] = [True] * (block.q1 - block.q0)
    words = range(1, len(tokens.keys))
    ends = {i for i in words if any(mark in tokens.gap(i - 1, i) for mark in ".?!;:")}
    joins = {i for i in words if tokens.keys[i] in {"and", "but"}}
    stretches = [*pairwise([0, *sorted(ends), len(shared)]), *pairwise([0, *sorted(ends | joins), len(shared)])]
    stretches += [(block.q0, block.q1) for block in near.blocks if block.kind == "changed"]
    found: list[Segment] = []
    for lo, hi in dict.fromkeys(stretches):
        if hi - lo < len(shared) and 5 * sum(shared[lo:hi]) < 3 * (hi - lo):
            opening = next((i for i in range(lo, hi) if tokens.keys[i] not in JOINS), hi)
            found += [Segment(start, hi) for start in dict.fromkeys((lo, opening)) if hi - start >= SHORTEST_PART]
    return found


def _score_elsewhere(keys: Sequence[str], part: Segment, near: Alignment, source: PreparedText) -> int:
    """Return the score of `part` where it stands, untouched or nearly, outside the passage found; else 0."""
    run = keys[part.start : part.end]
    if any(start >= near.end or start + len(run) <= near.start for start in source.places(run)):
        return total_weight(run)
    found = nearest(run, source)
    if found is None or found.score < PART_STANDS * total_weight(run):
        return 0
    return found.score if found.start >= near.end or found.end <= near.start else 0
