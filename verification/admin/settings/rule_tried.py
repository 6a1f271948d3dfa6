"""What a rule on second checks would have done with the cases that were accepted last: the real rule, nothing saved."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from claims.wording import Words
from verification.models import Desk, Review, ReviewEvent, SecondCheckRule, State
from verification.review.second_checks import WHY, decide, in_words

LOOKED_AT: Final = 50
# A claim that went back to triage and was accepted again has two lines.
_LINES: Final = 4 * LOOKED_AT


@dataclass(frozen=True, slots=True)
class TriedCase:
    """One case: whether it would be judged twice (None: an editor would say) and why, and what was decided then.

    `planned` is true where an editor's plan decided: no rule changes that.
    """

    review: Review
    twice: bool | None
    why: Words | None
    then: bool | None
    planned: bool


@dataclass(frozen=True, slots=True)
class RuleTried:
    """The cases accepted last, the newest first, under a rule; `by_risk` where their priority counts for it."""

    cases: tuple[TriedCase, ...]
    by_risk: bool

    @property
    def twice(self) -> int:
        """How many would be judged twice."""
        return sum(case.twice is True for case in self.cases)

    @property
    def undecided(self) -> int:
        """How many would wait for an editor to say."""
        return sum(case.twice is None for case in self.cases)

    @property
    def once(self) -> int:
        """How many one judgment would be enough for."""
        return sum(case.twice is False for case in self.cases)

    @property
    def planned(self) -> int:
        """How many an editor's plan decided."""
        return sum(case.planned for case in self.cases)

    @property
    def were_twice(self) -> int:
        """How many were to be judged twice as it was decided then."""
        return sum(case.then is True for case in self.cases)

    @property
    def others(self) -> list[TriedCase]:
        """Those that would be decided otherwise than they were."""
        return [case for case in self.cases if case.twice != case.then]


def try_rule(desk: Desk) -> RuleTried:
    """Return what this desk, stored or only typed, would say of the last cases accepted (one query)."""
    by_risk = desk.second_check_rule == SecondCheckRule.RISK
    return RuleTried(tuple(_tried(desk, event) for event in _accepted()), by_risk)


def _accepted() -> Iterator[ReviewEvent]:
    lines = ReviewEvent.objects.filter(verb="accept").exclude(review__state=State.TRIAGE)
    seen: set[int] = set()
    for event in lines.select_related("review", "payload").order_by("-pk")[:_LINES]:
        if event.review_id not in seen and len(seen) < LOOKED_AT:
            seen.add(event.review_id)
            yield event


def _tried(desk: Desk, event: ReviewEvent) -> TriedCase:
    review, told = event.review, _told(event)
    why = told.get(WHY)
    logged: Mapping[str, Any] = why if isinstance(why, dict) else {}
    if logged.get("rule") == "plan":
        return TriedCase(review, review.second_check, in_words(logged), review.second_check, planned=True)
    # The log tells the priority of that moment where the rule asked for it; else that of today stands in.
    if isinstance(logged.get("priority"), int | float):
        review.priority = float(logged["priority"])
    twice, reason = decide(desk, review, event.cycle)
    then = told.get("second_check", review.second_check)
    return TriedCase(review, twice, in_words(reason), then, planned=False)


def _told(event: ReviewEvent) -> dict[str, Any]:
    """Return what the line says; nothing where its words were erased."""
    payload = getattr(event, "payload", None)
    return dict(json.loads(payload.body)) if payload else {}
