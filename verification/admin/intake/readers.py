"""What readers ask to have checked: somebody takes it in, or sets it aside. Nothing is fetched before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from claims.capture.errors import CaptureError
from claims.intake import EXTRACT
from claims.models import Submission
from claims.readers import lines, set_aside, take_in
from claims.submitting import FETCH
from claims.translation import say
from verification.admin.intake.bells import ring
from verification.admin.pages import Route, desk_page, person_of, posted, show

SHOWN = 100
LATELY = 20


@require_GET
@desk_page("readers")
def from_readers(request: HttpRequest) -> HttpResponse:
    """List what waits, oldest first, and what was dealt with lately."""
    waiting = lines()
    before = Submission.objects.filter(way=Submission.Way.READER).select_related("person", "set_aside_by")
    context = {
        "title": _("From readers"),
        "lines": waiting[:SHOWN],
        "further": max(0, len(waiting) - SHOWN),
        "count": len(waiting),
        "taken": before.filter(person__isnull=False).order_by("-pk")[:LATELY],
        "put_away": before.filter(set_aside_at__isnull=False).order_by("-set_aside_at")[:LATELY],
    }
    return show(request, "desk/readers.html", context)


@posted
@desk_page("readers")
def taking(request: HttpRequest, public: UUID) -> HttpResponse:
    """Make it this person's: its address is fetched, or its words are read."""
    asked = _asked(public)
    try:
        is_theirs = take_in(asked, person_of(request))
    except CaptureError as error:
        messages.error(request, say(error.sentence))
        return redirect("admin:readers")
    asked.refresh_from_db()
    if not is_theirs:
        return _told_before(request, asked)
    if asked.article_id is not None:
        ring(EXTRACT, asked.article_id)
    else:
        ring(FETCH, asked.pk)
    return redirect("admin:claims_submission_change", asked.pk)


@posted
@desk_page("readers")
def putting_away(request: HttpRequest, public: UUID) -> HttpResponse:
    """Set it aside; how its readers may be answered is erased."""
    asked = _asked(public)
    if set_aside(asked, person_of(request)):
        messages.success(request, _("Set aside. How to answer whoever asked is erased."))
        return redirect("admin:readers")
    asked.refresh_from_db()
    return _told_before(request, asked)


def _told_before(request: HttpRequest, asked: Submission) -> HttpResponse:
    if asked.set_aside_at:
        messages.info(request, _("It was set aside already."))
    else:
        messages.info(request, _("It was taken in already."))
    return redirect("admin:readers")


def _asked(public: UUID) -> Submission:
    return get_object_or_404(Submission, public=public, way=Submission.Way.READER)


ROUTES: list[Route] = [
    ("readers/", from_readers, "readers"),
    ("readers/<uuid:public>/take/", taking, "reader_take"),
    ("readers/<uuid:public>/aside/", putting_away, "reader_aside"),
]
