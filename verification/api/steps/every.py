"""All steps that are offered, each with the address it has."""

from typing import Final

from verification.api.steps.afterwards import AFTERWARDS
from verification.api.steps.asking_others import ASKING_OTHERS
from verification.api.steps.desks import DESKS
from verification.api.steps.judging import JUDGING
from verification.api.steps.offered import WHY, Do, Offered
from verification.api.steps.starting import STARTING
from verification.api.steps.text import WRITING
from verification.api.steps.values import WithReason
from verification.review.pressing import VERBS
from verification.review.states import TABLE


def _pressing(verb: str) -> Do:
    """Return what does a step that takes nothing but a reason."""
    return lambda ask: VERBS[verb](ask.review, ask.person, ask.seen, ask.said["reason"])


def _pressed(verb: str) -> Offered:
    step = TABLE[verb]
    asks = " It asks for a reason." if step.reason else ""
    example = {"reason": WHY} if step.reason else {}
    return Offered(verb, f"{step.label}.{asks}", WithReason, _pressing(verb), example, repeatable=True)


OFFERED: Final = (
    *STARTING,
    *DESKS,
    *JUDGING,
    *ASKING_OTHERS,
    *WRITING,
    *AFTERWARDS,
    *map(_pressed, sorted(VERBS)),
)
