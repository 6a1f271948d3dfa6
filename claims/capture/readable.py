"""Readable text out of the bytes of a page, a PDF or a pasted article, with what it says of itself.

    article = read(capture.body, capture.media_type, url=capture.final_url, charset=capture.charset)

Nothing is invented: what the input does not state is `None`. A PDF, a page and plain text each have a reader of their
own (`pdf`, `html_body` with `html_metadata`, `pasted`); the bytes decide which, where their label is wrong.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from trafilatura import load_html

from claims.capture.bylines import clean_byline
from claims.capture.dates import Precision, is_date_line
from claims.capture.errors import OversizedInput, TextlessInput
from claims.capture.html_body import Element, all_paragraphs, letters, paragraphs
from claims.capture.html_metadata import PageFacts, page_facts
from claims.capture.media import HTML, PDF, readable_type
from claims.capture.pasted import PlainArticle, read_plain
from claims.capture.pdf import page_spans, pdf_paragraphs
from claims.capture.text import decode
from claims.capture.unwrapping import unwrap
from claims.languages import vote
from claims.wording import words

MAX_BYTES: Final = 30_000_000
MAX_TEXT_BYTES: Final = 3_000_000
"""Pages and plain text: the longest article or hearing is a thirtieth of it. A byte takes 26 of memory to read."""

MAX_NODES: Final = 30_000
"""Tags and attributes of a page: reading takes two kilobytes for each. Of 495 real pages, the largest has 20,000."""

MANY_NODES: Final = 12_000
"""From here on no second extractor is asked: one of them slows with the square of the paragraphs (200 KB of empty
tables took 20 s)."""

_WALL: Final = re.compile(
    r"(?:enable|activate|turn on|requires?|without) (?:javascript|cookies)|javascript (?:is|must be|to be)\b"
    r"|checking your browser|verify (?:that )?you are (?:a )?human|JavaScript (?:aktivieren|deaktiviert)",
    re.IGNORECASE,
)
_WALL_WORDS: Final = 80
_HEAD_BLOCKS: Final = 4
_PAGE: Final = re.compile(r"<(?:html|head|body|nav|footer)\b", re.IGNORECASE)
"""Markup with none of these was cut out of a page (a feed's item, a copied selection): all of it is the article."""

_TAG: Final = re.compile(r"<[a-z][^<>]*", re.IGNORECASE)

_LINE_END: Final = re.compile(r"\r\n?")
_NOT_MARKUP: Final = re.compile(r"\0|^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Readable:
    """An article as read. `text` is normalised (`text.TEXT_NORMALISER`), its paragraphs parted by empty lines; offsets
    of selectors index into it. `published` is an aware `datetime` or a `date`, to `published_precision`, as stated in
    `published_origin` ("article:published_time", "json-ld", "time element", "byline", "dateline", …).
    `pages` are a PDF's: start and end in `text`, and the page's number, from 1."""

    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    language: str | None = None
    published: datetime | date | None = None
    published_precision: Precision | None = None
    published_origin: str | None = None
    canonical_url: str | None = None
    pages: tuple[tuple[int, int, int], ...] = ()


def read(
    body: bytes,
    media_type: str | None = None,
    *,
    url: str | None = None,
    filename: str | None = None,
    charset: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Readable:
    """Read the article in `body`.

    `media_type` and `charset` are what its header said, `filename` what its upload was called, each if known. Pages and
    plain text may be `MAX_TEXT_BYTES` long at most, whatever `max_bytes` says.
    Raises `EmptyInput`, `BinaryInput`, `OversizedInput`, `TextlessInput`, `EncryptedInput` or `DamagedInput`.
    """
    _within(body, max_bytes)
    kind = readable_type(body, media_type, filename)
    if kind == PDF:
        return _read_pdf(body)
    _within(body, min(max_bytes, MAX_TEXT_BYTES))
    text = decode(body, label=charset, markup=kind == HTML).text
    return _read_page(text, url) if kind == HTML else _read_text(text)


def _within(body: bytes, limit: int) -> None:
    if len(body) > limit:
        raise OversizedInput(
            words(
                "This is longer than the %(limit)s MB that are read: save the article alone, and hand that in.",
                limit=f"{limit / 1_000_000:.0f}",
            )
        )


def _read_text(text: str) -> Readable:
    return _from_plain(read_plain(unwrap(_LINE_END.sub("\n", text))), None)


def _read_pdf(body: bytes) -> Readable:
    found, title = pdf_paragraphs(body)
    article = _from_plain(read_plain("\n\n".join(paragraph.text for paragraph in found), whole=True), title)
    return replace(article, pages=page_spans(article.text, found))


def _from_plain(article: PlainArticle, title: str | None) -> Readable:
    if not letters(article.text):
        raise TextlessInput(words("There are no words in it: paste or upload the article's text."))
    dated = article.published
    return Readable(
        text=article.text,
        title=title or article.title,
        outlet=article.outlet,
        byline=article.byline,
        language=vote(article.text),
        published=dated.value if dated else None,
        published_precision=dated.precision if dated else None,
        published_origin=article.published_origin,
    )


def _read_page(markup: str, url: str | None) -> Readable:
    nodes = _nodes(markup)
    tree = _parsed(markup)
    facts = page_facts(tree, url)
    whole_page = _PAGE.search(markup) is not None
    found = paragraphs(tree, facts.descriptions, fast=nodes > MANY_NODES) if whole_page else all_paragraphs(tree)
    blocks = _body_only(found, facts)
    text = "\n\n".join(blocks)
    if not letters(text) or (len(text.split()) <= _WALL_WORDS and _WALL.search(text)):
        raise TextlessInput(
            words("The page holds no text of its own: open it in a browser, copy the article, and paste it here.")
        )
    dated = facts.published
    return Readable(
        text=text,
        title=facts.title,
        outlet=facts.outlet,
        byline=facts.byline,
        language=vote(text) or facts.language,
        published=dated.value if dated else None,
        published_precision=dated.precision if dated else None,
        published_origin=facts.published_origin,
        canonical_url=facts.canonical_url,
    )


def _nodes(markup: str) -> int:
    """Return how many tags and attributes there are, those in scripts too. Raises `OversizedInput`."""
    nodes = 0
    for tag in _TAG.finditer(markup):
        nodes += 1 + tag[0].count("=")
        if nodes > MAX_NODES:
            raise OversizedInput(
                words("This page has more parts than are read: save the article alone, and hand that in.")
            )
    return nodes


def _parsed(markup: str) -> Element:
    """Return the tree of `markup`, a page or a fragment of one."""
    markup = _NOT_MARKUP.sub("", markup)
    tree = load_html(markup)
    if tree is None:
        tree = load_html(f"<html><body><div>{markup}</div></body></html>")
    if tree is None:
        raise TextlessInput(words("The page is empty: open it in a browser, copy the article, and paste it here."))
    return tree


def _body_only(blocks: list[str], facts: PageFacts) -> list[str]:
    """Return `blocks` without those at the top that repeat the headline, the date or the byline."""
    head, rest = blocks[:_HEAD_BLOCKS], blocks[_HEAD_BLOCKS:]
    title = letters(facts.title or "")
    byline = letters(facts.byline or "")
    kept = [
        block
        for block in head
        if not (
            letters(block) == title or is_date_line(block) or (byline and letters(clean_byline(block) or "") == byline)
        )
    ]
    return [*kept, *rest]
