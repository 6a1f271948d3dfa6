"""Verdicts as rows of the admin: to be looked at."""

from django.contrib import admin

from claims.admin.readonly import ReadOnlyAdmin
from verification.models import Verdict


@admin.register(Verdict)
class VerdictAdmin(ReadOnlyAdmin):
    """What was approved, version by version."""

    list_display = ["headline", "rating_label", "version", "change", "approved_at"]
    list_filter = ["rating_label", "change"]
    search_fields = ["headline", "claim_text", "claimant"]
