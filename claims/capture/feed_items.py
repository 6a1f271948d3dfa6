"""What an item of a feed says, whatever form the feed has."""

import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from claims.capture.dates import Precision
from claims.capture.errors import BadUrl, Unreadable
from claims.capture.feed_dates import read_stamp
from claims.capture.text import normalise
from claims.capture.urls import parse_url
from claims.wording import Words, words

MOST_ITEMS: Final = 20_000
"""Ten times what the longest feeds in public registries hold; a feed without an end is refused, not cut."""

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")
_BREAK: Final = re.compile(r"<(?:/p|br|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_IN_FULL: Final = re.compile(r"https?://", re.IGNORECASE)
_LONGEST_LINE: Final = 2000


class NotAFeed(Unreadable):
    """The bytes are no feed: a page in its place, a feed that breaks off, another kind of document."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item. Unknown is None.

    `guid` is its own name where it has one, else its address, else "sha256:" and the hash of what it says. `published`
    is aware (midnight UTC where `precision` is "day" or coarser) and was read at `date_origin`: "published", "pubDate"
    or "dc:date", in this order of trust, and "updated" where there is nothing better; `offset` is the zone as written,
    in minutes east of UTC. `title` and `summary` are plain text on one line, entities that were escaped twice undone
    once. `content` is what the feed carries of the text, found in `content_origin`, markup where `content_type` is
    "text/html" and none where it is "text/plain".
    """

    guid: str
    url: str | None = None
    title: str | None = None
    published: datetime | None = None
    precision: Precision | None = None
    offset: int | None = None
    date_origin: str | None = None
    updated: datetime | None = None
    summary: str = ""
    content: str | None = None
    content_type: str = "text/html"
    content_origin: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed: `form` is "rss", "rdf", "atom" or "json"; its items in its order, perhaps none.

    `next_url` is the page with older items (`next_url` of JSON Feed, `next` and `prev-archive` of RFC 5005).
    """

    form: str
    title: str | None = None
    items: tuple[FeedItem, ...] = ()
    next_url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A text that a feed carries: as it stands there, whether it is markup, and the name of its element."""

    text: str
    media_type: str
    origin: str


def item(
    *,
    guid: str,
    url: str | None,
    title: str,
    dates: Iterable[tuple[str, str]],
    updated: str,
    summary: str,
    contents: Iterable[Content],
    categories: Iterable[str],
    language: str | None,
) -> FeedItem | None:
    """Return an item of what stands in its fields, or None when it says nothing.

    `dates` are pairs of origin and what is written there, the most trusted first; `updated` comes after them. Of
    `contents` the first that holds something is taken. `title` and `summary` may hold markup.
    """
    stamps = ((read_stamp(written), origin) for origin, written in (*dates, ("updated", updated)))
    stamp, origin = next(((stamp, origin) for stamp, origin in stamps if stamp), (None, None))
    changed = read_stamp(updated)
    content = next((content for content in contents if content.text.strip()), None)
    heading, teaser = one_line(title), one_line(summary)
    name = " ".join(normalise(guid).split()) or url
    if name is None:
        said = "\n".join((heading, teaser, content.text if content else ""))
        if not said.strip():
            return None
        name = f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"
    return FeedItem(
        guid=name,
        url=url,
        title=heading or None,
        published=stamp.at if stamp else None,
        precision=stamp.precision if stamp else None,
        offset=stamp.offset if stamp else None,
        date_origin=origin,
        updated=changed.at if changed else None,
        summary=teaser,
        content=content.text if content else None,
        content_type=content.media_type if content else "text/html",
        content_origin=content.origin if content else None,
        categories=tuple(dict.fromkeys(filter(None, map(one_line, categories)))),
        language=language,
    )


def one_line(markup: str) -> str:
    """Return the words of a title or teaser on one line: tags taken out, character references undone once."""
    if "<" in markup:
        markup = _TAG.sub("", _BREAK.sub(" ", markup))
    text = " ".join(normalise(html.unescape(markup)).split())
    return text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 1]}…"


def address(written: str | None, base: str) -> str | None:
    """Return an address in full, completed by `base`; None where nothing or no web address is written."""
    text = (written or "").strip()
    if not text:
        return None
    try:
        return parse_url(text, base=None if _IN_FULL.match(text) else parse_url(base)).href
    except BadUrl:
        return None


def too_many() -> NotAFeed:
    """Return why a feed without an end is not read."""
    return NotAFeed(
        words("The feed has more than %(limit)s items: give the address of a part of it.", limit=MOST_ITEMS)
    )


def not_a_feed(found: Words | None = None) -> NotAFeed:
    """Return why a document is no feed; `found` says what it is instead, where that is known."""
    if found is None:
        return NotAFeed(words("This is no feed: give the address of RSS, Atom or JSON Feed."))
    return NotAFeed(words("This is no feed but %(found)s: give the address of RSS, Atom or JSON Feed.", found=found))


def too_large() -> NotAFeed:
    """Return why a feed of too many bytes is not read."""
    return NotAFeed(words("The feed is too long to be read: give the address of a part of it."))
