"""An outlet's articles on the replay site, and the work that follows them, done as the tasks do it. Our own words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from claims import work
from claims.models import ArticleWatch, Outlet, OutletFeed, OutletItem, Work
from claims.models.clock import read_clock
from claims.outlets import FETCH_ITEM, POLL, fetch_item, follow, poll
from claims.rereading import REREAD, enlist_rereads, reread
from claims.running import run_leased
from tests.replay.documents import ReplayDocument
from tests.replay.site import ReplaySite

BEGAN = datetime(2021, 5, 4, 9, 0, tzinfo=UTC)
LEDE = "What do we know of the lamps on the moles of Port Example, and who will pay for their oil?"
CLOSING = "Who will light the lamps of the moles on winter nights, then, and what would the wardens say to all of it?"


def quoted(number: int) -> str:
    """Return a sentence with a claim, unlike any other article's."""
    return f'"We bought {number + 40} lamps and 300 crates of oil for berth {number}," warden Ada Quillfeather said.'


def printed(first: int, last: int) -> list[ReplayDocument]:
    """Return articles, an hour apart."""
    return [
        ReplayDocument(
            number,
            "news",
            f"lamps-{number}",
            f"Lamps return to berth {number}",
            BEGAN + timedelta(hours=number),
            (LEDE, quoted(number), CLOSING),
        )
        for number in range(first, last + 1)
    ]


def followed(site: ReplaySite, path: str = "/briefing-room/feed/", kind: str = OutletFeed.Kind.FEED) -> OutletFeed:
    """Store a feed of an outlet, switched on."""
    outlet, _made = Outlet.objects.get_or_create(name="The Mole Lantern")
    return OutletFeed.objects.create(outlet=outlet, url=site.address(path), kind=kind, enabled=True)


def poll_now(feed: OutletFeed) -> OutletFeed:
    """Poll a feed as if its time had come, and return it as it stands then."""
    OutletFeed.objects.filter(pk=feed.pk).update(next_at=read_clock() - timedelta(seconds=1))
    follow()
    do_all(POLL)
    feed.refresh_from_db()
    return feed


def fetch_all() -> None:
    """Fetch what waits, as much as one day allows."""
    while follow():
        do_all(FETCH_ITEM)


def reread_all(after: timedelta = timedelta(hours=2)) -> int:
    """Read every article again, as if so much time had passed since the last time; returns how many were read."""
    enlist_rereads()
    for watch in ArticleWatch.objects.all():
        since = watch.missing_since and watch.missing_since - after
        ArticleWatch.objects.filter(pk=watch.pk).update(
            next_at=read_clock() - timedelta(seconds=1), missing_since=since
        )
    enlist_rereads()
    return do_all(REREAD)


def do_all(kind: str) -> int:
    """Do the work of one kind that is due, and return how much of it was done."""
    rows = Work.objects.filter(kind=kind, done_at__isnull=True, due_at__lte=read_clock())
    return sum(run_leased(row.pk, VERBS[kind]) for row in list(rows))


def _poll(lease: work.Lease) -> None:
    poll(OutletFeed.objects.get(pk=lease.subject), lease)


def _fetch(lease: work.Lease) -> None:
    fetch_item(OutletItem.objects.select_related("feed__outlet").get(pk=lease.subject), lease)


def _reread(lease: work.Lease) -> None:
    reread(ArticleWatch.objects.select_related("article__snapshot", "article__outlet").get(pk=lease.subject), lease)


VERBS: dict[str, Callable[[work.Lease], None]] = {POLL: _poll, FETCH_ITEM: _fetch, REREAD: _reread}
