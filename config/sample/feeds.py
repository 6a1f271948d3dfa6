"""What the sample's institutions publish lately: a feed of each that has one, made of its pages. Knows no Django."""

import re
from datetime import datetime
from email.utils import format_datetime
from html import escape, unescape
from pathlib import Path

FEEDS = {"pm.corravane.example": "/news/feed", "presidency.drennick.example": "/en/feed"}
"""Host and path of each feed."""
REFUSES = {"gazette.drennick.example": "/notices/feed"}
"""A feed that answers no program, as some do: its institution’s pages are handed in."""

_SAID = re.compile(r'<meta (?:property|name)="([a-z:_.]+)" content="([^"]*)">')


def feed_of(host: str, name: str, pages: dict[tuple[str, str], Path]) -> bytes:
    """Return the RSS feed of a host's pages, newest first; `name` is the host as it was asked for, with its port."""
    items = sorted(_items(host, name, pages), reverse=True)
    body = "".join(item for _at, item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{escape(host)}</title>'
        f"<link>http://{name}/</link><description>What is new</description>{body}</channel></rss>\n"
    ).encode()


def _items(host: str, name: str, pages: dict[tuple[str, str], Path]) -> list[tuple[datetime, str]]:
    found = []
    for (where, path), file in pages.items():
        if where != host:
            continue
        said = {key: unescape(value) for key, value in _SAID.findall(file.read_text(encoding="utf-8"))}
        at = datetime.fromisoformat(said["article:published_time"])
        address = f"http://{name}{path}"
        item = (
            f"<item><title>{escape(said['og:title'])}</title><link>{address}</link>"
            f'<guid isPermaLink="true">{address}</guid><pubDate>{format_datetime(at)}</pubDate>'
            f"<description>{escape(said['description'])}</description></item>"
        )
        found.append((at, item))
    return found
