"""The sources, feeds, webhooks and mail that fail: since when, what they say, how many cases wait for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Lower
from django.urls import reverse

from claims.models import OutletFeed, Work
from verification.admin.webhooks.standing import in_trouble
from verification.models import SearchRun, Source, SourceRun, Webhook
from verification.models.candidate import ANSWERED
from verification.publishing.subscribing.sending import held_up
from verification.research.source_keeping import FAILING
from verification.review.states import OPEN

SHOWN = 5
# Visits that the desk makes by itself; a trial or a probe says nothing of how a source answers day by day.
VISITS = (SourceRun.Verb.POLL, SourceRun.Verb.LIST, SourceRun.Verb.FETCH)
BAD = ("NOT_FOUND", "REFUSED", "FAILED", "STALE")


@dataclass(frozen=True, slots=True)
class Failing:
    """One that fails. `since` is None where no visit tells; `waiting` open cases had it asked, and it did not answer.

    `may_ask` says whether this person may have it asked now.
    """

    name: str
    url: str
    sentence: str
    since: datetime | None
    waiting: int
    may_ask: bool


@dataclass(frozen=True, slots=True)
class FailingOnes:
    """The first few sources and feeds that fail, of so many; `all` are switched on. `webhooks` are to be looked at.

    `mail` is what keeps mail to subscribers from being sent, for an hour at least.
    """

    shown: Sequence[Failing]
    count: int
    all: int
    webhooks: Sequence[Webhook]
    mail: Work | None


def failing_ones(person: User) -> FailingOnes:
    """Gather what fails: one query, five at most where something does."""
    counted = {"source": (0, 0), "outletfeed": (0, 0), "webhook": (0, 0), "work": (0, 0)}
    sources, feeds, hooks, letters = (
        rows.annotate(what=Value(rows.model._meta.model_name))
        .values_list("what")
        .annotate(Count("pk"), bad=Count("pk", filter=bad))
        .order_by()
        for rows, bad in (
            (Source.objects.filter(enabled=True), FAILING),
            (OutletFeed.objects.filter(enabled=True), FAILING),
            (Webhook.objects.all(), in_trouble()),
            (Work.objects.filter(held_up()), Q()),
        )
    )
    counted |= {what: (on, bad) for what, on, bad in sources.union(feeds, hooks, letters, all=True)}
    sources_fail, feeds_fail = counted["source"][1], counted["outletfeed"][1]
    shown = _sources(person) if sources_fail else []
    if feeds_fail and len(shown) < SHOWN:
        shown += _feeds(person)[: SHOWN - len(shown)]
    switched_on = counted["source"][0] + counted["outletfeed"][0]
    webhooks = list(Webhook.objects.filter(in_trouble())) if counted["webhook"][1] else []
    mail = Work.objects.filter(held_up()).first() if counted["work"][0] else None
    return FailingOnes(shown, sources_fail + feeds_fail, switched_on, webhooks, mail)


def _sources(person: User) -> list[Failing]:
    visits = SourceRun.objects.filter(source=OuterRef("pk"), verb__in=VISITS)
    later = SourceRun.objects.filter(
        source=OuterRef("source"), verb__in=VISITS, finished_at__gt=OuterRef("finished_at")
    )
    unbroken = visits.filter(~Exists(later.exclude(outcome__in=BAD)), outcome__in=BAD).order_by("finished_at")
    found = Source.objects.filter(FAILING).annotate(since=Subquery(unbroken.values("finished_at")[:1]))
    rows = list(found.order_by(Lower("name"), "pk")[:SHOWN])
    waiting, may_ask = _waiting([row.pk for row in rows]), person.has_perm("verification.change_source")
    return [
        Failing(
            row.name,
            reverse("admin:verification_source_change", args=[row.pk]),
            row.sentence,
            row.since,
            waiting.get(row.pk, 0),
            may_ask,
        )
        for row in rows
    ]


def _waiting(sources: Sequence[int]) -> Mapping[int, int]:
    """Count, by source, the open cases whose newest search of it was not answered."""
    asked = SearchRun.objects.filter(source__in=sources, claim__review__state__in=OPEN)
    newest = asked.order_by("source", "claim", "-pk").distinct("source", "claim")
    unanswered = SearchRun.objects.filter(pk__in=newest.values("pk")).exclude(outcome__in=ANSWERED)
    return dict(unanswered.values_list("source").annotate(Count("pk")).order_by())


def _feeds(person: User) -> list[Failing]:
    feeds = OutletFeed.objects.filter(FAILING).select_related("outlet").order_by(Lower("outlet__name"), "pk")
    may_ask = person.has_perm("claims.change_outletfeed")
    return [
        Failing(row.outlet.name, reverse("admin:source_feed", args=[row.pk]), row.sentence, None, 0, may_ask)
        for row in feeds[:SHOWN]
    ]
