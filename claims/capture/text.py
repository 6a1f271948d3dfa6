"""Bytes to characters, and characters to the one form that is hashed and pointed into.

Offsets of every selector are offsets into normalised text, so the rules here may change only together with the version.
"""

import codecs
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

TEXT_NORMALISER: Final = "text/1"
"""The version of `normalise`, stored beside each hash of a text."""

_DROPPED: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Soft hyphen, zero-width space, word joiner, byte order mark: invisible, and not kept by copy and paste.
U+200C and U+200D stay: Persian and Indic spelling needs them."""

_BLANKS: Final = str.maketrans(
    dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " ")
)
"""Every blank with a width of its own (Unicode category Zs), and the tab."""

_LINE_ENDS: Final = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")
"""Control characters, and halves of surrogate pairs, which some PDFs hold and UTF-8 cannot write."""
_GAPS: Final = re.compile(r"\n{3,}")


def normalise(text: str) -> str:
    """Return `text` in the form `TEXT_NORMALISER` names; doing it twice changes nothing.

    NFC (canonical equivalents only: the same characters to a reader); line ends to LF; other blanks to a space;
    invisible and control characters dropped; no blanks at line ends, no more than one empty line, none at either end.
    Quotation marks, dashes, case and double spaces within a line stay as they were printed.
    """
    text = unicodedata.normalize("NFC", text)
    text = _LINE_ENDS.sub("\n", text).translate(_DROPPED).translate(_BLANKS)
    text = "\n".join(line.rstrip(" ") for line in _CONTROLS.sub("", text).split("\n"))
    text = unicodedata.normalize("NFC", text)  # a dropped character may have stood between a letter and its accent
    return _GAPS.sub("\n\n", text).strip("\n ")


def text_sha256(text: str) -> str:
    """Return the hash (hex) of a normalised text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, and the name of the encoding they came from."""

    text: str
    charset: str


_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET: Final = re.compile(
    rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_META_WITHIN: Final = 4096
"""The HTML Standard reads 1,024 bytes; pages with long comments first declare it later."""

_ALIASES: Final = {
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-sjis": "cp932",
}
"""Labels of the Encoding Standard §4.2 that Python does not know."""

_SUPERSETS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""Labels that mean a larger encoding than they name (WHATWG Encoding Standard §4.2); UTF-16 in a label that could be
read byte by byte cannot be UTF-16 (HTML Standard §13.2.3.2)."""

# fmt: off
_ACCEPTED: Final = frozenset(
    {
        "utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
        "cp874", "cp866", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7",
        "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u",
        "mac-roman", "mac-cyrillic", "gb18030", "big5", "euc_jp", "iso2022_jp", "cp932", "cp949",
    }
)
# fmt: on
"""Python's names of the encodings of the WHATWG Encoding Standard; its other codecs are not for web pages."""


def decode(body: bytes, *, label: str | None = None, markup: bool = False) -> Decoded:
    """Return `body` as text. `label` is the charset its header named; `markup` says whether a `<meta>` may name one.

    Order: byte order mark; UTF-8 where the bytes are valid UTF-8 with more than ASCII in them (chance does not produce
    that, and labels are often wrong); the header's label; the page's own; Windows-1252 as the last resort, which the
    HTML Standard prescribes for Western pages. Nothing is raised: bytes that fit nowhere become U+FFFD. ISO-2022-JP is
    the one encoding that looks like ASCII and is not, so its label comes first.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(codec, "replace"), codec)
    stated = _codec(label) or (_stated_in_markup(body) if markup else None)
    for candidate in (stated,) if stated == "iso2022_jp" else ("utf-8", stated or "cp1252"):
        try:
            return Decoded(body.decode(candidate), candidate)
        except UnicodeDecodeError:
            continue
    fallback = stated or "cp1252"
    return Decoded(body.decode(fallback, "replace"), fallback)


def _stated_in_markup(body: bytes) -> str | None:
    found = _META_CHARSET.search(body[:_META_WITHIN])
    return _codec(found[1].decode("ascii", "ignore")) if found else None


def _codec(label: str | None) -> str | None:
    """Return Python's name of the encoding a web label means; `None` for a label that is not one of the web's."""
    if not label:
        return None
    try:
        name = codecs.lookup(_ALIASES.get(label.lower(), label)).name
    except (LookupError, ValueError):
        return None
    name = _SUPERSETS.get(name, name)
    return name if name in _ACCEPTED else None
