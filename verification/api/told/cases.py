"""A case, as the person of a token is told it."""

from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from rest_framework import serializers

from verification.api.seeing import MOST_PLACES, SeenCase, claimant_of
from verification.api.told.fields import Exactly, Id, Link, Made, Number, Text, Told, Truth
from verification.api.told.hanging import (
    CandidateTold,
    DraftTold,
    JudgmentTold,
    PartTold,
    PlaceTold,
    RatingOffered,
    ReplyTold,
    SearchOfCase,
)
from verification.models import Change, Review, Rollup, State
from verification.publishing.moments import moment


class CaseTold(Told):
    """A case, as a list tells it."""

    id = Id("of the case; of its check too, once that is published", source="public")
    number = Text("what people call it by")
    state = serializers.ChoiceField(choices=State.values, read_only=True, help_text="where it stands")
    cycle = Number("how often it was begun: a correction is another cycle")
    revision = Number("counts every change of the case; sent with each step")
    claim = Id("of the claim, as its article tells it", source="claim.public")
    wording = Text("the claim as it is checked")
    claimant = Made(
        "who made it; null where that is not known", lambda _a, review: claimant_of(review), allow_null=True
    )
    said = Made("when it was made, no more exact than known", lambda _a, review: said_of(review), allow_null=True)
    language = Text("of the article; empty where that is not known", allow_blank=True)
    priority = serializers.FloatField(read_only=True, help_text="from 0 to 1")
    deadline = Exactly("when it is due", allow_null=True)
    change = serializers.ChoiceField(choices=Change.values, read_only=True, help_text="why there is this cycle")
    second_check = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="whether somebody else judges it blind; null until that is decided"
    )
    as_of = serializers.DateField(read_only=True, allow_null=True, help_text="the day for which the verdict holds")
    review_on = Exactly("when what is published is looked at again", allow_null=True)
    held_until = Exactly("when it comes back from hold by itself", allow_null=True)
    embargo_until = Exactly("when what was signed off may go out at the earliest; null: at once", allow_null=True)
    duplicate_of = Id("of the case that checks the same claim", source="duplicate_of.public", allow_null=True)
    check = Link(
        "its page for readers; null while nothing is published",
        lambda addresses, review: addresses.check(review.public) if review.publication_id else None,
        allow_null=True,
    )


class ActionTold(Told):
    """A step that the person may do now, or could but for what is said."""

    verb = Text("its name")
    path = Made(
        "the address that does it; null where only the desk's pages do",
        lambda _a, step: path_of(step.verb),
        allow_null=True,
    )
    label = Text("what people read on the button")  # type: ignore[assignment]  # the name is what is told
    reason = Truth("whether it asks for a reason")
    allowed = Truth("whether it can be done now")
    why_not = Text("what keeps the person from it", allow_blank=True)


class CaseWhole(CaseTold):
    """A case with what hangs on it, as this person may see it."""

    topics = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="what it is about")
    appearances = PlaceTold(
        many=True, read_only=True, help_text=f"where the claim stands, its own places first; {MOST_PLACES} at most"
    )
    holder = Text("who has it on their desk; null for nobody", allow_null=True)
    steps = ActionTold(many=True, read_only=True, help_text="what this person may do now")
    candidates = CandidateTold(many=True, read_only=True)
    searches = SearchOfCase(many=True, read_only=True)
    ratings = RatingOffered(many=True, read_only=True, help_text="what may be chosen")
    judgments = JudgmentTold(many=True, read_only=True)
    draft = DraftTold(read_only=True, allow_null=True)
    replies = ReplyTold(many=True, read_only=True, help_text="whom the desk asked for a reply, the newest first")
    rollup = serializers.ChoiceField(
        choices=Rollup.values, read_only=True, help_text="how its parts' ratings make one for it; empty for no parts"
    )
    parts = PartTold(many=True, read_only=True, help_text="of a compound claim")
    part_of = Id("of the case whose part it is", source="part_of.public", allow_null=True)


# A judgment is submitted in one way; where it leads is for the verb.
_SENT_AS = dict.fromkeys(("propose", "agree", "differ"), "submit_judgment")
BESIDE = (
    *("topics", "appearances", "holder", "candidates", "searches", "ratings", "judgments", "draft"),
    *("replies", "rollup", "parts"),
)


def case_told(case: SeenCase, context: dict[str, Any]) -> dict[str, Any]:
    """Return a case with what hangs on it."""
    fields = CaseWhole(context=context).fields
    told = dict(CaseTold(case.review, context=context).data)
    told |= {name: _value(fields[name], getattr(case, name)) for name in BESIDE}
    told["steps"] = fields["steps"].to_representation(case.actions)
    told["part_of"] = str(case.part_of.public) if case.part_of else None
    return told


def _value(field: Any, value: Any) -> Any:
    return None if value is None else field.to_representation(value)


def path_of(verb: str) -> str | None:
    """Return the path below a case's own that does a step; None where only a page of the desk does it."""
    name = _SENT_AS.get(verb, verb)
    try:
        reverse(f"api:step_{name}", args=[UUID(int=0)])
    except NoReverseMatch:
        return None
    return f"steps/{name}/"


def said_of(review: Review) -> str | None:
    """Return when the claim was made, no more exact than that is known."""
    said = moment(review.claim.said, review.claim.said_precision)
    return said.iso if said else None
