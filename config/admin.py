"""Log-ins and their roles: Django's own forms, with boxes to tick that need no script and can be read aloud."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Field, ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    BaseUserAdmin = UserAdmin[User]
else:
    BaseUserAdmin = UserAdmin  # generic for the type checker only

BOXES: Mapping[type["Field[Any, Any]"], Mapping[str, Any]] = {ManyToManyField: {"widget": CheckboxSelectMultiple}}

admin.site.unregister([User, Group])


@admin.register(User)
class PersonAdmin(BaseUserAdmin):
    """A log-in and what its holder may do, which is a matter of roles: nobody is given single rights."""

    formfield_overrides = BOXES
    filter_horizontal = ()
    list_display = ["username", "first_name", "last_name", "is_active", "is_superuser"]
    list_filter = ["groups", "is_active"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Roles"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Let whoever is added log in to the desk, which is all there is to log in to; the box can be unticked."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Let only a superuser make another one."""
        return [*self.readonly_fields, *([] if request.user.is_superuser else ["is_superuser"])]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Keep a superuser's log-in, and its password, from everybody else."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """What a role may look at in the admin."""

    formfield_overrides = BOXES
    filter_horizontal = ()
