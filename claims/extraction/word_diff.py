"""What was changed in a passage, word by word, as people read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from claims.extraction.tokens import Tokens, is_word, tokenise

Operation = Literal["equal", "insert", "delete", "replace"]
MOST_CELLS = 400_000_000
"""Words of one side times words of the other (some 50 MB) up to which they are aligned; else the midst is replaced."""
SHORT = 3
"""Letters of the longest word that, alone between two changes, says nothing: "the", "of"."""


@dataclass(frozen=True, slots=True)
class DiffPart:
    """One step: the very characters of either side. The parts of a diff, joined, are the two sides again."""

    op: Operation
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens `a0` to `a1` of one side beside `b0` to `b1` of the other: the same, or not."""

    same: bool
    a0: int
    a1: int
    b0: int
    b1: int


def word_diff(was: str, now: str) -> tuple[DiffPart, ...]:
    """Return the steps that lead from one wording to the other; what only typesetting changed is `equal`."""
    left, right = tokenise(was), tokenise(now)
    runs = _readable(aligned(left.forms, right.forms), left)
    parts = []
    a_at = b_at = 0
    for number, run in enumerate(runs):
        last = number == len(runs) - 1
        a_end = len(was) if last else _edge(left, run.a1, a_at)
        b_end = len(now) if last else _edge(right, run.b1, b_at)
        old, new = was[a_at:a_end], now[b_at:b_end]
        a_at, b_at = a_end, b_end
        if old or new:
            parts.append(DiffPart(_operation(run.same, old, new), old, new))
    return tuple(parts) or ((DiffPart("equal", was, now),) if was or now else ())


def aligned(left: Sequence[str], right: Sequence[str]) -> list[Run]:
    """Return two sequences side by side, runs that are the same and runs that are not by turns."""
    ends = _common_ends(left, right)
    if (len(left) - sum(ends)) * (len(right) - sum(ends)) > MOST_CELLS:
        head, tail = ends
        steps = [("equal", 0, head, 0, head), ("replace", head, len(left) - tail, head, len(right) - tail)]
        steps.append(("equal", len(left) - tail, len(left), len(right) - tail, len(right)))
    else:
        numbers = {form: number for number, form in enumerate(dict.fromkeys([*left, *right]))}
        found = LCSseq.opcodes([numbers[form] for form in left], [numbers[form] for form in right])
        steps = [(step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end) for step in found]
    return _merged(Run(tag == "equal", a0, a1, b0, b1) for tag, a0, a1, b0, b1 in steps if a0 < a1 or b0 < b1)


def _common_ends(left: Sequence[str], right: Sequence[str]) -> tuple[int, int]:
    shorter = min(len(left), len(right))
    head = next((n for n in range(shorter) if left[n] != right[n]), shorter)
    tail = next((n for n in range(shorter - head) if left[-1 - n] != right[-1 - n]), shorter - head)
    return head, tail


def _merged(runs: Iterable[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].same == run.same:
            last = merged.pop()
            run = Run(run.same, last.a0, run.a1, last.b0, run.b1)
        merged.append(run)
    return merged


def _readable(runs: Sequence[Run], left: Tokens) -> list[Run]:
    """Take a mark or a short word that stayed between two changes into them: nobody reads a diff of crumbs."""
    told = []
    for number, run in enumerate(runs):
        between = run.same and 0 < number < len(runs) - 1
        words = [form for form in left.forms[run.a0 : run.a1] if is_word(form)] if between else []
        crumb = between and (not words or (len(words) == 1 and len(words[0]) <= SHORT))
        told.append(Run(False, run.a0, run.a1, run.b0, run.b1) if crumb else run)
    return _merged(told)


def _edge(tokens: Tokens, index: int, at_least: int) -> int:
    """Return where the next run begins: the blanks before it belong to the run that ends."""
    return max(at_least, tokens.starts[index] if index < len(tokens.starts) else len(tokens.text))


def _operation(same: bool, was: str, now: str) -> Operation:
    if same:
        return "equal"
    return "replace" if was and now else "delete" if was else "insert"
