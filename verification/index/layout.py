"""The lengths of all segments' texts, laid end to end, as a process remembers them from one search to the next.

They are as long as all passages, change only where segments come and go, and are read again only then: segment by
segment. What a search sees is told by one statement, which names the segments and reads the postings; a row's version
says whether what is remembered is that segment still, even after a backup was restored under a running process.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from verification.index.collection import Collection
from verification.index.scoring import SegmentRow, Texts
from verification.index.tables import SegmentState, read_segments


class _Layout(NamedTuple):
    states: tuple[SegmentState, ...]
    rows: dict[tuple[int, str], SegmentRow]
    texts: Texts


# The layout of the last search in each collection: 15 bytes a passage. Replaced as a whole, so threads may share it.
_last: dict[Collection, _Layout] = {}


def texts_of(collection: Collection, states: Sequence[SegmentState]) -> Texts | None:
    """Return the texts of segments; None when one of them changed or went since its state was read."""
    wanted = tuple(sorted(states))
    last = _last.get(collection)
    if last and last.states == wanted:
        return last.texts
    known = last.rows if last else {}
    missing = [state.id for state in wanted if (state.id, state.version) not in known]
    if missing:
        known = known | read_segments(collection, missing)
    rows = {}
    for state in wanted:
        row = known.get((state.id, state.version))
        if row is None:
            return None
        rows[state.id, state.version] = replace(row, removed=state.removed)
    texts = Texts(list(rows.values()))
    _last[collection] = _Layout(wanted, rows, texts)
    return texts
