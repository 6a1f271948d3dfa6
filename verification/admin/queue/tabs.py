"""The head of the queue: ways to look at it, and how many cases stand where. One query for all counts."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.admin.pages import person_of
from verification.admin.queue import conditions
from verification.admin.queue.views import KeptView, address_of, kept_for
from verification.models import Review, State
from verification.review.policy import roles_of
from verification.review.states import CHECKER, EDITOR
from verification.templatetags.desk import PIES

# The row of counts, in the order of a case's life. Awaiting a source and awaiting a reply are one thing here.
FLOW = (
    *(State.TRIAGE, State.QUEUED, State.RESEARCHING, State.AWAITING_SOURCE, State.PROPOSED),
    *(State.SECOND_CHECK, State.ADJUDICATION, State.DRAFTING, State.SIGN_OFF, State.APPROVED),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to look at the queue: its address, how many cases it holds (None: not counted), and the icon it bears.

    `change` is the page that changes a view one keeps oneself, empty for all others.
    """

    label: str
    query: str
    count: int | None
    is_current: bool
    icon: str = ""
    change: str = ""


def counts_of(person: User) -> dict[str, int]:
    """Return how many cases a person's tabs hold, and how many stand in each state of `FLOW`."""
    now = timezone.now()
    held = {
        "open": conditions.is_open(),
        "mine": conditions.mine(person),
        "today": conditions.is_open() & conditions.due_today(now),
        "late": conditions.is_open() & conditions.late(now),
        "unassigned": conditions.without_checker(),
        "awaiting": Q(state__in=conditions.AWAITING),
        **{state.value: Q(state=state) for state in FLOW if state not in conditions.AWAITING},
    }
    return Review.objects.aggregate(**{name: Count("pk", filter=condition) for name, condition in held.items()})


def head(request: HttpRequest) -> dict[str, Any]:
    """Return what stands above the list: `summary`, `tabs`, `views` that people keep, and `flow` (two queries)."""
    person = person_of(request)
    counts = counts_of(person)
    asked = request.GET.dict().items()
    here = {name: str(value) for name, value in asked if name != PAGE_VAR and value}

    def tab(label: str, count: str, **query: str) -> Tab:
        return Tab(label, f"?{urlencode(query)}", counts[count], here == query)

    works = roles_of(person) & {CHECKER, EDITOR}
    return {
        "summary": summary(counts),
        "tabs": [
            tab(_("All open"), "open"),
            *([tab(_("Mine"), "mine", checker="me")] if works else []),
            tab(_("Due today"), "today", due="today"),
            tab(_("No checker"), "unassigned", checker="none"),
            tab(_("Waiting for sign-off"), "sign_off", state="sign_off"),
            tab(_("Waiting for others"), "awaiting", state="awaiting"),
        ],
        "views": [_view(view, here) for view in kept_for(person).views],
        "flow": [_step(state, counts, here) for state in FLOW],
    }


def _view(view: KeptView, here: dict[str, str]) -> Tab:
    query = address_of(view)
    change = reverse("admin:queue_view", args=[view.public]) if view.is_own else ""
    return Tab(view.name, f"?{query}", None, here == dict(parse_qsl(query)), change=change)


def _step(state: State, counts: dict[str, int], here: dict[str, str]) -> Tab:
    awaits = state in conditions.AWAITING
    value = "awaiting" if awaits else state.value
    label = _("Awaiting") if awaits else str(capfirst(state.label))
    return Tab(label, f"?{urlencode({'state': value})}", counts[value], here == {"state": value}, PIES[state])


def summary(counts: dict[str, int]) -> str:
    """Return the sentence beside the heading."""
    parts = [
        ngettext("%(count)d open case", "%(count)d open cases", counts["open"]) % {"count": counts["open"]},
        _("%(count)d due today") % {"count": counts["today"]},
        *([_("%(count)d late") % {"count": counts["late"]}] if counts["late"] else []),
        _("%(count)d without a checker") % {"count": counts["unassigned"]},
    ]
    return ", ".join(parts)
