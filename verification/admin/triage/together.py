"""Decisions on several claims of an article at once: its strongest accepted, its opinions or what is left set aside."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Article, Claim
from claims.wording import words
from verification.admin.pages import person_of
from verification.admin.triage.decisions import decide, was_done
from verification.admin.triage.naming import named, tokens
from verification.models import Review
from verification.publishing.plain_text import printable
from verification.review.refusals import Refusal, Refused, Unmet
from verification.review.similar import answered_before
from verification.review.transitions import LONGEST_REASON

STRONGEST, OPINIONS, REST = "accept_strongest", "set_opinions_aside", "set_rest_aside"
TOGETHER: Final = {STRONGEST: "accept", OPINIONS: "not_checkable", REST: "not_checkable"}
"""The buttons, and the step that each takes with every claim."""


def decide_together(request: HttpRequest, article: Article, button: str) -> None:
    """Decide the claims that the button counted, as they stood then, tell what came of it, and offer to undo it.

    What moved meanwhile is left for a person to decide by itself, and told; so is what seems to have been checked
    before. An opinion is never accepted together with others, and nothing else is set aside as one. Raises Unmet where
    what is left is to be set aside without a reason.
    """
    person, verb = person_of(request), TOGETHER[button]
    known = {review.pk: similar.review for review, similar in answered_before(article)} if verb == "accept" else {}
    reason = _reason(request) if button == REST else _("An opinion: nothing in it can be checked.")
    done: list[Review] = []
    for review, seen in named(request, article):
        if button != REST and (review.claim.kind == Claim.Kind.OPINION) is not (button == OPINIONS):
            continue
        if review.pk in known:
            left = _("%(case)s was left to decide by itself: %(original)s has answered it before, it seems.")
            messages.warning(request, left % {"case": review.number, "original": known[review.pk].number})
            continue
        said = _said(review, verb, reason)
        try:
            done.append(decide(review, person, seen, verb, said))
        except Refused as error:
            if was_done(review, person, seen, verb, said):
                done.append(Review.objects.get(pk=review.pk))
            else:
                left = _("%(case)s was left as it is. %(why)s") % {"case": review.number, "why": error}
                messages.warning(request, left)
    messages.success(request, _told(button, len(done)), extra_tags=tokens(done))


def _reason(request: HttpRequest) -> str:
    reason = printable(request.POST.get("reason", "")).strip()
    if not reason:
        raise Unmet(Refusal("reason", words("Say why, in one sentence.")))
    if len(reason) > LONGEST_REASON:
        raise Unmet(Refusal("reason", words("Shorten it: the log keeps every word, and people have to read it.")))
    return reason


def _said(review: Review, verb: str, reason: str) -> dict[str, Any]:
    if verb == "accept":
        return {"wording": review.wording, "deadline": review.deadline}
    return {"reason": reason}


def _told(button: str, done: int) -> str:
    if button == STRONGEST:
        told = ngettext(
            "%(count)d claim is accepted and waits in the queue.",
            "%(count)d claims are accepted and wait in the queue.",
            done,
        )
    elif button == OPINIONS:
        told = ngettext(
            "%(count)d opinion is set aside as not checkable.",
            "%(count)d opinions are set aside as not checkable.",
            done,
        )
    else:
        told = ngettext(
            "%(count)d claim is set aside as not checkable.",
            "%(count)d claims are set aside as not checkable.",
            done,
        )
    return told % {"count": done}
