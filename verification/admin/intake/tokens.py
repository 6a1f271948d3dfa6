"""Tokens of programs: an administrator makes one for a person, for some purposes and a time, sees its secret once, and
revokes it.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from claims.models import ApiToken, Scope
from claims.models.clock import read_clock
from claims.tokens import make_token, purposes, revoke
from verification.admin.pages import Route, desk_page, person_of, posted, show
from verification.people.notices.tokens import tell_of_token
from verification.publishing.plain_text import one_line
from verification.review.policy import PAGES, roles_of
from verification.review.standing import name_of
from verification.review.states import STEPS

LONGEST_NAME = 100
# How long a token may last, in days.
LASTING: Final = (
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("365", gettext_lazy("a year")),
    ("", gettext_lazy("until it is revoked")),
)
# Whose role lets them do what a scope opens: a token can do nothing beside that.
WORKING: Final = frozenset(role for step in STEPS for role in step.roles)
ABLE: Final = {Scope.SUBMIT: frozenset(PAGES["intake"]), Scope.READ: frozenset(PAGES["case"]), Scope.REVIEW: WORKING}


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """A person, called as everywhere."""

    def label_from_instance(self, obj: User) -> str:
        """Return the name."""
        return f"{name_of(obj)} ({obj.username})"


class TokenForm(forms.Form):
    """What will use the token, and for whom it acts. `public` names the form: sent twice it makes one token."""

    name = forms.CharField(
        label=gettext_lazy("What uses it"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"class": "ro-input", "autocomplete": "off"}),
    )
    person = PersonChoice(
        label=gettext_lazy("For whom it acts"),
        queryset=User.objects.none(),
        widget=forms.Select({"class": "ro-select"}),
        empty_label=gettext_lazy("Choose a person"),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=Scope.choices,
        initial=[Scope.SUBMIT],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Say what it may do.")},
    )
    lasts = forms.ChoiceField(
        label=gettext_lazy("How long it lasts"),
        choices=LASTING,
        initial="90",
        required=False,
        widget=forms.Select({"class": "ro-select"}),
    )
    public = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        """Offer the active people whose role opens anything to a token."""
        super().__init__(data, initial={"public": uuid.uuid4()})
        people = self.fields["person"]
        assert isinstance(people, PersonChoice)  # nosec B101 (for the type checker)
        able = User.objects.filter(is_active=True, groups__name__in=frozenset().union(*ABLE.values())).distinct()
        people.queryset = able.order_by("last_name", "first_name", "username")

    def clean_name(self) -> str:
        """Put it on one line."""
        name = one_line(self.cleaned_data["name"], LONGEST_NAME)
        if not name:
            raise forms.ValidationError(_("Say what uses it."))
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse what the person themselves could not do."""
        said = self.cleaned_data
        person = said.get("person")
        if person is not None and (idle := unable(person, said.get("scopes", ()))):
            told = _("The role of %(name)s does not include this: %(scopes)s.")
            names = ", ".join(str(Scope(scope).label) for scope in idle)
            self.add_error("scopes", told % {"name": name_of(person), "scopes": names})
        return said


def unable(person: User, scopes: Collection[str]) -> list[str]:
    """Return which scopes open nothing to a token of this person, whose role does not include it."""
    return [scope for scope in Scope.values if scope in scopes and not roles_of(person) & ABLE[Scope(scope)]]


@dataclass(frozen=True, slots=True)
class Line:
    """One token of a list, and how it stands: `over` is one that opens nothing any more."""

    token: ApiToken
    state: str
    tone: str
    may: str
    over: bool = False


@never_cache
@sensitive_variables("secret")
@desk_page("tokens")
def tokens(request: HttpRequest) -> HttpResponse:
    """Show the form and the list; make a token and show its secret, this once."""
    form = TokenForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=400)
    said = form.cleaned_data
    ends = read_clock() + timedelta(days=int(said["lasts"])) if said["lasts"] else None
    with transaction.atomic():
        token, secret = make_token(
            said["name"],
            said["person"],
            said["public"],
            made_by=person_of(request),
            scopes=said["scopes"],
            expires_at=ends,
        )
        if secret:
            tell_of_token(token)
    if not secret:
        told = _("“%(name)s” was made already, and its secret shown then. If that is lost, revoke it and make another.")
        messages.info(request, told % {"name": token.name})
        return redirect("admin:tokens")
    return _page(request, TokenForm(), made=token, secret=secret)


@posted
@desk_page("tokens")
def revoking(request: HttpRequest, public: uuid.UUID) -> HttpResponse:
    """Let a token open nothing any more."""
    token = get_object_or_404(ApiToken, public=public)
    if revoke(token, person_of(request)):
        messages.success(request, _("Revoked: “%(name)s” opens nothing any more.") % {"name": token.name})
    else:
        messages.info(request, _("It was revoked already."))
    return redirect("admin:tokens")


@sensitive_variables("secret")
def _page(
    request: HttpRequest, form: TokenForm, *, made: ApiToken | None = None, secret: str = "", status: int = 200
) -> HttpResponse:
    known = ApiToken.objects.select_related("person", "made_by", "revoked_by")
    every = known.prefetch_related("person__groups").order_by("-pk")
    context = {
        "title": _("Tokens"),
        "form": form,
        "lines": [line_of(token) for token in every],
        "made": made,
        "secret": secret,
        "address": request.build_absolute_uri(reverse("api_articles")),
        "document": request.build_absolute_uri(reverse("api:openapi")),
    }
    return show(request, "desk/tokens.html", context, status)


def line_of(token: ApiToken) -> Line:
    """Return how a token stands. Its person, and who made and revoked it, are best selected with it."""
    may = purposes(token)
    if token.revoked_at:
        return Line(token, _("revoked"), "quiet", may, over=True)
    if token.expires_at and token.expires_at <= read_clock():
        return Line(token, _("ran out"), "quiet", may, over=True)
    idle = unable(token.person, token.scopes)
    if not token.person.is_active or Scope.SUBMIT in idle:
        return Line(token, _("refused: this person may not hand in any more"), "caution", may)
    if idle:
        return Line(token, _("refused in part: this person’s role does not include all of it any more"), "caution", may)
    return Line(token, _("good"), "good", may)


ROUTES: list[Route] = [
    ("tokens/", tokens, "tokens"),
    ("tokens/<uuid:public>/revoke/", revoking, "token_revoke"),
]
