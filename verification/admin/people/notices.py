"""A person's notices: what happened to their cases, read and unread."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.translation import tell
from verification.admin.pages import Route, person_of, posted, show
from verification.people.notices.reading import mark_all_read, mark_read, notices_of
from verification.people.notices.tokens import particulars

ON_A_PAGE = 50


def notices(request: HttpRequest) -> HttpResponse:
    """Show a person's own notices, the newest first, unread ones marked."""
    person = person_of(request)
    page = Paginator(notices_of(person), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Notices"),
        "page": page,
        "lines": [
            (notice, tell([notice.text])[0], particulars(notice.token) if notice.token else "") for notice in page
        ],
    }
    return show(request, "desk/notifications.html", context)


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the case, the webhook or the token a notice is about; the notice is read by that."""
    found = get_object_or_404(notices_of(person_of(request)), pk=pk)
    mark_read(person_of(request), found.pk)
    if found.webhook is not None:
        return redirect("admin:webhook", found.webhook.public)
    if found.token is not None:
        return redirect(reverse("admin:me") + "#token")
    return redirect("admin:verification_review_change", found.review_id)


@posted
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notices that were shown as read: those that came since stay unread."""
    newest = request.POST.get("newest", "")
    if newest.isascii() and newest.isdigit() and len(newest) < 18:
        mark_all_read(person_of(request), int(newest))
    return redirect("admin:notices")


ROUTES: list[Route] = [
    ("notices/", notices, "notices"),
    ("notices/read/", read_all, "notices_read"),
    ("notices/<int:pk>/", notice, "notice"),
]
