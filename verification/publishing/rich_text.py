"""Reasoning and explanation as they are read: Markdown's bold, italic, links, lists and quotations, and nothing else.

Stored is what was typed. Headings, images, code and HTML are no mark-up here: their signs stand as they were typed.
What the renderer makes is sanitised once more, so that no fault in one of the two lets anything through. `[1]` becomes
a link to the evidence of that number.
"""

import re
from collections.abc import Collection, Mapping, Sequence

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.token import Token

_CITATION = re.compile(r"\[(\d{1,3})\]")
_LINKED = re.compile(r"(https?://|mailto:)[^\s]", re.IGNORECASE)
_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "rel", "aria-label"},
    "p": {"dir"},
    "li": {"dir"},
    "ol": {"start"},
}
# Feed readers and the validators of feeds know no `aria-label`.
_OUTSIDE = _ATTRIBUTES | {"a": {"href", "rel"}}
_SCHEMES = {"http", "https", "mailto"}
# A text with lists and quotations deeper than this is shown without either; Markdown would drop words at some depth.
_DEEPEST = 16
_WITHIN_LINES = ("emphasis", "link", "newline", "escape", "balance_pairs", "fragments_join")


class _Marks(MarkdownIt):
    """Markdown, of which little is switched on; a link leads to a page of the web or to an address of mail."""

    def __init__(self, *blocks: str) -> None:
        """Switch on what may be typed: marks within lines, and these blocks."""
        super().__init__("zero", {"breaks": True, "html": False, "maxNesting": 2 * _DEEPEST})
        self.enable([*_WITHIN_LINES, *blocks])

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it's name)
        """Tell whether an address may be linked; what may not stands as it was typed."""
        return _LINKED.match(url) is not None


_MARKS, _WITHOUT_BLOCKS = _Marks("list", "blockquote"), _Marks()


def evidence_links(numbers: Collection[int], page: str = "") -> dict[int, str]:
    """Return where citations lead: to the evidence of that number on `page`, empty on the page itself."""
    return {number: f"{page}#e{number}" for number in numbers}


def rich(text: str, cite: Mapping[int, str], *, outside: bool = False) -> SafeString:
    """Return a text as HTML that is safe to show. `cite` says where each number leads; others stay as written.

    `outside` says that it is shown elsewhere than on pages of ours.
    """
    tokens = _parsed(text)
    for token in tokens:
        if token.type in {"paragraph_open", "list_item_open"}:
            token.attrSet("dir", "auto")
        elif token.type == "inline" and token.children:
            token.children = _with_citations(token.children, cite)
    html = str(_MARKS.renderer.render(tokens, _MARKS.options, {})).strip()
    return mark_safe(  # nosec B308, B703 (sanitised right here)
        nh3.clean(
            html, tags=_TAGS, attributes=_OUTSIDE if outside else _ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None
        )
    )


def plain(text: str) -> str:
    """Return a text without its mark-up, for what shows no HTML: paragraphs and lines stay, addresses of links go."""
    lines = (token.children or () for token in _parsed(text) if token.type == "inline")
    return "\n\n".join("".join(map(_read, children)) for children in lines)


def _parsed(text: str) -> list[Token]:
    lines = text.replace("\r\n", "\n")
    tokens = _MARKS.parse(lines)
    return _WITHOUT_BLOCKS.parse(lines) if any(token.level > _DEEPEST for token in tokens) else tokens


def _read(token: Token) -> str:
    return "\n" if token.type in {"softbreak", "hardbreak"} else token.content


def _with_citations(children: Sequence[Token], cite: Mapping[int, str]) -> list[Token]:
    found: list[Token] = []
    inside = 0
    for token in children:
        if token.type == "link_open":
            inside += 1
            token.attrSet("rel", "noopener nofollow")
        inside -= token.type == "link_close"
        found += _cited(token.content, cite) if token.type == "text" and not inside else [token]
    return found


def _cited(text: str, cite: Mapping[int, str]) -> list[Token]:
    parts, at = [], 0
    for cited in _CITATION.finditer(text):
        address = cite.get(int(cited[1]))
        if address is None:
            continue
        label = gettext("Evidence %(number)s") % {"number": cited[0]}
        opened = Token("link_open", "a", 1, attrs={"href": address, "aria-label": label})
        parts += [_words(text[at : cited.start()]), opened, _words(cited[0]), Token("link_close", "a", -1)]
        at = cited.end()
    return [*parts, _words(text[at:])]


def _words(text: str) -> Token:
    return Token("text", "", 0, content=text)
