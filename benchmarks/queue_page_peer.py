"""The desk's addresses and, below `/peer/`, Django's own change list of the same cases."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.urls import path

from benchmarks.case_page_peer import PeerSite
from config.urls import urlpatterns as of_the_desk
from verification.models import Review

if TYPE_CHECKING:
    ListBase = admin.ModelAdmin[Review]
else:  # generic for the type checker only
    ListBase = admin.ModelAdmin


class CaseList(ListBase):
    """The columns, the order, the page's length, the search and the filters that Django makes of declarations."""

    list_display = ("wording", "speaker", "state", "priority", "deadline")
    list_select_related = ("claim__speaker",)
    list_filter = ("state", "claim__kind", "topics", "claim__appearances__article__outlet")
    list_per_page = 50
    ordering = ("-priority", "pk")
    search_fields = ("wording", "claim__speaker__name", "claim__appearances__article__outlet__name")

    def speaker(self, review: Review) -> str:
        """Return whom the claim is attributed to."""
        return str(review.claim.speaker or "")


site = PeerSite("peer")
site.register(Review, CaseList)
urlpatterns = [path("peer/", site.urls), *of_the_desk]
