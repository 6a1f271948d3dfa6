"""What happens at a case while its page is open: who else is here, how far searches are, whether the case moved on.

`readout/now.js` asks for it every few seconds; the page reads and saves without it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import work
from claims.models import Work
from verification.admin.case.adding import open_to
from verification.admin.case.neighbours import Neighbours, neighbours_of
from verification.admin.case.told_replies import told_replies
from verification.admin.pages import Route, desk_page, person_of, posted, revision, to_case
from verification.models import Review, SearchRun, Turn
from verification.models.candidate import OWN_WORDS
from verification.people.presence import be_here
from verification.research.live_search import planned
from verification.research.stretch import SEARCH_LIVE
from verification.review import precedents
from verification.review.standing import name_of
from verification.review.triage import RESEARCH
from verification.review.withheld_names import withheld_from

# A turn that ends within this is told.
ENDS_SOON = timedelta(hours=1)
# A search that ended is told so long.
FRESH = timedelta(minutes=2)
MOST_ASKED, MOST_PRECEDENTS = 8, 2


@dataclass(frozen=True, slots=True)
class Search:
    """A search under way, or just over: `done` of `planned` questions answered, the newest answers first."""

    kind: str
    runs: tuple[SearchRun, ...]
    planned: int
    waiting: Work | None
    cancelled: bool = False

    @property
    def done(self) -> int:
        """How many questions are answered; never more than are planned."""
        return min(len(self.runs), self.planned)


@posted
@desk_page("case")
def now(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer in JSON: `here`, `searches` and (with `first`) `beside` as HTML, `busy`, and whether the case `moved`."""
    review = get_object_or_404(Review.objects.select_related("claim"), pk=pk)
    person = person_of(request)
    # What was over before the page was opened is no news on it.
    searches = [each for each in _searches(review) if each.waiting or request.POST.get("watched")]
    told = {
        "review": review,
        "others": _others(review, person),
        "turn_until": _ends_soon(review, person),
        "moved": review.revision != revision(request),
        "searches": searches,
    }
    answer = {
        "here": render_to_string("desk/now_here.html", told, request),
        "searches": render_to_string("desk/now_searches.html", told, request),
        "busy": any(each.waiting for each in searches),
    }
    if request.POST.get("first"):
        answer |= _beside(request, review, person)
    return JsonResponse(answer)


@posted
@desk_page("case")
def cancel_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Call off the searches that are under way; what they brought stays."""
    review = open_to(request, pk)
    by = name_of(person_of(request))
    count = sum(work.cancel(kind, [review.claim_id], by) for kind in (SEARCH_LIVE, RESEARCH))
    if count:
        messages.success(request, _("The search is called off. What it had brought stays."))
    else:
        messages.info(request, _("No search was under way any more."))
    return to_case(pk)


def _others(review: Review, person: User) -> str:
    """Return who else has the case open, in a sentence; a checker whose name is withheld is one all the same."""
    others = be_here(review, person)
    withheld = withheld_from(person, review) if others else frozenset()
    names = [_("a checker") if each.pk in withheld else name_of(each) for each in others]
    if not names:
        return ""
    told = ngettext("%(names)s has this case open too", "%(names)s have this case open too", len(names))
    return told % {"names": ", ".join(names)}


def _ends_soon(review: Review, person: User) -> datetime | None:
    mine = Turn.objects.filter(review=review, duty__person=person, closed_at__isnull=True, paused_at__isnull=True)
    return mine.filter(until__lt=timezone.now() + ENDS_SOON).values_list("until", flat=True).first()


def _searches(review: Review) -> list[Search]:
    rows = Work.objects.filter(kind__in=[SEARCH_LIVE, RESEARCH], subject=review.claim_id)
    fresh = Q(done_at__gte=timezone.now() - FRESH) | Q(quarantined_at__gte=timezone.now() - FRESH)
    newest = {row.kind: row for row in rows.filter(work.OPEN | fresh).order_by("pk")}
    return [_search(review, row) for row in newest.values()]


def _search(review: Review, row: Work) -> Search:
    runs = SearchRun.objects.filter(claim=review.claim_id, finished_at__gte=row.created_at).select_related("source")
    live = row.kind == SEARCH_LIVE
    asked = runs.exclude(step__in=["", OWN_WORDS]) if live else runs.filter(step="")
    found = tuple(asked.order_by("-pk"))
    waiting = None if row.done_at or row.quarantined_at else row
    expected = max(len(planned(review.claim)), len(found) + bool(waiting)) if live else 1
    return Search(row.kind, found, expected, waiting, bool(row.quarantined_at))


def _beside(request: HttpRequest, review: Review, person: User) -> dict[str, str]:
    """Return what the page's own queries leave no room for: precedents, replies, the next cases of one's work."""
    neighbours: Neighbours = neighbours_of(review, person)
    found = {
        "review": review,
        "precedents": precedents.of(review)[:MOST_PRECEDENTS],
        "replies": told_replies(review, person),
        "neighbours": neighbours,
    }
    return {
        "beside": render_to_string("desk/now_beside.html", found, request),
        "neighbours": render_to_string("desk/now_neighbours.html", found, request),
    }


ROUTES: list[Route] = [
    ("<int:pk>/now/", now, "case_now"),
    ("<int:pk>/search/cancel/", cancel_search, "case_search_cancel"),
]
