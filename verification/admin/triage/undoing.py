"""Taking decisions of triage back: one, or all that one press made, as long as nobody has begun to check."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import ngettext

from claims.models import Article
from verification.admin.pages import person_of, tell_refusal
from verification.admin.triage.lines import UNDOES
from verification.admin.triage.naming import named
from verification.models import Review, ReviewEvent
from verification.review import triage
from verification.review.refusals import Refused
from verification.review.states import REMARKS
from verification.review.transitions import Actor

UNDO = "undo"


def undo(request: HttpRequest, article: Article) -> UUID | None:
    """Take back what the form names, as it stood then, and tell what came of it; return the first claim it names."""
    person, cases, back = person_of(request), named(request, article), []
    for review, seen in cases:
        try:
            if UNDOES.get(review.state) == "undo_accept":
                triage.undo_accept(review, person, seen)
            else:
                triage.reconsider(review, person, seen)
            back.append(review)
        except Refused as error:
            if _was_done(review, person, seen):
                back.append(review)
            else:
                tell_refusal(request, error)
    if back:
        told = ngettext("%(case)s is back in triage.", "%(count)d claims are back in triage.", len(back))
        messages.success(request, told % {"case": back[0].number, "count": len(back)})
    return cases[0][0].claim.public if cases else None


def _was_done(review: Review, person: User, seen: int) -> bool:
    """Return whether this very undoing is the one thing that happened since `seen`: a second click."""
    last = ReviewEvent.objects.filter(review=review).exclude(verb__in=REMARKS).order_by("-seq").first()
    revision = Review.objects.values_list("revision", flat=True).get(pk=review.pk)
    undone = last is not None and last.actor == Actor(person).written and last.verb in UNDOES.values()
    return undone and revision == seen + 1
