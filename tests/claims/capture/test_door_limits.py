"""Where a fetch stops."""

import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from claims.capture.content_coding import decoded
from claims.capture.errors import (
    BadResponse,
    DoorError,
    TooLarge,
    TooSlow,
)
from claims.capture.policy import DoorPolicy
from tests.claims.capture.doors import AGENT, door, url
from tests.claims.capture.loopback import Answer, LoopbackServer, dripping, redirect, response


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"the words" * 99, mtime=0)),
        ("x-gzip", gzip.compress(b"the words" * 50, mtime=0) + gzip.compress(b"the words" * 49, mtime=0) + b"\0\0"),
        ("deflate", zlib.compress(b"the words" * 99)),
        ("deflate", zlib.compress(b"the words" * 99, wbits=-15)),
        ("identity", b"the words" * 99),
    ],
)
def test_a_compressed_page_is_kept_unpacked(server: LoopbackServer, coding: str, packed: bytes) -> None:
    server.answers["/"] = response(packed, headers=[f"Content-Encoding: {coding}"])
    with door(server) as opened:
        assert opened.fetch(url(server)).body == b"the words" * 99


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip"])
def test_an_encoding_that_was_not_asked_for_is_refused(server: LoopbackServer, coding: str) -> None:
    server.answers["/"] = response(b"xxxx", headers=[f"Content-Encoding: {coding}"])
    with door(server) as opened, pytest.raises(BadResponse, match="not asked for"):
        opened.fetch(url(server))


@pytest.mark.parametrize(
    "packed", [gzip.compress(b"the words" * 99, mtime=0)[:-9], b"\x1f\x8bnot gzip at all", b"plain text"]
)
def test_a_damaged_compressed_page_is_refused(server: LoopbackServer, packed: bytes) -> None:
    server.answers["/"] = response(packed, headers=["Content-Encoding: gzip"])
    with door(server) as opened, pytest.raises(BadResponse) as broken:
        opened.fetch(url(server))
    assert not broken.value.permanent


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_decompression_bomb_is_refused(server: LoopbackServer, coding: str) -> None:
    bomb = gzip.compress(bytes(30_000_000)) if coding == "gzip" else zlib.compress(bytes(30_000_000))
    server.answers["/"] = response(bomb, headers=[f"Content-Encoding: {coding}"])
    with door(server, max_entity_bytes=1_000_000) as opened, pytest.raises(TooLarge):
        opened.fetch(url(server))


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_is_not_unpacked_beyond_the_cap(coding: str) -> None:
    bomb = gzip.compress(bytes(80_000_000)) if coding == "gzip" else zlib.compress(bytes(80_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            decoded(bomb, coding, 1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_a_page_of_exactly_the_cap_passes_and_one_byte_more_does_not(server: LoopbackServer) -> None:
    server.answers |= {
        "/fits": response(gzip.compress(b"x" * 1000), headers=["Content-Encoding: gzip"]),
        "/over": response(gzip.compress(b"x" * 1001), headers=["Content-Encoding: gzip"]),
        "/plain": response(b"x" * 1001),
    }
    with door(server, max_entity_bytes=1000) as opened:
        assert len(opened.fetch(url(server, "/fits")).body) == 1000
        for path in ("/over", "/plain"):
            with pytest.raises(TooLarge):
                opened.fetch(url(server, path))


def test_a_page_that_never_ends_is_refused_at_the_cap(server: LoopbackServer) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(bytes(65536))

    server.answers["/"] = endless
    with door(server, max_wire_bytes=500_000) as opened, pytest.raises(TooLarge):
        opened.fetch(url(server))


def test_chunk_framing_counts_against_the_cap(server: LoopbackServer) -> None:
    sent = 0

    def padded(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            sent += connection.send(b"1;" + b"x" * 5000 + b"\r\ny\r\n")

    server.answers["/"] = padded
    with door(server, max_wire_bytes=100_000, max_header_bytes=10_000) as opened, pytest.raises(TooLarge):
        opened.fetch(url(server))
    assert sent < 20_000_000  # what socket buffers may hold, and far from 100,000 chunks of 5,000 bytes


@pytest.mark.parametrize("headers", [[f"X-{n}: {'y' * 100}" for n in range(200)], [f"X: {'y' * 300_000}"]])
def test_more_headers_than_a_page_needs_are_refused(server: LoopbackServer, headers: list[str]) -> None:
    server.answers["/"] = response(b"x", headers=headers)
    with door(server, max_header_bytes=8192) as opened, pytest.raises((TooLarge, BadResponse)):
        opened.fetch(url(server))


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 99, 0.05), id="headers drip"),
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\n\r\n" + b"word " * 99, 0.05), id="body drips"),
        pytest.param(dripping(b"HTTP/1.1 100 Continue\r\n\r\n" * 99, 0.01), id="informational without end"),
        pytest.param(lambda connection: time.sleep(3), id="silence"),
    ],
)
def test_the_deadline_holds_however_slowly_it_drips(server: LoopbackServer, answer: Answer) -> None:
    server.answers["/"] = answer
    began = time.monotonic()
    with door(server, total_seconds=0.6) as opened, pytest.raises(TooSlow) as slow:
        opened.fetch(url(server))
    assert 0.5 < time.monotonic() - began < 1.5
    assert not slow.value.permanent


def test_the_deadline_covers_all_redirects_together(server: LoopbackServer) -> None:
    for n in range(9):
        server.answers[f"/{n}"] = dripping(redirect(f"/{n + 1}"), 0.004)
    began = time.monotonic()
    with door(server, total_seconds=0.6) as opened, pytest.raises(TooSlow):
        opened.fetch(url(server, "/0"))
    assert time.monotonic() - began < 1.2


def test_a_page_cut_short_is_no_capture(server: LoopbackServer) -> None:
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this"
    with door(server) as opened, pytest.raises(DoorError) as cut:
        opened.fetch(url(server))
    assert not cut.value.permanent


@pytest.mark.parametrize(
    "policy",
    [
        lambda: DoorPolicy(" "),
        lambda: DoorPolicy("a\nb"),
        lambda: DoorPolicy(AGENT, total_seconds=0),
        lambda: DoorPolicy(AGENT, max_wire_bytes=-1),
        lambda: DoorPolicy(AGENT, max_redirects=-1),
    ],
)
def test_a_policy_under_which_no_fetch_could_work_is_refused(policy: Callable[[], DoorPolicy]) -> None:
    with pytest.raises(ValueError, match=r"User-Agent|limit"):
        policy()
