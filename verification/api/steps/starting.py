"""The start of a case: accepted, reworded, planned, divided, set aside, or joined to another."""

from datetime import datetime
from math import isnan
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers

from verification.api.examples import CHECK_ID
from verification.api.seeing import cases_of
from verification.api.steps.offered import WHY, Ask, Do, Offered, Said
from verification.api.steps.values import Step, Strict, When, WithReason, Words, must_be_a_deadline
from verification.models import Review, Rollup, Topic
from verification.review import dividing, triage
from verification.review.dividing import PartWish
from verification.review.transitions import LONGEST_REASON, LONGEST_WORDING

RULES: Final = [rule.value for rule in Rollup if rule != Rollup.NONE]
LONGEST_TOPIC: Final = 60
MOST_TOPICS: Final = 100


class Accept(Step):
    """A claim that is to be checked."""

    wording = Words("the claim as one sentence; left out: as it stands", LONGEST_WORDING, required=False, default="")
    why = Words("why the desk checks it", LONGEST_REASON, required=False, default="")
    deadline = When(help_text="when it is due, within a hundred years", required=False, allow_null=True, default=None)


class Reword(Step):
    """A claim in other words."""

    wording = Words("the claim as one sentence that stands alone", LONGEST_WORDING)


class Duplicate(WithReason):
    """A claim that another case checks."""

    of = serializers.UUIDField(help_text="id of the case that checks the same claim")


class Priority(serializers.FloatField):
    """A number from 0 to 1."""

    def to_internal_value(self, data: Any) -> float:
        """Return it. Raises ValidationError for what is no number, or one that no float holds."""
        try:
            number: float = super().to_internal_value(data)
        except OverflowError:
            self.fail("invalid")
        if isnan(number):
            self.fail("invalid")
        return number


class Plan(Step):
    """How urgent a case is, until when, who judges it, what it is about. What is left out stays as it is."""

    priority = Priority(required=False, min_value=0, max_value=1, help_text="from 0 to 1")
    deadline = When(help_text="when it is due, within a hundred years; null: never", required=False, allow_null=True)
    second_check = serializers.BooleanField(
        required=False,
        allow_null=True,
        help_text="whether somebody else judges it blind; null: an editor decides when the first judgment is in",
    )
    topics = serializers.ListField(
        child=Words("name of a topic", LONGEST_TOPIC), required=False, max_length=MOST_TOPICS, help_text="all of them"
    )


class PartWished(Strict):
    """One part: a claim in these words, which gets a case of its own, or a case that checks it already."""

    wording = Words("the part as one sentence that stands alone", LONGEST_WORDING, required=False)
    case = serializers.UUIDField(required=False, help_text="id of the case that checks it")

    def validate(self, attrs: Any) -> Any:
        """Raise ValidationError unless one of the two is there."""
        if len(attrs) != 1:
            raise serializers.ValidationError(_("Give either “wording” or “case”."))
        return attrs


class SetParts(Step):
    """The parts of a compound claim; none make it simple again."""

    parts = PartWished(  # type: ignore[call-arg]  # of the list that `many` makes
        many=True, max_length=dividing.MOST, help_text=f"{dividing.FEWEST} to {dividing.MOST} of them, or none"
    )
    rollup = serializers.ChoiceField(
        choices=[*RULES, ""], required=False, default="", help_text="how the parts' ratings make one for the whole"
    )


def set_aside(verb: str) -> Do:
    """Return what ends triage without a check."""
    return lambda ask: triage.set_aside(ask.review, ask.person, ask.seen, verb, ask.said["reason"])


def accept(ask: Ask) -> object:
    """Put a claim into the queue."""
    said = ask.said
    if said["deadline"]:
        must_be_a_deadline(said["deadline"])
    return triage.accept(
        ask.review, ask.person, ask.seen, wording=said["wording"], why=said["why"], deadline=said["deadline"]
    )


def reword(ask: Ask) -> object:
    """Change how the claim reads."""
    return triage.reword(ask.review, ask.person, ask.seen, ask.said["wording"])


def duplicate(ask: Ask) -> object:
    """Say that another case checks the same claim."""
    original = cases_of(ask.person).filter(public=ask.said["of"]).first()
    if original is None:
        raise serializers.ValidationError({"of": _("There is no such case, or none that you may see.")})
    return triage.mark_duplicate(ask.review, ask.person, ask.seen, original, ask.said["reason"])


def plan(ask: Ask) -> object:
    """Set priority, deadline, second check and topics."""
    said, review = ask.said, ask.review
    return triage.plan(
        review,
        ask.person,
        ask.seen,
        priority=said.get("priority", review.priority),
        deadline=_deadline(review, said),
        second_check=said.get("second_check", review.second_check),
        about=_topics(review, said["topics"]) if "topics" in said else None,
    )


def _deadline(review: Review, said: Said) -> datetime | None:
    """Return the deadline that is meant; one that stands, as the case tells it (to the second), stays however late."""
    meant: datetime | None = said.get("deadline", review.deadline)
    if meant and review.deadline and meant.replace(microsecond=0) == review.deadline.replace(microsecond=0):
        return review.deadline
    if meant:
        must_be_a_deadline(meant)
    return meant


def set_parts(ask: Ask) -> object:
    """Divide a compound claim."""
    wishes = [_part(ask, place, wish) for place, wish in enumerate(ask.said["parts"])]
    return dividing.set_parts(ask.review, ask.person, ask.seen, wishes, ask.said["rollup"])


def _part(ask: Ask, place: int, wish: dict[str, Any]) -> PartWish:
    if "case" not in wish:
        return PartWish(wish["wording"])
    case = cases_of(ask.person).filter(public=wish["case"]).first()
    if case is None:
        told = _("There is no such case, or none that you may see.")
        raise serializers.ValidationError({f"parts.{place}.case": told})
    return PartWish(case.wording, case)


def _topics(review: Review, names: list[str]) -> list[Topic]:
    """Return the topics of these names: those in use, and those that the case has already, as its page offers them."""
    offered = {topic.name: topic for topic in (*Topic.objects.filter(in_use=True), *review.topics.all())}
    if missing := [name for name in names if name not in offered]:
        told = _("The desk has no topic “%(name)s” in use.") % {"name": missing[0]}
        raise serializers.ValidationError({"topics": told})
    return list({offered[name].pk: offered[name] for name in names}.values())


STARTING: Final = (
    Offered("accept", "Put a claim into the queue.", Accept, accept, {"why": "It names a figure."}),
    Offered("decline", "Set a claim aside.", WithReason, set_aside("decline"), {"reason": WHY}, repeatable=True),
    Offered(
        "not_checkable",
        "Say that a claim cannot be checked.",
        WithReason,
        set_aside("not_checkable"),
        {"reason": "It says what ought to be."},
        repeatable=True,
    ),
    Offered(
        "duplicate",
        "Say that another case checks the same claim: where this one appeared is part of that case from then on.",
        Duplicate,
        duplicate,
        {"of": CHECK_ID},
    ),
    Offered(
        "reword",
        "Change how the claim reads.",
        Reword,
        reword,
        {"wording": "The board bought forty lamps for the northern mole."},
    ),
    Offered(
        "plan",
        "Set priority, deadline, second check and topics; what is left out stays as it is.",
        Plan,
        plan,
        {"priority": 0.8, "deadline": "2031-05-07T17:00:00Z", "second_check": True},
    ),
    Offered(
        "set_parts",
        "Say which parts a compound claim has, and how their ratings make one for the whole.",
        SetParts,
        set_parts,
        {
            "rollup": Rollup.WEAKEST.value,
            "parts": [{"wording": "The board bought forty lamps."}, {"case": CHECK_ID}],
        },
    ),
)
