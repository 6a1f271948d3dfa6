"""The article's paragraphs out of a parsed page: trafilatura finds them, we keep what it leaves on the table.

Three things are added to trafilatura's own result: the standfirst it takes for a teaser, the quotation marks a browser
would draw round `<q>`, and the removal of prompts and credits (`furniture`). `benchmarks/readable.py` measures all of
them against trafilatura alone.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from trafilatura import bare_extraction
from trafilatura.settings import Document

from claims.capture.furniture import is_furniture
from claims.capture.text import normalise

Element = Any
"""An lxml element; lxml ships no types."""

_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "code", "dd", "div", "dl", "dt", "fieldset", "figcaption"}
    | {"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "item", "li", "list"}
    | {"main", "nav", "ol", "p", "pre", "quote", "row", "section", "table", "tr", "ul"}
)
"""HTML's, and those of trafilatura's own tree (head, item, list, quote, row)."""

_CELLS: Final = frozenset({"cell", "td", "th"})
_BREAKS: Final = frozenset({"br", "lb"})
_UNSEEN: Final = frozenset({"iframe", "noscript", "script", "select", "style", "svg", "template", "title"})
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")

_STANDFIRST: Final = ("p", "div", "h2", "h3", "h4", "strong", "span", "li")
_STANDFIRST_SIZE: Final = range(40, 1201)
"""Characters: shorter is a label, longer an article."""

_COUNTED_SIZE: Final = range(_STANDFIRST_SIZE.start, 10 * _STANDFIRST_SIZE.stop)
"""The same before blanks, scripts and styles are taken out."""

_ASIDE: Final = frozenset(
    {"nav", "aside", "footer", "form", "figure", "figcaption", "script", "style", "noscript", "button", "a", "template"}
)
_ASIDE_NAME: Final = re.compile(r"related|sidebar|comment|footer|widget|newsletter|promo|breadcrumb", re.IGNORECASE)


def paragraphs(tree: Element, descriptions: tuple[str, ...], *, fast: bool = False) -> list[str]:
    """Return the article's paragraphs, normalised, furniture removed; none when the page holds no article.

    `descriptions` are the summaries the page gives of itself (`<meta name="description">` and the like), by which its
    standfirst is recognised. `fast` asks no second extractor where the first finds little. `tree` is left as it was.
    """
    page = deepcopy(tree)
    for quote in page.iter("q"):
        _draw_quotation_marks(quote)
    document = bare_extraction(page, include_comments=False, with_metadata=False, fast=fast)
    found = [normalise(block) for block in _blocks(document.body)] if isinstance(document, Document) else []
    found = [block for block in found if block]
    standfirst = _standfirst(page, descriptions, found)
    if standfirst is not None:
        found.insert(0, standfirst)
    return [block for block in found if not is_furniture(block)]


def all_paragraphs(tree: Element) -> list[str]:
    """Return every paragraph of `tree`, furniture removed: for a piece of a page that is the article and no more."""
    for quote in tree.iter("q"):
        _draw_quotation_marks(quote)
    blocks = map(normalise, _blocks(tree))
    return [block for block in blocks if block and not is_furniture(block)]


def visible_text(element: Element) -> str:
    """Return the text of `element`, scripts and styles left out, blanks collapsed as a browser does."""
    pieces = element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
    return normalise(_SPACES.sub(" ", " ".join(pieces)))


def letters(text: str) -> str:
    """Return `text` as bare lower-case words, for comparing what two places on a page say."""
    return _NOT_LETTERS.sub(" ", text).casefold().strip()


def _draw_quotation_marks(quote: Element) -> None:
    """Write the marks a browser draws round `<q>` (HTML Standard §15.3.3) into its text."""
    quote.text = f"“{quote.text or ''}"
    if len(quote):
        quote[-1].tail = f"{quote[-1].tail or ''}”"
    else:
        quote.text += "”"
    quote.tag = "span"


def _blocks(body: Element) -> Iterator[str]:
    """Yield the text of each block below `body`; line breaks stay, a row's cells stand side by side."""
    pending: list[str] = []
    for event, piece in _walk(body):
        if event == "text":
            pending.append(_SPACES.sub(" ", piece))
        elif event == "break":
            pending.append("\n")
        elif pending:
            yield from re.split(r"\n\s*\n", "".join(pending))
            pending = []
    yield "".join(pending)


def _walk(element: Element) -> Iterator[tuple[str, str]]:
    """Yield `text`, `break` and `edge` (of a block) in document order."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return
    edge = ("edge", "") if element.tag in _BLOCKS else ("text", " ") if element.tag in _CELLS else None
    if edge:
        yield edge
    if element.tag in _BREAKS:
        yield "break", ""
    if element.text:
        yield "text", element.text
    for child in element:
        yield from _walk(child)
        if child.tail:
            yield "text", child.tail
    if edge:
        yield edge


def _standfirst(page: Element, descriptions: tuple[str, ...], found: list[str]) -> str | None:
    """Return the visible block before the article that the page's own description repeats, unless it is there already.

    Extraction takes such blocks for teasers of other articles. The smallest element that holds the words is taken.
    """
    summaries = [summary for summary in map(letters, descriptions) if len(summary) in _STANDFIRST_SIZE]
    body = letters(" ".join(found))
    summaries = [summary for summary in summaries if summary[:80] not in body]
    opening = letters(found[0])[:60] if found else ""
    best: tuple[str, str] | None = None
    for element in page.iter(*_STANDFIRST) if summaries else ():
        if len(element) > 12:
            continue
        if len(element.text_content()) not in _COUNTED_SIZE:
            continue  # text is cheaper to count than to collect
        text = visible_text(element)
        if len(text) not in _STANDFIRST_SIZE:
            continue
        words = letters(text)
        if opening and words.startswith(opening):
            break
        if words[:80] in body or not any(_says(words, summary) for summary in summaries) or _stands_aside(element):
            continue
        if best is None or (words in best[1] and len(words) >= 0.6 * len(best[1])):
            best = (text, words)
    return best[0] if best else None


def _says(words: str, summary: str) -> bool:
    """Say whether a block and a summary of the page are the same statement, either of them perhaps cut off."""
    return words[:60] == summary[:60] or (len(words) >= 60 and words in summary) or summary[:100] in words[:140]


def _stands_aside(element: Element) -> bool:
    for ancestor in (element, *element.iterancestors()):
        name = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        if ancestor.tag in _ASIDE or _ASIDE_NAME.search(name):
            return True
    return False
