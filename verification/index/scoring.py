"""BM25 over the postings of a query's terms.

A term's part of a score is idf · tf (k1 + 1) / (tf + k1 (1 − b + b · length / average length)), with idf =
ln(1 + (N − df + ½) / (df + ½)) (Robertson and Zaragoza 2009; the idf that never falls below 0 is Lucene's). Numbers of
documents and lengths are those of the whole index at this moment, so merging or adding changes no rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from verification.index.packing import (
    COUNT,
    DOCUMENT_ID,
    LENGTH,
    NUMBER,
    POSTING_BYTES,
    Floats,
    Numbers,
    unpack,
)

K1 = 1.2
B = 0.75
# Titles are short and hold no filler: length says less.
TITLE_B = 0.5


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment as it is stored."""

    id: int
    removed: bytes
    document_ids: bytes
    document_lengths: bytes
    title_lengths: bytes
    passage_counts: bytes
    passage_lengths: bytes


class Posted(NamedTuple):
    """A term's packed postings in one segment, and what the term weighs."""

    weight: float
    segment: int
    packed: bytes


class Field:
    """One way of counting terms (documents, titles or passages) over all segments laid end to end."""

    def __init__(self, lengths: Mapping[int, Numbers], b: float) -> None:
        firsts = np.cumsum([0, *map(len, lengths.values())])
        self._offsets = dict(zip(lengths, firsts.tolist(), strict=False))
        joined = _joined(list(lengths.values())).astype(np.float32)
        average = float(joined.mean()) if joined.size else 0.0
        self.size = len(joined)
        self._damping = (K1 * (1 - b + b * joined / (average or 1.0))).astype(np.float32)

    def scores(self, postings: Sequence[Posted]) -> Floats:
        """Return each text's score, without the factor k1 + 1; it is below the sum of the terms' weights."""
        held = np.array([len(posted.packed) // POSTING_BYTES for posted in postings], np.intp)
        split = [(posted.packed, size * NUMBER.itemsize) for posted, size in zip(postings, held.tolist(), strict=True)]
        # All postings at once: an operation on each of hundreds of small arrays costs more than its numbers.
        numbers = np.frombuffer(b"".join([packed[:at] for packed, at in split]), NUMBER)
        counts = np.frombuffer(b"".join([packed[at:] for packed, at in split]), COUNT)
        offsets = np.array([self._offsets[posted.segment] for posted in postings], np.intp)
        weights = np.array([posted.weight for posted in postings], np.float32)
        texts = np.repeat(offsets, held)
        texts += numbers
        damped = self._damping[texts]
        damped += counts
        parts = np.repeat(weights, held)
        parts *= counts
        parts /= damped
        return np.bincount(texts, parts, minlength=self.size).astype(np.float32)


class Texts:
    """The documents, titles and passages of all segments, and which passages are whose."""

    def __init__(self, segments: Sequence[SegmentRow]) -> None:
        self.documents = Field({row.id: unpack(row.document_lengths, LENGTH) for row in segments}, B)
        self.titles = Field({row.id: unpack(row.title_lengths, NUMBER) for row in segments}, TITLE_B)
        self.passages = Field({row.id: unpack(row.passage_lengths, NUMBER) for row in segments}, B)
        ids = [unpack(row.document_ids, DOCUMENT_ID) for row in segments]
        self.ids = _joined(ids)
        self.present = np.ones(len(self.ids), bool)
        first = 0
        for row, part in zip(segments, ids, strict=True):
            self.present[unpack(row.removed, NUMBER) + first] = False
            first += len(part)
        self._counts = _joined([unpack(row.passage_counts, LENGTH) for row in segments])
        self._firsts = np.cumsum(self._counts) - self._counts

    def best_passages(self, scores: Floats) -> Floats:
        """Return the score of each document's best passage, 0 for a document without text."""
        best = np.zeros(len(self.ids), np.float32)
        holding = np.flatnonzero(self._counts)
        if holding.size:
            best[holding] = np.maximum.reduceat(scores, self._firsts[holding])
        return best

    def passages_of(self, text: int, scores: Floats, most: int) -> list[tuple[int, float]]:
        """Return the numbers within its document and the scores of a document's best passages, best first."""
        first = self._firsts[text]
        own = scores[first : first + self._counts[text]]
        order = np.argsort(-own, kind="stable")[:most]
        return [(int(number), float(own[number])) for number in order]


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)
