"""Blank what in a document's text is markup, so that its words and punctuation are left, each in its place.

Nothing moves: what is blanked becomes as many invisible joiners, which leave "7<sup>th</sup>" and "Nestl*é*" one word,
or, where the markup ends a line or a cell, as many spaces.
"""

import html
import re

INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
"""Characters that are not seen, for use inside brackets of a regular expression."""
JOINER = "\u2060"
"""Stands for each character of markup that takes no room."""

_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,20}\](?!:)|<sup>\s*\[?[0-9*†]{1,3}\]?\s*</sup>", re.IGNORECASE)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)[^<>]{0,4000}>")
_INLINE = frozenset({"a", "abbr", "b", "del", "em", "font", "i", "ins", "mark", "s", "small", "span", "strong", "sub",
                     "sup", "u", "wbr"})  # fmt: skip
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"(?<=[^\W\d_])\*{1,3}(?=[^\W\d_])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def blank_markup(text: str) -> str:
    """Blank links, footnote marks, escapes, tags and emphasis of Markdown and HTML; return text of the same length.

    An HTML entity becomes its character, with invisible joiners behind it.
    """
    if "[^" in text or "<sup" in text:
        text = _FOOTNOTE.sub(_joiners, text)
    if "](" in text:
        text = _LINK.sub(_link_text, text)
    if "<" in text:
        text = _TAG.sub(_tag, text)
    if "\\" in text:
        text = _ESCAPE.sub(JOINER, text)
    if "*" in text:
        text = _EMPHASIS.sub(_joiners, text)
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _joiners(match: re.Match[str]) -> str:
    return JOINER * len(match.group())


def _link_text(match: re.Match[str]) -> str:
    return JOINER * (match.start(1) - match.start()) + match.group(1) + JOINER * (match.end() - match.end(1))


def _tag(match: re.Match[str]) -> str:
    return (JOINER if match.group(1).lower() in _INLINE else " ") * len(match.group())


def _entity(match: re.Match[str]) -> str:
    character = html.unescape(match.group())
    if len(character) != 1 or character in "\r\n":
        return match.group()
    return character + JOINER * (len(match.group()) - 1)
