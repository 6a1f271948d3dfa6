"""The source watch: pages that judgments and verdicts cite are looked at again, often at first and then ever less.

    enlist_looks()                 the beat: watches what is cited, and makes the looks due that are due
    page_look.look_again           one look, under a lease

What a look finds is told by `page_look`, whom it concerns by `page_alarms`. See `docs/watching.md`.
"""

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least

from claims import work
from claims.models import Work
from claims.models.clock import ClockTimestamp
from verification.models import Document, Evidence, PageWatch, VerdictEvidence

LOOK = "verification.look_again"
AFTER_CITING: Final = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 3 * 24, 7 * 24, 14 * 24, 30 * 24))
"""When a page is looked at after it was cited. Corrections come within hours, press offices tidy up within days, and
what stood for a month seldom changes any more: the looks thin out as those do."""
THEN_EVERY: Final = timedelta(days=90)
"""What is published stands for years: redesigns and changes of government take whole sites away."""
RETRY: Final = timedelta(hours=6)
"""A look that failed says nothing, so it is made up for sooner than the next one is due."""
LEFT_ALONE: Final = timedelta(days=7)
"""A site that refused is not asked again soon, nor is a page that was not there in the first place."""
AT_ONCE, OF_ONE_HOST = 500, 20
"""Looks made due by one sweep, and of them those at one host: more would only wait for its lane."""


def gap_after(looks: int) -> timedelta:
    """Return how long to wait for the next look once there were so many."""
    times = (timedelta(0), *AFTER_CITING)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    return gaps[looks] if looks < len(gaps) else THEN_EVERY


def gap_after_failure(looks: int) -> timedelta:
    """Return how long to wait before a look that failed is made up for."""
    return min(gap_after(looks), RETRY)


def enlist_looks() -> int:
    """Watch the pages that are cited, and make due the looks that are due; return how many that were.

    A page that is cited anew is watched from the beginning, and one whose document the desk has in a newer version by
    other ways is looked at now. Two sweeps at once are safe.
    """
    with transaction.atomic():
        _watch_cited()
        _watch_anew()
        due = _due()
        work.enlist(LOOK, due)
    return len(due)


def cited_documents() -> tuple[QuerySet[Evidence], QuerySet[VerdictEvidence]]:
    """Return the evidence of submitted judgments and of published verdicts that has a page which can be fetched."""
    page = Q(document__url__istartswith="http://") | Q(document__url__istartswith="https://")
    submitted = Evidence.objects.filter(page, document__withheld=False, judgment__submitted_at__isnull=False)
    published = VerdictEvidence.objects.filter(page, document__withheld=False, verdict__publication__isnull=False)
    return submitted, published


def _watch_cited() -> None:
    new: set[int] = set()
    for evidence in cited_documents():
        new |= set(evidence.filter(document__watch__isnull=True).values_list("document", flat=True)[:AT_ONCE])
    pages = Document.objects.filter(pk__in=new).values_list("pk", "url")
    PageWatch.objects.bulk_create(
        (PageWatch(document_id=pk, url=url or "", next_at=ClockTimestamp() + AFTER_CITING[0]) for pk, url in pages),
        ignore_conflicts=True,
    )


def _watch_anew() -> None:
    newest = Evidence.objects.filter(document=OuterRef("document"), judgment__submitted_at__isnull=False)
    cited_at = Subquery(newest.order_by("-judgment__submitted_at").values("judgment__submitted_at")[:1])
    cited_since = PageWatch.objects.filter(looked_at__isnull=False, looks__gt=0).annotate(cited_at=cited_at)
    cited_since.filter(cited_at__gt=F("looked_at")).update(
        looks=0, next_at=Least("next_at", ClockTimestamp() + AFTER_CITING[0])
    )
    replaced = PageWatch.objects.filter(document__superseded_at__gt=F("looked_at"), next_at__gt=ClockTimestamp())
    replaced.update(next_at=ClockTimestamp())


def _due() -> list[int]:
    """Return the watches to look at now, the longest due first, not too many of one host at a time."""
    waiting = Work.objects.filter(kind=LOOK, done_at__isnull=True).values("subject")
    open_ones = PageWatch.objects.filter(pk__in=waiting).values_list("url", flat=True)
    of_host = Counter(urlsplit(url).netloc for url in open_ones)
    due: list[int] = []
    rows = PageWatch.objects.filter(next_at__lte=ClockTimestamp()).exclude(pk__in=waiting).order_by("next_at", "pk")
    for pk, url in rows.values_list("pk", "url")[: 10 * AT_ONCE]:
        host = urlsplit(url).netloc
        if of_host[host] < OF_ONE_HOST and len(due) < AT_ONCE:
            of_host[host] += 1
            due.append(pk)
    return due
