"""What was said against what is published, and how each challenge ended."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from verification.admin.file.panel import Panel
from verification.admin.pages import person_of
from verification.models import Challenge, State
from verification.review.policy import roles_of
from verification.review.standing import Standing
from verification.review.states import TABLE


def panel(request: HttpRequest, standing: Standing) -> Panel | None:
    """Return a case's challenges, newest first; None for a case of which nothing was published.

    How to answer whoever raised one is for those who may record one.
    """
    review = standing.review
    if review.publication is None:
        return None
    found = Challenge.objects.filter(review=review).select_related("by", "publication__verdict").order_by("-pk")
    may = bool(roles_of(person_of(request)) & set(TABLE["challenge"].roles))
    raised = list(found)
    context = {"found": raised, "may": may, "is_challenged": review.state == State.CHALLENGED}
    return Panel("challenges", _("Challenges"), "desk/file_challenges.html", context, len(raised))
