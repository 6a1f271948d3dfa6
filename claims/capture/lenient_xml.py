"""XML as sites write it, made readable by a parser: what is broken is mended or passed over, and nothing is expanded.

Feeds and sitemaps name entities that only HTML knows, hold stray ampersands and control characters, and are not always
in the encoding that they claim. A document type is dropped unread, so no entity can be declared.
"""

import re
from html.entities import html5
from typing import Any, Final

from lxml import etree

from claims.capture.errors import Unreadable
from claims.capture.text import decode
from claims.wording import words

Element = Any
"""An lxml element; lxml ships no types."""

_NOT_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 §2.2 does not allow."""

_AMPERSAND: Final = re.compile(r"&(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_PREDEFINED: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_DECLARATION: Final = re.compile(r"<\?xml\b[^>]{0,500}\?>")
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_END: Final = re.compile(rb"</[^<>]+>")
_SUBSET_END: Final = re.compile(r"\][ \t\r\n]*>")
_MOST_TAGS: Final = 1_000_000
"""A sitemap of 50,000 addresses, the most that its protocol allows, has half as many; each costs some 100 bytes."""

_CDATA: Final = "<![CDATA["
_BROKEN_OFF: Final = words("The document breaks off before its end.")
_NO_XML: Final = words("It is no XML document.")
_TOO_MUCH: Final = words("The document is nested too deep, or is too long, to be read.")
_NOT_READ: Final = {"ERR_CDATA_NOT_FINISHED": _BROKEN_OFF, "ERR_RESOURCE_LIMIT": _TOO_MUCH}
"""Errors of libxml2 after which what follows was not read; the others are mended."""


class NotMarkup(Unreadable):
    """The bytes are no XML document, or the end of it is missing."""


def root_of(body: bytes, charset: str | None) -> Element:
    """Return the root element of an XML document; `charset` is what its header said.

    Raises `NotMarkup` for what is none, for a document that breaks off, and for one that is too large to be held.
    """
    # Not piece by piece: a tag without an end costs libxml2's push parser the square of what follows it.
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    document = mended(decode(body, label=charset, markup=True).text).encode()
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise NotMarkup(_NO_XML) from error
    if root is None:
        raise NotMarkup(_NO_XML)
    for entry in parser.error_log:
        if entry.type_name in _NOT_READ:
            raise NotMarkup(_NOT_READ[entry.type_name])
    if (len(root) or root.text) and not _END.match(document, document.rfind(b"</" + _written_name(root))):
        raise NotMarkup(_BROKEN_OFF)
    return root


def _written_name(root: Element) -> bytes:
    local = root.tag.rpartition("}")[2]
    return (local if root.prefix is None else f"{root.prefix}:{local}").encode()


def mended(text: str) -> str:
    """Return an XML document without declaration and document type, whose references a parser without them knows.

    Raises `NotMarkup` for one of more tags than are held in memory.
    """
    text = _NOT_XML.sub("", text).lstrip()
    if found := _DECLARATION.match(text):
        text = text[found.end() :]
    text = _without_doctype(text)
    parts: list[str] = []
    at = tags = 0
    while (start := text.find(_CDATA, at)) >= 0 and (end := text.find("]]>", start)) >= 0:
        parts += _AMPERSAND.sub(_reference, text[at:start]), text[start : end + 3]
        tags += text.count("<", at, start)
        at = end + 3
    parts.append(_AMPERSAND.sub(_reference, text[at:]))
    if tags + text.count("<", at) > _MOST_TAGS:
        raise NotMarkup(_TOO_MUCH)
    return "".join(parts)


def _reference(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return "&amp;"
    if name in _PREDEFINED:
        return found[0]
    if name[0] == "#":
        code = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
        allowed = code < 0x110000 and (code in {9, 10, 13} or code >= 32) and not _NOT_XML.match(chr(code))
        return found[0] if allowed else "\ufffd"
    known = html5.get(name)
    return f"&amp;{name}" if known is None else "".join(f"&#{ord(character)};" for character in known)


def _without_doctype(text: str) -> str:
    """Return a document without its document type declaration, internal subset and all (XML 1.0 §2.8)."""
    found = _DOCTYPE.search(text, 0, 4000)
    if found is None:
        return text
    subset, close = text.find("[", found.end()), text.find(">", found.end())
    if 0 <= subset < close:
        closing = _SUBSET_END.search(text, subset)
        close = closing.end() - 1 if closing else -1
    return text[: found.start()] + text[close + 1 :] if close >= 0 else ""
