"""Which figure of a passage, if any, is the counterpart of a figure of the claim.

Better none than a false one: a figure that agrees needs some words in common with the claim, one that differs most of
them, and what is counted must be the same wherever both say what it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from claims.extraction.numbers.periods import Period
from verification.matching.figures.around import weight
from verification.matching.figures.clauses import another_is_meant, moves_the_same, says_the_same
from verification.matching.figures.comparing import (
    AGREES,
    DIFFERS,
    NOT_COMPARABLE,
    ROUNDED,
    WITHIN,
    Numbers,
    compare_numbers,
    same_kind,
    same_number,
    stands_apart,
)
from verification.matching.figures.reading import Figure, ReadText
from verification.matching.figures.units import COUNT

_RANK = {AGREES: 4.0, ROUNDED: 3.0, WITHIN: 2.0, NOT_COMPARABLE: 1.0, DIFFERS: 0.0}
_SOME, _MANY = 1.0, 2.5
"""Words in common: that let an agreement stand, and that a difference needs."""
_RELATED, _COVERED, _COVERED_FAR = 0.3, 0.5, 0.7
"""Share of the words around the claim's figure: for a round number to agree, to differ, to differ far."""
_CLOSE, _NEAR, _FAR, _TOO_FAR = 1.02, 1.1, 2.0, 1001.0
"""How many times the smaller number the larger is: the very same, near, far, and more than "billion" for "million"."""
_CLEARLY = 0.5
"""By how much a figure must fit better than the next one to be the one meant."""
_BESIDE = 0.5
"""What a word counts for that stands in the sentence before or after the figure's."""
_TELLING, _TOLD_BY_SIZE = 20, 100
"""Numbers from here on seldom agree by chance, counts of the same things from the second on even where round."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim's figure and its counterpart: how they compare, why not (`apart`), and how well they fit (`score`)."""

    claim: Figure
    source: Figure
    outcome: str
    score: float
    numbers: Numbers | None = None
    apart: str = ""
    periods: tuple[Period, Period] | None = None
    opposite: bool = False


def pairs(claim: ReadText, source: ReadText) -> list[Pair]:
    """Return the best pairings, no figure in more than one, in the order of the claim.

    A figure of the source that agrees may answer the claim twice, since the claim may say it twice.
    """
    found = sorted(_possible(claim, source), key=lambda pair: -pair.score)
    taken_claim: list[Figure] = []
    taken_source: list[Figure] = []
    kept = []
    for pair in found:
        if any(_overlap(pair.claim, other) for other in taken_claim):
            continue
        if pair.outcome != AGREES and any(_overlap(pair.source, other) for other in taken_source):
            continue
        if pair.outcome == DIFFERS and not pair.opposite and _has_rivals(pair, found, taken_source):
            continue
        taken_claim.append(pair.claim)
        taken_source.append(pair.source)
        kept.append(pair)
    return sorted(kept, key=lambda pair: pair.claim.start)


def _has_rivals(pair: Pair, found: Sequence[Pair], taken: Sequence[Figure]) -> bool:
    """Tell whether another figure of the source, with another value, fits as well: then neither is meant."""
    return any(
        other.claim is pair.claim
        and other.outcome == DIFFERS
        and other.score > pair.score - _CLEARLY
        and other.source.middle != pair.source.middle
        and not any(_overlap(other.source, figure) for figure in taken)
        for other in found
    )


def _overlap(one: Figure, other: Figure) -> bool:
    return one.start < other.end and other.start < one.end


def _possible(claim: ReadText, source: ReadText) -> Iterator[Pair]:
    for figure in claim.figures:
        for other in source.figures:
            if figure.parts and other.parts:
                continue  # the figures they are made of are compared
            if not other.words and other.measure is COUNT:
                continue  # the number of a paragraph
            common, covered = in_common(figure.words, other.words, other.sentence, source)
            pair = _pair(figure, other, common, covered, source)
            if pair is not None and (
                (pair.outcome == AGREES and _telling(figure, None)) or not _about_others(pair, claim, source)
            ):
                yield pair


def in_common(words: frozenset[str], others: frozenset[str], sentence: int, source: ReadText) -> tuple[float, float]:
    """Return the weight of the words of the claim that stand around a place of the source, and their share of all.

    `others` are the words right around the place; those of its sentence count as much, of the next ones half.
    """
    here = source.sentences[sentence].words | others
    beside = frozenset[str]().union(*(source.sentences[at].words for at in _beside(sentence, source)))
    common = weight(words & here) + _BESIDE * weight((words & beside) - here)
    whole = weight(words)
    return common, common / whole if whole else 0.0


def _pair(claim: Figure, source: Figure, common: float, covered: float, text: ReadText) -> Pair | None:
    counts_same = claim.counted.agrees(source.counted)
    if counts_same is False:
        return None
    apart = stands_apart(claim, source)
    if apart:
        return _apart(claim, source, apart, common, covered, counts_same)
    kin = same_kind(claim, source)
    if kin is None:
        return None
    numbers = compare_numbers(*kin)
    outcome = numbers.outcome
    if _other_sort(claim, source):
        return None
    if outcome == DIFFERS:
        enough = common >= _MANY and covered >= (_COVERED_FAR if numbers.ratio > _FAR else _COVERED)
        if not (enough or says_the_same(claim, source, text)) or not _may_differ(claim, source, numbers, counts_same):
            return None
    elif another_is_meant(claim, source, text) or not (
        _may_agree(claim, numbers, common, covered, counts_same)
        or (outcome == AGREES and moves_the_same(claim, source, text))
    ):
        return None
    opposite = _opposite(claim, source)
    if opposite and outcome != DIFFERS and common < _MANY:
        return None
    periods = _two_periods(claim, source)
    score = 10 * _RANK[outcome] - 4 * (opposite or periods is not None) + min(common, 8.0) + 2 * bool(counts_same)
    score += weight(claim.next_words & source.next_words)
    score += 1.0 * (claim.motion.sort == source.motion.sort)
    if periods is not None:
        return Pair(claim, source, NOT_COMPARABLE, score, numbers, "period", periods) if outcome != DIFFERS else None
    return Pair(claim, source, DIFFERS if opposite else outcome, score, numbers, opposite=opposite)


def _about_others(pair: Pair, claim: ReadText, source: ReadText) -> bool:
    """Tell whether the two sentences name others: the claim's has a name that is not there, and the source's too."""
    ours, theirs = claim.sentences[pair.claim.sentence], source.sentences[pair.source.sentence]
    missing = (ours.names & pair.claim.words) - theirs.words
    if pair.outcome != DIFFERS:
        missing -= frozenset().union(*(source.sentences[at].words for at in _beside(pair.source.sentence, source)))
    added = (theirs.names & pair.source.words) - ours.words
    far = pair.outcome == DIFFERS and pair.numbers is not None and pair.numbers.ratio > _FAR
    return bool(missing and (added or far))


def _beside(sentence: int, text: ReadText) -> list[int]:
    return [at for at in (sentence - 1, sentence + 1) if 0 <= at < len(text.sentences)]


def _apart(
    claim: Figure, source: Figure, why: str, common: float, covered: float, counts_same: bool | None
) -> Pair | None:
    if not same_number(claim, source) or common < _least(claim, counts_same) or covered < _COVERED:
        return None
    if why == "points":
        per_cent = claim if claim.measure.dimension == "per cent" else source
        if per_cent.motion.sort != "change" or per_cent.parts:
            return None
    return Pair(claim, source, NOT_COMPARABLE, 10 * _RANK[NOT_COMPARABLE] + min(common, 8.0), apart=why)


def _other_sort(claim: Figure, source: Figure) -> bool:
    """Tell whether one is a change and the other the level before or after it."""
    one, other = claim.motion.sort, source.motion.sort
    if claim.measure is COUNT or one == other or {one, other} == {"to", "level"}:
        return {one, other} == {"from", "to"}
    if claim.parts or source.parts:
        return "change" not in (one, other) or one != other
    return one in ("from", "to") or other in ("from", "to")


def _may_agree(claim: Figure, numbers: Numbers, common: float, covered: float, counts_same: bool | None) -> bool:
    if numbers.outcome == WITHIN and numbers.ratio > _NEAR:
        return numbers.ratio <= _FAR and common >= _MANY and covered >= _COVERED
    telling = _telling(claim, counts_same)
    exact = numbers.outcome == AGREES or numbers.ratio <= _CLOSE
    if not (telling and exact) and covered < _RELATED:
        return False
    return common >= (_SOME if telling else _least(claim, counts_same)) + (0.0 if numbers.outcome == AGREES else _SOME)


def _least(claim: Figure, counts_same: bool | None) -> float:
    """Return the words in common without which a number that tells little is not set beside another."""
    return _MANY if claim.measure is COUNT and not counts_same else 2 * _SOME


def _telling(figure: Figure, counts_same: bool | None) -> bool:
    """Tell whether two texts seldom share the number by chance: it has several places, or counts the same things."""
    size = abs(figure.middle)
    if size < _TELLING:
        return False
    return size / max(figure.step, 1e-9) >= 10 or (counts_same is True and size >= _TOLD_BY_SIZE)


def _may_differ(claim: Figure, source: Figure, numbers: Numbers, counts_same: bool | None) -> bool:
    if claim.measure is COUNT and not counts_same:
        return False
    if claim.parts or source.parts or numbers.ratio > _TOO_FAR:
        return False
    if claim.motion.sort != source.motion.sort:
        return False
    return _fits(claim.described, source) and _fits(source.described, claim)


def _fits(described: frozenset[str], other: Figure) -> bool:
    return not described or bool(described & (other.described or other.words))


def _opposite(claim: Figure, source: Figure) -> bool:
    one, other = claim.motion, source.motion
    return one.sort == other.sort and bool(one.direction and other.direction) and one.direction != other.direction


def _two_periods(claim: Figure, source: Figure) -> tuple[Period, Period] | None:
    """Return the periods the figures are given for, where they share no day whichever way they are read."""
    one, other = claim.period, source.period
    if one is None or other is None:
        return None
    if any(a[0] <= b[1] and b[0] <= a[1] for a in _spans(one) for b in _spans(other)):
        return None
    return one, other


def _spans(period: Period) -> list[tuple[date, date]]:
    return [(period.first, period.last or date.max), *period.others]
