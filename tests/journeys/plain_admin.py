"""Stock admin forms over the same tables: what judging a claim takes where nobody built a page for it."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import path

from config.urls import urlpatterns as of_the_desk
from verification.models import Candidate, Evidence, Judgment

if TYPE_CHECKING:
    InlineBase = admin.StackedInline[Evidence, Judgment]
    JudgmentBase = admin.ModelAdmin[Judgment]
    CandidateBase = admin.ModelAdmin[Candidate]
else:  # generic for the type checker only
    InlineBase = admin.StackedInline
    JudgmentBase = CandidateBase = admin.ModelAdmin


class EvidenceInline(InlineBase):
    model = Evidence
    extra = 2
    exclude = ("quote_check", "figure_checks", "place", "note")  # nobody would type these
    raw_id_fields = ("document", "snapshot", "candidate")


class JudgmentForms(JudgmentBase):
    inlines = (EvidenceInline,)
    exclude = ("answers", "updated_at", "submitted_at")
    raw_id_fields = ("duty", "review")
    ordering = ("pk",)


class CandidateForms(CandidateBase):
    search_fields = ("=claim__pk",)
    ordering = ("rank",)


class PlainSite(admin.AdminSite):
    """Whoever is logged in may do everything: rights are not what is compared."""

    def has_permission(self, request: Any) -> bool:
        return bool(request.user.is_active)


site = PlainSite("plain")
site.register(Judgment, JudgmentForms)
site.register(Candidate, CandidateForms)
urlpatterns = [
    path("plain/", site.urls),
    *of_the_desk,
]
