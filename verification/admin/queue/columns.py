"""The queue's columns: which there are, which somebody sees, and what each says in a table for a spreadsheet."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.translation import tell
from verification.admin.pages import Route, desk_page, person_of, posted
from verification.admin.queue.addresses import cleaned
from verification.admin.queue.rows import CaseRow
from verification.models import Profile
from verification.publishing.labels import class_badge, flag_badge

# The parameter of an address that names the columns, parted by commas; without it a person's own are shown.
COLUMNS_VAR: Final = "columns"
CLAIM: Final = "claim"

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the order a click on it asks for (empty: none), its headings and cells in a table."""

    label: str | Promise
    sort: str
    heads: tuple[str, ...]
    cells: Callable[[CaseRow], Cells]


def _when(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""


def _check(row: CaseRow) -> Cells:
    check = row.found.check
    flags = [str(badge.label) for flag in (check["flags"] if check else []) if (badge := flag_badge(flag))]
    return [
        str(class_badge(check["class"]).label) if check else "",
        "; ".join(flags),
        row.found.documents if row.found.outcome and not row.found.failed else "",
    ]


def _state(row: CaseRow) -> Cells:
    return [str(capfirst(row.review.get_state_display())), row.holder]


def _priority(row: CaseRow) -> Cells:
    return [round(100 * row.review.priority), " · ".join(tell(row.review.priority_reasons))]


def _names(row: CaseRow) -> list[str]:
    return [topic.name for topic in row.review.topics.all()]


COLUMNS: Final[Mapping[str, Column]] = {
    "state": Column(gettext_lazy("State and checker"), "", ("state", "checker"), _state),
    "priority": Column(gettext_lazy("Priority and why"), "priority", ("priority", "why"), _priority),
    "due": Column(
        gettext_lazy("Due"), "due", ("due", "embargo until"), lambda row: [_when(row.review.deadline), _embargo(row)]
    ),
    "check": Column(gettext_lazy("Best quote check"), "", ("quote check", "flags", "documents"), _check),
    "speaker": Column(gettext_lazy("Speaker"), "", ("speaker",), lambda row: [row.speaker]),
    "outlet": Column(gettext_lazy("Outlet"), "", ("outlet",), lambda row: [row.outlets]),
    "kind": Column(gettext_lazy("Kind"), "", ("kind",), lambda row: [str(row.review.claim.get_kind_display())]),
    "topic": Column(gettext_lazy("Topics"), "", ("topics",), lambda row: ["; ".join(_names(row))]),
    "opened": Column(gettext_lazy("Opened"), "new", ("opened",), lambda row: [_when(row.review.opened_at)]),
    "cycle": Column(gettext_lazy("Cycle"), "", ("cycle",), lambda row: [row.review.cycle]),
    "legal": Column(
        gettext_lazy("Legal read"), "", ("legal read",), lambda row: [str(row.review.get_legal_read_display())]
    ),
}
USUAL: Final = ("state", "priority", "due", "check")


def _embargo(row: CaseRow) -> str:
    return _when(row.review.embargo_until)


def known(keys: Collection[object]) -> list[str]:
    """Return those of the keys that name a column, each once, in the order in which columns stand."""
    return [key for key in COLUMNS if key in keys]


def columns_in(text: str) -> list[str]:
    """Return the columns that an address names."""
    return known(text.split(","))


def chosen(kept: Collection[object] | None) -> list[str]:
    """Return the columns of what a profile keeps, or the usual ones where nothing was chosen."""
    return known(kept) if kept else list(USUAL)


def choose_columns(person: User, keys: Collection[object]) -> None:
    """Keep the columns a person wants to see; the claim is always one, so that none beside it is a choice too."""
    Profile.objects.update_or_create(person=person, defaults={"queue_columns": [CLAIM, *known(keys)]})


@posted
@desk_page("queue")
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the columns that were ticked, or go back to the usual ones; the list stays as it was searched."""
    keys = USUAL if "usual" in request.POST else request.POST.getlist("column")
    choose_columns(person_of(request), keys)
    messages.success(request, _("These are your columns now."))
    here = cleaned(request.POST.get("query", ""), without=[COLUMNS_VAR])
    return redirect(f"{reverse('admin:verification_review_changelist')}{'?' if here else ''}{here}")


ROUTES: list[Route] = [("columns/", choose, "queue_columns")]
