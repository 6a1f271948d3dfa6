"""Cases: the queue is the change list, a case's page the change form; the desk's other pages hang below them."""

from django.contrib import admin
from django.urls import URLPattern, path

from claims.admin.readonly import ReadOnlyAdmin
from verification.admin.pages import Route
from verification.models import Review

PAGES: tuple[list[Route], ...] = ()


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """Nothing is edited here as a row: each form calls a verb of `verification.review`."""

    list_display = ["wording", "state", "priority", "opened_at"]
    list_filter = ["state"]

    def get_urls(self) -> list[URLPattern]:
        """Add the desk's own pages before the stock ones."""
        own = [
            path(route, self.admin_site.admin_view(view), name=name) for routes in PAGES for route, view, name in routes
        ]
        return [*own, *super().get_urls()]
