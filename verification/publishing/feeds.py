"""RSS 2.0 and Atom. Django's generators write them; what they lack stands here: content, languages, RSS's `updated`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.xmlutils import SimplerXMLGenerator

from verification.publishing.entries import Entry
from verification.publishing.plain_text import printable
from verification.publishing.published import PublishedDesk


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What a feed says of itself: its title, the page it follows, its own address; the log's head and where it is."""

    title: str
    description: str
    home: str
    address: str
    desk: PublishedDesk
    checkpoint: str = ""
    log: str = ""

    @property
    def author_link(self) -> str:
        """Where the desk is at home: its own site, else the page the feed follows."""
        return self.desk.homepage or self.home


def feed_head(desk: PublishedDesk, home: str, address: str, *, checkpoint: str = "", log: str = "") -> FeedHead:
    """Return the head of a desk's feed at `address`, which follows the page `home`.

    `checkpoint` is the signed head of the decision log, `log` where the newest one is.
    """
    title = gettext("%(desk)s: fact checks") % {"desk": printable(desk.name)}
    description = printable(desk.description) or gettext("Claims checked against primary sources.")
    if desk.sample:
        description = gettext("Sample desk: invented institutions") + ". " + description
    return FeedHead(title, description, home, address, desk, checkpoint, log)


class _Dated(SyndicationFeed):
    """A feed that was last updated with its newest entry, and never with the clock."""

    def latest_post_date(self) -> datetime:
        """Return when the newest entry was updated; for an empty feed a fixed time, so that its bytes stay the same."""
        return max((item["updateddate"] for item in self.items), default=datetime(1970, 1, 1, tzinfo=UTC))


def _log_link(feed: dict[str, Any]) -> dict[str, str]:
    """Return Atom's link to the log's signed head. Its title names the head: whoever keeps the feed keeps it."""
    _name, number, head, *_rest = feed["checkpoint"].splitlines()
    return {"rel": "related", "type": "text/plain", "href": feed["log"], "title": f"readout-log-1 {number} {head}"}


class RssFeed(_Dated, Rss201rev2Feed):
    """RSS 2.0, whose items say with Atom's element when they were updated."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add the head of the log."""
        super().add_root_elements(handler)
        if self.feed["checkpoint"]:
            handler.addQuickElement("atom:link", None, _log_link(self.feed))

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add what RSS has no element for."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))


class AtomFeed(_Dated, Atom1Feed):
    """Atom, with the whole text as content and each entry's language."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add the head of the log."""
        super().add_root_elements(handler)
        if self.feed["checkpoint"]:
            handler.addQuickElement("link", None, _log_link(self.feed))

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """Name the entry's language, where it is not the feed's."""
        return {"xml:lang": item["language"]} if item["language"] != self.feed["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add the content."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def rss(head: FeedHead, entries: Sequence[Entry]) -> str:
    """Return the feed as RSS 2.0."""
    feed = RssFeed(**_root(head))
    for item in entries:
        feed.add_item(description=item.content, unique_id_is_permalink=False, **_item(item, head))
    return feed.writeString("utf-8")


def atom(head: FeedHead, entries: Sequence[Entry]) -> str:
    """Return the feed as Atom 1.0."""
    feed = AtomFeed(**_root(head))
    for item in entries:
        summary = escape(item.summary)  # as HTML, which is how an Atom summary is marked
        feed.add_item(description=summary, content=item.content, language=item.language, **_item(item, head))
    return feed.writeString("utf-8")


def _root(head: FeedHead) -> dict[str, Any]:
    return {
        "title": head.title,
        "link": head.home,
        "description": head.description,
        "subtitle": head.description,
        "feed_url": head.address,
        "language": head.desk.language,
        "author_name": printable(head.desk.name),
        "author_link": head.author_link,
        "feed_copyright": printable(head.desk.licence) or None,
        "checkpoint": head.checkpoint,
        "log": head.log,
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
    }
