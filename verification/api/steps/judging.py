"""What people find: judgments, and the decision between two that differ."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from verification.api.examples import CANDIDATE_ID, SEARCH_ID
from verification.api.steps.offered import Ask, Offered, must_stand_as_seen
from verification.api.steps.values import Revision, Step, Strict, Words
from verification.models import Candidate, Rating, Role, SearchRun, Stance
from verification.models.candidate import ANSWERED
from verification.publishing.plain_text import printable
from verification.review import adjudication, judgments
from verification.review.judgments import Finding, Pick
from verification.review.questions import ANSWERS
from verification.review.refusals import Refused
from verification.review.rollup import WEIGHING
from verification.review.whose_words import OWN, WHOSE

MOST_PIECES: Final = 100
MOST_ANSWERS: Final = 1000
LONGEST_KEY: Final = 40


class Answers(serializers.DictField):
    """Answers by the key of their question."""

    child = serializers.ChoiceField(choices=list(ANSWERS))

    def to_internal_value(self, data: Any) -> dict[str, str]:
        """Return them. Raises ValidationError where there are too many, or a key can be that of no question."""
        if isinstance(data, dict) and len(data) > MOST_ANSWERS:
            raise serializers.ValidationError(_("There are not so many questions."))
        if isinstance(data, dict) and any(len(key) > LONGEST_KEY or printable(key) != key for key in data):
            raise serializers.ValidationError(_("Give each answer under the key of its question, as the case has it."))
        answers: dict[str, str] = super().to_internal_value(data)
        return answers


class Picked(Strict):
    """A candidate taken as evidence."""

    candidate = serializers.UUIDField(help_text="id of a candidate of this case")
    stance = serializers.ChoiceField(
        choices=[*Stance.values, ""], required=False, default="", help_text="a draft may leave it empty"
    )
    role = serializers.ChoiceField(
        choices=Role.values, required=False, default=Role.TESTS_CLAIM.value, help_text="what it is for"
    )
    note = Words("what it says", required=False, allow_blank=True, default="")


class SaveJudgment(Step):
    """A judgment. What is left out is empty: each saving holds all of it."""

    judgment_revision = Revision("of one's own judgment as it was seen; 0 for one that is not begun")
    rating = Words("words of a rating of the scale in use; empty for none yet", 100, required=False, allow_blank=True)
    reasoning = Words("why; [1] cites the evidence of this number", required=False, allow_blank=True, default="")
    none_supports = serializers.BooleanField(required=False, default=False, help_text="looked for support, found none")
    none_refutes = serializers.BooleanField(required=False, default=False, help_text="the same of what refutes it")
    sourcing_reason = Words("why one source is enough", required=False, allow_blank=True, default="")
    answers = Answers(required=False, default=dict, help_text="by question key; of passages that are picked")
    weighing = Words("of a compound claim: how its parts were weighed", required=False, allow_blank=True, default="")
    evidence = Picked(  # type: ignore[call-arg]  # of the list that `many` makes
        many=True, required=False, default=list, max_length=MOST_PIECES, help_text="numbered from 1"
    )
    searches = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=MOST_PIECES, help_text="numbered after"
    )


class Adjudicate(Step):
    """A decision between two judgments."""

    rating = Words("words of a rating of the scale in use", 100)
    reasoning = Words("why, so that both checkers can follow it")
    words_of = serializers.ChoiceField(
        choices=list(WHOSE), required=False, default=OWN, help_text="whose reasoning begins the text"
    )


def save_judgment(ask: Ask) -> object:
    """Store a draft."""
    found = _finding(ask)
    with transaction.atomic():
        must_stand_as_seen(ask, "propose")
        return judgments.save(ask.review, ask.person, found, seen=ask.said["judgment_revision"])


def submit_judgment(ask: Ask) -> object:
    """Store and submit a judgment; one that cannot be submitted yet stays stored as a draft."""
    found, seen = _finding(ask), ask.said["judgment_revision"]
    refused: Refused | None = None
    with transaction.atomic():
        must_stand_as_seen(ask, "propose")
        try:
            judgments.submit(ask.review, ask.person, found, seen=seen, case_seen=ask.seen)
        except Refused as error:
            refused = error
    if refused:
        raise refused
    return None


def adjudicate(ask: Ask) -> object:
    """Decide between two judgments."""
    rating = _rating(ask.said["rating"])
    return adjudication.adjudicate(
        ask.review, ask.person, ask.seen, rating, ask.said["reasoning"], ask.said["words_of"]
    )


def _finding(ask: Ask) -> Finding:
    """Return what was sent as the verb takes it. Raises ValidationError for what is not of this case."""
    said, claim = ask.said, ask.review.claim_id
    wanted = [piece["candidate"] for piece in said["evidence"]]
    of_claim = Candidate.objects.filter(claim=claim).select_related("document")
    candidates = {each.public: each for each in of_claim.filter(public__in=wanted)}
    runs = SearchRun.objects.filter(claim=claim, outcome__in=ANSWERED, public__in=said["searches"])
    searches = {each.public: each for each in runs}
    if missing := [each for each in wanted if each not in candidates]:
        told = _("This case has no candidate %(id)s.") % {"id": missing[0]}
        raise serializers.ValidationError({"evidence": told})
    if missing := [each for each in said["searches"] if each not in searches]:
        told = _("This case has no search %(id)s that came back.") % {"id": missing[0]}
        raise serializers.ValidationError({"searches": told})
    label = said.get("rating", "")
    documents = {str(each.document_id) for each in candidates.values()}
    weighing = {WEIGHING: said["weighing"]} if said["weighing"] else {}
    return Finding(
        rating=_rating(label) if label else None,
        reasoning=said["reasoning"],
        none_supports=said["none_supports"],
        none_refutes=said["none_refutes"],
        sourcing_reason=said["sourcing_reason"],
        answers={key: each for key, each in said["answers"].items() if key.partition(":")[0] in documents} | weighing,
        picks=[
            Pick(candidates[piece["candidate"]], piece["role"], piece["stance"], piece["note"])
            for piece in said["evidence"]
        ],
        searches=[searches[each] for each in said["searches"]],
        rating_seen=label,
    )


def _rating(label: str) -> Rating:
    rating = Rating.objects.filter(scale__in_use=True, label=label).select_related("scale").first()
    if rating is None:
        raise serializers.ValidationError({"rating": _("The scale in use has no rating of these words.")})
    return rating


_JUDGMENT: Final = {
    "judgment_revision": 0,
    "rating": "Misleading",
    "reasoning": "The ledger has forty lamps, for the southern mole [1].",
    "none_supports": True,
    "sourcing_reason": "The ledger is the board’s own record.",
    "evidence": [{"candidate": CANDIDATE_ID, "stance": "refutes", "role": "tests_claim"}],
    "searches": [SEARCH_ID],
}
JUDGING: Final = (
    Offered(
        "save_judgment",
        "Save the draft of one's judgment: rating, reasoning, evidence with its stances, search records.",
        SaveJudgment,
        save_judgment,
        _JUDGMENT,
    ),
    Offered(
        "submit_judgment",
        "Save one's judgment and submit it, as first or as second checker. What is missing is told; the draft is kept.",
        SaveJudgment,
        submit_judgment,
        _JUDGMENT,
    ),
    Offered(
        "adjudicate",
        "Decide between two judgments that differ.",
        Adjudicate,
        adjudicate,
        {"rating": "Misleading", "reasoning": "Both read the same ledger; the mole is the point."},
    ),
)
