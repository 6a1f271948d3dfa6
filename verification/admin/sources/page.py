"""One source: how it answered lately, what it showed, how it is asked. It is switched, changed and tried out here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from claims.models import HostLane
from claims.models.clock import read_clock
from verification.admin.pages import desk_page, show, tell_refusal
from verification.admin.sources.about import About, connector_name, tabs
from verification.admin.sources.access import may_change, must_change, note
from verification.admin.sources.entries import NEWEST_FIRST
from verification.admin.sources.forms import SourceForm
from verification.admin.sources.hosts import host_of, lane_told
from verification.admin.sources.trying import Tried, try_out
from verification.connectors.issuers.contract import BadConfiguration, Connector
from verification.connectors.issuers.registry import CONNECTORS
from verification.models import Document, Source, SourceItem
from verification.publishing.plain_text import printable
from verification.research.source_keeping import (
    FAILING,
    Kept,
    ask_now,
    change_source,
    missing_key,
    note_trial,
    switch,
    why_not_on,
)
from verification.review.refusals import Moved, Refused

RUNS, ENTRIES = 12, 12
# Words to search for, or an address.
LONGEST_WORDS = 2000


@dataclass(slots=True)
class Sheet:
    """A source's page as somebody opened it; what they filled in and tried stays on it."""

    request: HttpRequest
    source: Source
    connector: type[Connector] | None
    form: SourceForm
    tried: Tried | None = None
    stands: Kept | None = None
    status: int = 200

    @property
    def here(self) -> str:
        """Its own address."""
        return self.request.path


@desk_page("sources")
def source_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a source (eight queries beside the frame's), and do what was asked of it."""
    source = get_object_or_404(Source, pk=pk)
    kept, connector = Kept.of(source), CONNECTORS.get(source.connector)
    data = request.POST if request.method == "POST" and request.POST.get("do") in {"save", "try"} else None
    sheet = Sheet(request, source, connector, SourceForm(connector, data, kept=kept, seen=kept.mark))
    if request.method == "POST":
        must_change(request)
        done = DOES.get(request.POST.get("do", ""))
        if done is None:
            raise Http404
        if answer := done(sheet):
            return answer
    return show(request, "desk/source.html", _context(sheet), sheet.status)


def _save(sheet: Sheet) -> HttpResponse | None:
    form, source = sheet.form, sheet.source
    if not form.is_valid():
        sheet.status = 400
        return None
    try:
        if change_source(source, form.kept(Kept.of(source)), form.seen):
            note(sheet.request, source, _("Changed how it is asked, or what is said of it."))
    except Moved as error:
        tell_refusal(sheet.request, error)
        sheet.stands, sheet.status = Kept.of(source), 409
        form.seen = sheet.stands.mark
        return None
    except Refused as error:
        form.add_error("name", str(error))
        sheet.status = 400
        return None
    messages.success(sheet.request, _("Saved."))
    return redirect(f"{sheet.here}#settings")


def _try(sheet: Sheet) -> HttpResponse | None:
    began = read_clock()
    told = sheet.tried = tried(sheet.form, printable(sheet.request.POST.get("words", "")))
    sheet.status = 400 if told is None else 200
    if told and told.requests:
        shown = len(told.entries) + told.left_out
        note_trial(sheet.source, told.outcome, told.sentence, requests=told.requests, shown=shown, began=began)
    return None


def tried(form: SourceForm, words: str) -> Tried | None:
    """Try out what a form says, saved or not; None where something in it has to be mended first."""
    if form.connector is None or not form.is_valid():
        return None
    if name := missing_key(form.connector):
        told = _("It needs the key “%(name)s”, which the operator puts into SOURCE_KEYS.")
        return Tried(_("Nothing was asked"), "FAILED", told % {"name": name})
    words = " ".join(words.split())[:LONGEST_WORDS]
    return try_out(form.connector(form.cleaned_data["configuration"]), form.cleaned_data["tier"], words)


def _ask(sheet: Sheet) -> HttpResponse:
    if ask_now(sheet.source):
        messages.success(sheet.request, _("It is due now: a worker asks it within seconds. Reload to see what came."))
    else:
        messages.warning(sheet.request, _("It is switched off: switch it on first."))
    return redirect(sheet.here)


def _on(sheet: Sheet) -> HttpResponse:
    try:
        if switch(sheet.source, on=True):
            note(sheet.request, sheet.source, _("Switched on."))
            messages.success(sheet.request, _("Switched on: it is asked now, and from then on by itself."))
    except Refused as error:
        tell_refusal(sheet.request, error)
    return redirect(sheet.here)


def _off(sheet: Sheet) -> HttpResponse:
    if switch(sheet.source, on=False):
        note(sheet.request, sheet.source, _("Switched off."))
        messages.success(sheet.request, _("Switched off: nobody asks it any more. What it brought stays."))
    return redirect(sheet.here)


DOES: dict[str, Callable[[Sheet], HttpResponse | None]] = {
    "save": _save,
    "try": _try,
    "ask": _ask,
    "on": _on,
    "off": _off,
}


def _context(sheet: Sheet) -> dict[str, Any]:
    source, connector = sheet.source, sheet.connector
    entries = source.items.select_related("document").defer("document__text", "entry")
    return {
        "title": source.name,
        "tabs": tabs("sources"),
        "source": source,
        "about": About.of(connector) if connector else None,
        "connector_name": connector_name(source.connector),
        "form": sheet.form,
        "kept_told": sheet.form.told(Kept.of(source)),
        "stands": sheet.stands,
        "stands_told": sheet.form.told(sheet.stands) if sheet.stands else (),
        "tried": sheet.tried,
        "words": sheet.request.POST.get("words", ""),
        "why_not_on": why_not_on(source),
        "may_change": may_change(sheet.request),
        "is_failing": Source.objects.filter(FAILING, pk=source.pk).exists(),
        "runs": source.runs.order_by("-finished_at", "-pk")[:RUNS],
        "entries": entries.order_by(*NEWEST_FIRST)[:ENTRIES],
        "states": dict(source.items.values_list("state").annotate(Count("pk"))),
        "all_states": SourceItem.State,
        "documents": Document.objects.filter(source=source, superseded_at__isnull=True).count(),
        "lanes": _lanes(source, connector),
    }


def _lanes(source: Source, connector: type[Connector] | None) -> Sequence[Any]:
    """Return the lanes of the hosts that this source asks, as far as they were asked before."""
    try:
        asked = connector(source.configuration).examples() if connector else ()
    except BadConfiguration:
        return ()
    hosts = {host for url in asked if (host := host_of(url))}
    return [lane_told(lane) for lane in HostLane.objects.filter(host__in=hosts).order_by("host")]
