"""Taking a case that joined another back into triage, from the page of the case that it joined."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from verification.admin.case.step_page import open_step
from verification.admin.pages import Route, desk_page, posted, revision, tell_refusal, to_case
from verification.models import Review
from verification.review import triage
from verification.review.refusals import Refused


@posted
@desk_page("case")
def part(request: HttpRequest, pk: int, joined: int) -> HttpResponse:
    """Take one case out of another, its appearance with it, and stay on the other's page."""
    original = get_object_or_404(Review, pk=pk)
    page, seen = open_step(request, joined, "reconsider"), revision(request)
    if page.review.duplicate_of_id not in {original.pk, None}:
        raise Http404
    told = {"joined": page.review.number, "case": original.number}
    try:
        triage.reconsider(page.review, page.person, seen)
        messages.success(request, _("%(joined)s left %(case)s and is back in triage.") % told)
    except Refused as error:
        if page.was_done(seen):
            messages.info(request, _("This was done already; nothing was done twice."))
        else:
            tell_refusal(request, error)
    return to_case(original)


ROUTES: list[Route] = [("<int:pk>/part/<int:joined>/", part, "case_part")]
