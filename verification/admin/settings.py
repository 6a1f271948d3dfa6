"""What the administrator sets: the desk itself and its rating scales. Verdicts are here to be looked at."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model, URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from claims.admin.readonly import ReadOnlyAdmin
from verification.models import Desk, Rating, RatingScale, Verdict

if TYPE_CHECKING:
    DeskBase = admin.ModelAdmin[Desk]
    ScaleBase = admin.ModelAdmin[RatingScale]
    RatingBase = admin.StackedInline[Rating, RatingScale]
else:  # generic for the type checker only
    DeskBase = ScaleBase = admin.ModelAdmin
    RatingBase = admin.StackedInline


@admin.register(Desk)
class DeskAdmin(DeskBase):
    """One row: its list is its form."""

    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Go to the one row, or to the form that makes it."""
        if Desk.objects.filter(pk=Desk.ONLY).exists():
            return redirect("admin:verification_desk_change", Desk.ONLY)
        return redirect("admin:verification_desk_add")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow one row."""
        return super().has_add_permission(request) and not Desk.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: a desk without settings has the defaults."""
        return False


class RatingInline(RatingBase):
    """The steps of a scale."""

    model = Rating
    fields = [("value", "label", "tone", "numeric"), "meaning"]
    extra = 0
    can_delete = False


@admin.register(RatingScale)
class RatingScaleAdmin(ScaleBase):
    """Scales are renamed or put out of use, never deleted: judgments and verdicts point at their steps."""

    list_display = ["name", "worst", "best", "in_use"]
    inlines = [RatingInline]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False


@admin.register(Verdict)
class VerdictAdmin(ReadOnlyAdmin):
    """What was approved, version by version."""

    list_display = ["headline", "rating_label", "version", "change", "approved_at"]
    list_filter = ["rating_label", "change"]
    search_fields = ["headline", "claim_text", "claimant"]
