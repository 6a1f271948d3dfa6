"""Sitemaps (https://www.sitemaps.org/protocol.html), their indexes, and news sitemaps, plain or compressed.

    sitemap = read_sitemap(answer.body, answer.url, answer.charset)

`lastmod` is when a page was modified, never when it was published; only a news sitemap tells the latter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from lxml import etree

from claims.capture.content_coding import decoded
from claims.capture.dates import Precision
from claims.capture.errors import DoorError, Unreadable
from claims.capture.feed_dates import read_stamp
from claims.capture.feed_items import address, one_line
from claims.capture.lenient_xml import Element, NotMarkup, root_of
from claims.wording import words

MOST_BYTES: Final = 52_428_800
MOST_ENTRIES: Final = 50_000
"""Both by the protocol, for one file; the first counts what a compressed one unpacks to."""

_GZIP: Final = b"\x1f\x8b"
_TOO_LONG: Final = words(
    "The sitemap is longer than the protocol allows (50,000 addresses, 50 MB): give the address of a part of it."
)
_NOT_UNPACKED: Final = words(
    "The compressed sitemap cannot be unpacked: it is damaged, or larger than a sitemap may be."
)


class NotASitemap(Unreadable):
    """The bytes are no sitemap: a page in its place, a file that breaks off, another kind of document."""


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """An address, when it was last modified, and what a news sitemap says of it. Unknown is None.

    Times are aware, midnight UTC where their precision is "day" or coarser; `offset` is the zone that the publication
    date was written in, in minutes east of UTC.
    """

    url: str
    modified: datetime | None = None
    modified_precision: Precision | None = None
    title: str | None = None
    published: datetime | None = None
    precision: Precision | None = None
    offset: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class SitemapRead:
    """A sitemap's pages, or (`index`) the sitemaps that an index names; perhaps none."""

    index: bool
    entries: tuple[SitemapEntry, ...]


def read_sitemap(body: bytes, url: str, charset: str | None = None) -> SitemapRead:
    """Read the sitemap that `url` answered with. Raises `NotASitemap`, also for one over the protocol's limits."""
    try:
        root = root_of(_unpacked(body), charset)
    except NotMarkup as error:
        raise NotASitemap(error.sentence) from error
    name = _local(root)
    if name not in ("urlset", "sitemapindex"):
        raise NotASitemap(words("This is no sitemap: give the address of one, or of an index of sitemaps."))
    index = name == "sitemapindex"
    found = [child for child in root.iter(etree.Element) if _local(child) == ("sitemap" if index else "url")]
    if len(found) > MOST_ENTRIES:
        raise NotASitemap(_TOO_LONG)
    return SitemapRead(index, tuple(entry for child in found if (entry := _entry(child, url))))


def _unpacked(body: bytes) -> bytes:
    if len(body) > MOST_BYTES:
        raise NotASitemap(_TOO_LONG)
    try:
        return decoded(body, "gzip", MOST_BYTES) if body.startswith(_GZIP) else body
    except DoorError as error:
        raise NotASitemap(_NOT_UNPACKED) from error


def _entry(element: Element, base: str) -> SitemapEntry | None:
    url = address(_said(element, "loc"), base)
    if url is None:
        return None
    modified = read_stamp(_said(element, "lastmod"))
    news = next((child for child in element if _local(child) == "news"), None)
    entry = SitemapEntry(url, modified.at if modified else None, modified.precision if modified else None)
    return entry if news is None else _with_news(entry, news)


def _with_news(entry: SitemapEntry, news: Element) -> SitemapEntry:
    published = read_stamp(_said(news, "publication_date"))
    named = next((child for child in news if _local(child) == "publication"), ())
    return replace(
        entry,
        title=one_line(_said(news, "title")) or None,
        published=published.at if published else None,
        precision=published.precision if published else None,
        offset=published.offset if published else None,
        language=_said(named, "language").strip() or None,
    )


def _said(element: Iterable[Element], name: str) -> str:
    """Return the text of an element's child of that name, "" where it has none."""
    return next(("".join(child.itertext()) for child in element if _local(child) == name), "")


def _local(element: Element) -> str:
    local: str = element.tag.rpartition("}")[2]
    return local.rpartition(":")[2]
