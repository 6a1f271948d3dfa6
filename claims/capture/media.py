"""Media types: as a header names them, and as the bytes themselves tell."""

import re
from pathlib import PurePosixPath
from typing import Final

from claims.capture.errors import BinaryInput, EmptyInput
from claims.wording import Words, words

HTML: Final = "text/html"
PDF: Final = "application/pdf"
PLAIN: Final = "text/plain"

_PARAMETER: Final = re.compile(r';\s*charset\s*=\s*"?([^\s";]+)', re.IGNORECASE)
_TYPE: Final = re.compile(r"\s*([a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+)", re.IGNORECASE)

_HTML_TYPES: Final = ("text/html", "application/xhtml+xml", "application/html")
_HTML_SUFFIXES: Final = (".html", ".htm", ".xhtml")
_HTML_START: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|h1|p|script|style|table|link|center|br)\b",
    re.IGNORECASE,
)
"""The tags the WHATWG MIME Sniffing Standard §7.1 looks for at the start, and those a saved fragment begins with."""

_SNIFFED: Final = 4096
_CONTROL: Final = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
"""The binary data bytes of the WHATWG MIME Sniffing Standard §3."""

_BINARY_MAGIC: Final = (
    (b"\x89PNG", words("a PNG image")),
    (b"\xff\xd8\xff", words("a JPEG image")),
    (b"GIF8", words("a GIF image")),
    (b"BM", words("a bitmap image")),
    (b"II*\x00", words("a TIFF image")),
    (b"MM\x00*", words("a TIFF image")),
    (b"RIFF", words("a media file")),
    (b"OggS", words("a media file")),
    (b"ID3", words("a sound file")),
    (b"\x1aE\xdf\xa3", words("a video")),
    (b"PK\x03\x04", words("a ZIP archive or an office document")),
    (b"PK\x05\x06", words("an empty ZIP archive")),
    (b"\xd0\xcf\x11\xe0", words("an old office document")),
    (b"\x1f\x8b", words("a gzip archive")),
    (b"BZh", words("a bzip2 archive")),
    (b"7z\xbc\xaf\x27\x1c", words("a 7-Zip archive")),
    (b"\xfd7zXZ", words("an xz archive")),
    (b"\x28\xb5\x2f\xfd", words("a Zstandard archive")),
    (b"Rar!", words("a RAR archive")),
    (b"\x7fELF", words("a program")),
    (b"MZ", words("a program")),
    (b"\xca\xfe\xba\xbe", words("a program")),
    (b"SQLite format 3", words("a database")),
    (b"{\\rtf", words("a rich-text file")),
    (b"wOFF", words("a font")),
    (b"wOF2", words("a font")),
)
"""First bytes of the files people upload by mistake (file(1)'s magic), with a name for each."""

_TELLING: Final = 4
"""Letters: a text may begin with fewer by chance ("BMW said …"), so a control character has to confirm those."""


def content_type(header: str) -> tuple[str | None, str | None]:
    """Return media type and charset label, in lower case, from a Content-Type header (RFC 9110 §8.3)."""
    kind = _TYPE.match(header)
    charset = _PARAMETER.search(header)
    return (kind[1].lower() if kind else None, charset[1].lower() if charset else None)


def readable_type(body: bytes, media_type: str | None, filename: str | None) -> str:
    """Return which reader takes `body`: `HTML`, `PDF` or `PLAIN`.

    The bytes decide over the label where they are sure: a PDF called text/html is a PDF, and a page uploaded without a
    label is a page. A label of text/plain stands. Raises `EmptyInput` and `BinaryInput`.
    """
    if not body.strip():
        raise EmptyInput(words("There is nothing in it: choose a file or page with the article's text."))
    if b"%PDF-" in body[:1024]:
        return PDF
    binary = binary_name(body)
    if binary is not None:
        raise BinaryInput(
            words(
                "This is %(what)s, not text: upload the article as a web page, a PDF or plain text.",
                what=binary,
            )
        )
    if media_type in _HTML_TYPES:
        return HTML
    if media_type is not None and media_type.startswith("text/"):
        return PLAIN
    suffix = PurePosixPath(filename.replace("\\", "/")).suffix.lower() if filename else ""
    return HTML if suffix in _HTML_SUFFIXES or starts_as_html(body) else PLAIN


def starts_as_html(body: bytes) -> bool:
    """Say whether `body` begins as a web page does, whatever it is called."""
    return _HTML_START.match(first_tag(body)) is not None


def first_tag(body: bytes) -> bytes:
    """Return the start of `body` from its first tag on: byte order mark, XML declaration and comments skipped."""
    start = _without_mark(body[:_SNIFFED]).lstrip()
    while start.startswith((b"<?", b"<!--")):
        end = b"?>" if start.startswith(b"<?") else b"-->"
        start = start.partition(end)[2].lstrip()
    return start


def binary_name(body: bytes) -> Words | None:
    """Return what kind of binary file `body` is; `None` when it may be text."""
    start = body[:_SNIFFED]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None  # the byte order mark of UTF-16, whose every other byte may be zero
    controls = sum(byte in _CONTROL for byte in start)
    for magic, name in _BINARY_MAGIC:
        if start.startswith(magic) and (controls or not magic.isascii() or len(magic) > _TELLING):
            return name
    if start[4:8] == b"ftyp":
        return words("a video or a photograph")
    return words("a binary file") if controls > len(start) // 100 else None


def _without_mark(start: bytes) -> bytes:
    if start.startswith(b"\xff\xfe"):
        return start[2:].decode("utf-16-le", "ignore").encode()
    if start.startswith(b"\xfe\xff"):
        return start[2:].decode("utf-16-be", "ignore").encode()
    return start.removeprefix(b"\xef\xbb\xbf")
