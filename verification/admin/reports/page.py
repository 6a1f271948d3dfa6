"""What readers report: oldest first, each beside the check it is about. Taken up it is a challenge like any other."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verification.admin.pages import Route, desk_page, person_of, posted, show, tell_refusal, to_case
from verification.models import Report
from verification.publishing.plain_text import printable
from verification.review.refusals import Refused
from verification.review.reports import PAGE, set_aside, take_up, waiting

SHOWN = 100
LATELY = 20


@require_GET
@desk_page(PAGE)
def reports(request: HttpRequest) -> HttpResponse:
    """List what waits, oldest first, and what was dealt with lately."""
    return _page(request)


@posted
@desk_page(PAGE)
def taking_up(request: HttpRequest, public: UUID) -> HttpResponse:
    """Make a challenge of a report, and go to its case."""
    reported = get_object_or_404(Report, public=public)
    try:
        done = take_up(reported, person_of(request))
    except Refused as error:
        tell_refusal(request, error)
        return redirect("admin:reports")
    if not done:
        return _told_before(request, reported)
    messages.success(request, _("Taken up as a challenge. The check’s page says that it is being looked at again."))
    return to_case(reported.publication.review_id)


@posted
@desk_page(PAGE)
def putting_aside(request: HttpRequest, public: UUID) -> HttpResponse:
    """Set a report aside with a reason; what was typed survives a refusal."""
    reported = get_object_or_404(Report, public=public)
    reason = printable(request.POST.get("reason", ""))
    try:
        done = set_aside(reported, person_of(request), reason)
    except Refused as error:
        return _page(request, refused=reported.pk, why=str(error), reason=reason)
    if not done:
        return _told_before(request, reported)
    messages.success(request, _("Set aside. How to answer whoever reported it is erased."))
    return redirect("admin:reports")


def _page(request: HttpRequest, refused: int | None = None, why: str = "", reason: str = "") -> HttpResponse:
    waits = waiting().select_related("publication__verdict", "publication__review").order_by("made_at", "pk")
    count = waits.count()
    settled = Report.objects.filter(settled_at__isnull=False).select_related(
        "publication__verdict", "publication__review", "settled_by", "challenge"
    )
    context = {
        "title": _("Reports"),
        "reports": waits[:SHOWN],
        "further": max(0, count - SHOWN),
        "count": count,
        "settled": settled.order_by("-settled_at")[:LATELY],
        "refused": refused,
        "why": why,
        "reason": reason,
    }
    return show(request, "desk/reports.html", context, 422 if refused else 200)


def _told_before(request: HttpRequest, reported: Report) -> HttpResponse:
    reported.refresh_from_db()
    if reported.challenge_id:
        messages.info(request, _("It was taken up already."))
    else:
        messages.info(request, _("It was set aside already."))
    return redirect("admin:reports")


ROUTES: list[Route] = [
    ("reports/", reports, "reports"),
    ("reports/<uuid:public>/take/", taking_up, "report_take"),
    ("reports/<uuid:public>/aside/", putting_aside, "report_aside"),
]
