"""What hangs on a case: what was found, what people found, whom the desk asked, its parts."""

from typing import Any

from rest_framework import serializers

from verification.api.seeing import SeenJudgment
from verification.api.told.fields import Exactly, Id, Made, Number, Text, Told, Truth
from verification.models import Change, Hat, ReplyRequest, Role, Stance, State
from verification.review.parts import PartRead


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


class PlaceTold(Told):
    """A place in an article where the claim stands, as it was captured."""

    article = Id("of the article", source="article.public")
    title = Text("of the article", source="article.title", allow_null=True)
    outlet = Text("who published it", source="article.outlet.name", allow_null=True, default=None)
    url = Text("where it stands", source="article.url", allow_null=True)
    exact = Text("its words in the article (TextQuoteSelector of the Web Annotation Data Model)")
    prefix = Text("the words before it", allow_blank=True)
    suffix = Text("the words after it", allow_blank=True)
    start = Number("where it begins in the article's text, in code points")
    end = Number("where it ends")


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


class ReplyTold(Told):
    """That somebody was asked for a reply. What the person may not read yet is null."""

    id = Id("by which what came back is recorded", source="request.public")
    asked = Text("whom", source="request.asked")
    channel = Text("how", source="request.channel", allow_blank=True)
    by = Text("who of the desk asked")
    asked_at = Exactly("when", source="request.asked_at")
    deadline = Exactly("until when they may answer", source="request.deadline")
    cycle = Number("of the case, in which they were asked", source="request.cycle")
    question = Text("what they were asked", allow_null=True)
    outcome = serializers.ChoiceField(
        choices=ReplyRequest.Outcome.values,
        read_only=True,
        source="request.outcome",
        help_text="empty while it is open",
    )
    answer = Text("what they answered", allow_blank=True, allow_null=True)
    settled = Exactly("when that was recorded", source="request.settled_at", allow_null=True)


class PartTold(Told):
    """A part of a compound claim."""

    number = Number("its place")
    case = Id("of the case that checks it", source="case.public")
    wording = Text("the claim", source="case.wording")
    state = serializers.ChoiceField(
        choices=State.values, read_only=True, source="case.state", help_text="where that case stands"
    )
    rating = Made(
        "the words of its verdict's rating; null while there is none",
        lambda _a, part: verdict_of(part),
        allow_null=True,
    )


def rating_of(seen: SeenJudgment) -> str | None:
    """Return the words of a judgment's rating, as they were when it was submitted."""
    judgment = seen.judgment
    return judgment.rating_label or (judgment.rating.label if judgment.rating else None)


def verdict_of(part: PartRead) -> str | None:
    """Return the words of a part's rating; None while it has none, and once its check was withdrawn."""
    verdict = part.verdict
    return verdict.rating_label if verdict and verdict.change != Change.VOID else None
