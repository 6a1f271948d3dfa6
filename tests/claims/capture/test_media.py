"""What the bytes are, whatever their label says."""

import gzip

import pytest

from claims.capture.errors import BinaryInput, EmptyInput
from claims.capture.media import HTML, PDF, PLAIN, content_type, readable_type


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("text/html", ("text/html", None)),
        ("Text/HTML; Charset=UTF-8", ("text/html", "utf-8")),
        ('text/html;charset="iso-8859-1"; x=y', ("text/html", "iso-8859-1")),
        ("application/pdf; name=a.pdf", ("application/pdf", None)),
        ("", (None, None)),
        ("nonsense", (None, None)),
    ],
)
def test_a_content_type_is_taken_apart(header: str, expected: tuple[str | None, str | None]) -> None:
    assert content_type(header) == expected


@pytest.mark.parametrize(
    ("body", "media_type", "filename", "expected"),
    [
        (b"<p>x", "text/html", None, HTML),
        (b"<p>x", "application/xhtml+xml", None, HTML),
        (b"%PDF-1.7 \x00\x01\x02", "text/html", "a.html", PDF),
        (b"\n%PDF-1.4", None, None, PDF),
        (b"<!DOCTYPE html><p>x", None, None, HTML),
        (b"\xef\xbb\xbf <!-- saved --> <HTML>", None, None, HTML),
        ("\ufeff<html>".encode("utf-16-le"), None, None, HTML),
        (b"<?xml version='1.0'?><html>", "application/octet-stream", None, HTML),
        (b"a < b", None, "notes.txt", PLAIN),
        (b"a < b", None, "C:\\saved\\page.HTM", HTML),
        (b"<html>", "text/plain", None, PLAIN),
        (b"<aside> she said", None, None, PLAIN),
        (b"BMW said on Monday that sales rose.", None, None, PLAIN),
        (b"MZ and RIFF are letters.", None, None, PLAIN),
        ("Grüße".encode("utf-16"), None, None, PLAIN),
    ],
)
def test_the_bytes_decide_which_reader_takes_them(
    body: bytes, media_type: str | None, filename: str | None, expected: str
) -> None:
    assert readable_type(body, media_type, filename) == expected


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG image"),
        (b"\xff\xd8\xff\xe0\x00", "JPEG"),
        (b"PK\x03\x04\x14\x00\x06\x00", "office document"),
        (gzip.compress(b"text", mtime=0), "gzip"),
        (b"\x7fELF\x02\x01\x01\x00", "program"),
        (b"MZ\x90\x00\x03", "program"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"{\\rtf1\\ansi text}", "rich-text"),
        (bytes(range(256)) * 4, "binary file"),
    ],
)
@pytest.mark.parametrize("media_type", [None, "text/html", "text/plain"])
def test_a_binary_file_is_refused_by_its_name(body: bytes, named: str, media_type: str | None) -> None:
    with pytest.raises(BinaryInput, match=named):
        readable_type(body, media_type, "article.html")


@pytest.mark.parametrize("body", [b"", b" \r\n\t"])
def test_nothing_is_refused_as_nothing(body: bytes) -> None:
    with pytest.raises(EmptyInput):
        readable_type(body, "text/html", None)
