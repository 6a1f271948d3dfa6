"""Whether a second person judges a case blind: what the desk's rule says of it, and why.

By risk, cases of a priority are judged twice; by sample, some that are drawn by chance. Both add to the desk's setting
and never take a second check away. An editor's plan stands above all of it.

The draw can be computed again by a stranger, from the case's public id and its cycle (a number), which the log tells:
the SHA-256 of `<public id> <cycle>` in ASCII, as a whole number, modulo 100. The case is drawn when that is less than
the desk's percentage.
"""

from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from claims.wording import Words, words
from verification.models import Desk, Review, ReviewEvent, SecondCheckRule

# Under this name the log keeps why a second check follows, or does not.
WHY = "second_check_rule"
Why = Mapping[str, object]
"""What the log tells: `rule`, and for a sample `draw` and `below`, by risk `priority` and `from`."""


def decide(desk: Desk, review: Review, cycle: int | None = None) -> tuple[bool | None, Why]:
    """Return whether a second check follows (None: an editor says, case by case), and why.

    `cycle` is the one that is about to begin, the review's own when it is left out.
    """
    if desk.second_check_rule == SecondCheckRule.RISK:
        priority = round(review.priority, 4)
        told: dict[str, object] = {"rule": "risk", "priority": priority, "from": desk.risk_from}
        return (True if priority >= desk.risk_from else desk.second_check), told
    if desk.second_check_rule == SecondCheckRule.SAMPLE:
        drawn = draw(review.public, review.cycle if cycle is None else cycle)
        told = {"rule": "sample", "draw": drawn, "below": desk.sample_percent}
        return (True if drawn < desk.sample_percent else desk.second_check), told
    return desk.second_check, {"rule": "fixed"}


def draw(public: UUID, cycle: int) -> int:
    """Return what is drawn for a case's cycle: 0 to 99, the same whoever computes it."""
    return int(sha256(f"{public} {cycle}".encode("ascii")).hexdigest(), 16) % 100


def is_planned(review: Review) -> bool:
    """Return whether an editor's plan of this cycle says if a second check follows (one query)."""
    return ReviewEvent.objects.filter(review=review, cycle=review.cycle, verb="plan").exists()


def lay_open(review: Review) -> bool:
    """Return whether the first judgment of this cycle could be read before its case was returned for research.

    Then a second check is not blind (one query).
    """
    return ReviewEvent.objects.filter(review=review, cycle=review.cycle, verb="return_to_research").exists()


def in_words(why: Why) -> Words | None:
    """Return why as the log kept it, in words; None for the desk's plain setting."""
    if why.get("rule") == "risk":
        return words(
            "Second checks by risk: priority %(priority)s, from %(least)s on",
            priority=_percent(why.get("priority")),
            least=_percent(why.get("from")),
        )
    if why.get("rule") == "sample":
        return words(
            "Second checks by sample: drew %(draw)s of 0 to 99, judged twice below %(below)s",
            draw=why.get("draw"),
            below=why.get("below"),
        )
    return words("As an editor planned it") if why.get("rule") == "plan" else None


def _percent(share: object) -> str:
    return f"{100 * share:.4g}" if isinstance(share, int | float) else "?"
