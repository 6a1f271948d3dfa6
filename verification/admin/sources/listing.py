"""All sources in one table: how each answered last, when it is asked next, what it brought. Failing ones come first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.admin.pages import desk_page, show
from verification.admin.sources.about import connector_name, tabs
from verification.admin.sources.access import may_change
from verification.connectors.issuers.registry import CONNECTORS
from verification.models import Document, Source, SourceItem
from verification.publishing.plain_text import printable
from verification.research.following import can_be_followed
from verification.research.source_keeping import FAILING

PER_PAGE = 100
RECENT = timedelta(days=7)
LONGEST_SEARCH = 100
SHOWS: Mapping[str, tuple[Promise, Q]] = {
    "failing": (gettext_lazy("Failing"), FAILING),
    "on": (gettext_lazy("On"), Q(enabled=True)),
    "off": (gettext_lazy("Off"), Q(enabled=False)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One source. `recent` of its `documents` came in the last seven days; `waiting` entries are not fetched yet.

    One that is not `is_followed` has nothing that shows what is new: it is asked when a claim is looked up.
    """

    source: Source
    connector: str
    documents: int
    recent: int
    waiting: int
    is_followed: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to cut the list down."""

    key: str
    label: str
    count: int


@desk_page("sources")
def listing(request: HttpRequest) -> HttpResponse:
    """Show the sources, or those that fail, are on or off, or have the words looked for in their name."""
    wanted = " ".join(printable(request.GET.get("q", "")).split())[:LONGEST_SEARCH]
    cut = request.GET.get("show", "")
    counts = Source.objects.aggregate(
        all=Count("pk"), **{key: Count("pk", filter=condition) for key, (_label, condition) in SHOWS.items()}
    )
    found = Source.objects.filter(SHOWS[cut][1]) if cut in SHOWS else Source.objects.all()
    if wanted:
        found = found.filter(
            Q(name__icontains=wanted) | Q(speaks_for__icontains=wanted) | Q(also_called__icontains=wanted)
        )
    failing_first = found.annotate(fails=Q(FAILING)).order_by("-fails", "-enabled", Lower("name"), "pk")
    page = Paginator(failing_first, PER_PAGE).get_page(request.GET.get("p"))
    cuts = [Cut(key, str(label), counts[key]) for key, (label, _condition) in SHOWS.items()]
    context = {
        "title": _("Sources"),
        "tabs": tabs("sources"),
        "page": page,
        "rows": rows_of(list(page.object_list)),
        "cuts": [Cut("", _("All"), counts["all"]), *cuts],
        "cut": cut if cut in SHOWS else "",
        "wanted": wanted,
        "query": further(q=wanted, show=cut),
        "failing": counts["failing"],
        "on": counts["on"],
        "may_change": may_change(request),
    }
    return show(request, "desk/sources.html", context)


def rows_of(sources: Sequence[Source]) -> list[Row]:
    """Return sources with what they brought (two queries)."""
    known = [source.pk for source in sources]
    documents = Document.objects.filter(source__in=known, superseded_at__isnull=True).values_list("source")
    recent = Count("pk", filter=Q(created_at__gte=timezone.now() - RECENT))
    stored = {pk: (every, new) for pk, every, new in documents.annotate(every=Count("pk"), recent=recent)}
    due = SourceItem.objects.filter(source__in=known, state=SourceItem.State.DUE).values_list("source")
    waiting = dict(due.annotate(Count("pk")))
    return [
        Row(
            source,
            connector_name(source.connector),
            *stored.get(source.pk, (0, 0)),
            waiting.get(source.pk, 0),
            is_followed=source.connector in CONNECTORS and can_be_followed(CONNECTORS[source.connector]),
        )
        for source in sources
    ]


def further(**query: str) -> str:
    """Return what the addresses of a list's other pages have beside the page's number: `&q=…`, or nothing."""
    told = urlencode({name: value for name, value in query.items() if value})
    return f"&{told}" if told else ""
