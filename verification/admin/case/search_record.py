"""A search record by itself: what was asked of whom, when, with what outcome, what came back. Made to be printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.translation import tell
from verification.admin.case.accounts import lead_in_words
from verification.admin.pages import Route, desk_page, person_of, show
from verification.models import Document, Review, SearchRun, Verdict
from verification.review.found_for import kept_back

# In the order in which they are told; what a later version asks beside them is told by its own name.
ASKED = {
    "text": gettext_lazy("The claim"),
    "quotations": gettext_lazy("Quoted words"),
    "speaker": gettext_lazy("Said by"),
    "said": gettext_lazy("Said on"),
    "published": gettext_lazy("Article dated"),
    "figures": gettext_lazy("Figures"),
    "document": gettext_lazy("This document alone"),
    "why": gettext_lazy("Why this source"),
    "identifier": gettext_lazy("Number or address"),
    "phrase": gettext_lazy("These very words"),
    "words": gettext_lazy("Words"),
    "names": gettext_lazy("Names"),
    "days": gettext_lazy("Days"),
}
VERSIONS = {
    "index": gettext_lazy("index"),
    "ranking": gettext_lazy("ranking"),
    "quote_check": gettext_lazy("quote check"),
    "figure_check": gettext_lazy("figure check"),
    "accounts": gettext_lazy("accounts side by side"),
    "suggestion": gettext_lazy("suggestions"),
    "plan": gettext_lazy("search plan"),
}
DAYS = {"said", "published"}
# By this a search that was sent twice is known.
NOT_TOLD = {"by"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was looked for, in words; several where there were several."""

    label: str
    values: tuple[str, ...]


@desk_page("case")
def search_record(request: HttpRequest, pk: int, run: int) -> HttpResponse:
    """Show one of a case's searches in words (eight queries at most beside the frame's)."""
    review = get_object_or_404(Review, pk=pk)
    record = get_object_or_404(SearchRun.objects.select_related("source", "exchange"), pk=run, claim=review.claim_id)
    candidates = record.candidates.select_related("document__source").defer("document__text").order_by("rank")
    kept = bool(kept_back(person_of(request), review, [record]))
    context = {
        "title": _("Search record"),
        "review": review,
        "run": record,
        "asked": [] if kept else list(asked_in_words(record.query)),
        "kept": kept,
        "leads": [(lead_in_words(lead), bool(lead["found"])) for lead in record.leads or ()],
        "versions": [(VERSIONS.get(name, name), version) for name, version in sorted(record.versions.items())],
        "candidates": [] if kept else candidates,
        "rests": Verdict.objects.filter(searches__search_run=record).order_by("version"),
    }
    return show(request, "desk/search_record.html", context)


def asked_in_words(query: Mapping[str, Any]) -> Iterable[Asked]:
    """Return what a search's query asked for; what was not known is left out (one query where it names a document)."""
    for name in [*ASKED, *sorted(query.keys() - ASKED.keys() - NOT_TOLD)]:
        values = tuple(_whole(name, query.get(name)))
        if values:
            yield Asked(str(ASKED.get(name, name.replace("_", " "))), values)


def _whole(name: str, value: Any) -> Iterable[str]:
    if name == "why" and isinstance(value, list):
        return tell(value)
    if name == "days" and isinstance(value, list):
        days = [_worded("said", day) if day else "…" for day in value]
        return [" – ".join(days)]
    return (_worded(name, each) for each in _listed(value))


def _listed(value: Any) -> Iterable[Any]:
    if value in (None, "", [], {}):
        return ()
    return value if isinstance(value, list) else (value,)


def _worded(name: str, value: Any) -> str:
    if name in DAYS and (day := parse_date(str(value)[:10])):
        return date_format(day, "j M Y")
    if name == "document":
        document = Document.objects.filter(public=value).defer("text").first()
        return str(document or value)
    return str(value)


ROUTES: list[Route] = [("<int:pk>/search/<int:run>/", search_record, "search_record")]
