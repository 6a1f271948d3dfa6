"""Two claims of one article that say the same thing become one, in place: the other is chosen from a list."""

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.models import Article
from claims.wording import words
from verification.admin.pages import person_of, revision
from verification.admin.triage.decisions import was_done
from verification.admin.triage.naming import named
from verification.models import Review
from verification.review import triage
from verification.review.refusals import Refusal, Refused, Unmet

MERGE = "merge"


def merge(request: HttpRequest, article: Article, review: Review) -> tuple[Review, Review]:
    """Merge a claim with the one that the form names; return the case that stands and the one that joined it.

    Raises Refused.
    """
    chosen = named(request, article, "other")
    if not chosen:
        raise Unmet(Refusal("other", words("Choose the claim that says the same.")))
    (other, seen_other), person, seen = chosen[0], person_of(request), revision(request)
    try:
        return triage.merge(review, person, seen, other, seen_other)
    except Refused:
        for joins, seen_joins, stands in ((other, seen_other, review), (review, seen, other)):
            if _was_done(joins, person, seen_joins, stands):
                return Review.objects.get(pk=stands.pk), Review.objects.get(pk=joins.pk)
        raise


def told(stands: Review, joined: Review) -> str:
    """Return what is said of it."""
    sentence = _("%(joined)s is merged into %(case)s: where it appeared is part of %(case)s now.")
    return sentence % {"joined": joined.number, "case": stands.number}


def _was_done(joins: Review, person: User, seen: int, stands: Review) -> bool:
    return was_done(joins, person, seen, "duplicate", {"original": stands})
