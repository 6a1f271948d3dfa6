"""What an outlet's feed or sitemap shows of its articles, and which of them are new since it was read last."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, NotAsExpected, needed
from claims.capture.errors import CaptureError
from claims.capture.feeds import ACCEPT, read_feed
from claims.capture.outcome import Outcome
from claims.capture.sitemaps import SitemapEntry, SitemapRead, read_sitemap

LONGEST_ID: Final = 500
MOST_AT_FIRST: Final = 50
"""Articles taken when a sitemap is read for the first time: it lists all that an outlet ever published."""
OVERLAP: Final = timedelta(days=2)
"""Entries this much older than the newest one seen may still be new: sitemaps are made anew now and then, and many give
no more than the day."""
AHEAD: Final = timedelta(days=1)
"""A date further ahead than this is a slip."""
MOST_PARTS: Final = 20
"""Sitemaps of an index that are read at one time, those that were modified last first."""


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """An article as an outlet lists it: `item_id` is its own name there, else its address. Unknown is None."""

    item_id: str
    url: str
    title: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What one reading came to: the entries in the outlet's order, and the answer whose validators may be kept.

    There is none for an index, which need not change when a sitemap that it names does. `broken` is why a part could
    not be read; what the others showed counts.
    """

    outcome: Outcome
    entries: Sequence[OutletEntry] = ()
    answer: Answer | None = None
    broken: Interrupted | None = None


def feed_entries(fetch: Fetch, url: str) -> Shown:
    """Read a feed, if it changed. Raises Interrupted where it cannot be had, and Later."""
    answer = fetch(Ask(url, accept=ACCEPT, conditional=True))
    if answer.outcome is Outcome.NOT_MODIFIED:
        return Shown(Outcome.NOT_MODIFIED)
    needed(answer)
    try:
        feed = read_feed(answer.body, answer.url, answer.media_type, answer.charset)
    except CaptureError as error:
        raise NotAsExpected(answer, error.sentence) from error
    found = [OutletEntry(_id(each.guid), each.url, each.title, each.published) for each in feed.items if each.url]
    return Shown(Outcome.OK if found else Outcome.EMPTY, found, answer)


def sitemap_entries(fetch: Fetch, url: str, since: datetime | None) -> Shown:
    """Read a sitemap or news sitemap, if it changed; of an index the sitemaps that were modified since, newest first.

    Without `since` those are read that it takes to have `MOST_AT_FIRST` entries. Raises Interrupted where the sitemap
    itself cannot be had, and Later.
    """
    answer = fetch(Ask(url, conditional=True))
    if answer.outcome is Outcome.NOT_MODIFIED:
        return Shown(Outcome.NOT_MODIFIED)
    sitemap = _read(answer)
    if not sitemap.index:
        found = list(map(_entry, sitemap.entries))
        return Shown(Outcome.OK if found else Outcome.EMPTY, found, answer)
    entries: list[OutletEntry] = []
    broken: Interrupted | None = None
    for part in _parts(sitemap.entries, since):
        try:
            entries += map(_entry, _read(fetch(Ask(part.url))).entries)
        except Interrupted as end:
            broken = broken or end
        if since is None and len(entries) >= MOST_AT_FIRST:
            break
    return Shown(Outcome.OK if entries else Outcome.EMPTY, entries, None, broken)


def newest_of(entries: Iterable[OutletEntry], now: datetime) -> datetime | None:
    """Return the newest date that is no slip."""
    return max((each.at for each in entries if each.at and each.at <= now + AHEAD), default=None)


def new_of_sitemap(
    entries: Sequence[OutletEntry], since: datetime | None, now: datetime
) -> tuple[list[OutletEntry], list[OutletEntry]]:
    """Return what of a sitemap may be new, and what was there before and has to be remembered as such.

    `since` is the newest date seen; without one the sitemap is read for the first time: the newest `MOST_AT_FIRST` are
    taken, and of the others those remembered whose date alone would not tell later that they are old.
    """
    if since is not None:
        return [each for each in entries if each.at is None or each.at >= since - OVERLAP], []
    dated = sorted((each for each in entries if each.at), key=lambda each: each.at or now, reverse=True)
    undated = [each for each in entries if not each.at]
    ordered, newest = [*dated, *undated], newest_of(entries, now)
    rest = ordered[MOST_AT_FIRST:]
    known = [each for each in rest if each.at is None or newest is None or each.at >= newest - OVERLAP]
    return ordered[:MOST_AT_FIRST], known


def _read(answer: Answer) -> SitemapRead:
    needed(answer)
    try:
        return read_sitemap(answer.body, answer.url, answer.charset)
    except CaptureError as error:
        raise NotAsExpected(answer, error.sentence) from error


def _parts(parts: Sequence[SitemapEntry], since: datetime | None) -> list[SitemapEntry]:
    wanted = [each for each in parts if since is None or each.modified is None or each.modified >= since - OVERLAP]
    dated = sorted((each for each in wanted if each.modified), key=lambda each: str(each.modified), reverse=True)
    return [*dated, *(each for each in wanted if not each.modified)][:MOST_PARTS]


def _entry(entry: SitemapEntry) -> OutletEntry:
    return OutletEntry(_id(entry.url), entry.url, entry.title, entry.published or entry.modified)


def _id(name: str) -> str:
    return name if len(name) <= LONGEST_ID else f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"
