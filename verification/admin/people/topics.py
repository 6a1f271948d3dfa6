"""What cases are about: the desk's own list, which an administrator keeps."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from verification.models import Topic

if TYPE_CHECKING:
    TopicBase = admin.ModelAdmin[Topic]
else:  # generic for the type checker only
    TopicBase = admin.ModelAdmin


@admin.register(Topic)
class TopicAdmin(TopicBase):
    """Topics are renamed or put out of use, never deleted: cases and people are marked with them."""

    list_display = ["name", "in_use"]
    list_filter = ["in_use"]
    search_fields = ["name"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False
