"""What a source showed, entry by entry; and one entry, whose page can be handed in where the source refused it."""

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from claims.archiving import Handed
from claims.capture.errors import CaptureError
from claims.models import Snapshot
from claims.translation import say
from claims.wording import words
from verification.admin.pages import Route, desk_page, show
from verification.admin.sources.about import tabs
from verification.admin.sources.access import may_change, must_change, note
from verification.admin.sources.listing import further
from verification.connectors.issuers.contract import SourceEntry
from verification.models import Source, SourceItem
from verification.research.handing_in import hand_in
from verification.review.refusals import Refused

PER_PAGE = 50
# By the source's own dates; those without one come last.
NEWEST_FIRST = (F("published").desc(nulls_last=True), "-first_seen_at", "-pk")


@desk_page("sources")
def entries(request: HttpRequest, pk: int) -> HttpResponse:
    """List all entries of a source, newest first, or those in one state."""
    source = get_object_or_404(Source, pk=pk)
    state = request.GET.get("state", "")
    found = source.items.select_related("document").defer("document__text", "entry").order_by(*NEWEST_FIRST)
    counts = dict(source.items.values_list("state").annotate(Count("pk")))
    if state in SourceItem.State.values:
        found = found.filter(state=state)
    context = {
        "title": _("Entries of %(source)s") % {"source": source},
        "tabs": tabs("sources"),
        "source": source,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "state": state,
        "query": further(state=state),
        "counts": [(each.value, each.label, counts.get(each.value, 0)) for each in SourceItem.State],
        "all": sum(counts.values()),
        "may_change": may_change(request),
    }
    return show(request, "desk/source_entries.html", context)


@desk_page("sources")
def entry(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Show one entry with all that the source said of it; take its page from somebody who could open it."""
    found = get_object_or_404(SourceItem.objects.select_related("source", "document"), pk=item, source=pk)
    error = ""
    if request.method == "POST":
        must_change(request)
        try:
            document = hand_in(found, _handed(request))
        except CaptureError as unreadable:
            error = say(unreadable.sentence)
        except Refused as refused:
            error = str(refused)
        else:
            note(request, found.source, _("Handed in the page of “%(entry)s”.") % {"entry": str(found)[:120]})
            title = document.title or document.stable_id
            messages.success(request, _("“%(title)s” is archived and in the library.") % {"title": title})
            return redirect("admin:source_entry", found.source_id, found.pk)
    context = {
        "title": str(found),
        "tabs": tabs("sources"),
        "item": found,
        "entry": SourceEntry.from_json(found.entry),
        "error": error,
        "may_change": may_change(request),
    }
    return show(request, "desk/source_entry.html", context, 400 if error else 200)


def _handed(request: HttpRequest) -> Handed:
    uploaded = request.FILES.get("file")
    if not isinstance(uploaded, UploadedFile):
        raise CaptureError(words("Choose the file that you saved."))
    if (uploaded.size or 0) > settings.INTAKE_MAX_BYTES:
        most = settings.INTAKE_MAX_BYTES // 2**20
        raise CaptureError(words("This file is larger than %(most)s MB: hand in the part that matters.", most=most))
    return Handed(uploaded.read(), Snapshot.Origin.UPLOADED, uploaded.content_type or None, filename=uploaded.name)


ROUTES: list[Route] = [
    ("<int:pk>/entries/", entries, "source_entries"),
    ("<int:pk>/entries/<int:item>/", entry, "source_entry"),
]
