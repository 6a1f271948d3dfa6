"""RSS 2.0 and Atom. Django's generators write them; what they lack stands here: content, languages, pages, hubs.

A feed is one feed in pages (RFC 5005, section 3), not an archive (section 4): what an older page says may be corrected.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.xmlutils import SimplerXMLGenerator

from verification.publishing.entries import Entry
from verification.publishing.plain_text import printable
from verification.publishing.published import PublishedDesk

_TITLE: Final = re.compile("<title>([^<]*)</title>")


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What a feed says of itself: its title, the page it follows, its own address; the log's head and where it is.

    `id` is the feed's own, the same on all its pages. Of a page of it `address` is the page's own; `first` leads to the
    newest one and `following` to the next older one, each empty where one is there. `hubs` are told of what is new.
    """

    title: str
    description: str
    home: str
    address: str
    desk: PublishedDesk
    id: str = ""
    checkpoint: str = ""
    log: str = ""
    first: str = ""
    following: str = ""
    hubs: tuple[str, ...] = ()

    @property
    def author_link(self) -> str:
        """Where the desk is at home: its own site, else the page the feed follows."""
        return self.desk.homepage or self.home

    @property
    def links(self) -> Iterator[tuple[str, str]]:
        """What leads on from this page of the feed, as relation and address; that to itself is not among them."""
        yield from (("hub", hub) for hub in self.hubs)
        if self.first:
            yield "first", self.first
        if self.following:
            yield "next", self.following

    @property
    def link_header(self) -> str:
        """The same and the link to itself as a header (RFC 8288), by which WebSub finds hubs."""
        return ", ".join(
            f'<{iri_to_uri(address)}>; rel="{rel}"' for rel, address in [("self", self.address), *self.links]
        )


def feed_head(desk: PublishedDesk, home: str, address: str, chosen: Sequence[str] = ()) -> FeedHead:
    """Return the head of the feed of a desk's checks at `address`, which follows the page `home`.

    `chosen` says in words which checks they are, nothing that they are all.
    """
    title = gettext("%(desk)s: fact checks") % {"desk": printable(desk.name)}
    description = printable(desk.description) or gettext("Claims checked against primary sources.")
    return _head(desk, title, description, home, address, chosen)


def corrections_head(desk: PublishedDesk, home: str, address: str, chosen: Sequence[str] = ()) -> FeedHead:
    """Return the head of the feed of what a desk changed after it was published."""
    title = gettext("%(desk)s: corrections") % {"desk": printable(desk.name)}
    description = gettext("What we changed after it was published, and why.")
    return _head(desk, title, description, home, address, chosen)


def _head(
    desk: PublishedDesk, title: str, description: str, home: str, address: str, chosen: Sequence[str]
) -> FeedHead:
    if chosen:
        title = f"{title} ({', '.join(map(printable, chosen))})"
    if desk.sample:
        description = gettext("Sample desk: invented institutions") + ". " + description
    return FeedHead(title, description, home, address, desk)


class _Dated(SyndicationFeed):
    """A feed that was last updated with its newest entry, and never with the clock."""

    def latest_post_date(self) -> datetime:
        """Return when the newest entry was updated; for an empty feed a fixed time, so that its bytes stay the same
        (after 1990: before that, the W3C's validator calls a date implausible)."""
        return max((item["updateddate"] for item in self.items), default=datetime(2000, 1, 1, tzinfo=UTC))


def _log_link(feed: dict[str, Any]) -> dict[str, str]:
    """Return Atom's link to the log's signed head. Its title names the head: whoever keeps the feed keeps it."""
    _name, number, head, *_rest = feed["checkpoint"].splitlines()
    return {"rel": "related", "type": "text/plain", "href": feed["log"], "title": f"readout-log-1 {number} {head}"}


def _version_link(item: dict[str, Any]) -> dict[str, str]:
    """Return Atom's link to the version that an entry tells of; its title names it."""
    title = gettext("version %(version)s") % {"version": item["version"]}
    return {"rel": "related", "type": "text/html", "href": iri_to_uri(item["version_url"]), "title": title}


class RssFeed(_Dated, Rss201rev2Feed):
    """RSS 2.0, whose items say with Atom's element when they were updated."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add pages, hubs and the head of the log."""
        super().add_root_elements(handler)
        for rel, address in self.feed["links"]:
            handler.addQuickElement("atom:link", None, {"rel": rel, "href": iri_to_uri(address)})
        if self.feed["checkpoint"]:
            handler.addQuickElement("atom:link", None, _log_link(self.feed))

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add what RSS has no element for."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:link", None, _version_link(item))
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))


class AtomFeed(_Dated, Atom1Feed):
    """Atom, with the whole text as content and each entry's language."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add pages, hubs and the head of the log."""
        super().add_root_elements(handler)
        for rel, address in self.feed["links"]:
            handler.addQuickElement("link", None, {"rel": rel, "href": iri_to_uri(address)})
        if self.feed["checkpoint"]:
            handler.addQuickElement("link", None, _log_link(self.feed))

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """Name the entry's language, where it is not the feed's."""
        return {"xml:lang": item["language"]} if item["language"] != self.feed["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add the version's own address and the content."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("link", None, _version_link(item))
        handler.addQuickElement("content", item["content"], {"type": "html"})


def rss(head: FeedHead, entries: Sequence[Entry]) -> str:
    """Return the feed as RSS 2.0."""
    feed = RssFeed(**_root(head))
    for item in entries:
        feed.add_item(description=item.content, unique_id_is_permalink=False, **_item(item, head))
    return _TITLE.sub(_as_text, _written(feed))


def atom(head: FeedHead, entries: Sequence[Entry]) -> str:
    """Return the feed as Atom 1.0."""
    feed = AtomFeed(**_root(head))
    for item in entries:
        summary = escape(item.summary)  # as HTML, which is how an Atom summary is marked
        feed.add_item(description=summary, content=item.content, language=item.language, **_item(item, head))
    return _TITLE.sub(_as_html, _written(feed))


def _written(feed: SyndicationFeed) -> str:
    """Return a feed without U+FFFD, of which the W3C's validator warns: the character stands for one unknown."""
    return str(feed.writeString("utf-8")).replace("\N{REPLACEMENT CHARACTER}", "?")


def _as_text(title: re.Match[str]) -> str:
    """Return a title of RSS so that readers that take it for HTML, and those that do not, show its own signs.

    https://www.rssboard.org/rss-profile#data-types-characterdata; a generator of XML would write the named ones.
    """
    return title[0].replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;").replace("&gt;", "&#x3E;")


def _as_html(title: re.Match[str]) -> str:
    """Return a title of Atom as HTML where it holds signs that look like it: nobody can take it for other mark-up."""
    return f'<title type="html">{escape(title[1])}</title>' if "&" in title[1] else title[0]


def _root(head: FeedHead) -> dict[str, Any]:
    return {
        "title": head.title,
        "link": head.home,
        "description": head.description,
        "subtitle": head.description,
        "feed_url": head.address,
        "feed_guid": head.id or head.home,
        "language": head.desk.language,
        "author_name": printable(head.desk.name),
        "author_link": head.author_link,
        "feed_copyright": printable(head.desk.licence) or None,
        "checkpoint": head.checkpoint,
        "log": head.log,
        "links": list(head.links),
    }


def _item(item: Entry, head: FeedHead) -> dict[str, Any]:
    return {
        "title": item.title,
        "link": item.url,
        "unique_id": item.id,
        "pubdate": item.published,
        "updateddate": item.updated,
        "author_name": printable(head.desk.name),
        "author_link": head.author_link,
        "categories": item.tags,
        "version": item.verdict.version,
        "version_url": item.version_url,
    }
