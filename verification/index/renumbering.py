"""Joins the arrays and postings of segments, with new numbers for their documents and passages."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verification.index.packing import (
    COUNT,
    DOCUMENT_ID,
    LENGTH,
    NUMBER,
    POSTING_BYTES,
    Numbers,
    unpack,
)
from verification.index.scoring import SegmentRow
from verification.index.tables import TermRow

GONE = -1


class Renumbering:
    """New numbers for what is kept of several segments' documents or passages, in the segments' order."""

    def __init__(self, kept: Sequence[NDArray[np.bool_]]) -> None:
        self._firsts = np.cumsum([0, *map(len, kept)])[:-1]
        joined = np.concatenate(kept)
        self._new = np.where(joined, np.cumsum(joined) - 1, GONE)

    def postings(self, places: Numbers, packed: Sequence[bytes], edges: Numbers) -> list[bytes]:
        """Return postings of which rows edges[i] to edges[i + 1] became one; `places` are the rows' segments."""
        held = np.array([len(part) for part in packed], np.int64) // POSTING_BYTES
        split = [(part, len(part) // POSTING_BYTES * NUMBER.itemsize) for part in packed]
        old = np.frombuffer(b"".join(part[:at] for part, at in split), NUMBER).astype(np.int64)
        counts = np.frombuffer(b"".join(part[at:] for part, at in split), COUNT)
        new = self._new[old + np.repeat(self._firsts[places], held)]
        kept = new != GONE
        ends = np.concatenate(([0], np.cumsum(kept)))[np.concatenate(([0], np.cumsum(held)))[edges]].tolist()
        numbers, kept_counts = new[kept].astype(NUMBER).tobytes(), counts[kept].tobytes()
        width = NUMBER.itemsize
        return [
            numbers[first * width : last * width] + kept_counts[first:last] for first, last in itertools.pairwise(ends)
        ]


@dataclass(frozen=True, slots=True)
class Joined:
    """What several segments are as one: the arrays, and the new numbers."""

    document_ids: Numbers
    document_lengths: Numbers
    title_lengths: Numbers
    passage_counts: Numbers
    passage_lengths: Numbers
    documents: Renumbering
    passages: Renumbering


def join(segments: Sequence[SegmentRow]) -> Joined:
    """Join segments without their removed documents."""
    kept = [_present(segment) for segment in segments]
    counts = [unpack(segment.passage_counts, LENGTH) for segment in segments]
    passages_kept = [np.repeat(*pair) for pair in zip(kept, counts, strict=True)]

    def whole(arrays: Iterable[Numbers], present: Sequence[NDArray[np.bool_]]) -> Numbers:
        return np.concatenate([array[mask] for array, mask in zip(arrays, present, strict=True)])

    return Joined(
        document_ids=whole((unpack(segment.document_ids, DOCUMENT_ID) for segment in segments), kept),
        document_lengths=whole((unpack(segment.document_lengths, LENGTH) for segment in segments), kept),
        title_lengths=whole((unpack(segment.title_lengths, NUMBER) for segment in segments), kept),
        passage_counts=whole(counts, kept),
        passage_lengths=whole((unpack(segment.passage_lengths, NUMBER) for segment in segments), passages_kept),
        documents=Renumbering(kept),
        passages=Renumbering(passages_kept),
    )


def _present(segment: SegmentRow) -> NDArray[np.bool_]:
    present = np.ones(len(segment.document_ids) // DOCUMENT_ID.itemsize, bool)
    present[unpack(segment.removed, NUMBER)] = False
    return present


def join_postings(
    joined: Joined, rows: Sequence[TermRow], order: dict[int, int]
) -> Iterator[tuple[str, bytes, bytes, bytes]]:
    """Yield each term with its joined postings. Rows come by term, then by `order`, the place of their segment."""
    names = [row.term for row in rows]
    firsts = [index for index, name in enumerate(names) if index == 0 or names[index - 1] != name]
    edges = np.array([*firsts, len(rows)], np.int64)
    places = np.array([order[row.segment] for row in rows], np.int64)
    documents = joined.documents.postings(places, [row.documents for row in rows], edges)
    titles = joined.documents.postings(places, [row.titles for row in rows], edges)
    passages = joined.passages.postings(places, [row.passages for row in rows], edges)
    for first, *parts in zip(firsts, documents, titles, passages, strict=True):
        if any(parts):
            yield (names[first], parts[0], parts[1], parts[2])
