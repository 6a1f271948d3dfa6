"""The text of a check on its way to readers: written, read by a lawyer, dated, signed off, published."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from verification.api.going_out import must_be_fit_to_approve, must_be_fit_to_publish
from verification.api.steps.offered import Ask, Offered, must_stand_as_seen
from verification.api.steps.values import Day, Revision, Step, When, Words, midnight
from verification.review import afterwards, drafting, verdicts
from verification.review.drafting import CLEARED, HAS_TO_CHANGE, HEADLINE_LENGTH
from verification.review.transitions import LONGEST_REASON

LONGEST_EMBARGO: Final = timedelta(days=366)
LONGEST_HEADLINE: Final = 1000
TEXT: Final = {
    "headline": "The ledger has forty lamps, for the southern mole",
    "explanation": "The board bought forty lamps, but for the southern mole [1].",
}
"""What examples show of a text."""


class Write(Step):
    """The text of a check."""

    text_revision = Revision("of the draft as it was seen; 0 for one that is not begun")
    headline = Words(f"what was found, in {HEADLINE_LENGTH} characters", LONGEST_HEADLINE, allow_blank=True)
    explanation = Words("why, in Markdown; [1] cites the evidence of this number", allow_blank=True)
    change_note = Words("of a correction: what it changes, and why", required=False, allow_blank=True, default="")


class LegalRead(Step):
    """What a legal reader says."""

    text_revision = Revision("of the draft that was read")
    outcome = serializers.ChoiceField(choices=[CLEARED, HAS_TO_CHANGE], help_text="whether it may go out")
    note = Words("what has to change", LONGEST_REASON, required=False, allow_blank=True, default="")


class SetDates(Step):
    """For which day a verdict holds, and when it is looked at again. What is left out stays as it is."""

    as_of = Day(required=False, allow_null=True, help_text="the day for which the verdict holds; null: for none")
    review_on = Day(
        required=False,
        allow_null=True,
        help_text="the day, in the desk's zone, on which what is published comes back to the queue; null: never",
    )


class Approve(Step):
    """A signature."""

    embargo_until = When(
        help_text="when it may go out at the earliest, within a year", required=False, allow_null=True, default=None
    )


def write(ask: Ask) -> object:
    """Save the text."""
    text = {name: ask.said[name] for name in ("headline", "explanation", "change_note")}
    with transaction.atomic():
        must_stand_as_seen(ask, "write")
        return drafting.write(ask.review, ask.person, ask.said["text_revision"], **text)


def send_to_sign_off(ask: Ask) -> object:
    """Hand the text to somebody who signs it off."""
    return drafting.send_to_sign_off(ask.review, ask.person, ask.seen)


def legal_read(ask: Ask) -> object:
    """Record what a legal reader says."""
    said = ask.said
    return drafting.legal_read(
        ask.review, ask.person, ask.seen, said["outcome"], said["note"], text_seen=said["text_revision"]
    )


def set_dates(ask: Ask) -> object:
    """Set the two days; one that is left out keeps its very time."""
    said, review = ask.said, ask.review
    again = review.review_on
    if "review_on" in said:
        again = midnight(said["review_on"]) if said["review_on"] else None
    return afterwards.set_dates(review, ask.person, ask.seen, said.get("as_of", review.as_of), again)


def approve(ask: Ask) -> object:
    """Sign off, at once or under embargo."""
    until, now = ask.said["embargo_until"], timezone.now()
    if until and not now < until <= now + LONGEST_EMBARGO:
        raise serializers.ValidationError({"embargo_until": _("Give a time ahead, within a year.")})
    must_be_fit_to_approve(ask.request, ask.review, ask.person)
    return verdicts.approve(ask.review, ask.person, ask.seen, embargo_until=until)


def publish(ask: Ask) -> object:
    """Put the approved version out."""
    must_be_fit_to_publish(ask.request, ask.review, ask.person)
    return verdicts.publish(ask.review, ask.person, ask.seen)


WRITING: Final = (
    Offered("write", "Save the text.", Write, write, {"text_revision": 0, **TEXT}),
    Offered("send_to_sign_off", "Request sign-off of the text.", Step, send_to_sign_off, repeatable=True),
    Offered(
        "legal_read",
        "Say, as a legal reader, whether the text may go out.",
        LegalRead,
        legal_read,
        {"text_revision": 1, "outcome": "cleared"},
    ),
    Offered(
        "set_dates",
        "Say for which day the verdict holds, and when what is published is looked at again.",
        SetDates,
        set_dates,
        {"as_of": "2031-05-04", "review_on": "2032-05-04"},
    ),
    Offered("approve", "Sign the text off.", Approve, approve, {"embargo_until": None}, repeatable=True),
    Offered("publish", "Put the approved version out.", Step, publish, repeatable=True),
)
