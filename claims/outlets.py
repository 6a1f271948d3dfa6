"""What outlets publish, followed on a schedule: new entries of their feeds and sitemaps become articles.

    follow()                 the beat: makes the polls due, and the pages that wait, so many a day of one outlet
    poll(feed, lease)        asks one feed or sitemap, and stores what it shows that is new
    fetch_item(item, lease)  brings one entry's page in and stores its article

An entry is stored once, by its own name or its address. Validators are kept only once all that the answer showed was
stored.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef

from claims import work
from claims.capture.asking import Interrupted, Later
from claims.capture.errors import ArchiveError, CaptureError
from claims.capture.outcome import ANSWERED, Outcome
from claims.capture.outlet_entries import (
    OutletEntry,
    Shown,
    feed_entries,
    new_of_sitemap,
    newest_of,
    sitemap_entries,
)
from claims.fetching import ARCHIVE_FULL_SECONDS, PoliteFetch
from claims.intake import DuplicateArticle, NotYet, ReadArticle, fetch, read_article, store_article
from claims.models import Article, OutletFeed, OutletItem, Work
from claims.models.clock import ClockTimestamp, read_clock
from claims.translation import say
from claims.wording import Words, words

POLL, FETCH_ITEM = "claims.poll_outlet", "claims.fetch_outlet_item"
MOST_A_DAY: Final = 200
"""Pages of one outlet fetched within 24 hours: what it publishes beyond that waits, so that no desk is flooded."""
AT_ONCE: Final = 50
"""Pages of one outlet that wait for its lane at a time."""
DAY: Final = timedelta(days=1)
AHEAD: Final = 3.0
"""Seconds: a worker waits for a moment of a host's lane that is no further off."""


def follow() -> int:
    """Make due the feeds that are to be asked again, and the pages that wait; return how many there were of both."""
    _end_hopeless()
    feeds = OutletFeed.objects.filter(enabled=True, next_at__lte=ClockTimestamp())
    due = list(feeds.values_list("pk", flat=True))
    # One whose last poll was set aside was told of then, and its time has come again.
    for row in Work.objects.filter(kind=POLL, subject__in=due, quarantined_at__isnull=False):
        work.release(row.pk)
    waiting = _waiting()
    with transaction.atomic():
        work.enlist(POLL, due)
        work.enlist(FETCH_ITEM, waiting)
    return len(due) + len(waiting)


def poll(feed: OutletFeed, lease: work.Lease) -> None:
    """Ask a feed or sitemap what is new, under a lease, store it, and say when it is asked next.

    Raises Later where its host may not be asked yet, and LeaseLost where another worker took over.
    """
    if not feed.enabled:
        with transaction.atomic():
            work.complete(lease)
        return
    known = {feed.url: (feed.etag, feed.last_modified)}
    # A sitemap without dates tells by its addresses alone what is new.
    since = feed.newest_at or (read_clock() if feed.items.exists() else None)
    try:
        with PoliteFetch(validators=lambda url: known.get(url, ("", "")), ahead=AHEAD) as polite:
            shown = (
                feed_entries(polite, feed.url)
                if feed.kind == OutletFeed.Kind.FEED
                else sitemap_entries(polite, feed.url, since)
            )
    except Interrupted as end:
        with transaction.atomic():
            work.complete(lease)
            _plan_next(feed, end.outcome, end.sentence)
        return
    now = read_clock()
    with transaction.atomic():
        work.complete(lease)
        OutletFeed.objects.select_for_update(no_key=True).get(pk=feed.pk)
        is_feed = feed.kind == OutletFeed.Kind.FEED
        fresh, old = (shown.entries, ()) if is_feed else new_of_sitemap(shown.entries, since, now)
        _store(feed, fresh, OutletItem.State.DUE)
        told = words("It was listed before the desk began to follow this sitemap.")
        _store(feed, old, OutletItem.State.UNREAD, say(told))
        broken = shown.broken
        _plan_next(feed, broken.outcome if broken else shown.outcome, broken.sentence if broken else None, shown)


def fetch_item(item: OutletItem, lease: work.Lease) -> None:
    """Bring in the page of an entry and store its article, once, under a lease; one that is here already is taken.

    What cannot be read is told in a sentence, and the work is over unless trying again may help: then the CaptureError
    is raised, and the row of work says when that is. Raises Later and LeaseLost.
    """
    known = Article.objects.filter(url=item.url, replaced_by__isnull=True).order_by("pk").first()
    if item.state != OutletItem.State.DUE or known:
        with transaction.atomic():
            work.complete(lease)
            if known:
                _end(item, OutletItem.State.READ, article=known)
        return
    try:
        ready = _with_what_the_feed_said(read_article(fetch(item.url)), item)
    except NotYet as error:
        raise error.later from error
    except ArchiveError as error:
        raise Later(ARCHIVE_FULL_SECONDS, error.sentence) from error
    except CaptureError as error:
        over = error.permanent or lease.attempt >= work.MAX_ATTEMPTS
        with transaction.atomic():
            if over:
                work.complete(lease)
            elif not work.renew(lease):
                raise work.LeaseLost(f"{lease.kind} {lease.subject}") from error
            state = OutletItem.State.UNREAD if over else OutletItem.State.DUE
            _end(item, state, sentence=work.storable(say(error.sentence)))
        if not over:
            raise
        return
    with transaction.atomic():
        work.complete(lease)
        try:
            article = store_article(ready, outlet=item.feed.outlet)
        except DuplicateArticle as duplicate:
            article = duplicate.article
        _end(item, OutletItem.State.READ, article=article)


def _end_hopeless() -> None:
    """Write down that polls failed whose rows were set aside after five attempts, each once."""
    for row in Work.objects.filter(kind=POLL, quarantined_at__isnull=False):
        feed = OutletFeed.objects.filter(pk=row.subject).exclude(asked_at__gt=row.quarantined_at).first()
        if feed:
            _plan_next(feed, Outcome.FAILED, words("Each of five attempts broke off: %(error)s", error=row.last_error))


def _waiting() -> list[int]:
    """Return the entries to fetch now, newest first, as many of each outlet as it may have today."""
    begun = Work.objects.filter(kind=FETCH_ITEM, subject=OuterRef("pk"))
    items = OutletItem.objects.annotate(outlet=F("feed__outlet"))
    today = items.filter(Exists(begun.filter(created_at__gt=ClockTimestamp() - DAY)))
    spent = dict(today.values_list("outlet").annotate(Count("pk")))
    in_hand = dict(items.filter(Exists(begun.filter(done_at__isnull=True))).values_list("outlet").annotate(Count("pk")))
    due = items.filter(~Exists(begun.filter(done_at__isnull=True)), state=OutletItem.State.DUE, feed__enabled=True)
    waiting: list[int] = []
    for outlet in due.order_by().values_list("outlet", flat=True).distinct():
        room = min(MOST_A_DAY - spent.get(outlet, 0), AT_ONCE - in_hand.get(outlet, 0))
        newest = due.filter(feed__outlet=outlet).order_by(F("published").desc(nulls_last=True), "pk")
        waiting += newest.values_list("pk", flat=True)[: max(0, room)]
    return waiting


def _store(feed: OutletFeed, entries: Sequence[OutletEntry], state: str, sentence: str = "") -> None:
    """Store what of these entries no feed of the outlet has shown before."""
    shown = OutletItem.objects.filter(feed=feed, item_id__in=[each.item_id for each in entries])
    known = set(shown.values_list("item_id", flat=True))
    listed = OutletItem.objects.filter(feed__outlet=feed.outlet_id, url__in=[each.url for each in entries])
    addresses = set(listed.values_list("url", flat=True))
    new: dict[str, OutletItem] = {}
    for each in entries:
        if each.item_id in known or each.url in addresses:
            continue
        addresses.add(each.url)
        title = work.storable(each.title) if each.title else None
        new[each.item_id] = OutletItem(
            feed=feed,
            item_id=work.storable(each.item_id),
            url=each.url,
            title=title,
            published=each.at,
            state=state,
            sentence=sentence,
        )
    OutletItem.objects.bulk_create(new.values(), ignore_conflicts=True)


def _with_what_the_feed_said(ready: ReadArticle, item: OutletItem) -> ReadArticle:
    """Return an article with the title and day that the outlet's list gave, where the page says nothing itself."""
    page = replace(ready.page, title=ready.page.title or item.title)
    if page.published is None and item.published and item.feed.kind != OutletFeed.Kind.SITEMAP:
        day = item.published.date()
        page = replace(page, published=day, published_precision="day", published_origin="the outlet's feed")
    return replace(ready, page=page)


def _end(item: OutletItem, state: str, *, article: Article | None = None, sentence: str = "") -> None:
    values = {"state": state, "article": article, "sentence": sentence}
    OutletItem.objects.filter(pk=item.pk).update(**values)


def _plan_next(feed: OutletFeed, outcome: Outcome, sentence: Words | None, shown: Shown | None = None) -> None:
    """Write down how a poll ended, and when the next one is due: the wait doubles with each failure, up to a day."""
    failures = 0 if outcome in ANSWERED else min(feed.failures + 1, 1000)
    wait = timedelta(minutes=feed.every_minutes)
    if failures:
        wait = max(wait, min(wait * 2 ** min(failures, 20), DAY))
    if outcome is Outcome.REFUSED:
        wait = max(wait, DAY)
    values: dict[str, Any] = {
        "asked_at": ClockTimestamp(),
        "outcome": outcome,
        "sentence": work.storable(say(sentence)) if sentence else "",
        "failures": failures,
        "next_at": ClockTimestamp() + wait,
    }
    if shown and outcome in ANSWERED and outcome is not Outcome.NOT_MODIFIED:
        newest = newest_of(shown.entries, read_clock())
        values["newest_at"] = max(filter(None, (newest, feed.newest_at)), default=None)
        # An empty answer is asked for in full again: a feed that broke must not be "not modified" from then on.
        kept = shown.answer if shown.entries else None
        values["etag"] = (kept.header("etag") or "")[:1000] if kept else ""
        values["last_modified"] = (kept.header("last-modified") or "")[:200] if kept else ""
    OutletFeed.objects.filter(pk=feed.pk).update(**values)
