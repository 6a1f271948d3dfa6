"""Feeds of the three forms, every word of which is a hostile line."""

import json
import re
from collections.abc import Sequence
from html import escape

# What XML cannot hold, even escaped.
UNHEARD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
AT = "2031-05-04T10:00:00Z"


def rss(found: Sequence[str], pages: Sequence[str]) -> bytes:
    """Return RSS 2.0: an item for each line, whose address is the line or, where there is one, a page."""
    items = []
    for number, line in enumerate(found):
        said, link = _xml(line), _xml(pages[number] if number < len(pages) else line)
        items.append(
            f"<item><title>{said}</title><link>{link}</link><guid isPermaLink='false'>{number} {said}</guid>"
            f"<author>{said}</author><dc:creator>{said}</dc:creator><category>{said}</category>"
            f"<description>{_data(line)}</description><content:encoded>{_data(line)}</content:encoded>"
            f"<enclosure url='{said}' type='{said}'/><pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate></item>"
        )
    spaces = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    head = f"<title>{_xml(found[0])}</title><link>{_xml(found[1])}</link><language>{_xml(found[2])}</language>"
    return f"<rss version='2.0' {spaces}><channel>{head}{''.join(items)}</channel></rss>".encode()


def atom(found: Sequence[str], pages: Sequence[str]) -> bytes:
    """Return Atom, its titles as text, its summaries as markup, its contents as XHTML where they parse as such."""
    entries = []
    for number, line in enumerate(found):
        said, link = _xml(line), _xml(pages[number] if number < len(pages) else line)
        entries.append(
            f"<entry><id>{number} {said}</id><title>{said}</title><link href='{link}' title='{said}'/>"
            f"<author><name>{said}</name><uri>{said}</uri></author><summary type='html'>{said}</summary>"
            f"<content type='html'>{said}</content><updated>{AT}</updated><category term='{said}'/></entry>"
        )
    head = f"<title type='html'>{_xml(found[0])}</title><id>{_xml(found[1])}</id><rights>{_xml(found[2])}</rights>"
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{head}{''.join(entries)}</feed>".encode()


def json_feed(found: Sequence[str], pages: Sequence[str]) -> bytes:
    """Return a JSON Feed."""
    items = [
        {
            "id": f"{number} {line}",
            "url": pages[number] if number < len(pages) else line,
            "title": line,
            "summary": line,
            "content_html": line,
            "tags": [line],
            "authors": [{"name": line, "url": line}],
            "date_published": AT,
            "image": line,
            "language": line,
            "external_url": line,
        }
        for number, line in enumerate(found)
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": found[0], "home_page_url": found[1]}
    return json.dumps(head | {"items": items}).encode()


def sitemap(found: Sequence[str], pages: Sequence[str]) -> bytes:
    """Return a sitemap of news."""
    urls = []
    for number, line in enumerate(found):
        link = _xml(pages[number] if number < len(pages) else line)
        urls.append(
            f"<url><loc>{link}</loc><n:news><n:publication><n:name>{_xml(line)}</n:name><n:language>en</n:language>"
            f"</n:publication><n:publication_date>{AT}</n:publication_date><n:title>{_xml(line)}</n:title></n:news></url>"
        )
    spaces = (
        "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
    )
    return f"<urlset {spaces}>{''.join(urls)}</urlset>".encode()


def _xml(line: str) -> str:
    return escape(UNHEARD.sub("", line))


def _data(line: str) -> str:
    return f"<![CDATA[{UNHEARD.sub('', line).replace(']]>', ']]]]><![CDATA[>')}]]>"
