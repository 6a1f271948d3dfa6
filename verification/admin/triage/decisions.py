"""What a person decides about a claim in triage: the form, the verb it calls, and the same click come twice."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verification.admin.case.days import DayAhead
from verification.admin.case.timeline import payload_of
from verification.admin.queue.deadlines import FURTHEST, LocalTimeField
from verification.models import Review, ReviewEvent, Topic
from verification.publishing.plain_text import printable
from verification.review import triage
from verification.review.joining import Shown
from verification.review.states import REMARKS
from verification.review.transitions import Actor

SET_ASIDE = ("not_checkable", "decline")
VERBS = ("accept", "reword", "duplicate", *SET_ASIDE)
NOTHING_SHOWN: Mapping[int, Shown] = MappingProxyType({})
DONE: dict[str, str | Promise] = {
    "accept": _("%(case)s is accepted and waits in the queue."),
    "accept_for_later": _(
        "%(case)s is accepted and waits on hold for its day. To undo that, an editor takes it off hold on the page of "
        "the case, and then back to triage there."
    ),
    "reword": _("The wording of %(case)s is saved."),
    "duplicate": _("%(case)s is set aside as a duplicate: where it appeared is part of %(original)s now."),
    "not_checkable": _("%(case)s is set aside as not checkable."),
    "decline": _("%(case)s is declined."),
}


class TriageForm(forms.Form):
    """The decision on one claim. Which fields count depends on the button; `verb` names it."""

    wording = forms.CharField(
        label=_("Wording that stands alone"),
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "ro-text", "data-key": "w"}),
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.TextInput({"class": "ro-input", "autocomplete": "off"})
    )
    deadline = LocalTimeField(
        label=_("Deadline"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local", "class": "ro-input"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write the deadline as a day and a time.")},
    )
    not_before = DayAhead(label=_("Check it on"), required=False)
    topics = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)
    original = forms.CharField(
        label=_("The case that checks the same claim"),
        required=False,
        widget=forms.TextInput({"class": "ro-input", "placeholder": "R-", "size": 8, "autocomplete": "off"}),
    )

    def __init__(self, verb: str, *args: Any, **kwargs: Any) -> None:
        """Take the verb, then what any form takes."""
        super().__init__(*args, **kwargs)
        self.verb = verb
        self.offered = [(str(topic.pk), topic.name) for topic in Topic.objects.filter(in_use=True)]
        boxes = self.fields["topics"]
        assert isinstance(boxes, forms.MultipleChoiceField)  # nosec B101 (as declared above)
        boxes.choices = self.offered

    def clean_wording(self) -> str:
        """Put it on one line; refuse an empty one where the wording is what counts."""
        wording = " ".join(printable(self.cleaned_data["wording"]).split())
        if not wording and self.verb in {"accept", "reword"}:
            raise forms.ValidationError(_("Write the claim as one sentence that stands alone."))
        return wording

    def clean_reason(self) -> str:
        """Leave out what the log could not hold."""
        return printable(self.cleaned_data["reason"]).strip()

    def clean_deadline(self) -> datetime | None:
        """Refuse a deadline that is over already, or is far out."""
        deadline: datetime | None = self.cleaned_data["deadline"]
        if deadline and self.verb == "accept" and deadline <= timezone.now():
            raise forms.ValidationError(_("This deadline is over already: name a later one, or none."))
        if deadline and self.verb == "accept" and deadline > timezone.now() + FURTHEST:
            raise forms.ValidationError(_("A deadline lies within a hundred years."))
        return deadline

    def clean_original(self) -> Review | None:
        """Return the case that was named, as `R-12` or `12`."""
        number = self.cleaned_data["original"].upper().removeprefix("R").lstrip("-‑– ")
        known = number.isascii() and number.isdigit() and len(number) < 18
        return Review.objects.filter(pk=int(number)).first() if known else None


def decide(
    review: Review, person: User, seen: int, verb: str, said: dict[str, Any], shown: Mapping[int, Shown] = NOTHING_SHOWN
) -> Review:
    """Call the verb with what the form says, and return the case as it stands then.

    `said` is the form's cleaned data, `shown` what the page had said of other cases (by id). Raises Refused.
    """
    reason = said.get("reason", "")
    match verb:
        case "accept":
            deadline = said.get("deadline")
            day = said.get("not_before")
            standing = triage.accept(
                review,
                person,
                seen,
                wording=said["wording"],
                why=reason,
                deadline=deadline,
                not_before=day,
                about=list(Topic.objects.filter(pk__in=said["topics"])) if said.get("topics") else None,
            )
        case "reword":
            standing = triage.reword(review, person, seen, said["wording"])
        case "duplicate":
            original: Review | None = said.get("original")
            told = shown.get(original.pk) if original else None
            standing = triage.mark_duplicate(review, person, seen, original, reason, shown=told)
        case _:
            standing = triage.set_aside(review, person, seen, verb, reason)
    return standing.review


def was_done(review: Review, person: User, seen: int, verb: str, said: dict[str, Any]) -> bool:
    """Return whether the one thing that happened since `seen` is this very decision of this person: a second click."""
    steps = ReviewEvent.objects.filter(review=review).exclude(verb__in=REMARKS)
    events = steps.select_related("payload").order_by("-seq")
    day = said.get("not_before") if verb == "accept" else None
    # A claim about the future went on hold in the same step.
    last = events.exclude(verb="hold").first() if day else events.first()
    revision = Review.objects.values_list("revision", flat=True).get(pk=review.pk)
    if last is None or revision != seen + (2 if day else 1) or (last.actor, last.verb) != (Actor(person).written, verb):
        return False
    logged = payload_of(last) or {}
    original, deadline = said.get("original"), said.get("deadline")
    if "named" in logged:  # a duplicate was named, and what it is a duplicate of was taken
        logged["of"] = logged["named"]
    asked = {
        "wording": said.get("wording"),
        "to": said.get("wording"),
        "of": str(original.public) if original else None,
        "deadline": deadline.isoformat() if deadline else None,
        "not_before": day.isoformat() if day else None,
        "reason": said.get("reason") or None,
    }
    return all(logged.get(key) == value for key, value in asked.items() if key in logged or key == "reason")
