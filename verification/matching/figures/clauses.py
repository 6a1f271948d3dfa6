"""What the clause around a figure decides, where the words of its sentence are too few or belong to another figure."""

from collections.abc import Iterator

from verification.matching.figures.around import weight
from verification.matching.figures.comparing import compare_numbers, same_kind
from verification.matching.figures.reading import Figure, ReadText
from verification.matching.figures.units import COUNT

_TELLING, _NEARLY_ALL, _HALF = 1.5, 0.9, 0.5
"""Weight of the words a short claim must have, and shares of the words of its clause."""
_OF_ONE_SIZE = 2.0
"""How many times the smaller sum the larger may be, for one to be taken for the other."""


def says_the_same(claim: Figure, source: Figure, text: ReadText) -> bool:
    """Tell whether a short clause of the claim stands in the source's sentence, in the same unit, with little else."""
    if claim.measure != source.measure or claim.per != source.per:
        return False
    here = text.sentences[source.sentence].words
    whole = weight(claim.clause)
    if whole < _TELLING or weight(claim.clause & here) < _NEARLY_ALL * whole:
        return False
    return weight(source.clause - claim.words) <= (1 - _NEARLY_ALL) * weight(source.clause)


def moves_the_same(claim: Figure, source: Figure, text: ReadText) -> bool:
    """Tell whether both are changes one way by one measured amount, and half of the claim's clause stands near.

    It must be written to two places at least: a fall by 1.4 metres is seldom another fall by 1.4 metres.
    """
    if claim.measure is COUNT or claim.measure != source.measure or claim.parts or source.parts:
        return False
    if claim.motion.sort != "change" or (source.motion.sort, source.motion.direction) != (
        "change", claim.motion.direction,
    ):  # fmt: skip
        return False
    if min(abs(figure.middle) / max(figure.step, 1e-9) for figure in (claim, source)) < 10:
        return False
    near = text.sentences[max(0, source.sentence - 1) : source.sentence + 2]
    words = frozenset[str]().union(*(sentence.words for sentence in near))
    whole = weight(claim.clause)
    return whole > 0 and weight(claim.clause & words) >= _HALF * whole


def another_is_meant(claim: Figure, source: Figure, text: ReadText) -> bool:
    """Tell whether the source's figure stands in for one beside it: what the claim tells of is told of that one.

    Paid out are 48 million, says the claim; voted were 48 million, says the source, and paid out 46.3 million.
    """
    told = claim.clause - claim.counted.words - source.counted.words
    if weight(told) < 1 or told & source.clause:
        return False
    return any(weight(told & other.clause) >= _HALF * weight(told) for other in _siblings(source, text))


def _siblings(figure: Figure, text: ReadText) -> Iterator[Figure]:
    for other in text.figures:
        if other is figure or other.parts or abs(other.sentence - figure.sentence) > 1 or other.per != figure.per:
            continue
        kin = same_kind(figure, other)
        if kin is None or other.middle == figure.middle:
            continue
        if compare_numbers(*kin).ratio <= _OF_ONE_SIZE:
            yield other
