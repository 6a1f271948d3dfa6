"""The desk's home: what should I do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Window
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import work
from claims.archiving import archive
from claims.measuring import alarms
from claims.models import Work
from claims.translation import say
from verification.admin.home.failing import failing_ones
from verification.admin.home.figures import figures
from verification.admin.home.first_steps import first_steps
from verification.admin.home.panels import SHOWN, Agenda, agenda_of
from verification.admin.keys import Key
from verification.admin.pages import person_of, show
from verification.admin.triage.listing import articles_in_triage, listed
from verification.models import Seal, UnsealedEvent
from verification.review.policy import may_open, roles_of
from verification.review.states import ADMINISTRATOR, AUDITOR, CHECKER, EDITOR, INTAKE, PUBLISHER

# Models of the stock admin that set how the desk works, as the sidebar names them.
SETTINGS = ("Desk", "RatingScale", "User")


@dataclass(frozen=True, slots=True)
class Oversight:
    """What those who oversee the desk look at: work that is stuck, and the head of the sealed log."""

    stuck: Sequence[Work]
    stuck_count: int
    seal: Seal | None
    unsealed: int


PAGE_KEYS = (
    Key("Enter", gettext_lazy("go on with the first case")),
    Key("t", gettext_lazy("take next")),
    Key("j k", gettext_lazy("next, previous case")),
    Key("g q", gettext_lazy("queue")),
    Key("g i", gettext_lazy("triage")),
    Key("g s", gettext_lazy("second checks")),
    Key("/", gettext_lazy("search")),
)


def home(request: HttpRequest) -> HttpResponse:
    """Show a person's home. Whoever has no role is told whom to ask."""
    person, now = person_of(request), timezone.now()
    context: dict[str, Any] = {"title": _("Your desk"), "settings_models": SETTINGS}
    if may_open(person, "queue"):
        agenda = agenda_of(person, now)
        watched = oversight() if roles_of(person) & {AUDITOR, ADMINISTRATOR} else None
        steps = first_steps(person)
        may_take = may_open(person, "take") and bool(agenda.counts["takeable"])
        triage = listed(articles_in_triage()[:SHOWN]) if may_open(person, "triage") else []
        context |= {
            "agenda": agenda,
            "figures": figures(now),
            "triage": triage,
            "oversight": watched,
            "alarms": _alarms(person),
            "hands_in": INTAKE in roles_of(person),
            "may_take": may_take,
            "failing": failing_ones(person) if may_open(person, "sources") else None,
            "steps": steps,
            "steps_done": sum(step.done for step in steps),
            "page_keys": [key for key in PAGE_KEYS if key.press not in _idle(person, agenda, may_take, triage)],
            "summary": summary(person, agenda.counts, watched.stuck_count if watched else 0, now),
        }
    return show(request, "admin/index.html", context)


def _idle(person: User, agenda: Agenda, may_take: bool, triage: Sequence[object]) -> set[str]:
    """Return the keys that would do nothing on this person's home."""
    first = agenda.panels or (agenda.next and agenda.next.is_mine)
    works = {
        "Enter": bool(first),
        "t": may_take,
        "j k": bool(agenda.panels or triage),
        "g i": may_open(person, "triage"),
    }
    return {press for press, does in works.items() if not does}


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
    """Gather what is stuck and the log's head (three queries)."""
    given_up = Work.objects.filter(~work.CANCELLED, quarantined_at__isnull=False)
    stuck = list(given_up.annotate(all=Window(Count("pk"))).order_by("-quarantined_at")[:SHOWN])
    return Oversight(
        stuck=stuck,
        stuck_count=stuck[0].all if stuck else 0,
        seal=Seal.objects.order_by("-number").first(),
        unsealed=UnsealedEvent.objects.count(),
    )
