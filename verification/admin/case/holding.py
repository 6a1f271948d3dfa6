"""Putting a case on hold: why, and until which day, on which it comes back by itself."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from verification.admin.case.days import DayAhead
from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.pages import Route, desk_page, revision, show, to_case
from verification.publishing.moments import near
from verification.review import holding
from verification.review.refusals import Refused


class HoldForm(forms.Form):
    """Until when a case is on hold; without a day until somebody takes it off."""

    until = DayAhead(label=gettext_lazy("Until the day"), required=False, attributes={"aria-describedby": "until-help"})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a case on hold, with or without a day."""
    page, form = open_step(request, pk, "hold"), HoldForm(request.POST or None)
    if request.method != "POST":
        return page.send_away() if page.elsewhere else _page(page, form)
    reason, seen = typed(request, "reason"), revision(request)
    if not form.is_valid():
        return _page(page, form, reason, status=400)
    until = form.cleaned_data["until"]
    try:
        holding.hold(page.review, page.person, seen, reason, until)
    except Refused as error:
        if page.was_done(seen, reason=reason.strip(), until=until.isoformat() if until else None):
            return page.tell_done()
        return _page(page.again(), form, reason, str(error), 409)
    told = _("The case is on hold.")
    if until:
        told = _("The case is on hold and comes back by itself %(when)s.") % {"when": near(until, timezone.now())}
    messages.success(request, told)
    return to_case(pk)


def _page(page: StepPage, form: HoldForm, reason: str = "", error: str = "", status: int = 200) -> HttpResponse:
    zone = timezone.get_current_timezone_name()
    context = page.context(_("Put on hold"), form=form, reason=reason, error=error, zone=zone)
    return show(page.request, "desk/hold.html", context, status)


ROUTES: list[Route] = [("<int:pk>/hold/", hold, "case_hold")]
