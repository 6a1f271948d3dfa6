"""What is sent with a step: which values, of which length, and what they mean."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers

from verification.models import Challenge, Change, Role, Stance
from verification.publishing.plain_text import printable
from verification.review.comments import LONGEST as LONGEST_COMMENT
from verification.review.drafting import CLEARED, HAS_TO_CHANGE, HEADLINE_LENGTH
from verification.review.questions import ANSWERS
from verification.review.transitions import LONGEST_REASON, LONGEST_WORDING
from verification.review.whose_words import OWN, WHOSE

MAX_TEXT: Final = 20_000
MOST_PIECES: Final = 100
MOST_ANSWERS: Final = 1000
LONGEST_KEY: Final = 40
_LARGEST: Final = 2**31 - 1
ORIGINS: Final = [each for each in Challenge.Origin.values if each != Challenge.Origin.WATCH]


class Words(serializers.CharField):
    """A text of somebody, without what no XML document may hold."""

    def __init__(self, help_text: str, longest: int = MAX_TEXT, **options: Any) -> None:
        """Say what it is, and how long it may be (characters)."""
        super().__init__(help_text=help_text, max_length=longest, **options)

    def to_internal_value(self, data: Any) -> str:
        """Return it fit to be stored."""
        return printable(super().to_internal_value(data).replace("\r\n", "\n"))


class When(serializers.DateTimeField):
    """A moment; its field may be left out, or hold null."""

    def __init__(self, help_text: str) -> None:
        """Say of what."""
        super().__init__(help_text=help_text, required=False, allow_null=True, default=None)

    def to_internal_value(self, value: Any) -> datetime:
        """Return it in the desk's zone. Raises ValidationError for one that lies in no year of the calendar there."""
        try:
            return super().to_internal_value(value)
        except OverflowError:
            self.fail("overflow")


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


class Revision(serializers.IntegerField):
    """A revision that was seen."""

    def __init__(self, help_text: str) -> None:
        """Say of what."""
        super().__init__(help_text=help_text, min_value=0, max_value=_LARGEST)


class Step(serializers.Serializer[Any]):
    """What every step is sent with."""

    revision = Revision("of the case as it was seen: where it has moved on since, nothing is done")

    def to_internal_value(self, data: Any) -> Any:
        """Return what was sent. Raises ValidationError for a name that is not known."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({unknown[0]: ["This is no name that is known here."]})
        return super().to_internal_value(data)


class WithReason(Step):
    """A step that says why, where the log wants that."""

    reason = Words("one sentence for the log", LONGEST_REASON, required=False, allow_blank=True, default="")


class Accept(Step):
    """A claim that is to be checked."""

    wording = Words("the claim as one sentence; left out: as it stands", LONGEST_WORDING, required=False, default="")
    why = Words("why the desk checks it", LONGEST_REASON, required=False, default="")
    deadline = When("when it is due, within a hundred years")


class Reword(Step):
    """A claim in other words."""

    wording = Words("the claim as one sentence that stands alone", LONGEST_WORDING)


class Assign(Step):
    """A case for somebody."""

    person = Words("log-in name of a checker", 150)
    note = Words("what they should know", LONGEST_REASON, required=False, default="")


class Picked(serializers.Serializer[Any]):
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


class Write(Step):
    """The text of a check."""

    text_revision = Revision("of the draft as it was seen; 0 for one that is not begun")
    headline = Words(f"what was found, in {HEADLINE_LENGTH} characters", 1000, allow_blank=True)
    explanation = Words("why, in Markdown; [1] cites the evidence of this number", allow_blank=True)
    change_note = Words("of a correction: what it changes, and why", required=False, allow_blank=True, default="")


class LegalRead(Step):
    """What a legal reader says."""

    text_revision = Revision("of the draft that was read")
    outcome = serializers.ChoiceField(choices=[CLEARED, HAS_TO_CHANGE], help_text="whether it may go out")
    note = Words("what has to change", LONGEST_REASON, required=False, allow_blank=True, default="")


class Approve(Step):
    """A signature."""

    embargo_until = When("when it may go out at the earliest, within a year")


class Correct(Step):
    """Another cycle of what is published."""

    change = serializers.ChoiceField(
        choices=[Change.CORRECTION.value, Change.UPDATE.value, Change.VOID.value], help_text="what it will end as"
    )
    reason = Words("one sentence for the log", LONGEST_REASON)


class MinorEdit(Step):
    """A slip of the pen put right."""

    headline = Words("as it should read", 1000)
    explanation = Words("as it should read")
    reason = Words("what was put right, in one sentence", LONGEST_REASON)
    meaning_stays = serializers.BooleanField(
        required=False, default=False, help_text="that changed figures and negations leave the meaning as it was"
    )


class RaiseChallenge(Step):
    """A doubt about what is published."""

    origin = serializers.ChoiceField(choices=ORIGINS, help_text="who raises it")
    reason = Words("what may be wrong", LONGEST_REASON)


class Comment(serializers.Serializer[Any]):
    """A line of the case's log; the same words twice in a row are one."""

    text = Words("what is said; @name mentions a colleague", LONGEST_COMMENT)
