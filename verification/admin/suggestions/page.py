"""The page that holds the machine's suggestions to account: how often each kind, and each source's, were right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.admin.pages import Route, desk_page, show
from verification.admin.suggestions.account import Row, account
from verification.admin.suggestions.precision import FEWEST, Share
from verification.models import Stance, Suggestion
from verification.review.questions import HARMLESS, MEANING

# Sources with the most decided suggestions come first; a longer table is not read.
MOST_SOURCES = 40
# The drawing's own width.
WIDTH = 120
ANSWERED = {MEANING: gettext_lazy("changes the meaning"), HARMLESS: gettext_lazy("does not change the meaning")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; `x`, `width` and `at` draw the interval and the share in it, in the drawing's units."""

    label: str
    made: int
    share: Share
    stated: float | None

    @property
    def x(self) -> float:
        """Where the interval begins."""
        return round(WIDTH * self.share.low, 1)

    @property
    def width(self) -> float:
        """How long the interval is."""
        return round(WIDTH * (self.share.high - self.share.low), 1)

    @property
    def at(self) -> float:
        """Where the share itself stands."""
        return round(WIDTH * self.share.value, 1)


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `left_out` says how many lines more there are."""

    key: str
    heading: str
    first: str
    lines: Sequence[Line]
    left_out: int = 0


@desk_page("suggestions")
def suggestions(request: HttpRequest) -> HttpResponse:
    """Show made, decided and right by kind, by source and by both, and the ones last found wrong (two queries)."""
    now = account()
    everything = next(row for row in now.rows if row.kind is None and row.source is None)
    context = {
        "title": _("How good are the suggestions?"),
        "everything": _line(_("All"), everything),
        "tables": tables(now.rows),
        "wrong": [(each, _decided(each.stances, each.answers)) for each in now.wrong],
        "fewest": FEWEST,
        "drawn": WIDTH,
    }
    return show(request, "desk/suggestions.html", context)


def tables(rows: Sequence[Row]) -> list[Table]:
    """Return the three tables, those with the most decided ones first."""
    kinds = {str(kind): str(capfirst(kind.label)) for kind in Suggestion.Kind}
    by_kind = {row.kind: row for row in rows if row.source is None and row.kind is not None}
    by_source = [row for row in rows if row.kind is None and row.source is not None]
    by_both = [row for row in rows if row.kind is not None and row.source is not None]
    of_kinds = [_line(label, by_kind[kind]) for kind, label in kinds.items() if kind in by_kind]
    of_both = [(f"{_named(row.source)}: {kinds[row.kind or '']}", row) for row in by_both]
    return [
        Table("kind", _("By kind"), _("Kind"), of_kinds),
        _cut("source", _("By source"), _("Source"), [(_named(row.source), row) for row in by_source]),
        _cut("both", _("By source and kind"), _("Source and kind"), of_both),
    ]


def _cut(key: str, heading: str, first: str, named: Iterable[tuple[str, Row]]) -> Table:
    drawn = (_line(label, row) for label, row in named)
    lines = sorted(drawn, key=lambda line: (-line.share.of, -line.made, line.label))
    return Table(key, heading, first, lines[:MOST_SOURCES], max(0, len(lines) - MOST_SOURCES))


def _line(label: str, row: Row) -> Line:
    return Line(label, row.made, row.share, row.stated)


def _named(source: str | None) -> str:
    return source or _("The whole library")


def _decided(stances: Iterable[str], answers: Iterable[str]) -> str:
    told = [str(Stance(stance).label) for stance in stances] + [str(ANSWERED[answer]) for answer in answers]
    return ", ".join(told)


ROUTES: list[Route] = [("suggestions/", suggestions, "suggestions")]
