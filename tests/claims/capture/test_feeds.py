"""Feeds of the four forms, with what is wrong with them in the wild."""

import json
from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from claims.capture.feeds import FeedItem, NotAFeed, read_feed
from claims.capture.text import normalise

URL = "https://lake.example/harbour/feed/"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:a10="http://www.w3.org/2005/Atom">
<channel><title>Harbour Board | Port Example</title><link>https://lake.example</link><description></description>
<atom:link href="https://lake.example/harbour/feed/" rel="self"/><language>en-GB</language>
<image><title>A picture</title><url>https://lake.example/i.png</url></image>
{items}
</channel></rss>"""


def rss(*items: str) -> bytes:
    """Return a feed with these items' fields."""
    return RSS.replace("{items}", "".join(f"<item>{item}</item>" for item in items)).encode()


def only(body: bytes, url: str = URL) -> FeedItem:
    """Return the one item of a feed."""
    (item,) = read_feed(body, url).items
    return item


def test_an_item_of_rss_is_read_with_its_guid_its_date_and_its_text() -> None:
    read = read_feed(
        rss(
            "<title>Readout of Warden&#160;Quillfeather’s Call with&#160;Captains</title>"
            "<link>https://lake.example/2031/05/04/readout/</link><pubDate>Sun, 04 May 2031 21:08:19 +0100</pubDate>"
            "<category><![CDATA[Statements &amp; Releases]]></category><category>Statements &amp; Releases</category>"
            '<guid isPermaLink="false">https://lake.example/?p=48</guid>'
            "<description><![CDATA[The Warden spoke&#160;with captains&#8230;]]></description>"
            "<content:encoded><![CDATA[<p>The Warden spoke with captains.</p><p>###</p>]]></content:encoded>"
        ),
        URL,
    )
    assert (read.form, read.title, read.language, read.next_url) == (
        "rss",
        "Harbour Board | Port Example",
        "en-GB",
        None,
    )
    (item,) = read.items
    assert item == FeedItem(
        guid="https://lake.example/?p=48",
        url="https://lake.example/2031/05/04/readout/",
        title="Readout of Warden Quillfeather’s Call with Captains",
        published=datetime(2031, 5, 4, 20, 8, 19, tzinfo=UTC),
        precision="second",
        offset=60,
        date_origin="pubDate",
        summary="The Warden spoke with captains…",
        content="<p>The Warden spoke with captains.</p><p>###</p>",
        content_origin="content:encoded",
        categories=("Statements & Releases",),
        language="en-GB",
    )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("\nContracts for May 4\n", "Contracts for May 4"),
        ("FACT SHEET: Quill-&#8288;Ash Pact", "FACT SHEET: Quill-Ash Pact"),
        ("Fish &amp;amp; Chips", "Fish & Chips"),
        ("The &amp;lt;b&amp;gt; tag", "The <b> tag"),
        ("Tea &amp;amp;amp; milk", "Tea &amp; milk"),
        ("Lamps &nbsp;&eacute;teintes", "Lamps éteintes"),
        ("Oats & barley &unknown; <![CDATA[R&D]]>", "Oats & barley &unknown; R&D"),
        ("<![CDATA[<i>Lamp</i> law]]>", "Lamp law"),
        ("3 < 4 < 5", "3"),
    ],
)
def test_a_title_is_one_line_whose_entities_are_undone_once(written: str, title: str) -> None:
    item = only(rss(f"<title>{written}</title><guid>7</guid>"))
    assert item.title is not None
    assert item.title.startswith(title)
    assert "\u2060" not in item.title


@pytest.mark.parametrize(
    ("fields", "origin", "at", "precision", "offset"),
    [
        ("<pubDate>19 Sep. 2025 12:00:00 GMT</pubDate>", "pubDate", "2025-09-19T12:00:00+00:00", "second", 0),
        ("<pubDate>Sept. 15, 2026</pubDate>", "pubDate", "2026-09-15T00:00:00+00:00", "day", None),
        ("<pubDate>Mon, 28 February 22 21:08 EST</pubDate>", "pubDate", "2022-03-01T02:08:00+00:00", "minute", -300),
        ("<pubDate>2031-05-04T09:00:00</pubDate>", "pubDate", "2031-05-04T00:00:00+00:00", "day", None),
        ("<a10:updated>2026-09-15T08:00:00Z</a10:updated>", "updated", "2026-09-15T08:00:00+00:00", "second", 0),
        (
            "<a10:updated>2026-09-15T08:00:00Z</a10:updated><dc:date>2026-09-14</dc:date>",
            "dc:date",
            "2026-09-14T00:00:00+00:00",
            "day",
            None,
        ),
        (
            "<dc:date>2026-09-14</dc:date><pubDate>Mon, 14 Sep 2026 09:00:00 +0200</pubDate>",
            "pubDate",
            "2026-09-14T07:00:00+00:00",
            "second",
            120,
        ),
        (
            "<pubDate>soon</pubDate><dc:date>2026-09-14</dc:date>",
            "dc:date",
            "2026-09-14T00:00:00+00:00",
            "day",
            None,
        ),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", None, None, None, None),
        ("<pubDate>Mon, 31 Feb 2022 21:08:19 +0000</pubDate>", None, None, None, None),
        ("<pubDate></pubDate>", None, None, None, None),
    ],
)
def test_the_most_trusted_date_is_taken_with_no_more_precision_than_is_written(
    fields: str, origin: str | None, at: str | None, precision: str | None, offset: int | None
) -> None:
    item = only(rss(f"<guid>7</guid>{fields}"))
    assert item.published == (datetime.fromisoformat(at) if at else None)
    assert (item.date_origin, item.precision, item.offset) == (origin, precision, offset)


def test_an_item_is_known_by_guid_else_by_address_else_by_what_it_says() -> None:
    items = read_feed(
        rss(
            "<guid> 150481 </guid><link>/a</link>",
            "<link>notes/b</link>",
            "<title>Fog</title><description>Ferries wait.</description>",
            "<title>Fog</title><description>Ferries sail.</description>",
            "<guid>https://lake.example/c</guid>",
            '<guid isPermaLink="false">https://lake.example/d</guid>',
            "<link>javascript:alert(1)</link><guid>8</guid>",
            "<description> </description>",
        ),
        URL,
    ).items
    assert [(item.guid[:7], item.url) for item in items] == [
        ("150481", "https://lake.example/a"),
        ("https:/", "https://lake.example/harbour/feed/notes/b"),
        ("sha256:", None),
        ("sha256:", None),
        ("https:/", "https://lake.example/c"),
        ("https:/", None),
        ("8", None),
    ]
    assert items[1].guid == items[1].url
    assert items[2].guid != items[3].guid


def test_atom_keeps_published_and_updated_apart_and_reads_each_kind_of_text() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://lake.example/amt/">
      <title type="html">Amt &amp;amp; Hafen</title><link rel="next" href="?page=2"/>
      <entry xml:lang="en"><id>tag:lake.example,2031:1</id><title>5 &lt; 6 &amp;amp; more</title>
        <link rel="enclosure" href="a.mp3"/><link rel="alternate" type="application/pdf" href="a.pdf"/>
        <link href="a.html"/>
        <published>2031-05-04T08:00:00+02:00</published><updated>2031-05-04T10:00:00Z</updated>
        <category term="notice" label="Notices"/><summary type="html">&lt;p>In &lt;b>short&lt;/b>&lt;/p></summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The <title>whole</title> text</p></div>
        </content></entry>
      <entry><id>tag:lake.example,2031:2</id><title/><updated>2031-05-05T10:00:00Z</updated>
        <content>a &lt; b</content></entry>
    </feed>"""
    read = read_feed(atom.encode(), URL)
    assert (read.form, read.title, read.next_url) == ("atom", "Amt & Hafen", "https://lake.example/amt/?page=2")
    first, second = read.items
    assert (first.guid, first.title) == ("tag:lake.example,2031:1", "5 < 6 &amp; more")
    assert (first.url, first.language, first.categories) == ("https://lake.example/amt/a.html", "en", ("Notices",))
    assert (first.date_origin, first.offset, first.summary) == ("published", 120, "In short")
    assert first.updated == datetime(2031, 5, 4, 10, tzinfo=UTC)
    assert first.content is not None
    assert "<p>The <title>whole</title> text</p>" in first.content
    assert (second.title, second.date_origin, second.language) == (None, "updated", "de")
    assert (second.content, second.content_type) == ("a < b", "text/plain")


def test_rdf_is_known_by_its_addresses_and_dated_by_dublin_core() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Gauge office</title></channel>
      <item rdf:about="https://lake.example/g/1"><title>Level</title><link>https://lake.example/g/1</link>
      <dc:date>2031-05-04T10:00+01:00</dc:date><dc:language>nl</dc:language></item></rdf:RDF>"""
    read = read_feed(rdf.encode(), URL)
    item = only(rdf.encode())
    assert (read.form, read.title) == ("rdf", "Gauge office")
    assert (item.guid, item.date_origin, item.precision, item.language) == (
        "https://lake.example/g/1",
        "dc:date",
        "minute",
        "nl",
    )


def test_a_json_feed_is_read_and_other_json_is_not() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Tide tables",
        "language": "en",
        "next_url": "/more.json",
        "items": [
            {
                "id": 12,
                "external_url": "https://other.example/x",
                "content_text": "1 < 2",
                "date_modified": "2031-05-04",
            },
            {"id": "b", "url": "b", "date_published": "2031-05-04T09:00:00-04:00", "tags": ["tide", 3], "title": "T"},
            "no item",
            {},
        ],
    }
    read = read_feed(json.dumps(feed).encode(), URL, "application/feed+json")
    first, second = read.items
    assert (read.form, read.next_url) == ("json", "https://lake.example/more.json")
    assert (first.guid, first.url, first.content, first.content_type) == (
        "12",
        "https://other.example/x",
        "1 < 2",
        "text/plain",
    )
    assert (first.date_origin, second.date_origin, second.offset, second.categories) == (
        "updated",
        "published",
        -240,
        ("tide",),
    )
    for other in ('{"items": []}', "[]", "null", "{", '{"version": "https://jsonfeed.org/version/1", "items": {}}'):
        with pytest.raises(NotAFeed):
            read_feed(other.encode(), URL, "application/json")


def test_a_feed_is_read_in_the_charset_it_is_in_and_not_in_the_one_it_claims() -> None:
    title = "<title>Größe – naïve</title><guid>1</guid>"
    lying = rss(title).replace(b"UTF-8", b"ISO-8859-1")
    assert only(lying).title == "Größe – naïve"
    assert only(b"\xef\xbb\xbf" + rss(title)).title == "Größe – naïve"
    assert only(b"\n\n " + rss(title)).title == "Größe – naïve"
    assert only(RSS.replace("{items}", f"<item>{title}</item>").encode("utf-16")).title == "Größe – naïve"
    old = RSS.replace("UTF-8", "windows-1252").replace("{items}", f"<item>{title}</item>").encode("cp1252")
    assert only(old).title == "Größe – naïve"


def test_tags_that_are_not_closed_cost_neither_their_item_nor_the_next() -> None:
    body = rss(
        "<title>One <br> line</title><link>https://lake.example/1</link><description>a<p>b</description><guid>1</guid>",
        "<title>Two</title><media:title>No</media:title><guid>2</guid>",
        "<title>Three\x00\x1b</title><guid>3</guid>",
    )
    assert [(item.guid, item.title) for item in read_feed(body, URL).items] == [
        ("1", "One line"),
        ("2", "Two"),
        ("3", "Three"),
    ]


def test_a_feed_without_items_is_a_feed_and_what_is_none_is_not() -> None:
    assert read_feed(rss(), URL).items == ()
    for body in (
        b"",
        b" \n",
        b"<!DOCTYPE html><html><body><h1>Technical difficulties</h1></body></html>",
        b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
        b"Not found",
        bytes(range(256)) * 8,
        rss("<title>whole</title><guid>1</guid>")[:-30],
        rss("<title><![CDATA[open</title><guid>1</guid>"),
    ):
        with pytest.raises(NotAFeed):
            read_feed(body, URL)


def test_feedparser_reads_the_same_where_a_feed_is_well_made() -> None:
    start = datetime(2031, 5, 4, 23, 30, tzinfo=UTC)
    items = [
        f"<title>Notice {number} &amp; more – “quoted”</title><link>https://lake.example/{number}?a=1&amp;b=2</link>"
        f"<guid isPermaLink='false'>{number}</guid>"
        f"<pubDate>{start + timedelta(hours=number):%a, %d %b %Y %H:%M:%S %z}</pubDate>"
        for number in range(50)
    ]
    body = rss(*items)
    peer = feedparser.parse(body)
    ours = read_feed(body, URL).items
    assert [(item.guid, item.url, item.title) for item in ours] == [
        (entry.id, entry.link, normalise(entry.title)) for entry in peer.entries
    ]
    assert [item.published and item.published.timetuple()[:6] for item in ours] == [
        entry.published_parsed[:6] for entry in peer.entries
    ]
