"""Steps that need no page of their own: one button, and a reason where the log wants one. And rewording the claim."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.translation import say
from verification.admin.case.step_page import StepPage, open_step, typed
from verification.admin.case.versions import Clash
from verification.admin.case.whereabouts import whereabouts
from verification.admin.pages import Route, desk_page, posted, revision, show, tell_refusal, to_case
from verification.review import triage
from verification.review.pressing import VERBS
from verification.review.refusals import Moved, Refused


@posted
@desk_page("case")
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do one step. A reason that could not be used is shown again, so that it need not be typed twice."""
    if verb not in VERBS:
        raise Http404
    page, seen = open_step(request, pk, verb), revision(request)
    reason = typed(request, "reason") if page.step.reason else ""
    try:
        standing = VERBS[verb](page.review, page.person, seen, reason)
    except Refused as error:
        if page.was_done(seen, reason=reason.strip()):
            return page.tell_done()
        if reason.strip():
            return keep(page.again(), error, reason)
        tell_refusal(request, error)
        return to_case(pk)
    done = _("%(step)s: done.") % {"step": say(page.step.label)}
    messages.success(request, whereabouts(standing.review) if page.step.target else done)
    return to_case(pk)


def keep(page: StepPage, error: Refused, reason: str) -> HttpResponse:
    """Show why a step was refused, and the reason that was typed, ready to be sent again where that can help."""
    context = page.context(say(page.step.label), step=page.step, error=str(error), reason=reason)
    return show(page.request, "desk/step.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("case")
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how the claim reads, with what the article says beside it."""
    page = open_step(request, pk, "reword")
    if request.method == "POST":
        wording, seen = typed(request, "wording"), revision(request)
        try:
            triage.reword(page.review, page.person, seen, wording)
        except Refused as error:
            if page.was_done(seen, to=wording.strip()):
                return page.tell_done()
            return _reword_form(page.again(), wording, error)
        messages.success(request, _("The claim is reworded."))
        return to_case(pk)
    return page.send_away() if page.elsewhere else _reword_form(page, page.review.wording)


def _reword_form(page: StepPage, wording: str, error: Refused | None = None) -> HttpResponse:
    clashes = []
    if isinstance(error, Moved):
        clashes = [Clash(_("Wording"), page.review.wording, wording.strip())]
    context = page.context(_("Reword"), wording=wording, error=str(error or ""), clashes=clashes)
    return show(page.request, "desk/reword.html", context, status=409 if error else 200)


ROUTES: list[Route] = [
    ("<int:pk>/do/<slug:verb>/", do, "case_do"),
    ("<int:pk>/reword/", reword, "case_reword"),
]
