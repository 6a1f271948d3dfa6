"""Which statements of two accounts are about the same, by the telling words they share."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from verification.matching.accounts.statements import Statement
from verification.matching.participants import tells_who_met

# Below this likeness two statements share no more than any two of one event do; fewer shared words are an accident.
LEAST_LIKENESS, FEWEST_SHARED = 0.2, 2
# What is left over joins a pair that it is this near to, so many statements a side at most.
JOINS, MOST_A_SIDE = 0.3, 3
# Who met is said in one of the first statements.
OPENING = 3


@dataclass(slots=True, eq=False)
class Pair:
    """Statements of two accounts on one topic; one side may be empty."""

    here: list[Statement] = field(default_factory=list)
    there: list[Statement] = field(default_factory=list)


def align(here: Sequence[Statement], there: Sequence[Statement], weights: Mapping[str, float]) -> list[Pair]:
    """Return pairs in the order of the first account, what only the second has after what it follows there.

    The likest pair first, each statement once; a statement that is left and near to a pair joins it.
    """
    scored = sorted(_scores(here, there, weights), key=lambda score: (-score[0], score[1], score[2]))
    with_here: dict[int, Pair] = {}
    with_there: dict[int, Pair] = {}
    left, right = _occasion(here), _occasion(there)
    if left is not None and right is not None:
        with_here[left] = with_there[right] = Pair([here[left]], [there[right]])
    for likeness, left, right in scored:
        if left not in with_here and right not in with_there:
            with_here[left] = with_there[right] = Pair([here[left]], [there[right]])
        elif likeness >= JOINS:
            _join(with_here, with_there, here, there, left, right)
    return _in_order(here, there, with_here, with_there)


def _occasion(account: Sequence[Statement]) -> int | None:
    """Return the statement that says who spoke with whom: of both accounts it is one topic, whatever its words."""
    opening = range(min(OPENING, len(account)))
    return next((number for number in opening if tells_who_met(account[number].text)), None)


def likeness(left: Statement, right: Statement, weights: Mapping[str, float]) -> float:
    """Return 0 to 1: the weight of the shared terms over the geometric mean of both sides' (Ochiai)."""
    shared = left.terms & right.terms
    if len(shared) < min(FEWEST_SHARED, len(left.terms), len(right.terms)) or not shared:
        return 0.0
    both = _weight(left.terms, weights) * _weight(right.terms, weights)
    return _weight(shared, weights) / math.sqrt(both)


def _scores(
    here: Sequence[Statement], there: Sequence[Statement], weights: Mapping[str, float]
) -> Iterable[tuple[float, int, int]]:
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for right, other in enumerate(there):
        for term in other.terms:
            holding[term].add(right)
    for left, one in enumerate(here):
        for right in {right for term in one.terms for right in holding.get(term, ())}:
            score = likeness(one, there[right], weights)
            if score >= LEAST_LIKENESS:
                yield score, left, right


def _join(
    with_here: dict[int, Pair],
    with_there: dict[int, Pair],
    here: Sequence[Statement],
    there: Sequence[Statement],
    left: int,
    right: int,
) -> None:
    if left in with_here and right not in with_there and len(with_here[left].there) < MOST_A_SIDE:
        with_there[right] = with_here[left]
        with_here[left].there.append(there[right])
    elif right in with_there and left not in with_here and len(with_there[right].here) < MOST_A_SIDE:
        with_here[left] = with_there[right]
        with_there[right].here.append(here[left])


def _in_order(
    here: Sequence[Statement], there: Sequence[Statement], with_here: dict[int, Pair], with_there: dict[int, Pair]
) -> list[Pair]:
    ordered: list[Pair] = []
    for number, statement in enumerate(here):
        mine = with_here.get(number) or Pair([statement])
        if mine not in ordered:
            ordered.append(mine)
    last: Pair | None = None
    for number, statement in enumerate(there):
        pair = with_there.get(number)
        if pair is None:
            pair = Pair([], [statement])
            ordered.insert(ordered.index(last) + 1 if last else 0, pair)
        last = pair
    for each in ordered:
        each.here.sort(key=lambda statement: statement.start)
        each.there.sort(key=lambda statement: statement.start)
    return ordered


def _weight(terms: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights[term] for term in terms)
