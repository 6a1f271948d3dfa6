"""New sources: one of the shipped catalogue, or any other through a connector that is told where to look. No code."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.admin.pages import Route, desk_page, show, tell_refusal
from verification.admin.sources.about import About, connector_name, tabs
from verification.admin.sources.access import may_change, must_change, note
from verification.admin.sources.forms import SourceForm
from verification.admin.sources.page import tried
from verification.admin.sources.trying import Tried
from verification.connectors.issuers import catalogue
from verification.connectors.issuers.catalogue_entry import CatalogueEntry
from verification.connectors.issuers.catalogue_of_bodies import BODIES
from verification.connectors.issuers.catalogue_of_records import RECORDS
from verification.connectors.issuers.catalogue_of_states import STATES
from verification.connectors.issuers.contract import Connector
from verification.connectors.issuers.registry import CONNECTORS
from verification.models import Source
from verification.publishing.plain_text import printable
from verification.research.source_keeping import Kept, add_source, missing_key
from verification.review.refusals import Refused

RIGHT = "verification.add_source"
# Those that any issuer can be pointed at, the simplest first.
GENERIC = ("feed", "html_list", "sitemap", "wordpress")


GROUPS: Sequence[tuple[str | Promise, Sequence[CatalogueEntry]]] = (
    (gettext_lazy("Governments"), STATES),
    (gettext_lazy("Unions, alliances, the United Nations"), BODIES),
    (gettext_lazy("Records, archives, earlier checks"), RECORDS),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """One entry of the catalogue: `source` is the one that was made of it, `missing_key` what it needs first."""

    entry: CatalogueEntry
    connector: str
    source: Source | None
    missing_key: str | None


@desk_page("sources")
def offers(request: HttpRequest) -> HttpResponse:
    """Show the catalogue, with what is on the desk already (two queries beside the frame's)."""
    known = {source.catalogue: source for source in Source.objects.exclude(catalogue="")}

    def offered(entry: CatalogueEntry) -> Offered:
        key = missing_key(CONNECTORS[entry.connector])
        return Offered(entry, connector_name(entry.connector), known.get(entry.key), key)

    context = {
        "title": _("Catalogue"),
        "tabs": tabs("catalogue"),
        "groups": [(title, [offered(entry) for entry in entries]) for title, entries in GROUPS],
        "generic": [About.of(CONNECTORS[key]) for key in GENERIC if key in CONNECTORS],
        "may_add": may_change(request, RIGHT),
    }
    return show(request, "desk/source_catalogue.html", context)


@desk_page("sources")
def adopt(request: HttpRequest, key: str) -> HttpResponse:
    """Make a source of a catalogue entry, switched off; one that was made before is told and shown."""
    if request.method != "POST":
        return redirect("admin:source_catalogue")
    must_change(request, RIGHT)
    entry = next((each for each in catalogue.entries() if each.key == key), None)
    if entry is None:
        raise Http404
    if known := Source.objects.filter(catalogue=key).first():
        messages.info(request, _("“%(name)s” is on this desk already.") % {"name": known})
        return redirect("admin:verification_source_change", known.pk)
    kept = Kept(
        entry.name,
        entry.tier,
        entry.speaks_for,
        tuple(entry.also_called),
        entry.zone,
        entry.licence,
        entry.every_minutes,
        dict(entry.configuration),
    )
    try:
        source = add_source(kept, entry.connector, catalogue=key)
    except Refused as error:
        tell_refusal(request, error)
        return redirect("admin:source_catalogue")
    note(request, source, _("Added from the catalogue."), added=True)
    told = _("“%(name)s” is on this desk, switched off. Try it out, then switch it on.")
    messages.success(request, told % {"name": source})
    return redirect("admin:verification_source_change", source.pk)


@desk_page("sources")
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form of a new source of one connector, try out what it says, and make the source, switched off."""
    connector = CONNECTORS.get(key)
    if connector is None:
        raise Http404
    must_change(request, RIGHT)
    form, found, status = SourceForm(connector, request.POST if request.method == "POST" else None), None, 200
    words = printable(request.POST.get("words", ""))
    if request.method == "POST":
        status = 200 if form.is_valid() else 400
        if request.POST.get("do") == "try":
            found = tried(form, words)
        elif form.is_valid():
            try:
                source = add_source(form.kept(), key)
            except Refused as error:
                form.add_error("name", str(error))
                status = 400
            else:
                note(request, source, _("Added."), added=True)
                messages.success(request, _("Added, switched off. Switch it on when what it brings is right."))
                return redirect("admin:verification_source_change", source.pk)
    return show(request, "desk/source_new.html", _context(connector, form, found, words), status)


def _context(connector: type[Connector], form: SourceForm, found: Tried | None, words: str) -> dict[str, object]:
    return {
        "title": _("New source: %(connector)s") % {"connector": connector_name(connector.key)},
        "tabs": tabs("catalogue"),
        "about": About.of(connector),
        "form": form,
        "tried": found,
        "words": words,
    }


ROUTES: list[Route] = [
    ("catalogue/", offers, "source_catalogue"),
    ("catalogue/<slug:key>/", adopt, "source_adopt"),
    ("new/<slug:key>/", new, "source_new"),
]
