"""Sitemaps, their indexes and news sitemaps."""

import gzip
import time
from datetime import UTC, datetime

import pytest

from claims.capture.sitemaps import NotASitemap, SitemapEntry, read_sitemap

URL = "https://lake.example/sitemap.xml"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</{root}>'
)


def urls(*entries: str, root: str = "urlset", each: str = "url") -> bytes:
    """Return a sitemap of these entries' fields."""
    return HEAD.format(root=root, entries="".join(f"<{each}>{entry}</{each}>" for entry in entries)).encode()


def test_lastmod_is_when_a_page_was_modified_and_no_publication() -> None:
    read = read_sitemap(
        urls(
            "<loc> https://lake.example/a?x=1&amp;y=2 </loc><lastmod>2031-05-04T10:00:00+02:00</lastmod>",
            "<loc>https://lake.example/b</loc><lastmod>2031-05-04</lastmod><priority>0.5</priority>",
            "<loc>https://lake.example/c</loc><lastmod>yesterday</lastmod>",
            "<lastmod>2031-05-04</lastmod>",
        ),
        URL,
    )
    assert not read.index
    assert read.entries == (
        SitemapEntry("https://lake.example/a?x=1&y=2", datetime(2031, 5, 4, 8, tzinfo=UTC), "second"),
        SitemapEntry("https://lake.example/b", datetime(2031, 5, 4, tzinfo=UTC), "day"),
        SitemapEntry("https://lake.example/c"),
    )


def test_an_index_names_sitemaps() -> None:
    body = urls(
        "<loc>https://lake.example/s1.xml.gz</loc><lastmod>2031-05-04</lastmod>", root="sitemapindex", each="sitemap"
    )
    read = read_sitemap(body, URL)
    assert read.index
    assert [entry.url for entry in read.entries] == ["https://lake.example/s1.xml.gz"]


def test_a_news_sitemap_tells_title_language_and_publication() -> None:
    news = (
        "<loc>https://lake.example/n</loc><news:news><news:publication><news:name>The Mole</news:name>"
        "<news:language>en</news:language></news:publication>"
        "<news:publication_date>2031-05-04T10:00:00+01:00</news:publication_date>"
        "<news:title>Lamps &amp;amp; oil</news:title></news:news>"
    )
    (entry,) = read_sitemap(urls(news), URL).entries
    assert (entry.title, entry.language, entry.published, entry.offset, entry.modified) == (
        "Lamps & oil",
        "en",
        datetime(2031, 5, 4, 9, tzinfo=UTC),
        60,
        None,
    )


def test_a_compressed_sitemap_is_unpacked() -> None:
    body = urls("<loc>https://lake.example/a</loc>")
    assert read_sitemap(gzip.compress(body), f"{URL}.gz") == read_sitemap(body, URL)


def test_an_empty_sitemap_is_one_and_what_is_none_is_not() -> None:
    assert read_sitemap(urls(), URL).entries == ()
    for body in (
        b"",
        b"<html><body>No</body></html>",
        b"<rss><channel/></rss>",
        b"https://lake.example/a\n",
        gzip.compress(urls("<loc>https://lake.example/a</loc>"))[:-9],
        urls("<loc>https://lake.example/a</loc>")[:-20],
    ):
        with pytest.raises(NotASitemap):
            read_sitemap(body, URL)


@pytest.mark.parametrize(
    "body",
    [
        urls(*["<loc>https://lake.example/a</loc>"] * 50_001),
        gzip.compress(b"<urlset>" + b" " * 300_000_000, 1),
        b"<urlset>" + b"<url>" * 2_000_000,
        b'<!DOCTYPE urlset [<!ENTITY a "' + b"x" * 1000 + b'">]><urlset>' + b"&a;" * 100_000 + b"<url>",
    ],
    ids=["50,001 addresses", "a bomb", "depth", "entities"],
)
def test_a_sitemap_past_the_protocols_limits_is_refused_quickly(body: bytes) -> None:
    began = time.perf_counter()
    with pytest.raises(NotASitemap):
        read_sitemap(body, URL)
    assert time.perf_counter() - began < 15
