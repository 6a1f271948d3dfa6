"""The entry that the three feeds will carry of a version, made by what makes the feeds."""

import json
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from verification.publishing import feeds
from verification.publishing.addresses import Addresses
from verification.publishing.entries import Entry, entry
from verification.publishing.json_feed import json_feed
from verification.publishing.published import PublishedDesk, PublishedVerdict


@dataclass(frozen=True, slots=True)
class Raw:
    """The entry as one feed writes it; of XML the line breaks between elements are ours."""

    name: str
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry as a feed reader shows it, and as each of the three feeds writes it."""

    entry: Entry
    content: SafeString
    raw: tuple[Raw, ...]


def feed_entry(verdict: PublishedVerdict, desk: PublishedDesk, addresses: Addresses) -> FeedEntry:
    """Return what the feeds will say of this version."""
    told = entry(verdict, desk, addresses)
    home = addresses.page("checks")
    rss, atom, as_json = (feeds.feed_head(desk, home, addresses.page(name)) for name in ("rss", "atom", "json"))
    (item,) = json.loads(json_feed(as_json, [told], addresses))["items"]
    return FeedEntry(
        entry=told,
        content=mark_safe(told.content),  # nosec B308, B703 (every piece of it was escaped or sanitised as it was made)
        raw=(
            Raw("RSS", rss.address, _element(feeds.rss(rss, [told]), "item")),
            Raw("Atom", atom.address, _element(feeds.atom(atom, [told]), "entry")),
            Raw("JSON Feed", as_json.address, json.dumps(item, ensure_ascii=False, indent=2)),
        ),
    )


def _element(feed: str, name: str) -> str:
    """Return the feed's one element of that name: no text of it can hold a mark of its own, for all are escaped."""
    end = f"</{name}>"
    return (feed[feed.index(f"<{name}") : feed.index(end)] + end).replace("><", ">\n<")
