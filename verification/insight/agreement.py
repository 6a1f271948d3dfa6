"""How far two judges agree, beyond what chance makes. Knows no Django.

Cohen's kappa: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20
(1960). Krippendorff's alpha: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), by coincidences.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import permutations

Pair = tuple[Hashable, Hashable]
Distance = Callable[[Hashable, Hashable], float]


def raw_agreement(pairs: Sequence[Pair]) -> float | None:
    """Return the share of pairs that are equal, 0 to 1; None of no pair."""
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else None


def cohen_kappa(pairs: Sequence[Pair]) -> float | None:
    """Return kappa of (first judge, second judge) pairs: 1 is full agreement, 0 what chance would make.

    None of no pair, and where both judges gave one and the same answer throughout: chance explains it all then.
    """
    if not pairs:
        return None
    size = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(first[value] * second[value] for value in first) / size**2
    observed = sum(one == other for one, other in pairs) / size
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def nominal(one: Hashable, other: Hashable) -> float:
    """Return how far two labels are apart: 0 or 1."""
    return float(one != other)


def interval(one: Hashable, other: Hashable) -> float:
    """Return how far two numbers are apart: the square of their difference."""
    assert isinstance(one, int | float) and isinstance(other, int | float)  # nosec B101 (what this distance is for)
    return float(one - other) ** 2


def krippendorff_alpha(units: Iterable[Sequence[Hashable]], distance: Distance = nominal) -> float | None:
    """Return alpha of units, each the values that its judges gave (any number of judges; fewer than two is left out).

    1 is full agreement, 0 what chance would make. None where nothing can be compared, or nothing ever differs.
    """
    coincidences: dict[Pair, float] = defaultdict(float)
    for values in units:
        if len(values) < 2:
            continue
        for one, other in permutations(values, 2):
            coincidences[one, other] += 1 / (len(values) - 1)
    totals: dict[Hashable, float] = defaultdict(float)
    for (one, _other), weight in coincidences.items():
        totals[one] += weight
    size = sum(totals.values())
    observed = sum(weight * distance(one, other) for (one, other), weight in coincidences.items())
    expected = sum(totals[one] * totals[other] * distance(one, other) for one in totals for other in totals)
    if size < 2 or expected == 0:
        return None
    return 1 - (size - 1) * observed / expected
