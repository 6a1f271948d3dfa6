"""Accepting an invitation: the only page of the desk that somebody without a log-in may use.

A link that leads nowhere is answered alike, whatever the reason, and before any password is hashed: only what this
desk signed is looked up, and nothing is told of who is here.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.forms import UserCreationForm, UsernameField
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from claims.translation import say
from verification.admin.pages import show
from verification.models import Desk, Invitation
from verification.people.invitations import LeadsNowhere, NewPerson, accept, invitation_of
from verification.review.refusals import Unmet
from verification.review.standing import name_of
from verification.review.states import ROLE_NAMES

if TYPE_CHECKING:
    CreationForm = UserCreationForm[User]
else:  # generic for the type checker only
    CreationForm = UserCreationForm


class AcceptForm(CreationForm):
    """Who somebody is, and how they will log in; the password must pass the desk's validators."""

    class Meta:
        """The fields in the order in which one fills them in."""

        model = User
        fields = ("first_name", "last_name", "username")
        field_classes = {"username": UsernameField}

    def __init__(self, invitation: Invitation, data: Any = None) -> None:
        """Ask for a full name too: it is how colleagues call a person. The address is known to the validators."""
        super().__init__(data, instance=User(email=invitation.email))
        self.fields["username"].label = gettext_lazy("Log-in name")
        for name in ("first_name", "last_name"):
            self.fields[name].required = True
        for name, field in self.fields.items():
            field.widget.attrs |= {"class": "ro-input", "autocomplete": AUTOCOMPLETE[name]}
            field.widget.attrs.pop("autofocus", None)

    @property
    def new_person(self) -> NewPerson:
        """What was filled in."""
        said = self.cleaned_data
        return NewPerson(said["username"], said["first_name"], said["last_name"], said["password1"])


AUTOCOMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "username": "username",
    "password1": "new-password",
    "password2": "new-password",
}


@never_cache
@sensitive_post_parameters("password1", "password2")
def accepting(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites one to what, and make the log-in."""
    try:
        invitation = invitation_of(token)
        form = AcceptForm(invitation, request.POST or None)
        if request.method == "POST" and form.is_valid():
            accept(token, form.new_person)
            messages.success(request, _("Your log-in is made. Log in with it now."))
            return redirect("admin:index")
    except LeadsNowhere:
        return show(request, "desk/people_accept.html", {"title": _("This invitation leads nowhere")}, 404)
    except Unmet as error:
        form.add_error("username", str(error))
    context = {
        "title": _("You are invited"),
        "desk": Desk.get().name,
        "by": name_of(invitation.by),
        "roles": ", ".join(say(words) for role, words in ROLE_NAMES.items() if role in invitation.roles),
        "email": invitation.email,
        "form": form,
    }
    return show(request, "desk/people_accept.html", context, 400 if request.method == "POST" else 200)
