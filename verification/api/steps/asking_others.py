"""The right of reply: whom the desk asked, and what came back."""

from typing import Final

from django.utils.translation import gettext as _
from rest_framework import serializers

from verification.api.examples import REPLY_ID
from verification.api.steps.offered import Ask, Offered
from verification.api.steps.values import Step, When, Words, must_be_a_deadline
from verification.models import Candidate, Document, ReplyRequest
from verification.review import replies
from verification.review.transitions import LONGEST_REASON


class AskReply(Step):
    """A request for a comment, which the desk notes; the letter is somebody's to send."""

    asked = Words("whom", replies.LONGEST_ASKED)
    channel = Words("how: e-mail, telephone, letter …", replies.LONGEST_CHANNEL, required=False, default="")
    question = Words("what they were asked", LONGEST_REASON)
    deadline = When(help_text="until when they may answer, within a hundred years")
    pause = serializers.BooleanField(
        required=False, default=False, help_text="of a case in research: that it awaits the answer, its turn paused"
    )


class RecordReply(Step):
    """What came back, also after the deadline."""

    reply = serializers.UUIDField(help_text="id of the request, of the case's `replies`")
    outcome = serializers.ChoiceField(
        choices=[each.value for each in replies.RECORDED], help_text="whether they answered or declined to comment"
    )
    answer = Words("the answer in their own words", LONGEST_REASON, required=False, allow_blank=True, default="")
    candidate = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="id of a candidate of this case: its document is the answer as it was filed",
    )
    go_on = serializers.BooleanField(
        required=False, default=False, help_text="whether a case that awaits a reply goes on"
    )


def ask_reply(ask: Ask) -> object:
    """Note whom the desk asked."""
    said = ask.said
    must_be_a_deadline(said["deadline"])
    return replies.ask_reply(
        ask.review,
        ask.person,
        ask.seen,
        said["asked"],
        said["channel"],
        said["question"],
        said["deadline"],
        pause_turn=said["pause"],
    )


def record_reply(ask: Ask) -> object:
    """Record what came back."""
    said = ask.said
    request = ReplyRequest.objects.filter(review=ask.review, public=said["reply"]).first()
    if request is None:
        raise serializers.ValidationError({"reply": _("This case has no such request for a reply.")})
    filed = _filed(ask) if said["candidate"] else None
    return replies.record_reply(
        ask.review, ask.person, ask.seen, request, said["outcome"], said["answer"], filed, go_on=said["go_on"]
    )


def _filed(ask: Ask) -> Document:
    """Return the document of a candidate, of those that the desk's form offers."""
    of_claim = Candidate.objects.filter(claim=ask.review.claim_id, public=ask.said["candidate"])
    document = Document.objects.filter(candidates__in=of_claim, superseded_at__isnull=True).defer("text").first()
    if document is None:
        raise serializers.ValidationError({"candidate": _("This case has no such candidate.")})
    return document


ASKING_OTHERS: Final = (
    Offered(
        "ask_reply",
        "Note that somebody was asked for a reply, and until when they may answer.",
        AskReply,
        ask_reply,
        {
            "asked": "The harbour board",
            "channel": "e-mail",
            "question": "For which mole were the lamps?",
            "deadline": "2031-05-06T17:00:00Z",
            "pause": True,
        },
    ),
    Offered(
        "record_reply",
        "Record that they answered or declined to comment, also after the deadline.",
        RecordReply,
        record_reply,
        {"reply": REPLY_ID, "outcome": "answered", "answer": "For the southern one.", "go_on": True},
    ),
)
