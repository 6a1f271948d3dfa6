"""Parts of web pages by CSS selector, as a desk writes them in a source's settings."""

from collections.abc import Callable
from typing import Any

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from trafilatura import load_html

from claims.capture.asking import Answer, NotAsExpected
from claims.capture.html_body import visible_text
from claims.capture.media import binary_name
from claims.capture.readable import MAX_TEXT_BYTES
from claims.capture.text import decode
from claims.wording import words
from verification.connectors.issuers.contract import BadConfiguration

Element = Any
"""An lxml element; lxml ships no types."""
Pick = Callable[[Element], list[Element]]
"""Returns the elements in one that a selector selects, in the order of the document."""


def css(setting: str, written: str) -> Pick:
    """Return what a selector selects. Raises `BadConfiguration` for one that is none, naming its setting."""
    try:
        selector: Pick = CSSSelector(written, translator="html")
    except SelectorError as error:
        raise BadConfiguration(
            setting,
            words("“%(written)s” is no CSS selector: %(error)s.", written=written, error=str(error).rstrip(".")),
        ) from error
    return selector


def page_tree(answer: Answer) -> Element:
    """Return the tree of the web page in an answer. Raises `NotAsExpected` where it is none, or too long."""
    if len(answer.body) > MAX_TEXT_BYTES:
        raise NotAsExpected(answer, words("%(url)s answered with more than a page holds.", url=answer.url))
    tree = None
    if answer.body.strip() and binary_name(answer.body) is None:
        tree = load_html(decode(answer.body, label=answer.charset, markup=True).text.replace("\0", ""))
    if tree is None:
        raise NotAsExpected(answer, words("%(url)s answered with something that is no web page.", url=answer.url))
    return tree


def line_of(element: Element) -> str:
    """Return the text that a reader sees in an element, on one line."""
    return " ".join(visible_text(element).split())


def first_of(*picks: Pick) -> Pick:
    """Return what the first of several selectors picks that picks anything."""

    def pick(element: Element) -> list[Element]:
        return next((found for each in picks if (found := each(element))), [])

    return pick
