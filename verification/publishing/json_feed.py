"""JSON Feed 1.1. What it has no place for stands in `_readout`, as the format allows an extension to."""

import json
from collections.abc import Sequence

from django.utils.feedgenerator import rfc3339_date

from verification.publishing.addresses import Addresses
from verification.publishing.entries import Entry
from verification.publishing.feeds import FeedHead
from verification.publishing.plain_text import printable

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(head: FeedHead, entries: Sequence[Entry], addresses: Addresses) -> str:
    """Return the feed as JSON Feed 1.1."""
    authors = [{"name": printable(head.desk.name), "url": head.author_link}]
    feed: dict[str, object] = {
        "version": VERSION,
        "title": head.title,
        "home_page_url": head.home,
        "feed_url": head.address,
        "description": head.description,
        "language": head.desk.language,
        "authors": authors,
        "_readout": {
            "about": addresses.page("how"),
            "licence": printable(head.desk.licence),
            "sample": head.desk.sample,
            "log": {"checkpoint": head.checkpoint, "url": head.log} if head.checkpoint else None,
        },
        "items": [_item(entry, authors, addresses) for entry in entries],
    }
    if head.following:
        feed["next_url"] = head.following
    if head.hubs:
        feed["hubs"] = [{"type": "WebSub", "url": hub} for hub in head.hubs]
    return json.dumps(feed, ensure_ascii=False)


def _item(entry: Entry, authors: list[dict[str, str]], addresses: Addresses) -> dict[str, object]:
    verdict, rating = entry.verdict, entry.verdict.rating
    extension: dict[str, object] = {
        "about": addresses.page("how"),
        "check": verdict.check.urn,
        "version": verdict.version,
        "version_url": entry.version_url,
        "change": verdict.change,
        "note": printable(verdict.note),
        "rating_before": printable(verdict.rating_before) if verdict.rating_before else None,
        "as_of": verdict.as_of.iso if verdict.as_of else None,
        "claim": printable(verdict.claim),
        "claimant": printable(verdict.claimant) if verdict.claimant else None,
        "rating": None,
        "claimreview_url": None,
    }
    if not verdict.void:
        if verdict.current:
            extension["claimreview_url"] = addresses.claimreview(verdict.check)
        extension["rating"] = {
            "label": printable(rating.label),
            "value": rating.value,
            "worst": rating.worst,
            "best": rating.best,
        }
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "image": addresses.picture(verdict.check, verdict.version),
        "content_html": entry.content,
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
        "language": entry.language,
        "tags": list(entry.tags),
        "authors": authors,
        "_readout": extension,
    }
