"""The desk's home: what should I do now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.archiving import archive
from claims.measuring import alarms
from claims.models import Submission, Work
from claims.translation import say
from verification.admin.home.figures import figures
from verification.admin.home.panels import SHOWN, agenda_of
from verification.admin.pages import person_of, show
from verification.admin.triage.listing import articles_in_triage, listed
from verification.models import Desk, ReviewEvent, Seal, UnsealedEvent
from verification.review.policy import may_open, roles_of
from verification.review.states import ADMINISTRATOR, AUDITOR, CHECKER, EDITOR, INTAKE, PUBLISHER

# Models of the stock admin that set how the desk works, as the sidebar names them.
SETTINGS = ("Desk", "RatingScale", "User")


@dataclass(frozen=True, slots=True)
class Oversight:
    """What those who oversee the desk look at: work that is stuck, and the head of the sealed log."""

    stuck: list[Work]
    stuck_count: int
    seal: Seal | None
    unsealed: int


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Something to try on a sample desk, and whether this person has done it."""

    label: str
    url: str
    done: bool


def home(request: HttpRequest) -> HttpResponse:
    """Show a person's home. Whoever has no role is told whom to ask."""
    person, now = person_of(request), timezone.now()
    context: dict[str, Any] = {"title": _("Your desk"), "settings_models": SETTINGS}
    if may_open(person, "queue"):
        agenda = agenda_of(person, now)
        watched = oversight() if roles_of(person) & {AUDITOR, ADMINISTRATOR} else None
        steps = first_steps(person) if Desk.get().sample else []
        context |= {
            "agenda": agenda,
            "figures": figures(now),
            "triage": listed(articles_in_triage()[:SHOWN]) if may_open(person, "triage") else [],
            "oversight": watched,
            "alarms": _alarms(person),
            "hands_in": INTAKE in roles_of(person),
            "may_take": may_open(person, "take") and bool(agenda.counts["takeable"]),
            "steps": steps,
            "steps_done": sum(step.done for step in steps),
            "summary": summary(person, agenda.counts, watched.stuck_count if watched else 0, now),
        }
    return show(request, "admin/index.html", context)


def summary(person: User, counts: dict[str, int], stuck: int, now: datetime) -> str:
    """Return the day and time of the desk's zone, and in a sentence what there is for this person."""
    local, roles = timezone.localtime(now), roles_of(person)
    facts = [
        (CHECKER, ngettext("%(count)d case is yours", "%(count)d cases are yours", counts.get("mine", 0)), "mine"),
        (CHECKER, _("%(count)d of them due today"), "mine_today"),
        (EDITOR, _("%(count)d waiting for you"), "waiting"),
        (EDITOR, _("%(count)d without a checker"), "unassigned"),
        (EDITOR, _("%(count)d late"), "late"),
        (PUBLISHER, _("%(count)d ready to publish"), "ready"),
        (INTAKE, ngettext("%(count)d claim in triage", "%(count)d claims in triage", counts["triage"]), "triage"),
    ]
    told = [words % {"count": counts[key]} for role, words, key in facts if role in roles and counts[key]]
    if stuck:
        told.append(
            ngettext("%(count)d piece of work is stuck", "%(count)d pieces are stuck", stuck) % {"count": stuck}
        )
    day = f"{date_format(local, 'l j F, H:i')} {local.tzname()}."
    return f"{day} {capfirst(', '.join(told))}." if told else day


def _alarms(person: User) -> list[str]:
    """Return what is wrong with the archive's room, for those who can do something about it (one query)."""
    return [say(alarm) for alarm in alarms(archive())] if roles_of(person) & {EDITOR, ADMINISTRATOR} else []


def oversight() -> Oversight:
    """Gather what is stuck and the log's head (four queries)."""
    stuck = Work.objects.filter(quarantined_at__isnull=False).order_by("-quarantined_at")
    return Oversight(
        stuck=list(stuck[:SHOWN]),
        stuck_count=stuck.count(),
        seal=Seal.objects.order_by("-number").first(),
        unsealed=UnsealedEvent.objects.count(),
    )


def first_steps(person: User) -> list[FirstStep]:
    """Return what is worth trying in a person's roles, and whether they have, as the log knows (two queries)."""
    did = set(ReviewEvent.objects.filter(actor=f"user:{person.pk}").values_list("verb", flat=True).distinct())
    if Submission.objects.filter(person=person).exists():
        did.add("hand_in")
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
    }
    roles = roles_of(person)
    return [
        FirstStep(label, url, bool(did & verbs))
        for role, found in steps.items()
        if role in roles
        for label, url, verbs in found
    ]
