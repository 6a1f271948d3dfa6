"""What comes after publication, and what may be said at any time."""

from typing import Final

from rest_framework import serializers

from claims.wording import words
from verification.api.steps.offered import Ask, Offered
from verification.api.steps.text import LONGEST_HEADLINE, TEXT
from verification.api.steps.values import Step, Strict, Words
from verification.models import Challenge, Change
from verification.review import afterwards, challenges, minor_edits
from verification.review.comments import LONGEST as LONGEST_COMMENT
from verification.review.comments import comment
from verification.review.policy import may_comment
from verification.review.refusals import NotYours, Refusal
from verification.review.transitions import LONGEST_REASON, Actor

ORIGINS: Final = [each for each in Challenge.Origin.values if each != Challenge.Origin.WATCH]


class Correct(Step):
    """Another cycle of what is published."""

    change = serializers.ChoiceField(
        choices=[Change.CORRECTION.value, Change.UPDATE.value, Change.VOID.value], help_text="what it will end as"
    )
    reason = Words("one sentence for the log", LONGEST_REASON)


class MinorEdit(Step):
    """A slip of the pen put right."""

    headline = Words("as it should read", LONGEST_HEADLINE)
    explanation = Words("as it should read")
    reason = Words("what was put right, in one sentence", LONGEST_REASON)
    meaning_stays = serializers.BooleanField(
        required=False, default=False, help_text="that changed figures and negations leave the meaning as it was"
    )


class RaiseChallenge(Step):
    """A doubt about what is published."""

    origin = serializers.ChoiceField(choices=ORIGINS, help_text="who raises it")
    reason = Words("what may be wrong", LONGEST_REASON)


class Comment(Strict):
    """A line of the case's log; the same words twice in a row are one."""

    text = Words("what is said; @name mentions a colleague", LONGEST_COMMENT)


def correct(ask: Ask) -> object:
    """Open another cycle."""
    return afterwards.correct(ask.review, ask.person, ask.seen, ask.said["change"], ask.said["reason"])


def minor_edit(ask: Ask) -> object:
    """Put a slip of the pen right."""
    said = ask.said
    return minor_edits.minor_edit(
        ask.review,
        ask.person,
        ask.seen,
        said["headline"],
        said["explanation"],
        said["reason"],
        meaning_stays=said["meaning_stays"],
    )


def challenge(ask: Ask) -> object:
    """Record a doubt."""
    return challenges.challenge(ask.review, Actor(ask.person), ask.seen, ask.said["origin"], ask.said["reason"])


def say(ask: Ask) -> object:
    """Log a comment."""
    if not may_comment(ask.person, ask.review.pk):
        told = words("Your role reads cases and writes no comments: ask a checker or an editor.")
        raise NotYours(Refusal("role", told))
    return comment(ask.review, ask.person, ask.said["text"])


AFTERWARDS: Final = (
    Offered(
        "correct",
        "Begin another cycle of what is published.",
        Correct,
        correct,
        {"change": "correction", "reason": "The ledger was misread."},
        repeatable=True,
    ),
    Offered(
        "minor_edit",
        "Put a slip of the pen right in what is published.",
        MinorEdit,
        minor_edit,
        {**TEXT, "reason": "A letter was missing."},
    ),
    Offered(
        "challenge",
        "Record a doubt about what is published.",
        RaiseChallenge,
        challenge,
        {"origin": "reader", "reason": "The ledger has another page."},
    ),
    Offered("comment", "Write a comment into the case's log.", Comment, say, {"text": "@cato, see page two."}),
)
