"""Trying an outlet's feed or sitemap out: what it shows now, asked live. Nothing is archived and nothing stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from claims.capture.asking import Ask, Interrupted, Later, needed
from claims.capture.errors import CaptureError
from claims.capture.feeds import ACCEPT, read_feed
from claims.capture.outcome import Outcome
from claims.capture.sitemaps import SitemapEntry, SitemapRead, read_sitemap
from claims.fetching import PoliteFetch
from claims.models import OutletFeed
from claims.translation import say
from verification.admin.sources.trying import AHEAD, MOST_SHOWN, SECONDS
from verification.publishing.plain_text import one_line

LONGEST_TITLE = 200
OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry. `origin` says where its date was read: of a plain sitemap it is when the page was changed."""

    title: str
    url: str
    published: datetime | None
    precision: str | None
    offset: int | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class TriedFeed:
    """What came of it. `how` says what was asked; `left_out` entries more were shown."""

    how: str
    outcome: str
    sentence: str = ""
    entries: tuple[Shown, ...] = ()
    left_out: int = 0
    requests: int = 0


def try_feed(url: str, kind: str) -> TriedFeed:
    """Ask an outlet's feed or sitemap and return what it shows; of an index of sitemaps, what the newest one shows."""
    how = _("Asked for what it shows now")
    with PoliteFetch(keep=False, ahead=AHEAD, seconds=SECONDS) as fetch:
        try:
            entries = _of_feed(fetch, url) if kind == OutletFeed.Kind.FEED else _of_sitemap(fetch, url)
        except Later as later:
            told = _("%(why)s It may be asked again in %(count)s s.")
            sentence = told % {"why": say(later.sentence), "count": max(1, round(later.seconds))}
            return TriedFeed(how, Outcome.THROTTLED, sentence, requests=fetch.requests)
        except Interrupted as end:
            return TriedFeed(how, end.outcome, say(end.sentence), requests=fetch.requests)
        except CaptureError as error:
            return TriedFeed(how, Outcome.FAILED, say(error.sentence), requests=fetch.requests)
    outcome = Outcome.OK if entries else Outcome.EMPTY
    shown, left_out = tuple(entries[:MOST_SHOWN]), max(0, len(entries) - MOST_SHOWN)
    return TriedFeed(how, outcome, "", shown, left_out, fetch.requests)


def _of_feed(fetch: PoliteFetch, url: str) -> Sequence[Shown]:
    answer = needed(fetch(Ask(url, accept=ACCEPT)))
    return [
        Shown(
            one_line(item.title or "", LONGEST_TITLE),
            item.url or "",
            item.published,
            item.precision,
            item.offset,
            item.date_origin,
        )
        for item in read_feed(answer.body, answer.url, answer.media_type, answer.charset).items
    ]


def _of_sitemap(fetch: PoliteFetch, url: str) -> Sequence[Shown]:
    sitemap = _sitemap(fetch, url)
    if sitemap.index and sitemap.entries:
        newest = max(sitemap.entries, key=lambda entry: entry.modified or OLDEST)
        sitemap = _sitemap(fetch, newest.url)
    return [_entry(entry) for entry in sitemap.entries]


def _sitemap(fetch: PoliteFetch, url: str) -> SitemapRead:
    answer = needed(fetch(Ask(url)))
    return read_sitemap(answer.body, answer.url, answer.charset)


def _entry(entry: SitemapEntry) -> Shown:
    title = one_line(entry.title or "", LONGEST_TITLE)
    if entry.published:
        return Shown(title, entry.url, entry.published, entry.precision, entry.offset, "publication_date")
    changed = "lastmod" if entry.modified else None
    return Shown(title, entry.url, entry.modified, entry.modified_precision, None, changed)
