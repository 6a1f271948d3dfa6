"""More time for a turn, by whole hours and with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.models import Review, State
from verification.publishing.moments import near
from verification.review import handing
from verification.review.handing import POSTPONES, most_hours
from verification.review.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Show when the turn ends, and put that off."""
    second = get_object_or_404(Review, pk=pk).state == State.SECOND_CHECK
    page = open_step(request, pk, "postpone_second" if second else "postpone")
    if request.method != "POST":
        return page.send_away() if page.elsewhere else _form(page)
    text, reason, seen = typed(request, "hours").strip(), typed(request, "reason"), revision(request)
    hours = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    try:
        standing = handing.postpone(page.review, page.person, seen, hours, reason, verb=page.step.verb)
    except Refused as error:
        if page.was_done(seen, hours=hours, reason=reason.strip()):
            return page.tell_done()
        return _form(page.again(), str(error))
    turn = standing.turn(POSTPONES[page.step.verb])
    if turn:
        messages.success(request, _("The turn ends %(until)s now.") % {"until": near(turn.until, timezone.now())})
    return to_case(pk)


def _form(page: StepPage, error: str = "") -> HttpResponse:
    turn = page.standing.turn(POSTPONES[page.step.verb])
    context = page.context(
        _("Need more time"),
        ends=turn,
        most=most_hours(),
        hours=typed(page.request, "hours"),
        reason=typed(page.request, "reason"),
        error=error,
    )
    return show(page.request, "desk/postpone.html", context, 409 if error else 200)


ROUTES: list[Route] = [("<int:pk>/postpone/", postpone, "case_postpone")]
