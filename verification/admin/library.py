"""Sources, documents, what was looked for, and what was proposed."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from claims.admin.readonly import ReadOnlyAdmin
from verification.admin.pages import Route, person_of
from verification.admin.sources import adding, entries, hosts, listing, outlets, page
from verification.models import Candidate, Document, SearchRun, Source
from verification.review.policy import may_open

PAGES: tuple[list[Route], ...] = (adding.ROUTES, entries.ROUTES, hosts.ROUTES, outlets.ROUTES)


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    """Whom we take documents from: the list and the page of a source are the desk's own, more pages hang below them.

    Nothing is edited here as a row: each form calls a verb of `verification.research.source_keeping`.
    """

    def get_urls(self) -> list[URLPattern]:
        """Add the desk's own pages before the stock ones."""
        own = [
            path(route, self.admin_site.admin_view(view), name=name) for routes in PAGES for route, view, name in routes
        ]
        return [*own, *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let those look who may open the pages."""
        return may_open(person_of(request), "sources")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """List it for them alone."""
        return self.has_view_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the desk's own list."""
        return listing.listing(request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Go to the catalogue, where a source is chosen."""
        return redirect("admin:source_catalogue")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the source's page in the place of a form of its row."""
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 18):
            raise Http404
        return page.source_page(request, int(object_id))


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Primary sources."""

    list_display = ["__str__", "source", "kind", "tier", "published"]
    list_filter = ["source", "kind", "tier"]
    list_select_related = ["source"]
    search_fields = ["title", "stable_id"]


@admin.register(SearchRun)
class SearchRunAdmin(ReadOnlyAdmin):
    """What was asked, with what outcome."""

    list_display = ["claim", "outcome", "documents", "started_at", "finished_at"]
    list_filter = ["outcome"]
    list_select_related = ["claim"]


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyAdmin):
    """What is proposed for a claim."""

    list_display = ["claim", "rank", "document", "score"]
    list_select_related = ["claim", "document"]
