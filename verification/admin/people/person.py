"""A person's settings: everybody's own, and those of others where somebody runs the desk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from claims.models import ApiToken
from claims.tokens import revoke
from claims.translation import say
from verification.admin.case.step_page import typed
from verification.admin.intake.tokens import line_of
from verification.admin.pages import Route, person_of, show, tell_refusal
from verification.admin.people.forms import AbsenceForm, LoadForm, NoticesForm, ReadingForm
from verification.models import Profile
from verification.people import absences, conflicts, profiles
from verification.people.notices.choices import choose
from verification.people.post import is_set_up
from verification.people.rights import runs_the_desk
from verification.publishing.plain_text import printable
from verification.review.policy import roles_of
from verification.review.refusals import Refused
from verification.review.standing import name_of
from verification.review.states import ROLE_NAMES


@dataclass(slots=True)
class Sheet:
    """A person's page as opened by somebody: `by` looks, `person` is looked at. `refused` says why nothing was done."""

    request: HttpRequest
    by: User
    person: User
    profile: Profile
    forms: dict[str, Form] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def mine(self) -> bool:
        """Whether somebody looks at their own page."""
        return self.by.pk == self.person.pk

    def bound(self, name: str) -> Form:
        """Return a form filled in as it was sent; it is shown again so."""
        self.forms[name] = form = self._made(name, self.request.POST)
        return form

    def form(self, name: str) -> Form:
        """Return a form as it was sent, or as things stand."""
        return self.forms.get(name) or self._made(name)

    def _made(self, name: str, data: Any = None) -> Form:
        if name == "reading":
            return ReadingForm(self.profile, data)
        if name == "notices":
            return NoticesForm(self.profile, data)
        if name == "load":
            return LoadForm(data, initial={"capacity": self.profile.capacity, "weight": self.profile.weight})
        return AbsenceForm(data)


def me(request: HttpRequest) -> HttpResponse:
    """Show and save one's own settings."""
    return _page(request, person_of(request))


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and save what somebody who runs the desk sets of a person; one's own page is `me`."""
    if pk == person_of(request).pk:
        return redirect("admin:me")
    if not runs_the_desk(person_of(request)):
        raise PermissionDenied(_("Your role does not include this page."))
    return _page(request, get_object_or_404(User, pk=pk, is_staff=True))


def _page(request: HttpRequest, whose: User) -> HttpResponse:
    sheet = Sheet(request, person_of(request), whose, profiles.profile_of(whose))
    if request.method == "POST":
        name = request.POST.get("form", "")
        try:
            if name in SAVES and SAVES[name](sheet):
                messages.success(request, _("Saved."))
                return redirect(f"{request.path}#{name.partition('-')[0]}")
        except Refused as error:
            sheet.refused[name.partition("-")[0]] = str(error)
            if name == "load" and not runs_the_desk(sheet.by):
                tell_refusal(request, error)  # its form is not on this page
    return show(request, "desk/people_person.html", _context(sheet), 400 if request.method == "POST" else 200)


def _save_reading(sheet: Sheet) -> bool:
    form = sheet.bound("reading")
    if not isinstance(form, ReadingForm) or not form.is_valid():
        return False
    said = form.cleaned_data
    profiles.set_reading(sheet.by, sheet.person, languages=said["languages"], topics=form.chosen)
    return True


def _save_load(sheet: Sheet) -> bool:
    form = sheet.bound("load")
    if not form.is_valid():
        return False
    said = form.cleaned_data
    profiles.set_load(sheet.by, sheet.person, capacity=said["capacity"], weight=said["weight"])
    return True


def _save_notices(sheet: Sheet) -> bool:
    """Save how somebody is told: their own only, whoever runs the desk."""
    form = sheet.bound("notices")
    if not sheet.mine or not isinstance(form, NoticesForm) or not form.is_valid():
        return False
    profiles.set_digest_hour(sheet.person, form.cleaned_data["digest_hour"])
    choose(sheet.person, form.wishes)
    return True


def _add_absence(sheet: Sheet) -> bool:
    form = sheet.bound("absence")
    if not form.is_valid():
        return False
    said = form.cleaned_data
    absences.add_absence(sheet.by, sheet.person, said["since"], said["until"], said["note"])
    return True


def _take_back(sheet: Sheet) -> bool:
    absence = sheet.person.absences.filter(pk=_number(sheet.request, "absence")).first()
    if absence:
        absences.take_back(sheet.by, absence)
    return True


def _declare(sheet: Sheet) -> bool:
    party = conflicts.party_of(sheet.request.POST.get("party", ""))
    conflicts.declare(sheet.by, sheet.person, party, typed(sheet.request, "reason"))
    return True


def _end_conflict(sheet: Sheet) -> bool:
    conflict = sheet.person.conflicts.filter(pk=_number(sheet.request, "conflict")).first()
    if conflict:
        conflicts.end_conflict(sheet.by, conflict)
    return True


def _revoke(sheet: Sheet) -> bool:
    """Revoke a token that acts for whoever looks: their own only, whoever runs the desk."""
    written = sheet.request.POST.get("token", "")
    for token in _tokens(sheet):
        if str(token.public) == written:
            revoke(token, sheet.by)
    return True


def _tokens(sheet: Sheet) -> QuerySet[ApiToken]:
    mine = ApiToken.objects.filter(person=sheet.person) if sheet.mine else ApiToken.objects.none()
    return mine.select_related("person", "made_by", "revoked_by").order_by("-pk")


SAVES: dict[str, Callable[[Sheet], bool]] = {
    "reading": _save_reading,
    "load": _save_load,
    "notices": _save_notices,
    "absence": _add_absence,
    "absence-back": _take_back,
    "conflict": _declare,
    "conflict-end": _end_conflict,
    "token-revoke": _revoke,
}


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _context(sheet: Sheet) -> dict[str, Any]:
    person, today = sheet.person, localdate()
    sought = printable(sheet.request.POST.get("sought") or sheet.request.GET.get("sought", ""))
    return {
        "title": _("My settings") if sheet.mine else name_of(person),
        "person": person,
        "profile": sheet.profile,
        "mine": sheet.mine,
        "runs_the_desk": runs_the_desk(sheet.by),
        "roles": [say(words) for role, words in ROLE_NAMES.items() if role in roles_of(person)],
        "reading": sheet.form("reading"),
        "load": sheet.form("load") if runs_the_desk(sheet.by) else None,
        "notices": sheet.form("notices") if sheet.mine else None,
        "tokens": [line_of(token) for token in _tokens(sheet)],
        "absence": sheet.form("absence"),
        "absences": person.absences.filter(until__gte=today),
        "conflicts": person.conflicts.select_related("speaker", "outlet").order_by("ended_at", "-declared_at"),
        "sought": sought,
        "parties": conflicts.parties(sought[:200]),
        "chosen_party": sheet.request.POST.get("party", ""),
        "reason": typed(sheet.request, "reason"),
        "refused": sheet.refused,
        "mail_is_set_up": is_set_up(),
        "zone": localtime().tzname(),
    }


ROUTES: list[Route] = [("me/", me, "me"), ("people/<int:pk>/", person, "person")]
