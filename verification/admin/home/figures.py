"""The desk in figures: what was decided and published today and on the days before, and how old the open cases are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from verification.admin.queue.conditions import is_open
from verification.admin.queue.deadlines import day_of, length
from verification.models import Change, Hat, Judgment, Publication, Review, Verdict

DAYS = 14
# The drawing's own units: a day's column, the tallest column, the longest bar, the place of the bars.
STEP, TALLEST, LONGEST, LEFT = 21, 53, 171, 78


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, in the drawing's units; `is_now` is the one that is marked."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    is_now: bool

    @property
    def after(self) -> float:
        """Where the count beside a lying bar begins."""
        return round(self.x + self.width + 6, 1)

    @property
    def baseline(self) -> float:
        """Where words beside a lying bar stand."""
        return self.y + 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Today's figures and two charts. `median` is empty where no first verdict was decided today.

    `agreed` is the percentage of second checks in the days of the chart that came to the first one's rating, None where
    there was none.
    """

    decided: int
    published: int
    median: str
    agreed: int | None
    days: Sequence[Bar]
    days_told: str
    ages: Sequence[Bar]
    ages_told: str
    open: int


def figures(now: datetime) -> Figures:
    """Gather the figures (five queries)."""
    begin, end = day_of(now)
    first_day = timezone.localdate(now) - timedelta(days=DAYS - 1)
    since = begin - timedelta(days=DAYS)
    zone = timezone.get_current_timezone()
    by_day = dict(
        Verdict.objects.filter(approved_at__gte=since)
        .exclude(change=Change.MINOR)
        .values_list(TruncDate("approved_at", tzinfo=zone))
        .annotate(Count("pk"))
        .order_by()
    )
    counts = {first_day + timedelta(days=n): 0 for n in range(DAYS)}
    counts |= {day: count for day, count in by_day.items() if day in counts}
    today = list(counts.values())[-1]
    firsts = Verdict.objects.filter(approved_at__gte=begin, approved_at__lt=end, version=1)
    spans = [
        (decided - said).total_seconds()
        for decided, said in firsts.values_list("approved_at", "review__claim__created_at")
    ]
    ages = _ages(now)
    return Figures(
        decided=today,
        published=Publication.objects.filter(published_at__gte=begin, published_at__lt=end, edited_at=None).count(),
        median=_short(timedelta(seconds=median(spans))) if spans else "",
        agreed=_agreed(since),
        days=_columns([(date_format(day, "j M"), count) for day, count in counts.items()]),
        days_told=_(
            "Verdicts decided on each of the last %(days)d days: between %(least)d and %(most)d; %(today)d today"
        )
        % {"days": DAYS, "least": min(counts.values()), "most": max(counts.values()), "today": today},
        ages=_bars(ages),
        ages_told=_("Open cases by age: %(ages)s") % {"ages": ", ".join(f"{label}: {count}" for label, count in ages)},
        open=sum(count for _label, count in ages),
    )


def _short(span: timedelta) -> str:
    """Return a length that fits where a figure stands."""
    return length(span) if span >= timedelta(minutes=1) else _("< 1 min")


def _agreed(since: datetime) -> int | None:
    first = Judgment.objects.filter(review=OuterRef("review"), cycle=OuterRef("cycle"), hat=Hat.FIRST).values("rating")
    second = Judgment.objects.filter(hat=Hat.SECOND, submitted_at__gte=since).annotate(first=Subquery(first[:1]))
    counted = second.aggregate(every=Count("pk"), same=Count("pk", filter=Q(rating=F("first"))))
    return round(100 * counted["same"] / counted["every"]) if counted["every"] else None


def _ages(now: datetime) -> list[tuple[str, int]]:
    """Return how many open cases are how old, counted from when they were opened."""
    day, three, six = (now - timedelta(days=days) for days in (1, 3, 6))
    spans = {
        _("under a day"): Q(opened_at__gt=day),
        _("1–2 days"): Q(opened_at__lte=day, opened_at__gt=three),
        _("3–5 days"): Q(opened_at__lte=three, opened_at__gt=six),
        _("older"): Q(opened_at__lte=six),
    }
    counts = Review.objects.filter(is_open()).aggregate(
        **{f"n{number}": Count("pk", filter=span) for number, span in enumerate(spans.values())}
    )
    return list(zip(spans, counts.values(), strict=True))


def _columns(days: Sequence[tuple[str, int]]) -> list[Bar]:
    most = max(count for _label, count in days) or 1
    found = []
    for n, (label, count) in enumerate(days):
        tall = round(TALLEST * count / most, 1)
        found.append(Bar(label, count, n * STEP + 1, round(58 - tall, 1), 15, tall, n == len(days) - 1))
    return found


def _bars(ages: Sequence[tuple[str, int]]) -> list[Bar]:
    most = max(count for _label, count in ages) or 1
    return [
        Bar(label, count, LEFT, n * STEP + 2, round(LONGEST * count / most, 1), 12, n == len(ages) - 1)
        for n, (label, count) in enumerate(ages)
    ]
