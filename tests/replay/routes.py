"""Which page of the replay site lies where."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.replay import pages
from tests.replay.answering import Reply
from tests.replay.documents import ReplayDocument

if TYPE_CHECKING:
    from tests.replay.site import ReplaySite

PER_LIST, PER_FEED, PER_SITEMAP = 10, 10, 1000
LIST = re.compile(r"/briefing-room/(?:([a-z-]+)/)?(?:page/(\d+)/)?")
FEED = re.compile(r"/briefing-room/(?:([a-z-]+)/)?feed/")
PART = re.compile(r"/post-sitemap(\d+)\.xml")
BANNER = "This copy is kept for the record. It is no longer updated, and links on it may not work."
XML = "application/xml; charset=utf-8"


def route(site: "ReplaySite", path: str, query: dict[str, str], *, archived: bool) -> Reply:
    """Return the answer to a path of the site or of its archive host."""
    if path == "/robots.txt":
        return _text(site.robots) if site.robots is not None else _missing()
    if document := site.at_path(path):
        return _page(site, document, archived=archived)
    if archived:
        return _missing()
    if path == "/wp-json/wp/v2/posts":
        return _posts(site, query)
    if path == "/sitemap_index.xml":
        count = -(-len(site.shown()) // PER_SITEMAP)
        return Reply(pages.sitemap_index(count, site.address(""), site.now).encode(), XML)
    if path == "/news-sitemap.xml":
        return Reply(pages.news_sitemap(site.shown()[:1000], site.address("")).encode(), XML)
    if found := PART.fullmatch(path):
        return _part(site, int(found.group(1)))
    if found := FEED.fullmatch(path):
        return _feed(site, found.group(1), int(query.get("paged", "1")))
    if found := LIST.fullmatch(path):
        return _list(site, found.group(1), int(found.group(2) or 1))
    return _missing()


def _page(site: "ReplaySite", document: ReplayDocument, *, archived: bool) -> Reply:
    if document.number in site.moved and not archived:
        return Reply(status=301, headers={"Location": site.address(document.path, archived=True)})
    if archived and document.number not in site.moved:
        return _missing()
    banner = BANNER if archived else ""
    return Reply(pages.article(document, site.address(""), banner).encode(), modified=document.changed_at)


def _of(site: "ReplaySite", section: str | None) -> list[ReplayDocument]:
    return [each for each in site.shown() if section is None or each.section == section]


def _list(site: "ReplaySite", section: str | None, number: int) -> Reply:
    documents = _of(site, section)
    shown = documents[(number - 1) * PER_LIST : number * PER_LIST]
    if not shown:
        return _missing()
    here = f"/briefing-room/{f'{section}/' if section else ''}"
    more = len(documents) > number * PER_LIST
    following = site.address(f"{here}page/{number + 1}/") if more else None
    return Reply(pages.listing(shown, site.address(""), section or "Briefing Room", following).encode())


def _feed(site: "ReplaySite", section: str | None, number: int) -> Reply:
    if site.history:
        body = site.feed_of_history()
        return Reply(body, "application/rss+xml; charset=UTF-8") if body is not None else _missing()
    shown = _of(site, section)[(number - 1) * PER_FEED : number * PER_FEED]
    newest = max((each.changed_at for each in shown), default=site.now)
    body = pages.rss(shown, site.address(""), "Briefing Room").encode()
    return Reply(body, "application/rss+xml; charset=UTF-8", modified=newest)


def _part(site: "ReplaySite", number: int) -> Reply:
    oldest_first = site.shown()[::-1]
    shown = oldest_first[(number - 1) * PER_SITEMAP : number * PER_SITEMAP]
    return Reply(pages.sitemap(shown, site.address("")).encode(), XML) if shown else _missing()


def _posts(site: "ReplaySite", query: dict[str, str]) -> Reply:
    def bound(name: str) -> datetime | None:
        return datetime.fromisoformat(query[name].rstrip("Z")).replace(tzinfo=UTC) if name in query else None

    after, before, modified = bound("after"), bound("before"), bound("modified_after")
    found = [
        each
        for each in site.shown()
        if (after is None or each.published > after)
        and (before is None or each.published < before)
        and (modified is None or each.changed_at > modified)
        and all(
            word.lower() in f"{each.title} {' '.join(each.paragraphs)}".lower()
            for word in query.get("search", "").split()
        )
        and query.get("slug", each.slug) == each.slug
    ]
    if query.get("order") == "asc":
        found.reverse()
    size, number = min(int(query.get("per_page", "10")), pages.WORDPRESS_MOST), int(query.get("page", "1"))
    total = max(1, -(-len(found) // size))
    if number > total:
        fault = (
            b'{"code":"rest_post_invalid_page_number","message":"The page number is too high.","data":{"status":400}}'
        )
        return Reply(fault, "application/json; charset=UTF-8", 400)
    headers = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(total)}
    shown = found[(number - 1) * size : number * size]
    return Reply(pages.posts(shown, site.address("")).encode(), "application/json; charset=UTF-8", 200, headers)


def _text(body: str) -> Reply:
    return Reply(body.encode(), "text/plain; charset=utf-8")


def _missing() -> Reply:
    return Reply(b"<!DOCTYPE html><title>Page not found</title><h1>Page not found</h1>", status=404)
