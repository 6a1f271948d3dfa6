"""Cancelling what is still to be done for what was handed in, one submission or a whole list, and going on with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Submission
from verification.admin.intake.bells import ring_for_all
from verification.admin.intake.many_progress import submissions_of
from verification.admin.pages import Route, desk_page, person_of, posted
from verification.research import cancelling


@posted
@desk_page("intake")
def cancel(request: HttpRequest, submission: int) -> HttpResponse:
    """Cancel what is still to be done for one submission, or go on with it."""
    found = get_object_or_404(Submission, pk=submission)
    if not cancelling.may_cancel(person_of(request), found):
        raise PermissionDenied(_("It is cancelled by whoever handed it in, or by an editor."))
    _do(request, [found.pk])
    return redirect("admin:claims_submission_change", found.pk)


@posted
@desk_page("intake")
def cancel_list(request: HttpRequest, first: int, last: int) -> HttpResponse:
    """Cancel what is still to be done of a list that this person handed in, or go on with it."""
    _do(request, list(submissions_of(person_of(request), first, last).values_list("pk", flat=True)))
    return redirect("admin:intake_list", first, last)


def _do(request: HttpRequest, submissions: list[int]) -> None:
    if request.POST.get("do") == "go_on":
        if cancelling.go_on(submissions):
            ring_for_all()
            messages.success(request, _("It goes on."))
        else:
            messages.info(request, _("Nothing of it is cancelled."))
        return
    ended = cancelling.cancel(submissions, person_of(request))
    if not ended:
        messages.info(request, _("Nothing was left to cancel."))
        return
    told = ngettext(
        "Cancelled: %(count)d piece of work was ended. What is done stays.",
        "Cancelled: %(count)d pieces of work were ended. What is done stays.",
        ended,
    )
    messages.success(request, told % {"count": ended})


ROUTES: list[Route] = [
    ("<int:submission>/cancel/", cancel, "intake_cancel"),
    ("add/many/<int:first>-<int:last>/cancel/", cancel_list, "intake_list_cancel"),
]
