"""The desk's addresses and, below `/peer/`, Django's own change form of a search with its candidates."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import path

from config.urls import urlpatterns as of_the_desk
from verification.models import Candidate, SearchRun

if TYPE_CHECKING:
    InlineBase = admin.StackedInline[Candidate, SearchRun]
    FormBase = admin.ModelAdmin[SearchRun]
else:  # generic for the type checker only
    InlineBase, FormBase = admin.StackedInline, admin.ModelAdmin


class Candidates(InlineBase):
    """All candidates of a search, every field."""

    model = Candidate
    extra = 0
    raw_id_fields = ("claim", "document", "snapshot", "counterpart_of")


class SearchForm(FormBase):
    """A search with its candidates."""

    inlines = (Candidates,)
    raw_id_fields = ("claim", "source", "exchange")


class PeerSite(admin.AdminSite):
    """Whoever is logged in may do everything: rights are not what is compared."""

    def has_permission(self, request: Any) -> bool:
        """Let in whoever is logged in."""
        return bool(request.user.is_active)


site = PeerSite("peer")
site.register(SearchRun, SearchForm)
urlpatterns = [path("peer/", site.urls), *of_the_desk]
