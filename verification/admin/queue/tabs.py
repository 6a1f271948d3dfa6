"""The head of the queue: ways to look at it, and how many cases stand where, as `counting` counted them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.contrib.admin.views.main import PAGE_VAR
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.admin.pages import person_of
from verification.admin.queue import conditions
from verification.admin.queue.counting import Counts
from verification.admin.queue.views import KeptView, address_of, kept_for
from verification.models import State
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


def head(request: HttpRequest, counts: Counts) -> dict[str, Any]:
    """Return what stands above the list: `summary`, `tabs`, `views` that people keep, and `flow` (one query).

    `counts` are those of all cases of the desk.
    """
    person = person_of(request)
    asked = request.GET.dict().items()
    here = {name: str(value) for name, value in asked if name != PAGE_VAR and value}

    def tab(label: str, **query: str) -> Tab:
        return Tab(label, f"?{urlencode(query)}", counts.of(**{"state": "open", **query}), here == query)

    works = roles_of(person) & {CHECKER, EDITOR}
    return {
        "summary": summary(counts),
        "tabs": [
            tab(_("All open")),
            *([tab(_("Mine"), checker="me")] if works else []),
            tab(_("Due today"), due="today"),
            tab(_("No checker"), checker="none"),
            tab(_("Waiting for sign-off"), state="sign_off"),
            tab(_("Waiting for others"), state="awaiting"),
        ],
        "views": [_view(view, here) for view in kept_for(person).views],
        "flow": [_step(state, counts, here) for state in FLOW],
    }


def _view(view: KeptView, here: dict[str, str]) -> Tab:
    query = address_of(view)
    change = reverse("admin:queue_view", args=[view.public]) if view.is_own else ""
    return Tab(view.name, f"?{query}", None, here == dict(parse_qsl(query)), change=change)


def _step(state: State, counts: Counts, here: dict[str, str]) -> Tab:
    awaits = state in conditions.AWAITING
    value = "awaiting" if awaits else state.value
    label = _("Awaiting") if awaits else str(capfirst(state.label))
    return Tab(label, f"?{urlencode({'state': value})}", counts.of(state=value), here == {"state": value}, PIES[state])


def summary(counts: Counts) -> str:
    """Return the sentence beside the heading."""
    cases = counts.of(state="open")
    late = counts.of(state="open", due="late")
    parts = [
        ngettext("%(count)d open case", "%(count)d open cases", cases) % {"count": cases},
        _("%(count)d due today") % {"count": counts.of(state="open", due="today")},
        *([_("%(count)d late") % {"count": late}] if late else []),
        _("%(count)d without a checker") % {"count": counts.of(state="open", checker="none")},
    ]
    return ", ".join(parts)
