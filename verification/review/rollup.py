"""How the ratings of a compound claim's parts make a proposal for the whole, told step by step. Knows no Django.

A rule proposes a number only where every part has one, on one scale: what is unknown of a part is unknown of the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.wording import Words, words

WEAKEST, MIDDLE, BY_HAND = "weakest", "middle", "by_hand"
RULES: Final = (WEAKEST, MIDDLE, BY_HAND)
# Under this name a judgment keeps why it rates the whole otherwise than the rule does, or how it was weighed by hand.
WEIGHING: Final = "rollup"


@dataclass(frozen=True, slots=True)
class Rated:
    """One part: its number, whether its check is finished, and its rating (`value` None: beside the scale).

    `worst` and `best` are the ends of the scale it was rated on.
    """

    number: int
    finished: bool
    value: int | None = None
    worst: int = 0
    best: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule gives: a number on the scale from `worst` to `best`, or None, and how it came about or why not."""

    value: int | None
    working: Words
    worst: int = 0
    best: int = 0


def propose(rule: str, parts: Sequence[Rated]) -> Proposal:
    """Return what a rule (one of `RULES`) gives for these parts."""
    if missing := [part for part in parts if not part.finished]:
        return Proposal(None, words("Not known yet: no verdict on part %(parts)s.", parts=_numbers(missing)))
    if rule == BY_HAND:
        return Proposal(None, words("Weighed by the checker, who says how."))
    if beside := [part for part in parts if part.value is None]:
        return Proposal(None, words("No number follows: none for part %(parts)s.", parts=_numbers(beside)))
    if len({(part.worst, part.best) for part in parts}) != 1:
        return Proposal(None, words("No number follows: the parts were rated on different scales."))
    return _weakest(parts) if rule == WEAKEST else _middle(parts)


def _weakest(parts: Sequence[Rated]) -> Proposal:
    lowest = min(_value(part) for part in parts)
    those = _numbers([part for part in parts if part.value == lowest])
    worst, best = parts[0].worst, parts[0].best
    told = words(
        "The lowest rating of a part: %(value)s of %(best)s, part %(parts)s.", value=lowest, best=best, parts=those
    )
    return Proposal(lowest, told, worst, best)


def _middle(parts: Sequence[Rated]) -> Proposal:
    values = sorted(_value(part) for part in parts)
    middle, worst, best = values[(len(values) - 1) // 2], parts[0].worst, parts[0].best
    params = {"value": middle, "best": best, "values": ", ".join(map(str, values))}
    if len(values) % 2:
        told = words("The middle rating of the parts (%(values)s): %(value)s of %(best)s.", **params)
    else:
        told = words("The lower of the two ratings in the middle (%(values)s): %(value)s of %(best)s.", **params)
    return Proposal(middle, told, worst, best)


def _value(part: Rated) -> int:
    assert part.value is not None  # nosec B101 (asked for above)
    return part.value


def _numbers(parts: Sequence[Rated]) -> str:
    return ", ".join(str(part.number) for part in parts)


def must_be_weighed(proposal: Proposal, value: int | None, worst: int, best: int) -> bool:
    """Return whether a judgment has to say how it came by its rating of the whole, a number from `worst` to `best`.

    So it is wherever the rule does not give that very number: also for a rating beside the scale (`value` None).
    """
    return proposal.value is None or (proposal.value, proposal.worst, proposal.best) != (value, worst, best)
