"""Cases: the queue is the change list, a case's page the change form; the desk's other pages hang below them."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from verification.admin.case import (
    accounts,
    adding,
    commenting,
    copies,
    dividing,
    filing,
    giving,
    holding,
    now,
    parting,
    postponing,
    replying,
    search_record,
    steps,
    waiving,
)
from verification.admin.case import page as case
from verification.admin.deciding import (
    adjudicating,
    challenging,
    correcting,
    dating,
    legal_reading,
    minor_editing,
    releasing,
)
from verification.admin.deciding import writing as deciding
from verification.admin.earlier import page as earlier
from verification.admin.file import live
from verification.admin.file import page as file
from verification.admin.home import first_steps
from verification.admin.hubs import pages as hubs
from verification.admin.insight import page as insight
from verification.admin.pages import Route, desk_page
from verification.admin.people import inviting, listing, notices, person
from verification.admin.queue import assigning, columns, export, keeping, planning, spreading
from verification.admin.queue.changelist import QueueAdmin
from verification.admin.reports import page as reports
from verification.admin.settings import desk_texts
from verification.admin.settings import page as settings_page
from verification.admin.speakers import listing as speakers
from verification.admin.speakers import page as speaker
from verification.admin.suggestions import page as suggestions
from verification.admin.triage import page as triage
from verification.admin.webhooks import pages as webhooks
from verification.admin.weights import page as weights
from verification.models import Review

PAGES: tuple[list[Route], ...] = (
    first_steps.ROUTES,
    triage.ROUTES,
    weights.ROUTES,
    assigning.ROUTES,
    planning.ROUTES,
    columns.ROUTES,
    keeping.ROUTES,
    export.ROUTES,
    case.ROUTES,
    accounts.ROUTES,
    adding.ROUTES,
    filing.ROUTES,
    copies.ROUTES,
    search_record.ROUTES,
    commenting.ROUTES,
    now.ROUTES,
    steps.ROUTES,
    parting.ROUTES,
    giving.ROUTES,
    postponing.ROUTES,
    waiving.ROUTES,
    holding.ROUTES,
    replying.ROUTES,
    dividing.ROUTES,
    spreading.ROUTES,
    adjudicating.ROUTES,
    deciding.ROUTES,
    releasing.ROUTES,
    correcting.ROUTES,
    challenging.ROUTES,
    minor_editing.ROUTES,
    legal_reading.ROUTES,
    dating.ROUTES,
    suggestions.ROUTES,
    speakers.ROUTES,
    speaker.ROUTES,
    file.ROUTES,
    live.ROUTES,
    person.ROUTES,
    listing.ROUTES,
    inviting.ROUTES,
    notices.ROUTES,
    insight.ROUTES,
    earlier.ROUTES,
    settings_page.ROUTES,
    desk_texts.ROUTES,
    reports.ROUTES,
    webhooks.ROUTES,
    hubs.ROUTES,
)


@admin.register(Review)
class ReviewAdmin(QueueAdmin):
    """Nothing is edited here as a row: each form calls a verb of `verification.review`."""

    def get_urls(self) -> list[URLPattern]:
        """Add the desk's own pages before the stock ones."""
        own = [
            path(route, self.admin_site.admin_view(view), name=name) for routes in PAGES for route, view, name in routes
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the case's page in the place of a form of its row."""
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 18):
            raise Http404
        return desk_page("case")(case.case_page)(request, int(object_id))
