"""What was looked for, as it is published: the search records a version rests on, and the others made for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Subquery
from django.utils.translation import gettext, ngettext

from verification.models import Candidate, SearchEvidence, SearchRun, VerdictSearch
from verification.models.candidate import OWN_WORDS
from verification.publishing.moments import Moment

# A plan that asks live sources makes a dozen and more.
MOST_SEARCHES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSearch:
    """That something was looked for before the verdict was approved. `source` is None for the whole library.

    Of the library `documents` could have answered; a source that was asked `live` showed so many entries. Of one that
    was attached as evidence `number` is what cites it, `passages` how many came back, `used` how many of
    these are evidence themselves. `run` is the id of its record.
    """

    source: str | None
    documents: int
    outcome: str
    at: Moment
    run: int
    live: bool = False
    number: int = 0
    passages: int = 0
    used: int = 0

    @property
    def outcome_label(self) -> str:
        """What came of it: found, nothing found, or could not be asked, which are three things."""
        if self.live and self.outcome == SearchRun.Outcome.OK:
            shown = ngettext("%(count)d entry shown", "%(count)d entries shown", self.documents)
            return shown % {"count": self.documents}
        return str(SearchRun.Outcome(self.outcome).label)

    @property
    def told(self) -> str:
        """What came of one that was attached: nothing, or passages, and whether these are evidence too."""
        if self.live or self.outcome != SearchRun.Outcome.OK:
            return self.outcome_label
        passages = ngettext("%(count)d passage came back", "%(count)d passages came back", self.passages)
        used = gettext("%(count)d of them evidence here") if self.used else gettext("none of them is evidence here")
        return f"{passages % {'count': self.passages}}, {used % {'count': self.used}}"


def desk_zone() -> ZoneInfo:
    """Return the zone in which readers are told what the desk did."""
    return ZoneInfo(settings.TIME_ZONE)


def attached_searches(
    records: Iterable[SearchEvidence | VerdictSearch], documents: Collection[int]
) -> tuple[PublishedSearch, ...]:
    """Return the search records that a judgment or a version rests on, by number (one query more, if there are any).

    `documents` are the ids of those its evidence is from. Records are best selected with their run and its source.
    """
    kept = sorted(records, key=lambda record: record.number)
    found: dict[int, set[int]] = {record.search_run_id: set() for record in kept}
    if found:
        for run, document in Candidate.objects.filter(search_run__in=found).values_list("search_run", "document"):
            found[run].add(document)
    return tuple(
        _search(
            record.search_run,
            number=record.number,
            passages=len(found[record.search_run_id]),
            used=len(found[record.search_run_id].intersection(documents)),
        )
        for record in kept
    )


def searches_until(
    check: UUID, approved: Subquery | datetime, attached: Collection[PublishedSearch] = ()
) -> tuple[PublishedSearch, ...]:
    """Return the newest searches that were over when a version was approved, but for those that are attached to it.

    One in a checker's own words is none of them: that nothing was found says nothing of the claim.
    """
    runs = SearchRun.objects.filter(claim__review__public=check, finished_at__lte=approved).exclude(step=OWN_WORDS)
    others = runs.exclude(pk__in=[search.run for search in attached])
    return tuple(
        _search(run) for run in others.select_related("source").order_by("-finished_at", "-pk")[:MOST_SEARCHES]
    )


def _search(run: SearchRun, *, number: int = 0, passages: int = 0, used: int = 0) -> PublishedSearch:
    return PublishedSearch(
        source=run.source.name if run.source else None,
        documents=run.documents,
        outcome=run.outcome,
        at=Moment(run.finished_at, zone=desk_zone()),
        run=run.pk,
        live=run.is_live,
        number=number,
        passages=passages,
        used=used,
    )
