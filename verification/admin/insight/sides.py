"""Whose side speakers are on, as the desk sees it: a small table that the balance ledger counts by."""

from typing import TYPE_CHECKING

from django.contrib import admin

from verification.models import SpeakerSide

if TYPE_CHECKING:
    SideBase = admin.ModelAdmin[SpeakerSide]
else:  # generic for the type checker only
    SideBase = admin.ModelAdmin


@admin.register(SpeakerSide)
class SpeakerSideAdmin(SideBase):
    """One word for a speaker."""

    list_display = ["speaker", "side"]
    list_filter = ["side"]
    list_select_related = ["speaker"]
    search_fields = ["speaker__name", "side"]
