"""What a reader sees about an article's headline: the lines with its date and its author."""

import re
from typing import Final

from claims.capture.dates import Dated, find_written_date, is_date_line, parse_stamp
from claims.capture.html_body import Element, visible_text

_DATE_MARKUP: Final = re.compile(
    r"date|publish|posted|pubdate|timestamp|byline|dateline|entry-meta|post-meta", re.IGNORECASE
)
_NOT_PUBLISHED: Final = re.compile(
    r"updat|modif|expir|event|comment|copyright|aktualisiert|mis[- ]?[àa][- ]?jour", re.IGNORECASE
)
_BYLINE_MARKUP: Final = re.compile(
    r"(?:^|[-_ ])(?:byline|author|authors|post-author|article-author|writer)(?:$|[-_ ])", re.IGNORECASE
)

_OUTSIDE: Final = frozenset({"nav", "aside", "footer", "figure", "figcaption", "form"})
_OUTSIDE_NAME: Final = re.compile(
    r"related|sidebar|comment|footer|widget|newsletter|promo|teaser-list|most-read", re.IGNORECASE
)

_BYLINE_LENGTH: Final = 200
_HEAD_ELEMENTS: Final = 60
_PROSE: Final = 150
"""Characters: a paragraph this long is the article's, so the head of the page ends before it."""


def about_heading(tree: Element) -> list[Element]:
    """Return the elements round the article's headline: those of its block, and what follows up to the first prose."""
    heading = next(iter(tree.xpath("//article//h1|//main//h1")), None)
    heading = heading if heading is not None else next(iter(tree.iter("h1")), None)
    if heading is None:
        return []
    block = heading.getparent()
    around = [] if block is None else list(block.iter())
    around = [element for element in around if _belongs(element)] if len(around) < _HEAD_ELEMENTS else []
    seen = set(around)
    below: list[Element] = []
    for element in heading.xpath("following::*"):
        if len(below) == _HEAD_ELEMENTS or (element.tag == "p" and len(visible_text(element)) >= _PROSE):
            break
        if element not in seen and _belongs(element):
            below.append(element)
    return around + below


def visible_date(head: list[Element]) -> tuple[Dated, str] | None:
    """Return the publication date the page shows in `head`, and in which kind of markup; that of an update, never.

    In order of trust: a `datePublished` item, a time element, a line that is marked as the date or holds little else.
    """
    short = [element for element in head if len(element.text_content()) <= 10 * _BYLINE_LENGTH]
    lines = [(element, text) for element in short if len(text := visible_text(element)) <= _BYLINE_LENGTH]
    lines = [(element, text) for element, text in lines if not _NOT_PUBLISHED.search(_name(element))]
    for element, text in lines:
        if element.get("itemprop") == "datePublished":
            dated = parse_stamp(element.get("datetime") or element.get("content") or text)
            if dated is not None:
                return dated, "itemprop datePublished"
    for element, text in lines:
        if element.tag == "time" and not _NOT_PUBLISHED.search(_surroundings(element)):
            dated = parse_stamp(element.get("datetime") or text)
            if dated is not None:
                return dated, "time element"
    for element, text in lines:
        found = find_written_date(text) if _DATE_MARKUP.search(_name(element)) or is_date_line(text) else None
        if found is not None and not _NOT_PUBLISHED.search(text[: found[1]]):
            return found[0], "byline"
    return None


def visible_bylines(head: list[Element]) -> list[str]:
    """Return the texts in `head` that are marked as the author's."""
    marked = (element for element in head if element.get("rel") == "author" or _BYLINE_MARKUP.search(_name(element)))
    return [visible_text(element) for element in marked]


def _belongs(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in _OUTSIDE or _OUTSIDE_NAME.search(_name(ancestor)):
            return False
    return True


def _name(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def _surroundings(element: Element) -> str:
    around = element.getparent()
    return "" if around is None else f"{_name(around)} {visible_text(around)[:40]}"
