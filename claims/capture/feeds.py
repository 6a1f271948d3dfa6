"""Feeds as they are really written: RSS, Atom and JSON Feed.

    feed = read_feed(answer.body, answer.url, answer.media_type, answer.charset)

They are not read by feedparser, which puts `pubDate` and `published`, `dc:date` and `updated` into one, drops the zone
that a date was written in, and takes a feed that breaks off for a whole one. Tests compare with it.
"""

from claims.capture.feed_items import FeedItem, FeedRead, NotAFeed, not_a_feed, too_large
from claims.capture.json_feeds import read_json_feed
from claims.capture.xml_feeds import read_xml_feed

__all__ = ["FeedItem", "FeedRead", "NotAFeed", "read_feed"]

MOST_BYTES = 10_000_000
"""Feeds of several hundred whole transcripts are smaller; one that is larger would take hundreds of MB to read."""

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
"""What to ask a feed's address for."""


def read_feed(body: bytes, url: str, media_type: str | None = None, charset: str | None = None) -> FeedRead:
    """Read the feed that `url` answered with: the bytes tell its form, `media_type` only where they could be either.

    A feed with no items is read as one. Raises `NotAFeed` for anything else, a feed that breaks off included.
    """
    if len(body) > MOST_BYTES:
        raise too_large()
    start = body[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise not_a_feed()
    if start[:1] in {b"{", b"["} or (media_type or "").endswith("json"):
        return read_json_feed(body, url, charset)
    return read_xml_feed(body, url, charset)
