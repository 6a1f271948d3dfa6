"""Insight: throughput, time, turns lost, agreement and balance of a span of days; and files of the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from verification.admin.insight.export import archive
from verification.admin.insight.span import Span, span_of
from verification.admin.pages import Route, desk_page, show
from verification.admin.queue.deadlines import length
from verification.insight import balance, flow
from verification.insight.judging import FEWEST_PAIRS, judging
from verification.models import Rating, Turn
from verification.review.standing import name_of

# The chart's own units: a week's column, the tallest one.
STEP, TALLEST, COLUMNS = 21, 53, 14


@dataclass(frozen=True, slots=True)
class Column:
    """One week of the chart."""

    label: str
    count: int
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """One table of the balance ledger; `left_out` says how many lines more there are."""

    key: str
    heading: str
    first: str
    lines: Sequence[tuple[balance.Line, list[tuple[str, str, int]]]]
    left_out: int


@desk_page("insight")
def insight(request: HttpRequest) -> HttpResponse:
    """Show the figures of a span (nine queries, however much happened)."""
    span, form = span_of(request)
    weeks = flow.weeks(span.since, span.before)
    context = {
        "title": _("Insight"),
        "form": form,
        "span": span,
        "weeks": weeks,
        "columns": columns(weeks),
        "stays": [(stay, _told(stay)) for stay in flow.stays(span.since, span.before)],
        "turns": _named(flow.turns(span.since, span.before)),
        "ends": [(end.value, end.label) for end in Turn.End],
        "judging": judging(span.since, span.before),
        "fewest": FEWEST_PAIRS,
        "ledgers": ledgers(span),
    }
    return show(request, "desk/insight.html", context, status=400 if form.errors else 200)


@desk_page("insight")
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the figures and the list of checks as a ZIP of tables, as applications to a code of principles ask."""
    span, form = span_of(request)
    if form.errors:
        return insight(request)
    response = HttpResponse(archive(request, span), content_type="application/zip")
    name = f"readout-{span.first:%Y%m%d}-{span.last:%Y%m%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def columns(weeks: Sequence[flow.Week]) -> list[Column]:
    """Return the chart of what was published, the newest fourteen weeks, the oldest first."""
    shown = list(reversed(weeks[:COLUMNS]))
    most = max((week.published + week.new_versions for week in shown), default=0) or 1
    found = []
    for place, week in enumerate(shown):
        count = week.published + week.new_versions
        tall = round(TALLEST * count / most, 1)
        found.append(Column(date_format(week.monday, "j M"), count, place * STEP + 1, round(58 - tall, 1), tall))
    return found


def _named(turns: Sequence[flow.Turns]) -> list[tuple[str, flow.Turns, list[int]]]:
    names = {person.pk: name_of(person) for person in User.objects.filter(pk__in=[each.person for each in turns])}
    found = [(names[each.person], each, [each.ended.get(end, 0) for end in Turn.End.values]) for each in turns]
    return sorted(found, key=lambda line: line[0])


def ledgers(span: Span) -> list[Ledger]:
    """Return the four tables of the balance ledger."""
    named = {
        "speaker": (_("By speaker"), _("Speaker")),
        "side": (_("By side"), _("Side")),
        "outlet": (_("By outlet"), _("Outlet")),
        "topic": (_("By topic"), _("Topic")),
    }
    found = []
    for group, (heading, first) in named.items():
        lines = balance.ledger(group, span.since, span.before)
        cut = [(line, _tones(line)) for line in lines[: balance.MOST_LINES]]
        found.append(Ledger(group, heading, first, cut, len(lines) - len(cut)))
    return found


def _told(stay: flow.Stay) -> tuple[str, ...]:
    return tuple("–" if span is None else length(span) for span in (stay.median, stay.ninth_decile, stay.oldest))


def _tones(line: balance.Line) -> list[tuple[str, str, int]]:
    return [(tone, str(Rating.Tone(tone).label), count) for tone, count in line.tones.items() if count]


ROUTES: list[Route] = [("insight/", insight, "insight"), ("insight/export/", export, "insight_export")]
