"""Cited pages as they were when they were cited and as they stand now, and the articles in which the claim stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.extraction.fates import Fate as Fates
from claims.extraction.fates import worst
from claims.extraction.word_diff import word_diff
from claims.models import AppearanceFate, Fate
from verification.admin.file.panel import Panel
from verification.admin.pages import person_of
from verification.models import Document, Evidence, PageChange, PageWatch, Review, VerdictEvidence
from verification.publishing.labels import Badge
from verification.review.policy import is_kept_blind, may_see_judgment
from verification.review.standing import Standing

FATES: Mapping[str, Badge] = {
    Fate.SAME: Badge(gettext_lazy("As cited"), "good", "check"),
    Fate.MOVED: Badge(gettext_lazy("Moved"), "quiet", "change"),
    Fate.CHANGED: Badge(gettext_lazy("Changed"), "bad", "noteq"),
    Fate.GONE: Badge(gettext_lazy("Gone"), "bad", "absent"),
}
UNSEEN = Badge(gettext_lazy("Not compared yet"), "quiet", "dash")
FAILS = Badge(gettext_lazy("Could not be read"), "caution", "warn")
READ = ("OK", "NOT_MODIFIED", "")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that does not stand as it stood: what was there, what is there, and the archived copies of both.

    `newer` is the document or article that the newer copy was read as, None where there is none. `now` is what stands
    there with its surroundings.
    """

    badge: Badge
    was: str
    diff: Sequence[Mapping[str, str]]
    found_at: datetime
    start: int
    end: int
    newer: Any = None
    now: str = ""

    @property
    def differs(self) -> bool:
        """Whether other words stand there."""
        return bool(self.diff)


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A watched page that the case cites: how the last look ended, and the passages that are told of."""

    watch: PageWatch
    document: Document
    badge: Badge
    passages: Sequence[Passage]

    @property
    def fails(self) -> bool:
        """Whether the last time it was asked for it could not be read."""
        return self.watch.outcome not in READ


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """A place where the claim stands whose article reads otherwise now."""

    fate: AppearanceFate
    passage: Passage


def panel(request: HttpRequest, standing: Standing) -> Panel | None:
    """Return the cited pages of a case, and where the claim stands in other words now; None where there are none.

    What a judgment cites that this person may not see yet is left out.
    """
    pages, articles = cited_pages(standing.review, person_of(request)), read_again(standing.review)
    if not pages and not articles:
        return None
    context = {"pages": pages, "articles": articles}
    return Panel("pages", _("Cited pages"), "desk/file_changes.html", context, len(pages))


def cited_pages(review: Review, person: User, *, changed: bool = False) -> list[CitedPage]:
    """Return the watched pages of which this person may know that the case cites them (six queries at most).

    With `changed` only those of which something was changed or is gone.
    """
    passages = _passages(review, person)
    watches = PageWatch.objects.filter(document__in=passages).select_related("document__source", "document__snapshot")
    found = list(watches.defer("document__text").order_by("pk"))
    changes: dict[tuple[int, str], PageChange] = {}
    for each in PageChange.objects.filter(watch__in=found).order_by("pk"):
        changes[each.watch_id, each.exact] = each
    copies = [change.snapshot_id for change in changes.values() if change.snapshot_id]
    newer = {copy.snapshot_id: copy for copy in Document.objects.filter(snapshot__in=copies).defer("text")}
    pages = []
    for watch in found:
        own = passages[watch.document_id].items()
        told = [(change, place) for exact, place in own if (change := changes.get((watch.pk, exact)))]
        fates = [change.fate for change, _place in told]
        if changed and not {Fate.CHANGED.value, Fate.GONE.value} & set(fates):
            continue
        shown = [_passage(change, place, newer.get(change.snapshot_id or 0)) for change, place in told]
        pages.append(CitedPage(watch, watch.document, _badge(watch, fates), shown))
    return pages


def read_again(review: Review) -> list[ReadAgain]:
    """Return where the claim stands in an article that has other words there now, or none (one query)."""
    fates = AppearanceFate.objects.filter(appearance__claim__review=review)
    joined = AppearanceFate.objects.filter(appearance__claim__review__duplicate_of=review)
    newest: dict[int, AppearanceFate] = {}
    for fate in (fates | joined).select_related("appearance__article__outlet", "article").order_by("pk"):
        newest[fate.appearance_id] = fate
    told = [fate for fate in newest.values() if fate.fate in (Fate.CHANGED, Fate.GONE)]
    return [ReadAgain(fate, _of_article(fate)) for fate in told]


def _passages(review: Review, person: User) -> dict[int, dict[str, tuple[int, int]]]:
    """Return by document the passages that the case cites, each with its place, as far as this person may know them."""
    blind = is_kept_blind(person, review)
    cited: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    evidence = Evidence.objects.filter(judgment__review=review, judgment__submitted_at__isnull=False)
    for piece in evidence.select_related("judgment").order_by("pk"):
        if may_see_judgment(person, piece.judgment, review, blind=blind):
            cited[piece.document_id][piece.exact] = (piece.start, piece.end)
    if review.publication_id:
        for public in VerdictEvidence.objects.filter(verdict__publication=review.publication_id).order_by("pk"):
            cited[public.document_id][public.exact] = (public.start, public.end)
    return cited


def _passage(change: PageChange, place: tuple[int, int], newer: Document | None) -> Passage:
    diff = change.diff if change.fate == Fate.CHANGED else ()
    return Passage(FATES[change.fate], change.exact, diff, change.found_at, *place, newer, change.now)


def _of_article(fate: AppearanceFate) -> Passage:
    place = fate.appearance
    steps = word_diff(place.exact, fate.exact) if fate.fate == Fate.CHANGED else ()
    diff = [{"op": step.op, "quote": step.was, "source": step.now} for step in steps]
    return Passage(FATES[fate.fate], place.exact, diff, fate.found_at, place.start, place.end, fate.article)


def _badge(watch: PageWatch, told: Sequence[str]) -> Badge:
    """Return how the page stands for this case: by the worst of its own passages, whatever else was changed there."""
    found = worst([Fates(fate) for fate in told])
    if watch.outcome not in READ and found is not Fates.GONE:
        return FAILS
    return FATES[found] if watch.looks else UNSEEN
