"""What the sidebar's first group holds: the desk's own pages, with what is open on each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.readers import count_lines
from verification.models import State
from verification.review.policy import may_open
from verification.review.standing import counts

# The page of a case has no sidebar to show counts in, and must not get slower with the cases of a desk.
UNCOUNTED = {"verification_review_change"}
# Whoever follows what was handed in came by that entry, though its address is beside this one and not below it.
HANDED_IN = {"claims_submission_change", "intake_many", "intake_list"}


@dataclass(frozen=True)
class Entry:
    """One line of the menu; `count` is None where counting says nothing. `go` is its letter after g."""

    label: str
    url: str
    count: int | None = None
    is_current: bool = False
    go: str = ""


def menu(request: HttpRequest, failing: int = 0) -> list[Entry]:
    """List the pages that the person may open, in the order of a case's life (two queries).

    `failing` sources and feeds need somebody to look at them.
    """
    entries = [Entry(_("Home"), reverse("admin:index"), go="h")]
    if isinstance(request.user, User):
        page = request.resolver_match
        entries += _of(request.user, failing, counted=page is None or page.url_name not in UNCOUNTED)
    here = _current(entries, request)
    return [replace(entry, is_current=entry is here) for entry in entries]


def _of(person: User, failing: int, *, counted: bool) -> list[Entry]:
    found = []
    if may_open(person, "intake"):
        found.append(Entry(_("Hand in"), reverse("admin:claims_submission_add"), go="n"))
    if settings.READER_SUBMISSIONS and may_open(person, "readers"):
        found.append(Entry(_("From readers"), reverse("admin:readers"), count_lines()))
    if not may_open(person, "queue"):
        return found
    cases: Mapping[str, int | None] = counts(person) if counted else defaultdict(lambda: None)
    queue = reverse("admin:verification_review_changelist")
    if may_open(person, "triage"):
        found.append(Entry(_("Triage"), reverse("admin:triage"), cases[State.TRIAGE], go="i"))
    parts = {
        State.SECOND_CHECK: (_("Second checks"), "s"),
        State.ADJUDICATION: (_("Adjudication"), "d"),
        State.SIGN_OFF: (_("Sign-off"), "o"),
        State.PUBLISHED: (_("Published"), "p"),
    }
    found += [
        Entry(_("Queue"), queue, cases["open"], go="q"),
        *(Entry(label, f"{queue}?state={state}", cases[state], go=go) for state, (label, go) in parts.items()),
    ]
    if may_open(person, "reports"):
        found.append(Entry(_("Reports"), reverse("admin:reports"), cases["reports"]))
    if may_open(person, "earlier"):
        found.append(Entry(_("Earlier checks"), reverse("admin:earlier"), go="e"))
    if may_open(person, "speakers"):
        found.append(Entry(_("Speakers"), reverse("admin:speakers")))
    if may_open(person, "sources"):
        found.append(Entry(_("Sources"), reverse("admin:verification_source_changelist"), failing, go="r"))
    if may_open(person, "insight"):
        found.append(Entry(_("Insight"), reverse("admin:insight"), go="f"))
    if may_open(person, "people"):
        found.append(Entry(_("People"), reverse("admin:people"), go="u"))
    if may_open(person, "suggestions"):
        found.append(Entry(_("Suggestions"), reverse("admin:suggestions")))
    if may_open(person, "weights"):
        found.append(Entry(_("What is worth checking"), reverse("admin:weights")))
    if may_open(person, "tokens"):
        found.append(Entry(_("Tokens"), reverse("admin:tokens")))
    if may_open(person, "settings"):
        found.append(Entry(_("Settings"), reverse("admin:settings"), go="c"))
    return found


def _current(entries: list[Entry], request: HttpRequest) -> Entry | None:
    """Return the entry one is at: this very address, else the longest one that the page lies at or below."""
    index = reverse("admin:index")
    if request.path.startswith((reverse("admin:me"), reverse("admin:notices"), reverse("admin:guide"))):
        return None  # what is one's own is no entry of the menu, though its address lies below the queue's
    exact = [entry for entry in entries if entry.url == request.get_full_path()]
    if (page := request.resolver_match) and page.url_name in HANDED_IN:
        exact = [entry for entry in entries if entry.url == reverse("admin:claims_submission_add")]
    above = [entry for entry in entries if request.path.startswith(entry.url)]
    if request.path != index:
        above = [entry for entry in above if entry.url != index]
    return next(iter([*exact, *sorted(above, key=lambda entry: -len(entry.url))]), None)
