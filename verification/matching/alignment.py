"""Where in a source a run of words stands, word for word or nearly.

An untouched run is found by its rarest word. Otherwise rare words that both share vote for a place, and a window around
it is aligned word by word: the whole run against the best part of the window, with affine gaps (Smith and Waterman,
1981; Gotoh, 1982). All scores are integers, so the same input gives the same alignment everywhere.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

from verification.matching.prepared import PreparedText

Matrix = npt.NDArray[np.int32]
Row = npt.NDArray[np.int32]

Kind = Literal["same", "changed", "marked"]

MISMATCH, GAP_OPENS, SOURCE_GAP_GOES_ON, QUOTE_GAP_GOES_ON = -2, -4, -1, -2
COMMON_WORD, OTHER_WORD = 3, 6
"""What a shared word adds to the score: "the" and "of" hold less than "integrity"."""
COMMON_WORDS = frozenset({
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by",
    "can", "do", "for", "from", "get", "got", "had", "has", "have", "he", "her", "him", "his", "how", "i", "if",
    "in", "into", "is", "it", "it's", "its", "just", "me", "more", "my", "no", "not", "now", "of", "on", "or",
    "our", "out", "so", "than", "that", "that's", "the", "their", "them", "then", "there", "they", "this", "those",
    "to", "up", "us", "was", "we", "we're", "well", "were", "what", "when", "which", "who", "will", "with", "would",
    "you", "your",
})  # fmt: skip
MOST_VOTES = 400
"""Places looked at while voting: bounds the time a quotation of common words takes."""
SHORT_RUN, SHORTLIST = 12, 16
"""Of a run of so few words, as many stretches are told apart by the neighbouring words they share."""
WINDOWS = 2
MOST_CELLS = 1 << 20
"""Size up to which a run is aligned by score (300 words, some 10 ms); what is longer, by its common subsequence."""
LEAST_SHARE = 0.4
"""Share of the run's weight that a window must hold in any order to be worth aligning."""
IMPOSSIBLE = -(10**6)


@dataclass(frozen=True, slots=True)
class Block:
    """Words `q0` to `q1` of the quotation beside words `s0` to `s1` of the source (half open, either may be empty).

    `same`: the same words but for spelling; `changed`: other words; `marked`: words in brackets and what an ellipsis or
    brackets stand for.
    """

    kind: Kind
    q0: int
    q1: int
    s0: int
    s1: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Blocks that hold every word of a run in order.

    `score` is the weight of the words both sides share, `tightness` that less what changed words and gaps cost.
    """

    blocks: tuple[Block, ...]
    score: int
    tightness: int

    @property
    def start(self) -> int:
        """Return the first word of the passage."""
        return self.blocks[0].s0

    @property
    def end(self) -> int:
        """Return the end (half open) of the passage, in words."""
        return self.blocks[-1].s1


def word_weight(key: str) -> int:
    """Return what sharing this word is worth."""
    return COMMON_WORD if key in COMMON_WORDS else OTHER_WORD


def total_weight(keys: Sequence[str]) -> int:
    """Return the score of a run of which every word is shared."""
    return sum(map(word_weight, keys))


def run_at(start: int, keys: Sequence[str]) -> Alignment:
    """Return the alignment of an untouched run that stands at word `start`."""
    weight = total_weight(keys)
    return Alignment((Block("same", 0, len(keys), start, start + len(keys)),), weight, weight)


def nearest(keys: Sequence[str], source: PreparedText) -> Alignment | None:
    """Return the best alignment of the run anywhere in the source, None where too few of its words stand together."""
    best: Alignment | None = None
    weights = {key: word_weight(key) * count for key, count in Counter(keys).items()}
    enough = LEAST_SHARE * sum(weights.values())
    for lo, hi in _windows(keys, source):
        if sum(weights.get(word, 0) for word in set(source.tokens.keys[lo:hi])) < enough:
            continue
        found = fit(keys, source.tokens.keys, lo, hi)
        if found and (best is None or found.tightness > best.tightness):
            best = found
    return best


def _windows(keys: Sequence[str], source: PreparedText) -> list[tuple[int, int]]:
    """Return up to `WINDOWS` stretches of the source, best first, where words of the run stand in the run's order.

    Each place of a shared word votes for the diagonal (place minus index) it lies on; a word counts once a stretch, and
    the more the rarer it is.
    """
    positions = source.positions
    known = sorted((len(positions[key]), index) for index, key in enumerate(keys) if key in positions)
    if sum(word_weight(keys[index]) for _, index in known) < LEAST_SHARE * total_weight(keys):
        return []
    length = len(keys)
    width = max(12, length // 2)
    votes: dict[int, dict[int, int]] = {}
    spent = 0
    for count, index in known:
        if spent and spent + count > MOST_VOTES:
            break
        spent += count
        weight = 8 if count <= 2 else 6 if count <= 5 else 4 if count <= 15 else 2 if count <= 60 else 1
        for place in positions[keys[index]]:
            votes.setdefault((place - index) // width, {})[index] = weight
    scores: dict[int, int] = {}
    for bucket, voters in votes.items():
        following = votes.get(bucket + 1, {})
        scores[bucket] = sum((voters | following).values())
    slack = 8 + length // 4
    end = len(source.tokens.keys)
    best = sorted(scores, key=lambda bucket: (-scores[bucket], bucket))[:SHORTLIST]
    windows = {b: (max(0, b * width - slack), min(end, (b + 2) * width + length + slack)) for b in best}
    if length <= SHORT_RUN:
        for bucket, (lo, hi) in windows.items():
            scores[bucket] += 2 * _pairs_held(keys, source.tokens.keys[lo:hi])
        best.sort(key=lambda bucket: (-scores[bucket], bucket))
    chosen: list[int] = []
    for bucket in best:
        if len(chosen) == WINDOWS or (chosen and 3 * scores[bucket] < 2 * scores[chosen[0]]):
            break
        if all(abs(bucket - other) > 1 for other in chosen):
            chosen.append(bucket)
    return [windows[bucket] for bucket in chosen]


def _pairs_held(keys: Sequence[str], window: Sequence[str]) -> int:
    """Return how many neighbouring words are neighbours in the window too: what tells common words' places apart."""
    return len(set(pairwise(keys)) & set(pairwise(window)))


def fit(keys: Sequence[str], words: Sequence[str], lo: int, hi: int) -> Alignment | None:
    """Align the whole run with the best part of `words[lo:hi]`; None where they share no word."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    window = np.array([numbers.get(word, -1) for word in words[lo:hi]], dtype=np.int32)
    if not len(window) or window.max() < 0:
        return None
    m, n = len(keys), len(window)
    if m * n > MOST_CELLS:
        return _fit_long([numbers[key] for key in keys], window, keys, lo)
    ramp = np.arange(n + 1, dtype=np.int32) * -SOURCE_GAP_GOES_ON
    best = np.zeros((m + 1, n + 1), dtype=np.int32)
    inserted = np.full((m + 1, n + 1), IMPOSSIBLE, dtype=np.int32)
    skipped = np.full((m + 1, n + 1), IMPOSSIBLE, dtype=np.int32)
    matched = np.empty((m + 1, n + 1), dtype=np.int32)
    for i, key in enumerate(keys, 1):
        np.maximum(best[i - 1] + GAP_OPENS, inserted[i - 1] + QUOTE_GAP_GOES_ON, out=inserted[i])
        row = matched[i]
        row[0] = IMPOSSIBLE
        row[1:] = best[i - 1, :-1] + np.where(window == numbers[key], word_weight(key), MISMATCH)
        reached = np.maximum(row, inserted[i])
        furthest = np.maximum.accumulate(reached + ramp)
        skipped[i, 1:] = furthest[:-1] - ramp[1:] + (GAP_OPENS - SOURCE_GAP_GOES_ON)
        np.maximum(reached, skipped[i], out=best[i])
    steps = _trace(best, inserted, skipped, matched, int(best[m].argmax()))
    return _from_steps(steps, keys, words, lo, int(best[m].max()))


def _fit_long(numbers: Sequence[int], window: Row, keys: Sequence[str], lo: int) -> Alignment | None:
    """Align a whole page with the longest common subsequence, in memory that grows with the length alone."""
    blocks: list[Block] = []
    for step in Indel.opcodes(numbers, window.tolist()):
        if step.tag == "equal":
            blocks.append(Block("same", step.src_start, step.src_end, lo + step.dest_start, lo + step.dest_end))
        elif blocks and blocks[-1].kind == "changed":
            blocks[-1] = replace(blocks[-1], q1=step.src_end, s1=lo + step.dest_end)
        else:
            blocks.append(Block("changed", step.src_start, step.src_end, lo + step.dest_start, lo + step.dest_end))
    if blocks[0].kind == "changed":
        blocks[0] = replace(blocks[0], s0=blocks[0].s1)
    if blocks[-1].kind == "changed":
        blocks[-1] = replace(blocks[-1], s1=blocks[-1].s0)
    kept = tuple(block for block in blocks if block.q0 < block.q1 or block.s0 < block.s1)
    score = sum(total_weight(keys[block.q0 : block.q1]) for block in kept if block.kind == "same")
    return Alignment(kept, score, score) if score else None


def _trace(best: Matrix, inserted: Matrix, skipped: Matrix, matched: Matrix, end: int) -> list[tuple[int, int]]:
    """Return the words passed (of the run, of the window) after each step of the best path, from its start."""
    i, j, state = len(best) - 1, end, "best"
    steps = [(i, j)]
    while i > 0:
        if state == "best":
            state = (
                "matched" if matched[i, j] == best[i, j] else "inserted" if inserted[i, j] == best[i, j] else "skipped"
            )
        elif state == "reached":
            state = "matched" if matched[i, j] >= inserted[i, j] else "inserted"
        if state == "matched":
            i, j, state = i - 1, j - 1, "best"
        elif state == "inserted":
            state = "best" if inserted[i, j] == best[i - 1, j] + GAP_OPENS else "inserted"
            i -= 1
        else:
            opened = max(matched[i, j - 1], inserted[i, j - 1]) + GAP_OPENS
            state = "reached" if skipped[i, j] == opened else "skipped"
            j -= 1
        steps.append((i, j))
    return steps[::-1]


def _from_steps(
    steps: list[tuple[int, int]], keys: Sequence[str], words: Sequence[str], lo: int, tightness: int
) -> Alignment | None:
    moves = [
        (i0 < i1 and j0 < j1 and keys[i0] == words[lo + j0], i0, i1, lo + j0, lo + j1)
        for (i0, j0), (i1, j1) in pairwise(steps)
    ]
    blocks: list[Block] = []
    for same, group in groupby(moves, key=lambda move: move[0]):
        run = list(group)
        blocks.append(Block("same" if same else "changed", run[0][1], run[-1][2], run[0][3], run[-1][4]))
    score = sum(word_weight(keys[i]) for block in blocks if block.kind == "same" for i in range(block.q0, block.q1))
    return Alignment(tuple(blocks), score, tightness) if score else None
