"""How far a list is that somebody handed in: how each of its articles stands, while workers go on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims import work
from claims.intake import EXTRACT
from claims.models import Appearance, Submission, Work
from claims.submitting import FETCH
from verification.admin.pages import Route, desk_page, person_of, show
from verification.review.triage import RESEARCH

FETCHING, READING, SEARCHING = "fetching", "reading", "searching"
READ, FAILED, CANCELLED = "read", "failed", "cancelled"
# In the order of an article's way; what goes on by itself comes first.
STAGES: dict[str, str | Promise] = {
    FETCHING: gettext_lazy("to be fetched"),
    READING: gettext_lazy("to be read for claims"),
    SEARCHING: gettext_lazy("being searched for"),
    CANCELLED: gettext_lazy("cancelled"),
    FAILED: gettext_lazy("failed"),
    READ: pgettext_lazy("an article that was handed in", "done"),
}
GOES_ON = (FETCHING, READING, SEARCHING)


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a list, and where on its way it is (a key of `STAGES`)."""

    submission: Submission
    stage: str

    @property
    def word(self) -> str | Promise:
        """Where it is, in words."""
        return STAGES[self.stage]


@dataclass(frozen=True, slots=True)
class ListProgress:
    """How far a list is. `finished` when nothing more happens by itself."""

    rows: Sequence[Row]

    @property
    def counts(self) -> list[tuple[str | Promise, int]]:
        """How many articles are where, in words."""
        found = Counter(row.stage for row in self.rows)
        return [(told, found[stage]) for stage, told in STAGES.items() if found[stage]]

    @property
    def over(self) -> int:
        """With how many nothing more happens."""
        return sum(row.stage not in GOES_ON for row in self.rows)

    @property
    def finished(self) -> bool:
        """Whether nothing more happens with any."""
        return self.over == len(self.rows)

    @property
    def cancelled(self) -> bool:
        """Whether some were cancelled."""
        return any(row.stage == CANCELLED for row in self.rows)


def submissions_of(person: User, first: int, last: int) -> QuerySet[Submission]:
    """Return what a person brought in lists, from one submission (by id) to another."""
    return Submission.objects.filter(person=person, way=Submission.Way.IMPORT, pk__gte=first, pk__lte=last)


def list_progress(submissions: QuerySet[Submission]) -> ListProgress:
    """Tell of each submission where it is (five queries)."""
    found = list(submissions.select_related("article").defer("article__text").order_by("pk"))
    fetching = _newest(FETCH, [one.pk for one in found])
    articles = [one.article_id for one in found if one.article_id]
    lifting = _newest(EXTRACT, articles)
    searches = Work.objects.filter(kind=RESEARCH, subject=OuterRef("claim"))
    searching = _holding(articles, Q(claim__review__isnull=True) | Q(Exists(searches.filter(work.OPEN))))
    unsearched = _holding(articles, Q(Exists(searches.filter(work.CANCELLED))))

    def stage(one: Submission) -> str:
        if one.article is None:
            row = fetching.get(one.pk)
            return FAILED if one.error and (row is None or row.done_at) else _stage_of(row, FETCHING)
        if one.article.extracted_by is None:
            return _stage_of(lifting.get(one.article.pk), READING)
        if one.article.pk in searching:
            return SEARCHING
        return CANCELLED if one.article.pk in unsearched else READ

    return ListProgress([Row(one, stage(one)) for one in found])


def _newest(kind: str, subjects: Sequence[int]) -> dict[int, Work]:
    return {row.subject: row for row in Work.objects.filter(kind=kind, subject__in=subjects).order_by("pk")}


def _holding(articles: Sequence[int], claims: Q) -> set[int]:
    """Return the articles that hold a claim of which a condition on its appearance is true."""
    return set(Appearance.objects.filter(claims, article__in=articles).values_list("article", flat=True))


def _stage_of(row: Work | None, due: str) -> str:
    if row is None or row.quarantined_at is None:
        return due
    return CANCELLED if row.last_error.startswith(work.CANCELLED_BY) else FAILED


@desk_page("intake")
def progress(request: HttpRequest, first: int, last: int) -> HttpResponse:
    """Show how far a list is that this person handed in."""
    told = list_progress(submissions_of(person_of(request), first, last))
    if not told.rows:
        raise Http404
    return show(
        request, "desk/intake_list.html", {"title": _("A list, row by row"), "told": told, "first": first, "last": last}
    )


ROUTES: list[Route] = [("add/many/<int:first>-<int:last>/", progress, "intake_list")]
