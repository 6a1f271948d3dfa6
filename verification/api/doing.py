"""What each step does: the verb of `verification.review` that the desk's own page calls, with what was sent.

The verb looks for itself whether this person may, whether the case has moved on and what is missing, and raises
Refused; nothing is decided here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from claims.wording import words
from verification.api.going_out import must_be_fit_to_approve, must_be_fit_to_publish
from verification.models import Candidate, Rating, Review, SearchRun
from verification.models.candidate import ANSWERED
from verification.review import (
    adjudication,
    afterwards,
    assignment,
    challenges,
    drafting,
    judgments,
    minor_edits,
    pressing,
    triage,
    verdicts,
)
from verification.review.comments import comment
from verification.review.holding import FURTHEST
from verification.review.judgments import Finding, Pick
from verification.review.policy import may_comment
from verification.review.refusals import NotYours, Refusal
from verification.review.rollup import WEIGHING
from verification.review.transitions import Actor

LONGEST_EMBARGO: Final = timedelta(days=366)
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """A case, who asks for a step of it, and what was sent."""

    request: HttpRequest
    review: Review
    person: User
    said: Said

    @property
    def seen(self) -> int:
        """The revision of the case that was seen."""
        return int(self.said["revision"])


Do = Callable[[Ask], object]


def pressed(verb: str) -> Do:
    """Return what does a step that takes nothing but a reason."""
    return lambda ask: pressing.VERBS[verb](ask.review, ask.person, ask.seen, ask.said["reason"])


def set_aside(verb: str) -> Do:
    """Return what ends triage without a check."""
    return lambda ask: triage.set_aside(ask.review, ask.person, ask.seen, verb, ask.said["reason"])


def take(verb: str) -> Do:
    """Return what takes a case, or its second check."""
    return lambda ask: assignment.take(ask.review, ask.person, ask.seen, verb)


def accept(ask: Ask) -> object:
    """Put a claim into the queue. What is asked of a deadline is what the page of triage asks."""
    said, now = ask.said, timezone.now()
    if said["deadline"] and said["deadline"] <= now:
        raise ValidationError({"deadline": _("This deadline is over already: name a later one, or none.")})
    if said["deadline"] and said["deadline"] > now + FURTHEST:
        raise ValidationError({"deadline": _("A deadline lies within a hundred years.")})
    return triage.accept(
        ask.review, ask.person, ask.seen, wording=said["wording"], why=said["why"], deadline=said["deadline"]
    )


def reword(ask: Ask) -> object:
    """Change how the claim reads."""
    return triage.reword(ask.review, ask.person, ask.seen, ask.said["wording"])


def assign(ask: Ask) -> object:
    """Give a case to a checker."""
    person = User.objects.filter(username=ask.said["person"]).first()
    if person is None:
        raise ValidationError({"person": _("Nobody here has this log-in name.")})
    return assignment.assign(ask.review, ask.person, person, seen=ask.seen, note=ask.said["note"])


def save_judgment(ask: Ask) -> object:
    """Store a draft."""
    return judgments.save(ask.review, ask.person, _finding(ask), seen=ask.said["judgment_revision"])


def submit_judgment(ask: Ask) -> object:
    """Store and submit a judgment."""
    seen = ask.said["judgment_revision"]
    return judgments.submit(ask.review, ask.person, _finding(ask), seen=seen, case_seen=ask.seen)


def adjudicate(ask: Ask) -> object:
    """Decide between two judgments."""
    rating = _rating(ask.said["rating"])
    return adjudication.adjudicate(
        ask.review, ask.person, ask.seen, rating, ask.said["reasoning"], ask.said["words_of"]
    )


def write(ask: Ask) -> object:
    """Save the text."""
    text = {name: ask.said[name] for name in ("headline", "explanation", "change_note")}
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


def approve(ask: Ask) -> object:
    """Sign off, at once or under embargo."""
    until, now = ask.said["embargo_until"], timezone.now()
    if until and not now < until <= now + LONGEST_EMBARGO:
        raise ValidationError({"embargo_until": _("Give a time ahead, within a year.")})
    must_be_fit_to_approve(ask.request, ask.review, ask.person)
    return verdicts.approve(ask.review, ask.person, ask.seen, embargo_until=until)


def publish(ask: Ask) -> object:
    """Put the approved version out."""
    must_be_fit_to_publish(ask.request, ask.review, ask.person)
    return verdicts.publish(ask.review, ask.person, ask.seen)


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


def _finding(ask: Ask) -> Finding:
    """Return what was sent as the verb takes it. Raises ValidationError for what is not of this case."""
    said, claim = ask.said, ask.review.claim_id
    wanted = [piece["candidate"] for piece in said["evidence"]]
    of_claim = Candidate.objects.filter(claim=claim).select_related("document")
    candidates = {each.public: each for each in of_claim.filter(public__in=wanted)}
    runs = SearchRun.objects.filter(claim=claim, outcome__in=ANSWERED, public__in=said["searches"])
    searches = {each.public: each for each in runs}
    if missing := [each for each in wanted if each not in candidates]:
        raise ValidationError({"evidence": _("This case has no candidate %(id)s.") % {"id": missing[0]}})
    if missing := [each for each in said["searches"] if each not in searches]:
        raise ValidationError({"searches": _("This case has no search %(id)s that came back.") % {"id": missing[0]}})
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
        raise ValidationError({"rating": _("The scale in use has no rating of these words.")})
    return rating
