"""Hosts: when each may be asked again, what its robots.txt asks for, how much of the day's budget is spent.

Gap and budget of one host are an administrator's; the longer of that gap and the robots file's own delay counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.archiving import archive
from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url
from claims.measuring import alarms, budget
from claims.models import ArchiveMeasure, HostLane, RobotsFile
from claims.translation import say
from verification.admin.pages import Route, desk_page, show
from verification.admin.sources.about import tabs
from verification.admin.sources.access import changes_of, may_change, must_change, note
from verification.admin.sources.listing import further
from verification.publishing.plain_text import printable
from verification.research.outlet_keeping import set_pace

PER_PAGE = 100
LONGEST_SEARCH = 100
RIGHT = "claims.change_hostlane"
GB = 10**9


@dataclass(frozen=True, slots=True)
class Lane:
    """A host's lane as it stands: the gap and the budget that count, what is spent today, and its robots files.

    `gap_ms` is the longest of what the host, the operator and the desk ask for, `gap_from` says whose it is.
    """

    lane: HostLane
    gap_ms: int
    gap_from: str
    budget: int
    spent: int
    is_closed: bool
    robots: Sequence[RobotsFile] = ()

    @property
    def is_spent(self) -> bool:
        """Whether today's budget is used up."""
        return self.spent >= self.budget

    @property
    def is_free(self) -> bool:
        """Whether it may be asked at once."""
        return self.lane.next_at <= timezone.now()


class LaneForm(forms.Form):
    """How one host is paced; empty is the desk's own."""

    gap = forms.DecimalField(
        label=gettext_lazy("Seconds between two requests, at least"),
        required=False,
        min_value=0,
        max_value=3600,
        max_digits=6,
        decimal_places=2,
        widget=forms.NumberInput({"class": "ro-input ro-few", "step": "0.1"}),
    )
    budget = forms.IntegerField(
        label=gettext_lazy("Requests a day, at most"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput({"class": "ro-input ro-few"}),
    )


@desk_page("sources")
def hosts(request: HttpRequest) -> HttpResponse:
    """List the hosts that were ever asked, those that are closed first (six queries beside the frame's)."""
    wanted = "".join(printable(request.GET.get("q", "")).split())[:LONGEST_SEARCH]
    now = timezone.now()
    found = HostLane.objects.annotate(closed=Q(closed_until__gt=now)).order_by(
        F("closed").desc(nulls_last=True), "host"
    )
    if wanted:
        found = found.filter(host__icontains=wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    lanes = list(page.object_list)
    robots = robots_of({lane.host for lane in lanes})
    context = {
        "title": _("Hosts"),
        "tabs": tabs("hosts"),
        "page": page,
        "lanes": [lane_told(lane, robots.get(lane.host, ())) for lane in lanes],
        "wanted": wanted,
        "query": further(q=wanted),
        "usual_gap_ms": usual_gap_ms(),
        "usual_budget": settings.FETCH_DAILY_BUDGET,
        "archive": archive_use(),
        "alarms": [say(alarm) for alarm in alarms(archive())],
        "may_change": may_change(request, RIGHT),
    }
    return show(request, "desk/source_hosts.html", context)


@desk_page("sources")
def host(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one host's lane and what its robots.txt says; save gap and budget."""
    lane = get_object_or_404(HostLane, pk=pk)
    stands: dict[str, Any] = {
        "gap": None if lane.gap_ms is None else Decimal(lane.gap_ms) / 1000,
        "budget": lane.daily_budget,
    }
    form = LaneForm(request.POST if request.method == "POST" else None, initial=stands)
    if request.method == "POST":
        must_change(request, RIGHT)
        if form.is_valid():
            gap: Decimal | None = form.cleaned_data["gap"]
            gap_ms = None if gap is None else int(gap * 1000)
            set_pace(lane, gap_ms=gap_ms, daily_budget=form.cleaned_data["budget"])
            if form.has_changed():
                note(request, lane, _("Changed its pace."))
            messages.success(request, _("Saved. It counts from the next request on."))
            return redirect("admin:source_host", lane.pk)
    context = {
        "title": lane.host,
        "tabs": tabs("hosts"),
        "changes": changes_of(lane),
        "told": lane_told(lane, robots_of({lane.host}).get(lane.host, ())),
        "form": form,
        "usual_gap_ms": usual_gap_ms(),
        "usual_budget": settings.FETCH_DAILY_BUDGET,
        "may_change": may_change(request, RIGHT),
    }
    return show(request, "desk/source_host.html", context, 400 if form.errors else 200)


def lane_told(lane: HostLane, robots: Sequence[RobotsFile] = ()) -> Lane:
    """Return a lane with what counts for it now."""
    own = usual_gap_ms() if lane.gap_ms is None else lane.gap_ms
    asked = lane.crawl_delay_ms or 0
    whose = _("its robots.txt") if asked > own else _("this host’s own") if lane.gap_ms is not None else _("the desk’s")
    is_today = lane.day == datetime.now(UTC).date()
    return Lane(
        lane,
        max(own, asked),
        whose,
        settings.FETCH_DAILY_BUDGET if lane.daily_budget is None else lane.daily_budget,
        lane.spent if is_today else 0,
        lane.closed_until is not None and lane.closed_until > timezone.now(),
        robots,
    )


def robots_of(hosts: Iterable[str]) -> Mapping[str, list[RobotsFile]]:
    """Return the robots files of hosts, each host's by origin (one query)."""
    wanted = set(hosts)
    origins = Q()
    for each in wanted:
        origins |= Q(origin__endswith=f"://{each}") | Q(origin__contains=f"://{each}:")
    found: dict[str, list[RobotsFile]] = {}
    for file in RobotsFile.objects.filter(origins).order_by("origin") if wanted else ():
        if (name := host_of(file.origin)) in wanted:
            found.setdefault(name or "", []).append(file)
    return found


def host_of(url: str) -> str | None:
    """Return the host of an address as its lane is named; None for what is no address."""
    try:
        return parse_url(url).host
    except BadUrl:
        return None


def usual_gap_ms() -> int:
    """Return the desk's own gap between two requests to one host."""
    return round(settings.FETCH_GAP_SECONDS * 1000)


@dataclass(frozen=True, slots=True)
class ArchiveUse:
    """How much the archive held when it was counted last, in gigabytes of 10⁹ bytes, and of how much."""

    measure: ArchiveMeasure
    held: float
    most: int
    share: float


def archive_use() -> ArchiveUse | None:
    """Return how much the archive holds; None while nobody has counted."""
    measure = ArchiveMeasure.objects.filter(pk=ArchiveMeasure.ONLY).first()
    if measure is None:
        return None
    return ArchiveUse(measure, measure.bytes / GB, settings.ARCHIVE_MAX_GB, measure.bytes / budget())


ROUTES: list[Route] = [("hosts/", hosts, "source_hosts"), ("hosts/<int:pk>/", host, "source_host")]
