"""The shape of a page: what it calls itself, how much it says, how much of that is links, whether it is an article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree, html

_PROLOGUE: Final = re.compile(r"\0|^\s*<\?xml[^>]*\?>")
_SPACES: Final = re.compile(r"\s+")
_QUOTED: Final = re.compile(r"“[^”]{1,400}”|„[^“”]{1,400}[“”]|«[^»]{1,400}»|\"[^\"]{1,400}\"|‘[^’]{12,400}’(?!\w)")
"""What somebody else is quoted with; single marks only round some words, since the second is an apostrophe too."""

_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_MARKUP: Final = re.compile(r"<(?:(script|style)\b|(!--)|[^<>]*>?)", re.IGNORECASE)
_CLOSING: Final = {
    "script": re.compile(r"</script", re.IGNORECASE),
    "style": re.compile(r"</style", re.IGNORECASE),
    "!--": re.compile(r"-->"),
}
_LETTERS_A_WORD: Final = 20
"""Blanks and line ends counted in; what is far beyond is no text for people, and not looked at."""

_UNSEEN: Final = frozenset({"script", "style", "template", "svg", "head", "noscript", "iframe", "object", "select"})
_LINKS: Final = frozenset({"a", "button"})
_HEADINGS: Final = ("h1", "h2", "h3")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_REFRESH: Final = re.compile(r"\s*([\d.]+)\s*[;,]\s*(?:url\s*=\s*)?['\"]?\s*([^'\"\s]+)", re.IGNORECASE)
_AT_ONCE: Final = 5.0
"""Seconds: a page that sends the browser on so soon is not meant to be read."""

_ARTICLE_TYPE: Final = re.compile(
    r'"@type"\s*:\s*(?:\[[^\]]*)?"(?:\w*(?:Article|BlogPosting|Report)|PressRelease|Legislation|GovernmentService)"'
)
_ARTICLE: Final = (
    "//meta[@property='og:type' and starts-with(@content, 'article')]"
    "|//meta[@property='article:published_time' or @name='article:published_time']"
    "|//meta[starts-with(@name, 'citation_') or starts-with(@name, 'DC.date') or starts-with(@name, 'dcterms.')]"
    "|//*[@itemprop='articleBody' or @itemprop='datePublished']"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """`title` and `heading` (the first h1, else the first heading) as the page gives them, "" for none.

    `text` is all that can be seen, `said` the same without links and without what stands in quotation marks, `aside`
    what only shows where scripts or frames do not run. `prose` counts the words outside links, `linked` those within.
    `is_article`: its own metadata say so, or name a day on which it was published. `sends_on_to` is where it sends
    browsers without being read.
    """

    title: str
    heading: str
    text: str
    said: str
    aside: str
    prose: int
    linked: int
    is_article: bool
    has_password: bool
    sends_on_to: str | None


def shape_of(markup: str) -> Shape | None:
    """Return the shape of a page; None where no page can be made out of `markup`."""
    try:
        tree = html.document_fromstring(_PROLOGUE.sub("", markup))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    seen = list(_seen(tree))
    unlinked = _joined(piece for piece, linked in seen if not linked)
    return Shape(
        title=_joined(tree.xpath("(//title)[1]//text()")),
        heading=_heading(tree),
        text=_joined(piece for piece, _ in seen),
        said=_QUOTED.sub(" … ", unlinked),
        aside=_joined(tree.xpath("//noscript//text() | //iframe//text()")),
        prose=word_count(unlinked),
        linked=word_count(_joined(piece for piece, linked in seen if linked)),
        is_article=bool(tree.xpath(_ARTICLE)) or _tells_of_article(tree),
        has_password=bool(tree.xpath("//input[translate(@type, 'PASWORD', 'pasword')='password']")),
        sends_on_to=_sent_on(tree),
    )


def word_count(text: str) -> int:
    """Return how many words there are in `text`; in scripts that write none apart, two characters are one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def says_more_than(markup: str, most: int) -> bool:
    """Say whether `markup` shows more than `most` words, links included; counted without parsing it, in one pass."""
    words = letters = place = 0
    while tag := _MARKUP.search(markup, place):
        words += word_count(markup[place : tag.start()])
        letters += tag.start() - place
        if words > most or letters > _LETTERS_A_WORD * most:
            return True
        closing = _CLOSING.get((tag[1] or tag[2] or "").lower())
        end = closing.search(markup, tag.end()) if closing else tag
        if end is None:
            return False
        place = end.end()
    return words + word_count(markup[place:]) > most


def _seen(tree: Any) -> Iterator[tuple[str, bool]]:
    """Yield each piece of visible text, and whether it is part of a link."""
    unseen = linked = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("start", "end"):
            step = 1 if event == "start" else -1
            unseen += step * (node.tag in _UNSEEN or _is_hidden(node))
            linked += step * (node.tag in _LINKS)
        piece = node.text if event == "start" else node.tail
        if piece and not unseen and not piece.isspace():
            yield piece, linked > 0


def _is_hidden(node: Any) -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))


def _heading(tree: Any) -> str:
    for tag in _HEADINGS:
        for node in tree.iter(tag):
            if told := _joined(node.itertext()):
                return told
    return ""


def _tells_of_article(tree: Any) -> bool:
    blocks = tree.xpath("//script[@type='application/ld+json']/text()")
    return any(_ARTICLE_TYPE.search(block) for block in blocks)


def _sent_on(tree: Any) -> str | None:
    for content in tree.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']/@content"):
        found = _REFRESH.match(content)
        if found and float(found[1].strip(".") or 0) <= _AT_ONCE:
            return str(found[2])
    return None


def _joined(pieces: Any) -> str:
    return _SPACES.sub(" ", " ".join(pieces)).strip()
