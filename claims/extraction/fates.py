"""What became of passages in a newer copy of the text they stand in: SAME, MOVED, CHANGED or GONE (design §2).

    fate_of(selector, text, newer).fate

A selector is never anchored anew in silence: what a copy says now is told beside what was cited, and people decide.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from claims.extraction.contract import Selector
from claims.extraction.tokens import Tokens, core, is_word, tokenise
from claims.extraction.word_diff import DiffPart, aligned, word_diff

AROUND = 14
"""Words and marks on either side of a passage by which its place is known again."""
LIKE = 0.5
"""Least share of the wording, by length of words, by which a passage is known again; see `docs/watching.md`."""
SURE = 0.6
"""Least share of what stands on one side of a passage by which the place is known, whatever stands in it now."""
COMMON = 60
"""Places of one word in a text from which on it tells nothing of where a passage is."""
WINDOWS = 3
"""Likeliest places that are looked at closely."""
IN_PLACE = 0.3
"""What it counts beside likeness that a passage's surroundings stand: other words in its place are its successor."""
SLACK = 4
"""Words and marks that may be put in at the edge of a passage."""


class Fate(StrEnum):
    """What became of a passage."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


WORST_LAST = tuple(Fate)


@dataclass(frozen=True, slots=True)
class PassageFate:
    """What became of one passage, and the stretch `start` to `end` of the newer text that it is told by.

    SAME: the same words, and all text before them is the same; MOVED: the same words elsewhere, the most alike
    surroundings counting where they stand several times; CHANGED: `exact` is the nearest passage, and `diff` leads from
    the passage to it; GONE: nothing like it. `likeness` is the share of the wording in common, 0 to 1.
    """

    fate: Fate
    start: int | None = None
    end: int | None = None
    exact: str = ""
    likeness: float = 0.0
    diff: tuple[DiffPart, ...] = ()


def fate_of(passage: Selector, old: str, new: str) -> PassageFate:
    """Return what became of one passage of `old` in `new`, as `fates_of` does."""
    return fates_of([passage], old, new)[0]


def fates_of(passages: Sequence[Selector], old: str, new: str) -> list[PassageFate]:
    """Return what became of passages of `old` in `new`, in their order; all texts are normalised ones.

    Typesetting does not count (`claims.extraction.tokens`). Linear in the texts: some 30 ms for two of 100 KB.
    """
    if old == new:
        return [PassageFate(Fate.SAME, each.start, each.end, each.exact, 1.0) for each in passages]
    was, now = tokenise(old), tokenise(new)
    same_until = next((n for n, (a, b) in enumerate(zip(was.forms, now.forms, strict=False)) if a != b), len(was.forms))
    places = _Places(now)
    return [_fate(each, was, now, same_until, places) for each in passages]


def worst(fates: Sequence[Fate]) -> Fate:
    """Return the worst of some fates, SAME where there are none."""
    return max(fates, key=WORST_LAST.index, default=Fate.SAME)


def _fate(passage: Selector, was: Tokens, now: Tokens, same_until: int, places: "_Places") -> PassageFate:
    first, last = was.at(passage.start, passage.end)
    forms = was.forms[first:last]
    if not forms:
        return PassageFate(Fate.GONE)
    skipped, kept = core(forms)
    wanted = forms[skipped:kept]
    found = list(now.find(wanted))
    here = first + skipped
    if here in found and here <= same_until:
        return _standing(Fate.SAME, passage, now, here, forms, (skipped, kept))
    if found:
        ahead = was.forms[max(0, here - AROUND) : here]
        behind = was.forms[first + kept : first + kept + AROUND]
        share = here / max(1, len(was.forms))
        best = max(found, key=lambda at: _alike(now, at, len(wanted), ahead, behind, share))
        return _standing(Fate.MOVED, passage, now, best, forms, (skipped, kept))
    return _nearest(passage, was, now, (first, last), places)


def _standing(
    fate: Fate, passage: Selector, now: Tokens, at: int, forms: Sequence[str], inner: tuple[int, int]
) -> PassageFate:
    """Return the fate of words that still stand, with the marks round them as far as those are the same."""
    first, last = at, at + inner[1] - inner[0]
    opening, closing = forms[: inner[0]], forms[inner[1] :]
    if now.forms[max(0, first - len(opening)) : first] == opening:
        first -= len(opening)
    last += sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(closing, now.forms[last:], strict=False)))
    start, end = now.starts[first], now.ends[last - 1]
    return PassageFate(fate, start, end, now.text[start:end], 1.0)


def _alike(
    now: Tokens, at: int, length: int, ahead: Sequence[str], behind: Sequence[str], share: float
) -> tuple[int, float]:
    """Return how many words round a place are those round the passage, then how near it is to where that stood."""
    before = zip(reversed(ahead), reversed(now.forms[max(0, at - len(ahead)) : at]), strict=False)
    after = zip(behind, now.forms[at + length : at + length + len(behind)], strict=False)
    common = sum(1 for side in (before, after) for _ in takewhile(lambda pair: pair[0] == pair[1], side))
    return common, -abs(share - at / max(1, len(now.forms)))


class _Places:
    """Where each word of a text stands, whatever its case; read when it is first asked for."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._of: Mapping[str, list[int]] | None = None

    def of(self, form: str) -> Sequence[int]:
        """Return the places of a word."""
        if self._of is None:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for index, each in enumerate(self._tokens.forms):
                if is_word(each):
                    found[each.casefold()].append(index)
            self._of = found
        return self._of.get(form.casefold(), ())


def _nearest(passage: Selector, was: Tokens, now: Tokens, inside: tuple[int, int], places: _Places) -> PassageFate:
    """Return CHANGED with the passage that is most like one that does not stand there any more, or GONE."""
    low, high = max(0, inside[0] - AROUND), min(len(was.forms), inside[1] + AROUND)
    wanted, own = was.forms[low:high], (inside[0] - low, inside[1] - low)
    windows = _windows(wanted, len(now.forms), places)
    found = [like for window in windows if (like := _look(wanted, own, now, *window))]
    if not found:
        return PassageFate(Fate.GONE)
    best = max(found, key=lambda like: (like.likeness + IN_PLACE * like.in_place, -like.first))
    start, end = now.starts[best.first], now.ends[best.last - 1]
    exact = now.text[start:end]
    return PassageFate(Fate.CHANGED, start, end, exact, round(best.likeness, 4), word_diff(passage.exact, exact))


def _windows(wanted: Sequence[str], length: int, places: _Places) -> list[tuple[int, int]]:
    """Return the stretches of the newer text where most of the rarer words stand, in the passage's own order."""
    width = max(8, len(wanted) // 2)
    votes: defaultdict[int, float] = defaultdict(float)
    for offset, form in enumerate(wanted):
        found = places.of(form) if is_word(form) else ()
        if len(found) <= COMMON:
            for at in found:
                votes[(at - offset) // width] += _weight(form) / len(found)
    joined = {slot: votes[slot] + votes.get(slot + 1, 0) for slot in votes}
    best = sorted(joined, key=lambda slot: (-joined[slot], slot))[:WINDOWS]
    return [(max(0, (slot - 1) * width), min(length, (slot + 3) * width + len(wanted))) for slot in best]


@dataclass(frozen=True, slots=True)
class _Like:
    """Words `first` to `last` of the newer text, how like a passage they are, and whether its surroundings stand."""

    first: int
    last: int
    likeness: float
    in_place: bool


def _look(wanted: Sequence[str], own: tuple[int, int], now: Tokens, start: int, end: int) -> _Like | None:
    """Return which words of a stretch stand for the passage, None where it is not known again there.

    `wanted` is the passage with its surroundings, `own` the passage in it.
    """
    beside: dict[int, int] = {}
    for run in aligned(wanted, now.forms[start:end]):
        if run.same:
            beside |= {run.a0 + n: start + run.b0 + n for n in range(run.a1 - run.a0)}
    before = beside.get(own[0] - 1) if own[0] else -1 if start == 0 else None
    after = beside.get(own[1]) if own[1] < len(wanted) else len(now.forms) if end == len(now.forms) else None
    sides = _share(wanted, beside, range(own[0])), _share(wanted, beside, range(own[1], len(wanted)))
    kept = [n for n in range(*own) if n in beside and is_word(wanted[n])]
    if kept:
        # The stray match of a full stop is no neighbour: what stands between has to be about what is missing there.
        first, last = beside[kept[0]], beside[kept[-1]] + 1
        slack = [SLACK if share >= SURE else 0 for share in sides]
        if before is not None and first - before - 1 <= 2 * (kept[0] - own[0]) + slack[0]:
            first = before + 1
        if after is not None and after - last <= 2 * (own[1] - 1 - kept[-1]) + slack[1]:
            last = after
    elif before is not None and after is not None:
        first, last = before + 1, after
    else:
        return None
    if not any(map(is_word, now.forms[first:last])):
        return None
    held = sum(_weight(wanted[n]) for n in kept)
    likeness = 2 * held / (sum(map(_weight, wanted[own[0] : own[1]])) + sum(map(_weight, now.forms[first:last])))
    fits = last - first <= 3 * (own[1] - own[0]) + AROUND
    in_place = (before, after) == (first - 1, last) and min(sides) >= SURE and fits
    return _Like(first, last, likeness, in_place) if likeness >= LIKE or in_place else None


def _share(wanted: Sequence[str], beside: Mapping[int, int], side: range) -> float:
    """Return the share of one side of a passage that still stands; of an end of the text nothing can be known again."""
    whole = sum(_weight(wanted[n]) for n in side)
    return sum(_weight(wanted[n]) for n in side if n in beside) / whole if whole else 0.0


def _weight(form: str) -> int:
    """Return how much a word tells: its length up to eight letters, a figure at least four; marks tell nothing."""
    if not is_word(form):
        return 0
    return max(4, min(8, len(form))) if any(map(str.isdigit, form)) else min(8, len(form))
