"""The replay site answers as a briefing room does: what other tests and benchmarks rest on."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import feedparser
import httpx
import pytest

from tests.replay.documents import FeedSnapshot, ReplayDocument
from tests.replay.site import ARCHIVE_HOST, HOST, ReplaySite

NOON = datetime(2031, 5, 14, 12, tzinfo=UTC)


def document(number: int) -> ReplayDocument:
    return ReplayDocument(
        number,
        "statements",
        f"statement-{number}",
        f"Statement {number} on the harbour’s dues",
        NOON + timedelta(hours=number),
        (f"The harbour office lowered {number} dues.", "It thanks the pilots."),
    )


@pytest.fixture
def site() -> Iterator[ReplaySite]:
    with ReplaySite([document(number) for number in range(25)]) as running:
        yield running


def ask(site: ReplaySite, path: str, host: str = HOST, **headers: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{site.port}{path}", headers={"Host": host, **headers})


def test_what_is_published_later_than_the_clock_is_not_there_yet(site: ReplaySite) -> None:
    site.now = NOON + timedelta(hours=3, minutes=30)
    assert [each.number for each in site.shown()] == [3, 2, 1, 0]
    assert ask(site, document(4).path).status_code == 404
    site.now += timedelta(hours=1)
    assert "Statement 4" in ask(site, document(4).path).text


def test_lists_feeds_sitemaps_and_posts_show_the_same_documents(site: ReplaySite) -> None:
    first, last = ask(site, "/briefing-room/"), ask(site, "/briefing-room/statements/page/3/")
    assert (first.text.count("<article>"), last.text.count("<article>")) == (10, 5)
    assert 'rel="next"' in first.text
    assert 'rel="next"' not in last.text
    feed = feedparser.parse(ask(site, "/briefing-room/feed/").content)
    assert not feed.bozo
    assert [item.id for item in feed.entries] == [f"{site.address('')}/?p={number}" for number in range(24, 14, -1)]
    posts = json.loads(ask(site, "/wp-json/wp/v2/posts?per_page=100").content)
    assert [post["id"] for post in posts] == [*range(24, -1, -1)]
    assert ask(site, "/wp-json/wp/v2/posts?page=99").status_code == 400
    assert ask(site, "/post-sitemap1.xml").text.count("<loc>") == 25


def test_a_page_that_was_not_changed_is_not_sent_again(site: ReplaySite) -> None:
    path = document(7).path
    tag = ask(site, path).headers["ETag"]
    assert ask(site, path, **{"If-None-Match": tag}).status_code == 304
    site.change(7, ["The harbour office raised all dues."])
    again = ask(site, path, **{"If-None-Match": tag})
    assert (again.status_code, "raised all dues" in again.text) == (200, True)


def test_a_document_that_moved_is_found_on_the_archive_host(site: ReplaySite) -> None:
    site.move([7])
    moved = ask(site, document(7).path)
    assert moved.headers["Location"] == site.address(document(7).path, archived=True)
    assert "kept for the record" in ask(site, document(7).path, host=f"{ARCHIVE_HOST}:{site.port}").text


def test_a_feed_is_replayed_as_it_was_at_each_moment() -> None:
    history = [FeedSnapshot(NOON, b"<rss>one</rss>"), FeedSnapshot(NOON + timedelta(hours=2), b"<rss>two</rss>")]
    with ReplaySite(history=history, now=NOON - timedelta(hours=1)) as site:
        assert ask(site, "/briefing-room/feed/").status_code == 404
        site.now = NOON + timedelta(minutes=5)
        assert ask(site, "/briefing-room/feed/").content == b"<rss>one</rss>"
        site.now = NOON + timedelta(hours=2)
        assert ask(site, "/briefing-room/feed/").content == b"<rss>two</rss>"
