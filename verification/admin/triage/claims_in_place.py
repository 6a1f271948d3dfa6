"""An article's text with its claims marked in place, whatever way their spans overlap.

The text is cut at each end of a span and of a paragraph, so that no element is ever open across another. Of spans that
lie over each other the shortest owns the words; each claim's number stands where its span ends.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_PARAGRAPHS: Final = re.compile(r"\n\n+")
_LAST_WORD: Final = re.compile(r"\S{1,24}\Z")
"""A number stays on the line of the word before it, unless that word is too long to be moved as one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim where it stands: its number in the article, its span in code points, and where a click on it leads.

    `look` is a class more: `is-on` for the claim that is being looked at, `is-done`, `is-out`.
    """

    number: int
    start: int
    end: int
    href: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text without a boundary in it: the mark that owns it, and the marks that end with it."""

    text: str
    owner: Mark | None
    ends: tuple[Mark, ...] = ()


def marked(text: str, marks: Sequence[Mark]) -> SafeString:
    """Return the text in paragraphs of HTML with the marks as links. Without tags and numbers it reads as before."""
    return format_html_join("", "{}", ((part,) for part in _parts(text, marks)))


def _parts(text: str, marks: Sequence[Mark]) -> Iterator[SafeString]:
    at = 0
    for gap in [*_PARAGRAPHS.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if end > at:
            inside = format_html_join("", "{}", ((_linked(piece),) for piece in pieces(text, marks, at, end)))
            yield format_html("<p>{}</p>", inside)
        if gap:
            yield format_html("{}", gap[0])
            at = gap.end()


def pieces(text: str, marks: Sequence[Mark], start: int, end: int) -> Iterator[Piece]:
    """Cut `text[start:end]` at the boundaries of the marks; together the pieces are the text."""
    within = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    inner = {at for mark in within for at in (mark.start, mark.end) if start < at < end}
    for left, right in pairwise(sorted({start, end} | inner)):
        over = [mark for mark in within if mark.start <= left and mark.end >= right]
        owner = min(over, key=lambda mark: (mark.end - mark.start, mark.number), default=None)
        # A span that goes on in the gap after this paragraph, or beyond the text, ends here for the reader.
        last = [mark for mark in over if mark.end == right or (right == end and not text[end : mark.end].strip())]
        yield Piece(text[left:right], owner, tuple(last))


def _linked(piece: Piece) -> SafeString:
    if piece.owner is None:
        return format_html("{}", piece.text)
    others = [mark for mark in piece.ends if mark is not piece.owner]
    words: SafeString | str = piece.text
    if piece.owner in piece.ends:
        cut = found.start() if (found := _LAST_WORD.search(piece.text)) else len(piece.text)
        words = format_html(
            '{}<span class="ro-nb">{}{}</span>', piece.text[:cut], piece.text[cut:], _number(piece.owner)
        )
    return format_html(
        "{}{}",
        _link(piece.owner, words),
        format_html_join("", "{}", ((_link(mark, _number(mark)),) for mark in others)),
    )


def _link(mark: Mark, inside: SafeString | str) -> SafeString:
    current = SafeString(' aria-current="true"') if mark.look == "is-on" else ""
    return format_html('<a class="ro-mark {}" href="{}"{}>{}</a>', mark.look, mark.href, current, inside)


def _number(mark: Mark) -> SafeString:
    return format_html("<sup>{}</sup>", mark.number)
