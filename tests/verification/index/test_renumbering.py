"""What joining segments does to their numbers."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verification.index.packing import COUNT, DOCUMENT_ID, LENGTH, NUMBER, POSTING_BYTES, pack
from verification.index.renumbering import join, join_postings
from verification.index.scoring import SegmentRow
from verification.index.tables import TermRow

# A segment: for each document, whether it was removed and how often each of three terms stands in it.
SEGMENT = st.lists(st.tuples(st.booleans(), st.tuples(*[st.integers(0, 3)] * 3)), min_size=1, max_size=6)
NAMES = ("ferry", "quay", "tide")


def segment_row(pk: int, documents: list[tuple[bool, tuple[int, ...]]]) -> SegmentRow:
    """Return a segment of documents of one passage each; their ids are told from all others'."""
    ids = [100 * pk + number for number in range(len(documents))]
    ones = [1] * len(documents)
    removed = [number for number, (gone, _) in enumerate(documents) if gone]
    return SegmentRow(
        pk,
        pack(removed, NUMBER),
        pack(ids, DOCUMENT_ID),
        *(pack(ones, kind) for kind in (LENGTH, NUMBER, LENGTH, NUMBER)),
    )


def term_rows(pk: int, documents: list[tuple[bool, tuple[int, ...]]]) -> list[TermRow]:
    """Return the segment's postings, the same for documents, titles and passages."""
    rows = []
    for place, name in enumerate(NAMES):
        held = [(number, counts[place]) for number, (_, counts) in enumerate(documents) if counts[place]]
        if held:
            numbers, counts = (np.array(column) for column in zip(*held, strict=True))
            packed = numbers.astype(NUMBER).tobytes() + counts.astype(COUNT).tobytes()
            rows.append(TermRow(pk, name, packed, packed, packed))
    return rows


@given(st.lists(SEGMENT, min_size=1, max_size=4))
def test_joined_postings_hold_what_the_kept_documents_held(
    segments: list[list[tuple[bool, tuple[int, ...]]]],
) -> None:
    joined = join([segment_row(pk, documents) for pk, documents in enumerate(segments)])
    rows = [row for pk, documents in enumerate(segments) for row in term_rows(pk, documents)]
    rows.sort(key=lambda row: (row.term, row.segment))
    order = {pk: pk for pk in range(len(segments))}
    held: dict[str, Counter[int]] = {name: Counter() for name in NAMES}
    for name, *fields in join_postings(joined, rows, order) if rows else ():
        for packed in fields:
            size = len(packed) // POSTING_BYTES
            numbers = np.frombuffer(packed, NUMBER, size)
            counts = np.frombuffer(packed, COUNT, size, offset=size * NUMBER.itemsize)
            ids = joined.document_ids[numbers].tolist()
            held[name] = Counter(dict(zip(ids, counts.tolist(), strict=True)))
    expected: dict[str, Counter[int]] = {name: Counter() for name in NAMES}
    for pk, documents in enumerate(segments):
        for number, (gone, held_counts) in enumerate(documents):
            for name, count in zip(NAMES, held_counts, strict=True):
                if count and not gone:
                    expected[name][100 * pk + number] = count
    assert held == expected
