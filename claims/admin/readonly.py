"""Admin pages that show and never change: facts are written by verbs."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

if TYPE_CHECKING:
    BaseAdmin = admin.ModelAdmin[Model]
else:
    BaseAdmin = admin.ModelAdmin  # generic for the type checker only


class ReadOnlyAdmin(BaseAdmin):
    """Nobody adds, changes or deletes here, whatever their rights."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Refuse to filter by what no text in the database can hold."""
        return "\0" not in str(value) and super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]
