"""What readers are told when one person played two parts in a check, which the desk's rules otherwise forbid."""

from dataclasses import dataclass

from verification.models import Verdict
from verification.review.waiving import waivers_behind


@dataclass(frozen=True, slots=True)
class TwoParts:
    """That one person did two parts, and why. `person` is empty where readers learn no names, `reason` once erased."""

    person: str
    reason: str


def two_parts_of(verdict: Verdict, *, names: bool) -> tuple[TwoParts, ...]:
    """Return the exceptions that a version rests on (two queries at most); `names` says whether readers learn names."""
    return tuple(TwoParts(each.name if names else "", each.reason) for each in waivers_behind(verdict))
