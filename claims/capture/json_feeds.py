"""JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Mapping
from typing import Any

from claims.capture.feed_items import (
    MOST_ITEMS,
    Content,
    FeedItem,
    FeedRead,
    address,
    item,
    not_a_feed,
    one_line,
    too_large,
    too_many,
)
from claims.capture.text import decode

VERSION = "https://jsonfeed.org/version/"
MOST_NODES = 500_000
"""Objects and lists: more would take hundreds of MB to hold."""


def read_json_feed(body: bytes, url: str, charset: str | None) -> FeedRead:
    """Read a JSON Feed. Raises `NotAFeed` for any other JSON, and for what is none."""
    if body.count(b"{") + body.count(b"[") > MOST_NODES:
        raise too_large()
    try:
        feed = json.loads(decode(body, label=charset).text)
    except (ValueError, RecursionError) as error:
        raise not_a_feed() from error
    if not isinstance(feed, Mapping) or not _text(feed, "version").startswith(VERSION):
        raise not_a_feed()
    items = feed.get("items")
    if not isinstance(items, list):
        raise not_a_feed()
    if len(items) > MOST_ITEMS:
        raise too_many()
    language = _text(feed, "language") or None
    found = (_item(each, url, language) for each in items if isinstance(each, Mapping))
    return FeedRead(
        "json",
        one_line(_text(feed, "title")) or None,
        tuple(each for each in found if each),
        address(_text(feed, "next_url"), url),
        language,
    )


def _item(said: Mapping[str, Any], base: str, language: str | None) -> FeedItem | None:
    tags = said.get("tags")
    return item(
        guid=_text(said, "id"),
        url=address(_text(said, "url") or _text(said, "external_url"), base),
        title=_text(said, "title"),
        dates=[("published", _text(said, "date_published"))],
        updated=_text(said, "date_modified"),
        summary=_text(said, "summary"),
        contents=[
            Content(_text(said, "content_html"), "text/html", "content_html"),
            Content(_text(said, "content_text"), "text/plain", "content_text"),
        ],
        categories=[tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else (),
        language=_text(said, "language") or language,
    )


def _text(said: Mapping[str, Any], name: str) -> str:
    """Return a field's text; a number is what it is written as, since 1.0 allowed ids to be numbers."""
    value = said.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
