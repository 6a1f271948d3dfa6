"""First steps: what is worth trying in one's roles, ticked by what the log says was done. They can be put away."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Submission
from verification.admin.pages import Route, person_of, posted
from verification.models import Desk, ReviewEvent, Source
from verification.people.profiles import hide_hints, profile_of
from verification.review.policy import roles_of
from verification.review.states import ADMINISTRATOR, CHECKER, EDITOR, INTAKE, PUBLISHER


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Something to try, and whether this person has done it."""

    label: str
    url: str
    done: bool


def first_steps(person: User) -> list[FirstStep]:
    """Return what is worth trying in a person's roles, none where they put it away (one query, else three)."""
    if profile_of(person).hints_hidden:
        return []
    did = set(ReviewEvent.objects.filter(actor=f"user:{person.pk}").values_list("verb", flat=True).distinct())
    roles = roles_of(person)
    if roles & {INTAKE, ADMINISTRATOR}:
        did |= _done_outside_cases(person)
    queue = reverse("admin:verification_review_changelist")
    steps = {
        INTAKE: [
            (_("Hand in an article"), reverse("admin:claims_submission_add"), {"hand_in"}),
            (_("Accept a claim in triage"), reverse("admin:triage"), {"accept"}),
        ],
        CHECKER: [
            (_("Take a case"), f"{queue}?state=queued", {"take"}),
            (_("Submit a judgment"), f"{queue}?checker=me", {"propose"}),
            (_("Do a blind second check"), f"{queue}?state=second_check", {"agree", "differ"}),
        ],
        EDITOR: [
            (_("Give a case to a checker"), f"{queue}?state=queued", {"assign"}),
            (_("Sign off a verdict"), f"{queue}?state=sign_off", {"approve"}),
        ],
        PUBLISHER: [(_("Publish a verdict"), f"{queue}?state=approved", {"publish"})],
        ADMINISTRATOR: [
            (_("Say who this desk is"), reverse("admin:verification_desk_changelist"), {"say_who"}),
            (_("Switch a source on"), reverse("admin:source_catalogue"), {"source"}),
            (_("Invite somebody"), reverse("admin:invitations"), {"invite"}),
        ],
    }
    return [
        FirstStep(label, url, bool(did & verbs))
        for role, found in steps.items()
        if role in roles
        for label, url, verbs in found
    ]


def _done_outside_cases(person: User) -> set[str]:
    """Return what of the first steps is done though no case's log tells of it (one query)."""
    done = {
        "hand_in": Submission.objects.filter(person=person),
        "say_who": Desk.objects.exclude(contact=""),
        "source": Source.objects.filter(enabled=True),
        "invite": User.objects.filter(is_active=True).exclude(pk=person.pk),
    }
    found = User.objects.filter(pk=person.pk).values(**{step: Exists(rows) for step, rows in done.items()}).get()
    return {step for step, is_done in found.items() if is_done}


@posted
def hints(request: HttpRequest) -> HttpResponse:
    """Put the first steps away, or show them again; go back to home."""
    hidden = request.POST.get("do") == "hide"
    hide_hints(person_of(request), hidden=hidden)
    if hidden:
        messages.success(request, _("The first steps are hidden. “Show again” stands in My settings."))
    return redirect("admin:index")


ROUTES: list[Route] = [("hints/", hints, "hints")]
