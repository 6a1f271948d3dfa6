"""Inviting people: an administrator names an address and roles; the list shows what became of each."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models.clock import read_clock
from claims.translation import say
from verification.admin.pages import Route, desk_page, person_of, posted, show, tell_refusal
from verification.models import Invitation
from verification.people import invitations
from verification.people.post import is_set_up
from verification.review.refusals import Refused
from verification.review.states import ROLE_NAMES


class InviteForm(forms.Form):
    """An address and the roles its holder will have."""

    email = forms.EmailField(
        label=gettext_lazy("Address"), widget=forms.EmailInput({"class": "ro-input", "autocomplete": "off"})
    )
    roles = forms.MultipleChoiceField(label=gettext_lazy("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None) -> None:
        """Offer every role."""
        super().__init__(data)
        roles = self.fields["roles"]
        assert isinstance(roles, forms.MultipleChoiceField)  # nosec B101 (for the type checker)
        roles.choices = [(role, capfirst(say(words))) for role, words in ROLE_NAMES.items()]


@dataclass(frozen=True, slots=True)
class Line:
    """One invitation of the list: what became of it, since when, and whether anything can be done about it."""

    invitation: Invitation
    roles: str
    state: str
    tone: str
    since: datetime
    is_open: bool


@desk_page("invite")
def invite(request: HttpRequest) -> HttpResponse:
    """Show the form and the list; invite. Where no mail can go the link is shown, this once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            made = invitations.invite(person_of(request), said["email"], said["roles"])
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _sent(request, made)
    return _list(request, form, status=400 if request.method == "POST" else 200)


@posted
@desk_page("invite")
def again(request: HttpRequest, public: uuid.UUID) -> HttpResponse:
    """Send an invitation anew: links made before lead nowhere."""
    try:
        renewed = invitations.renew(person_of(request), get_object_or_404(Invitation, public=public))
    except Refused as error:
        tell_refusal(request, error)
        return redirect("admin:invitations")
    return _sent(request, renewed)


@posted
@desk_page("invite")
def revoke(request: HttpRequest, public: uuid.UUID) -> HttpResponse:
    """Let an invitation lead nowhere."""
    try:
        invitations.revoke(person_of(request), get_object_or_404(Invitation, public=public))
        messages.success(request, _("Revoked: its link leads nowhere now."))
    except Refused as error:
        tell_refusal(request, error)
    return redirect("admin:invitations")


def _sent(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    link = invitations.send(invitation, f"{request.scheme}://{request.get_host()}")
    if link:
        return _list(request, InviteForm(), made=Invitation.objects.get(pk=invitation.pk), link=link)
    messages.success(request, _("The invitation was mailed to %(address)s.") % {"address": invitation.email})
    return redirect("admin:invitations")


def _list(
    request: HttpRequest, form: InviteForm, *, made: Invitation | None = None, link: str = "", status: int = 200
) -> HttpResponse:
    now = read_clock()
    context = {
        "title": _("Invitations"),
        "form": form,
        "lines": [_line(each, now) for each in invitations.invitations()],
        "made": made,
        "link": link,
        "mail_is_set_up": is_set_up(),
        "hours": int(invitations.GOOD_FOR.total_seconds() // 3600),
    }
    return show(request, "desk/people_invitations.html", context, status)


def _line(invitation: Invitation, now: datetime) -> Line:
    state, tone, since = _state(invitation, now)
    roles = ", ".join(say(words) for role, words in ROLE_NAMES.items() if role in invitation.roles)
    return Line(invitation, roles, state, tone, since, not (invitation.accepted_at or invitation.revoked_at))


def _state(invitation: Invitation, now: datetime) -> tuple[str, str, datetime]:
    """Return what became of an invitation, its tone, and since when."""
    if invitation.accepted_at:
        return _("accepted"), "good", invitation.accepted_at
    if invitation.revoked_at:
        return _("revoked"), "quiet", invitation.revoked_at
    if invitation.expires_at <= now:
        return _("expired"), "quiet", invitation.expires_at
    if invitation.mail_error:
        return _("mail failed"), "bad", invitation.made_at
    if invitation.mailed_at:
        return _("open, mailed"), "good", invitation.mailed_at
    return _("open, not mailed"), "caution", invitation.made_at


ROUTES: list[Route] = [
    ("people/invitations/", invite, "invitations"),
    ("people/invitations/<uuid:public>/again/", again, "invite_again"),
    ("people/invitations/<uuid:public>/revoke/", revoke, "invite_revoke"),
]
