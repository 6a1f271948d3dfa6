"""Servers that mean harm: each fetch ends in time, in little memory, and is told for what it was.

What drips, lies about its length or never ends is in `test_door_limits` and `test_exchanges` as well, under limits that
keep those tests short; here are other tricks, and at the end the whole of them under a desk's own limits.
"""

import gzip
import json
import re
import socket
import ssl
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
import trustme

from claims.capture.door import Door
from claims.capture.errors import (
    BadResponse,
    BinaryInput,
    TlsFailed,
    TooLarge,
    TooManyRedirects,
    TooSlow,
)
from claims.capture.outcome import Outcome
from claims.capture.policy import DoorPolicy, PrivateTarget
from claims.capture.readable import read
from tests.claims.capture.doors import AGENT, door, nobody, url
from tests.claims.capture.loopback import Answer, LoopbackServer, dripping, redirect, response
from tests.claims.capture.pdf_files import LINE, packed_pdf

OK = b"HTTP/1.1 200 OK\r\n"
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nwords",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nwords",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nwords",
        b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nwords",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nwords",
        OK + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFFFFFFF\r\nwords",
        OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nwords\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nwordsXX\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nwords\r\n0\r\n\r\n",
        OK + b"X: a\0b\r\n\r\n",
        OK + b"X Y: z\r\n\r\n",
        OK + b"no colon\r\n\r\n",
        b"HTTP/1.1 99999 Odd\r\n\r\n",
        b"HTTP/1.1 -1 Odd\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"ICY 200 OK\r\n\r\n",
        b"\x15\x03\x01\x00\x02\x02\x46",
        b"<html>HTTP/0.9 had no head</html>",
        b"\r\n\r\n" + OK,
        b"HTTP/1.1 103 Early\r\n\r\n" * 5000,
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
    ],
)
def test_what_breaks_http_is_no_page(server: LoopbackServer, answer: bytes) -> None:
    server.answers["/"] = answer
    with door(server) as opened, pytest.raises((BadResponse, TooLarge)):
        opened.fetch(url(server))


def test_two_lengths_that_contradict_each_other_are_settled_for_the_safer_one(server: LoopbackServer) -> None:
    server.answers["/"] = OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n0\r\n\r\n"
    with door(server) as opened:
        assert opened.fetch(url(server)).body == b"words"


def test_gzip_in_gzip_is_undone_once_and_what_is_left_is_no_text(server: LoopbackServer) -> None:
    bomb = gzip.compress(gzip.compress(bytes(5_000_000)))
    server.answers |= {
        "/once": response(bomb, headers=["Content-Encoding: gzip", "Content-Type: text/html"]),
        "/twice": response(bomb, headers=["Content-Encoding: gzip, gzip"]),
    }
    with door(server) as opened:
        capture = opened.fetch(url(server, "/once"))
        with pytest.raises(BinaryInput):
            read(capture.body, capture.media_type)
        with pytest.raises(BadResponse):
            opened.fetch(url(server, "/twice"))


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "bzip2", "exi", "gzip;q=1"])
def test_a_bomb_in_a_coding_nobody_asked_for_is_not_unpacked(server: LoopbackServer, coding: str) -> None:
    server.answers["/"] = response(gzip.compress(bytes(9_000_000)), headers=[f"Content-Encoding: {coding}"])
    with door(server) as opened, pytest.raises(BadResponse, match="not asked for"):
        opened.fetch(url(server))


def test_a_bomb_of_many_small_members_stops_at_the_cap(server: LoopbackServer) -> None:
    member = gzip.compress(bytes(20_000))
    server.answers["/"] = response(member * 500, headers=["Content-Encoding: gzip"])
    with door(server, max_entity_bytes=1_000_000) as opened, pytest.raises(TooLarge):
        opened.fetch(url(server))


def test_a_loop_of_redirects_ends_whatever_it_looks_like(server: LoopbackServer) -> None:
    with LoopbackServer() as other:
        server.answers |= {"/": redirect("/?"), "/?": redirect("/#x"), "/a": redirect("/b"), "/b": redirect("/a")}
        server.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(30)}
        for start in ("/", "/a", "/0"):
            with door(server) as opened, pytest.raises(TooManyRedirects) as endless:
                opened.fetch(url(server, start))
            assert len(endless.value.exchanges) == 6
        assert other.connections == 0


def tls_server(answer: Answer, *, context: ssl.SSLContext) -> LoopbackServer:
    return LoopbackServer({"/": answer}, tls=context)


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[tuple[trustme.CA, str]]:
    issuer = trustme.CA()
    issuer.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    yield issuer, str(tmp_path / "authority.pem")


def test_a_certificate_that_has_expired_is_not_accepted(authority: tuple[trustme.CA, str]) -> None:
    issuer, pem = authority
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("site.example", not_after=datetime(2020, 1, 1, tzinfo=UTC)).configure_cert(context)
    with tls_server(response(b"x"), context=context) as server, door(server, ca_file=pem) as opened:
        with pytest.raises(TlsFailed, match="expired") as refused:
            opened.fetch(url(server, scheme="https"))
        assert refused.value.permanent
        assert server.requests == []


def test_a_protocol_that_was_given_up_is_not_spoken(authority: tuple[trustme.CA, str]) -> None:
    issuer, pem = authority
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    issuer.issue_cert("site.example").configure_cert(context)
    with pytest.warns(DeprecationWarning):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with tls_server(response(b"x"), context=context) as server, door(server, ca_file=pem) as opened:
        with pytest.raises(TlsFailed):
            opened.fetch(url(server, scheme="https"))
        assert server.requests == []


@pytest.mark.parametrize(
    "greeting",
    [
        b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc" + bytes(16_380),
        b"\x15\x03\x03\x00\x02\x02\x28",
        b"\x16\x03\x03\0\0" * 400,
    ],
)
def test_a_handshake_of_rubbish_fails(greeting: bytes) -> None:
    with LoopbackServer(greeting=greeting) as server, door(server) as opened, pytest.raises(TlsFailed):
        opened.fetch(url(server, scheme="https"))


def test_a_handshake_that_drips_ends_at_its_deadline() -> None:
    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with suppress(OSError), connection:
            dripping(b"\x16\x03\x03\x40\x00" + bytes(900), 0.02)(connection)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=drip, args=(listener,), daemon=True).start()
        port = listener.getsockname()[1]
        target = PrivateTarget.parse(f"site.example=127.0.0.1:{port}")
        began = time.monotonic()
        with Door(DoorPolicy(AGENT, (target,), connect_seconds=0.4), nobody) as opened, pytest.raises(TooSlow):
            opened.fetch(f"https://site.example:{port}/")
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_storm_of_refusals_is_told_as_such_each_time(status: str) -> None:
    storm = response(b"<h1>Busy</h1>" * 100, status=status, headers=["Retry-After: 1", "Content-Type: text/html"])
    with LoopbackServer({"/": storm}, patient=True) as server, door(server) as opened:
        assert {opened.fetch(url(server)).outcome for _ in range(100)} == {Outcome.THROTTLED}
        assert (server.connections, len(server.requests)) == (1, 100)


def endless(piece: bytes, head: bytes = OK + b"Content-Type: text/html\r\n\r\n") -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return answer


def of_size(size: int, piece: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(OK + b"Content-Type: text/html\r\nContent-Length: %d\r\n\r\n" % size)
        for _ in range(size // len(piece)):
            connection.sendall(piece)

    return answer


def bomb(coding: str) -> bytes:
    """Return a megabyte that unpacks to a gigabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == "gzip" else 15)
    million = bytes(1_000_000)
    return b"".join([*(packer.compress(million) for _ in range(1000)), packer.flush()])


PARAGRAPH = b"<p>The warden of the lake said that the lamps on the mole would burn until dawn each night of May.</p>\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
HOSTILE: dict[str, tuple[Callable[[], Answer], str, str]] = {
    "headers drip": (lambda: dripping(OK + b"X: y\r\n" * 99_999, 0.05), "error", "TooSlow"),
    "body drips": (lambda: dripping(OK + b"\r\n" + b"word " * 99_999, 0.05), "error", "TooSlow"),
    "silence": (lambda: lambda connection: time.sleep(30), "error", "TooSlow"),
    "endless body": (lambda: endless(b"word " * 10_000), "error", "TooLarge"),
    "endless head": (lambda: endless(b"X: yyyyyyyy\r\n" * 1000, OK), "error", "TooLarge"),
    "endless chunks": (lambda: endless(b"1\r\nx\r\n" * 1000, CHUNKED), "error", "TooSlow|TooLarge"),
    "endless interim": (lambda: endless(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, b""), "error", "BadResponse"),
    "gzip bomb": (lambda: response(bomb("gzip"), headers=["Content-Encoding: gzip"]), "error", "TooLarge"),
    "deflate bomb": (lambda: response(bomb("deflate"), headers=["Content-Encoding: deflate"]), "error", "TooLarge"),
    "100 MB, announced": (lambda: of_size(100_000_000, PARAGRAPH), "error", "TooLarge"),
    "100 MB, not announced": (lambda: endless(PARAGRAPH * 1000), "error", "TooLarge"),
    "20 MB of text": (lambda: of_size(20_000_000, b"word " * 1000), "read", "OversizedInput"),
    "20 MB of tags": (lambda: of_size(20_000_000, b"<b>x</b>" * 1000), "read", "OversizedInput"),
    "3 MB of paragraphs": (lambda: response(PARAGRAPH * 28_000), "outcome", "OK"),
    "PDF bomb": (lambda: response(packed_pdf(LINE * 120_000)), "read", "OversizedInput"),
    "PDF of zeros": (lambda: response(packed_pdf(bytes(10**9))), "read", "OversizedInput"),
    "redirects": (lambda: redirect("/"), "error", "TooManyRedirects"),
    "a storm": (lambda: response(b"busy " * 9, status="429 Too Many Requests"), "outcome", "THROTTLED"),
}
SECONDS = 6.0


@pytest.mark.faults
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells how much memory a program held")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_fetch_ends_in_its_time_and_below_two_hundred_megabytes(server: LoopbackServer, name: str) -> None:
    make, what, expected = HOSTILE[name]
    server.answers["/"] = make()
    command = [sys.executable, "-m", "tests.claims.capture.one_fetch", str(server.port), "/", str(SECONDS)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert re.fullmatch(expected, str(found.get(what))), found
    assert found["megabytes"] < 200, found
    assert found["seconds"] < (SECONDS + 1 if "error" in found else 20), found
