"""Articles, claims and where they stand; the queue of record with what went wrong."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims import work
from claims.admin.readonly import ReadOnlyAdmin
from claims.models import Appearance, Article, Claim, Snapshot, Work


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """What was fetched or handed in."""

    list_display = ["__str__", "origin", "outcome", "status", "media_type", "size", "taken_at"]
    list_filter = ["origin", "outcome"]
    search_fields = ["final_url", "filename", "sha256"]


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    """What was published."""

    list_display = ["__str__", "outlet", "published", "language", "registered_at"]
    list_select_related = ["outlet"]
    search_fields = ["title", "url"]


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    """What was said."""

    list_display = ["text", "speaker", "kind", "said", "score"]
    list_filter = ["kind"]
    list_select_related = ["speaker"]
    search_fields = ["text", "speaker__name"]


@admin.register(Appearance)
class AppearanceAdmin(ReadOnlyAdmin):
    """Where it stands."""

    list_display = ["exact", "article", "start", "end"]
    list_select_related = ["article"]


@admin.register(Work)
class WorkAdmin(ReadOnlyAdmin):
    """What is due, and what was set aside after too many attempts."""

    list_display = ["kind", "subject", "due_at", "attempts", "done_at", "quarantined_at", "last_error"]
    list_filter = ["kind", ("quarantined_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter)]
    actions = ["try_again"]

    def has_release_permission(self, request: HttpRequest) -> bool:
        """Let those release work who could change it, were it not written by verbs."""
        return request.user.has_perm("claims.change_work")

    @admin.action(description=_("Try the quarantined ones again"), permissions=["release"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Work]) -> None:
        """Release quarantined rows."""
        released = sum(work.release(row.pk) for row in queryset.filter(quarantined_at__isnull=False))
        message = ngettext("%(count)d is due again.", "%(count)d are due again.", released) % {"count": released}
        self.message_user(request, message, messages.SUCCESS)
