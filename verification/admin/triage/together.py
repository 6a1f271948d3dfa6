"""Decisions on several claims of an article at once: its strongest accepted, its opinions set aside."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Article, Claim
from verification.admin.pages import person_of
from verification.admin.triage.decisions import decide, was_done
from verification.models import Review
from verification.review.refusals import Refused
from verification.review.similar import answered_before

STRONGEST, OPINIONS = "accept_strongest", "set_opinions_aside"
TOGETHER: Final = {STRONGEST: "accept", OPINIONS: "not_checkable"}
"""The buttons, and the step that each takes with every claim."""


def decide_together(request: HttpRequest, article: Article, button: str) -> None:
    """Decide the claims that the button counted, as they stood then, and tell what came of it.

    What moved meanwhile is left for a person to decide by itself, and told; so is what seems to have been checked
    before. An opinion is never accepted together with others, and nothing else is set aside as one.
    """
    person, verb, done = person_of(request), TOGETHER[button], 0
    known = {review.pk: similar.review for review, similar in answered_before(article)} if verb == "accept" else {}
    for review, seen in _named(request, article, opinions=button == OPINIONS):
        if review.pk in known:
            left = _("%(case)s was left to decide by itself: %(original)s has answered it before, it seems.")
            messages.warning(request, left % {"case": review.number, "original": known[review.pk].number})
            continue
        said = _said(review, verb)
        try:
            decide(review, person, seen, verb, said)
            done += 1
        except Refused as error:
            if was_done(review, person, seen, verb, said):
                done += 1
            else:
                left = _("%(case)s was left as it is. %(why)s") % {"case": review.number, "why": error}
                messages.warning(request, left)
    messages.success(request, _told(verb, done))


def _named(request: HttpRequest, article: Article, *, opinions: bool) -> list[tuple[Review, int]]:
    """Return the cases of this article that the form names, each with the revision it was filled in on."""
    cases = Review.objects.filter(claim__appearances__article=article).select_related("claim")
    found = []
    for case in request.POST.getlist("case"):
        number, _colon, seen = case.partition(":")
        review = cases.filter(pk=int(number)).first() if _whole(number) and _whole(seen) else None
        if review and (review.claim.kind == Claim.Kind.OPINION) is opinions:
            found.append((review, int(seen)))
    return found


def _said(review: Review, verb: str) -> dict[str, Any]:
    if verb == "accept":
        return {"wording": review.wording, "deadline": review.deadline}
    return {"reason": _("An opinion: nothing in it can be checked.")}


def _told(verb: str, done: int) -> str:
    if verb == "accept":
        told = ngettext(
            "%(count)d claim is accepted and waits in the queue.",
            "%(count)d claims are accepted and wait in the queue.",
            done,
        )
    else:
        told = ngettext(
            "%(count)d opinion is set aside as not checkable.",
            "%(count)d opinions are set aside as not checkable.",
            done,
        )
    return told % {"count": done}


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18
