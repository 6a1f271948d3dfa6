"""Pages that mean harm: read in time and little memory, or refused in a sentence, whatever they call themselves."""

import time

import pytest

from claims.capture.error_pages import why_no_page
from claims.capture.errors import BinaryInput, CaptureError, DamagedInput, OversizedInput, TextlessInput
from claims.capture.readable import MAX_TEXT_BYTES, read
from tests.claims.capture.doors import door, url
from tests.claims.capture.loopback import LoopbackServer, response
from tests.claims.capture.pdf_files import LINE, packed_pdf, pdf

pytestmark = pytest.mark.long

UMLAUT = "<html><head>{}</head><body><p>Grünaus Wärter zählte vierzig Lampen auf der nördlichen Mole.</p></body></html>"


@pytest.mark.parametrize(
    ("body", "label", "reads"),
    [
        (UMLAUT.format("").encode("utf-8"), "iso-8859-1", True),
        (UMLAUT.format("").encode("utf-8"), "utf-16", True),
        (UMLAUT.format("").encode("utf-8"), "utf-7", True),
        (UMLAUT.format("").encode("utf-8"), "../../etc/passwd", True),
        (UMLAUT.format("").encode("utf-8"), "rot13", True),
        (UMLAUT.format("").encode("cp1252"), "no-such-charset", True),
        (UMLAUT.format("").encode("cp1252"), None, True),
        (UMLAUT.format('<meta charset="utf-16le">').encode("utf-8"), None, True),
        (UMLAUT.format('<meta charset="windows-1252">').encode("utf-8"), "utf-8", True),
        (UMLAUT.format('<meta charset="utf-8">').encode("cp1252"), "windows-1252", True),
        (UMLAUT.format("").encode("utf-16"), "utf-8", True),
        (UMLAUT.format("").encode("utf-16-le"), "utf-16le", False),
        (UMLAUT.format("").encode("utf-16-be"), None, False),
        (UMLAUT.format("").encode("utf-32"), "utf-32", False),
        (b"\xff" * 400 + UMLAUT.format("").encode(), "utf-8", None),
    ],
)
def test_a_charset_that_lies_does_not_keep_a_page_from_being_read_or_makes_none(
    server: LoopbackServer, body: bytes, label: str | None, reads: bool | None
) -> None:
    parameter = f"; charset={label}" if label else ""
    server.answers["/"] = response(body, headers=[f"Content-Type: text/html{parameter}"])
    with door(server) as opened:
        capture = opened.fetch(url(server))
    assert capture.body == body
    assert why_no_page(capture.status, capture.media_type, capture.headers, capture.body) is None
    try:
        text = read(capture.body, capture.media_type, charset=capture.charset).text
    except BinaryInput:
        assert not reads
    else:
        assert reads is None or text == "Grünaus Wärter zählte vierzig Lampen auf der nördlichen Mole."


GOOD_PDF = pdf([["The warden counted forty lamps on the northern mole of the lake."]])


@pytest.mark.parametrize(
    "body",
    [
        GOOD_PDF[: len(GOOD_PDF) // 2],
        GOOD_PDF.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
        GOOD_PDF.replace(b"/Pages 2 0 R", b"/Pages 9 0 R"),
        GOOD_PDF.replace(b"xref", b"fxer").replace(b"/Root 1 0 R", b"/Root 7 7 R"),
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        b"%PDF-1.7\ntrailer << /Root 1 0 R /Prev 0 >>\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\n" + b"[" * 20_000,
        b"%PDF-1.7\n" + b"<<" * 20_000,
        b"%PDF-" * 5000,
    ],
)
def test_a_broken_pdf_is_told_as_broken_or_without_text(server: LoopbackServer, body: bytes) -> None:
    server.answers["/"] = response(body, headers=["Content-Type: application/pdf"])
    with door(server) as opened:
        capture = opened.fetch(url(server))
    with pytest.raises((DamagedInput, TextlessInput)):
        read(capture.body, capture.media_type)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"BT /F1 10 Tf " + LINE * 60_000 + b"ET", OversizedInput),
        (bytes(60_000_000), OversizedInput),
        (b"[" * 400_000, CaptureError),
    ],
)
def test_a_pdf_that_unpacks_to_more_than_is_read_is_given_up_on(content: bytes, error: type[CaptureError]) -> None:
    began = time.process_time()
    with pytest.raises(error):
        read(packed_pdf(content), "application/pdf")
    assert time.process_time() - began < 10


def test_a_pdf_of_many_lines_is_read_in_time_that_grows_with_them() -> None:
    began = time.process_time()
    text = read(packed_pdf(b"BT /F1 10 Tf " + LINE * 8000 + b"ET"), "application/pdf").text
    assert text.count("forty lamps") == 8000
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "piece",
    [b"<b>x</b>", b"<p a=1 b=2 c=3 d=4>x", b"<table><tr><td>1</td></tr></table>", b"<a href=/x>y</a>", b"<div>"],
)
def test_a_page_of_tags_is_given_up_on_before_it_fills_the_memory(piece: bytes) -> None:
    began = time.process_time()
    with pytest.raises((OversizedInput, TextlessInput)):
        read(b"<html><body>" + piece * (MAX_TEXT_BYTES // len(piece) - 9), "text/html")
    assert time.process_time() - began < 2


def test_a_page_of_comments_is_told_from_text_at_once() -> None:
    began = time.process_time()
    read(b"<!---->" * 60 + b"words of the warden", None)
    assert time.process_time() - began < 1
