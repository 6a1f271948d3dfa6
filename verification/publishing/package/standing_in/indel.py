"""Of `rapidfuzz.distance.Indel`, what the quote check asks of it: common subsequences, by the bit-parallel method.

Hyyrö, "A Note on Bit-Parallel Alignment Computation" (Stringology 2004). Of several longest common subsequences it
takes the one that the library takes, or a check would have another diff here than at the desk.
"""

from collections.abc import Hashable, Sequence
from itertools import groupby
from typing import NamedTuple


class Opcode(NamedTuple):
    """A run that is `equal` on both sides, or that only one side has: `delete` the first, `insert` the second."""

    tag: str
    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


def normalized_similarity(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return 2 × common ÷ both lengths, as the library rounds it: 1 less the normalised distance."""
    both = len(first) + len(second)
    if not both:
        return 1.0
    common = _common(_rows(first, second)[-1], len(first)) if first and second else 0
    return 1.0 - (both - 2 * common) / both


def opcodes(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[Opcode]:
    """Return the runs that turn the first into the second, in order."""
    start = _shared(first, second)
    end = _shared(first[start:][::-1], second[start:][::-1])
    length, other = len(first) - end, len(second) - end
    steps = ["equal"] * start + _steps(first[start:length], second[start:other]) + ["equal"] * end
    runs, at, to = [], 0, 0
    for tag, run in groupby(steps):
        count = len(list(run))
        here, there = count * (tag != "insert"), count * (tag != "delete")
        runs.append(Opcode(tag, at, at + here, to, to + there))
        at, to = at + here, to + there
    return runs


def _shared(first: Sequence[Hashable], second: Sequence[Hashable]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _rows(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[int]:
    """Return, for each beginning of the second, a bit for each place of the first: unset where one more is common."""
    places: dict[Hashable, int] = {}
    for at, item in enumerate(first):
        places[item] = places.get(item, 0) | 1 << at
    state, rows = (1 << len(first)) - 1, []
    for item in second:
        found = state & places.get(item, 0)
        state = (state + found) | (state - found)
        rows.append(state)
    return rows


def _common(row: int, length: int) -> int:
    return length - (row & ((1 << length) - 1)).bit_count()


def _steps(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[str]:
    """Return the step at each item of either side, in order: `equal` for one of both."""
    rows, steps = _rows(first, second), []
    at, to = len(first), len(second)
    while at and to:
        if rows[to - 1] >> (at - 1) & 1:
            at -= 1
            steps.append("delete")
            continue
        to -= 1
        if to and not rows[to - 1] >> (at - 1) & 1:
            steps.append("insert")
        else:
            at -= 1
            steps.append("equal")
    steps += ["delete"] * at + ["insert"] * to
    return steps[::-1]
