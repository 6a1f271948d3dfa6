"""A case, as the person of a token is told it."""

from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from rest_framework import serializers

from verification.api.seeing import SeenCase, SeenJudgment, claimant_of
from verification.api.told.fields import Exactly, Id, Link, Made, Number, Text, Told, Truth
from verification.models import Change, Hat, Review, Role, Stance, State
from verification.publishing.moments import moment


class CaseTold(Told):
    """A case, as a list tells it."""

    id = Id("of the case; of its check too, once that is published", source="public")
    number = Text("what people call it by")
    state = serializers.ChoiceField(choices=State.values, read_only=True, help_text="where it stands")
    cycle = Number("how often it was begun: a correction is another cycle")
    revision = Number("counts every change of the case; sent with each step")
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


class CandidateTold(Told):
    """A passage that was found for the claim."""

    id = Id("by which it is picked as evidence", source="public")
    title = Text("of the document", source="document.title", allow_null=True)
    issuer = Text("whose document it is", source="document.source.name")
    url = Text("where it is to be had", source="document.url", allow_null=True)
    tier = Number("how near the source is to what it tells of", source="document.tier")
    withheld = Truth("whether readers are not shown the document", source="document.withheld")
    sha256 = Text("of the captured bytes", source="snapshot_sha256")
    exact = Text("the passage")
    prefix = Text("the words before it", allow_blank=True)
    suffix = Text("the words after it", allow_blank=True)
    start = Number("where it begins in the document's text, in code points")
    end = Number("where it ends")
    role = Text("what it is proposed for; empty for nothing", allow_blank=True)
    quote_check = serializers.DictField(read_only=True, allow_null=True, help_text="the quotation laid beside it")
    figure_checks = serializers.ListField(
        child=serializers.DictField(), read_only=True, allow_null=True, help_text="figures and dates compared"
    )


class SearchOfCase(Told):
    """A search that a judgment may rest on."""

    id = Id("by which it is attached", source="public")
    source = Text(  # type: ignore[assignment]  # the name is what is told
        "who was asked; null for the whole library", source="source.name", allow_null=True, default=None
    )
    documents = Number("how many could have answered")
    outcome = Text("what came of it")
    finished = Exactly("when", source="finished_at")


class PickTold(Told):
    """A passage that a judgment rests on."""

    number = Number("as its reasoning cites it")
    candidate = Id("what it was picked from", source="candidate.public", allow_null=True, default=None)
    role = serializers.ChoiceField(choices=Role.values, read_only=True, help_text="what it is for")
    stance = serializers.ChoiceField(
        choices=[*Stance.values, ""], read_only=True, help_text="how it bears on the claim"
    )
    note = Text("what is said of it", allow_blank=True)
    exact = Text("the passage")
    sha256 = Text("of the captured bytes", source="snapshot_sha256")


class AttachedTold(Told):
    """A search record that a judgment rests on."""

    number = Number("as its reasoning cites it")
    search = Id("of the record", source="search_run.public")


class QuestionTold(serializers.Serializer[Any]):
    """What a check of the evidence asks; a person answers."""

    key = serializers.CharField(help_text="under which the answer is sent")
    text = serializers.CharField(help_text="the question")
    answer = serializers.CharField(allow_blank=True, help_text="meaning, harmless, or empty")


class JudgmentTold(Told):
    """What one person finds. A colleague's is told only where the desk shows it to this person."""

    id = Id("of the judgment", source="judgment.public")
    mine = Truth("whether it is this person's own")
    person = Text("who judges; null where the name is withheld", allow_null=True)
    hat = serializers.ChoiceField(choices=Hat.values, read_only=True, allow_null=True, help_text="in which part")
    revision = Number("counts its savings; sent with the next one", source="judgment.revision")
    submitted = Truth("whether it is in")
    rating = Made("its words; null while there is none", lambda _a, each: rating_of(each), allow_null=True)
    reasoning = Text("why", allow_blank=True)
    none_supports = Truth("looked for support, found none", source="judgment.none_supports")
    none_refutes = Truth("looked for what refutes it, found none", source="judgment.none_refutes")
    sourcing_reason = Text("why a single or a secondary source is enough", allow_blank=True)
    evidence = PickTold(source="judgment.evidence", many=True, read_only=True)
    searches = AttachedTold(source="judgment.searches", many=True, read_only=True)
    questions = QuestionTold(many=True, read_only=True, help_text="of this person's own")
    missing = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="what it still lacks to be submitted, in sentences"
    )


class DraftTold(Told):
    """The text of this cycle."""

    revision = Number("counts its savings; sent with the next one")
    headline = Text("what was found, in one sentence", allow_blank=True)
    explanation = Text("why, in Markdown", allow_blank=True)
    change_note = Text("what this version changes, and why", allow_blank=True)


class RatingOffered(Told):
    """A rating of the scale in use."""

    label = Text("its words, by which it is chosen")  # type: ignore[assignment]  # the name is what is told
    meaning = Text("what it means", allow_blank=True)
    value = Number("its place; null for one beside the scale", source="numeric", allow_null=True)


class CaseWhole(CaseTold):
    """A case with what hangs on it, as this person may see it."""

    topics = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="what it is about")
    holder = Text("who has it on their desk; null for nobody", allow_null=True)
    steps = ActionTold(many=True, read_only=True, help_text="what this person may do now")
    candidates = CandidateTold(many=True, read_only=True)
    searches = SearchOfCase(many=True, read_only=True)
    ratings = RatingOffered(many=True, read_only=True, help_text="what may be chosen")
    judgments = JudgmentTold(many=True, read_only=True)
    draft = DraftTold(read_only=True, allow_null=True)


# A judgment is submitted in one way; where it leads is for the verb.
_SENT_AS = dict.fromkeys(("propose", "agree", "differ"), "submit_judgment")
BESIDE = ("topics", "holder", "candidates", "searches", "ratings", "judgments", "draft")


def case_told(case: SeenCase, context: dict[str, Any]) -> dict[str, Any]:
    """Return a case with what hangs on it."""
    fields = CaseWhole(context=context).fields
    told = dict(CaseTold(case.review, context=context).data)
    told |= {name: _value(fields[name], getattr(case, name)) for name in BESIDE}
    told["steps"] = fields["steps"].to_representation(case.actions)
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


def rating_of(seen: SeenJudgment) -> str | None:
    """Return the words of a judgment's rating, as they were when it was submitted."""
    judgment = seen.judgment
    return judgment.rating_label or (judgment.rating.label if judgment.rating else None)
