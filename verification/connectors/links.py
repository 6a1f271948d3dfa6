"""The links that stand beside a passage of a page: what an article says it rests on."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url
from verification.matching.offices import plain_text

BLOCKS = ("p", "li", "blockquote", "td", "dd", "figcaption", "h1", "h2", "h3", "h4")
# What a passage is looked for by: enough of it to be found once (characters).
SOUGHT = 60
MOST = 20


def links_beside(body: bytes, charset: str | None, passage: str, base: str) -> tuple[str, ...]:
    """Return the addresses that the paragraphs of an HTML page link to which hold a passage or its beginning.

    In their order, each once, http and https only; none where the page is no HTML.
    """
    wanted = plain_text(passage)[:SOUGHT]
    try:
        page = html.document_fromstring(body, parser=html.HTMLParser(encoding=charset or "utf-8"))
    except (etree.LxmlError, ValueError, LookupError):
        return ()
    return tuple(dict.fromkeys(_addresses(page, wanted, base)))[:MOST] if wanted else ()


def _addresses(page: Any, wanted: str, base: str) -> Iterator[str]:
    for block in page.iter(*BLOCKS):
        if wanted in plain_text(block.text_content()):
            for link in block.iter("a"):
                try:
                    yield parse_url(urljoin(base, link.get("href") or "#")).href
                except (BadUrl, ValueError):
                    continue
