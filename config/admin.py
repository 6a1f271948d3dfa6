"""Log-ins and their roles: Django's own forms, with boxes to tick that need no script and can be read aloud."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import Field, ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from verification.review.leaving import leave
from verification.review.standing import name_of
from verification.review.states import CHECKER

if TYPE_CHECKING:
    BaseUserAdmin = UserAdmin[User]
    BaseUserForm = UserChangeForm[User]
else:
    BaseUserAdmin = UserAdmin  # generic for the type checker only
    BaseUserForm = UserChangeForm

BOXES: Mapping[type["Field[Any, Any]"], Mapping[str, Any]] = {ManyToManyField: {"widget": CheckboxSelectMultiple}}

admin.site.unregister([User, Group])


class PasswordKept(ReadOnlyPasswordHashWidget):
    """What is told of a password. It is no field of a form, and says nothing that only a field may."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        """Return the attributes of a `div`, which is never `disabled`."""
        attributes = super().build_attrs(base_attrs, extra_attrs)
        return {name: value for name, value in attributes.items() if name != "disabled"}


class PersonForm(BaseUserForm):
    """A log-in. Roles are given by others: nobody changes their own."""

    by: User | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Tell of the password in markup that holds."""
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].widget = PasswordKept()

    def clean_groups(self) -> QuerySet[Group]:
        """Refuse a change of one's own roles."""
        groups: QuerySet[Group] = self.cleaned_data["groups"]
        if self.by and self.by.pk == self.instance.pk and set(groups) != set(self.instance.groups.all()):
            raise ValidationError(gettext("Nobody changes their own roles: ask another administrator."))
        return groups


@admin.register(User)
class PersonAdmin(BaseUserAdmin):
    """A log-in and what its holder may do, which is a matter of roles: nobody is given single rights.

    Whoever is deactivated, or is no checker any more, has nothing on their desk from then on.
    """

    form = PersonForm
    actions = ["deactivate"]
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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the roles, and free what lay on the desk of somebody who cannot work on it any more."""
        super().save_related(request, form, formsets, change)
        _free(request, form.instance)

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who fills it in."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if issubclass(form, PersonForm):
            form.by = request.user if isinstance(request.user, User) else None
        return form

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer to deactivate people, not to delete many at once."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.action(description=_("Deactivate: no log-in any more, and what they had is free"), permissions=["change"])
    def deactivate(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Deactivate the chosen people; oneself, and superusers where one is none, are left out and named."""
        for person in people:
            name = name_of(person)
            if person == request.user or not self.has_change_permission(request, person):
                messages.error(request, gettext("%(name)s: somebody else has to do this.") % {"name": name})
                continue
            person.is_active = False
            person.save(update_fields=["is_active"])
            self.log_change(request, person, gettext("Deactivated."))
            messages.success(request, gettext("%(name)s cannot log in any more.") % {"name": name})
            _free(request, person)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete a log-in nothing hangs on; of any other say that it can be deactivated."""
        person = self.get_object(request, unquote(object_id))
        if person and self.has_delete_permission(request, person):
            *_rest, protected = self.get_deleted_objects([person], request)
            if protected:
                told = gettext(
                    "%(name)s has a part in what the desk keeps, so the log-in stays: untick “Active” and save instead."
                )
                messages.error(request, told % {"name": name_of(person)})
                return redirect("admin:auth_user_change", person.pk)
        return super().delete_view(request, object_id, extra_context)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Let only a superuser make another one."""
        return [*self.readonly_fields, *([] if request.user.is_superuser else ["is_superuser"])]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Keep a superuser's log-in, and its password, from everybody else."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)


def _free(request: HttpRequest, person: User) -> None:
    """End the turns of somebody who is inactive, or no checker, and tell how many there were."""
    if person.is_active and person.groups.filter(name=CHECKER).exists():
        return
    if freed := leave(person, request.user if isinstance(request.user, User) else None):
        told = ngettext(
            "%(count)d check that %(name)s had can be taken by others; the draft is kept.",
            "%(count)d checks that %(name)s had can be taken by others; the drafts are kept.",
            freed,
        )
        messages.info(request, told % {"count": freed, "name": name_of(person)})


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """What a role may look at in the admin."""

    formfield_overrides = BOXES
    filter_horizontal = ()
