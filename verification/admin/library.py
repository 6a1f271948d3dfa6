"""Sources, documents, what was looked for, and what was proposed."""

from django.contrib import admin

from claims.admin.readonly import ReadOnlyAdmin
from verification.models import Candidate, Document, SearchRun, Source


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    """Whom we take documents from."""

    list_display = ["name", "tier", "speaks_for", "connector"]


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
