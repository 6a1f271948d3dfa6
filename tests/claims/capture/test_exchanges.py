"""What went over the wire is kept, whatever came of it."""

import gzip
import socket
import time
from typing import Unpack

import pytest

from claims.capture.door import Door
from claims.capture.errors import (
    BadResponse,
    DoorError,
    ForbiddenAddress,
    TlsFailed,
    TooLarge,
    TooManyRedirects,
    TooSlow,
)
from claims.capture.exchange import Exchange
from claims.capture.outcome import Outcome
from claims.capture.policy import DoorPolicy, PrivateTarget
from claims.capture.urls import Target
from claims.wording import words
from tests.claims.capture.doors import AGENT, Limits, door, nobody, url
from tests.claims.capture.loopback import Answer, LoopbackServer, dripping, redirect, response

ODD = (
    b"HTTP/1.1 200 All Right\r\nserver: Lake\r\nX-One: 1\r\nx-one:  2\r\nSet-Cookie: session=1\r\n"
    b"X-Town: Gr\xc3\xbcnau\r\nX-Old: Gr\xfcnau\r\nContent-Length: 4\r\n\r\n"
)


class NotSo(DoorError):
    """What somebody says who is told of a request."""


def failed(server: LoopbackServer, answer: Answer, **limits: Unpack[Limits]) -> tuple[DoorError, Exchange]:
    """Fetch what ends in an error; return it and the one exchange it carries."""
    server.answers["/"] = answer
    with door(server, **limits) as opened, pytest.raises(DoorError) as ended:
        opened.fetch(url(server))
    (exchange,) = ended.value.exchanges
    return ended.value, exchange


def test_both_heads_are_kept_byte_for_byte(server: LoopbackServer) -> None:
    server.answers["/a?b"] = ODD + b"body"
    with door(server) as opened:
        capture = opened.fetch(url(server, "/a?b"))
    (exchange,) = capture.exchanges
    assert exchange.request_head == server.requests[0]
    assert exchange.response_head == ODD
    assert exchange.payload == b"body"
    assert exchange.status == 200
    assert exchange.headers[1:4] == (("X-One", "1"), ("x-one", "2"), ("Set-Cookie", "session=1"))
    assert (exchange.url, exchange.method, exchange.address) == (url(server, "/a?b"), "GET", "127.0.0.1")
    assert exchange.truncated is None
    assert capture.started_at <= exchange.started_at <= capture.fetched_at


def test_a_head_with_bare_line_feeds_is_kept_as_it_came(server: LoopbackServer) -> None:
    server.answers["/"] = b"HTTP/1.1 200 OK\nContent-Length: 7\nX: folded\n  on\n\n\nwords\n"
    with door(server) as opened:
        (exchange,) = opened.fetch(url(server)).exchanges
    assert exchange.response_head == b"HTTP/1.1 200 OK\nContent-Length: 7\nX: folded\n  on\n\n"
    assert exchange.payload == b"\nwords\n"
    assert exchange.headers == (("Content-Length", "7"), ("X", "folded on"))


def test_a_content_coding_stays_and_a_transfer_coding_is_undone(server: LoopbackServer) -> None:
    packed = gzip.compress(b"the words", mtime=0)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b"".join(b"%x;x=y\r\n%s\r\n" % (len(piece), piece) for piece in (packed[:5], packed[5:]))
    server.answers["/"] = head + chunks + b"0\r\nX-Trailer: 1\r\n\r\n"
    with door(server) as opened:
        capture = opened.fetch(url(server))
    assert capture.body == b"the words"
    assert capture.exchanges[0].payload == packed
    assert capture.exchanges[0].response_head == head


def test_answers_that_only_announce_the_response_are_left_out(server: LoopbackServer) -> None:
    server.answers["/"] = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + response(
        b"x"
    )
    with door(server) as opened:
        (exchange,) = opened.fetch(url(server)).exchanges
    assert exchange.response_head + exchange.payload == response(b"x")


def test_each_hop_is_an_exchange_with_the_page_it_showed(server: LoopbackServer) -> None:
    moved = response(b"<p>moved</p>", status="301 Moved", headers=["Location: /new"])
    server.answers |= {"/": moved, "/new": response(b"here")}
    with door(server) as opened:
        first, second = opened.fetch(url(server)).exchanges
    assert first.response_head + first.payload == moved
    assert (first.url, first.truncated) == (url(server), None)
    assert (second.url, second.payload) == (url(server, "/new"), b"here")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (lambda connection: connection.sendall(bytes(300_000)), "length"),
        (lambda connection: time.sleep(4), "time"),
        (dripping(b"moved " * 99, 0.1), "time"),
        (lambda connection: connection.sendall(b"mov"), "disconnect"),
    ],
)
def test_the_page_of_a_redirect_holds_nobody_up(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, body: Answer, reason: str
) -> None:
    monkeypatch.setattr("claims.capture.door._REDIRECT_SECONDS", 0.3)

    def moved(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 1000000\r\n\r\n")
        assert callable(body)
        body(connection)

    server.answers |= {"/": moved, "/new": response(b"here")}
    began = time.monotonic()
    with door(server) as opened:
        capture = opened.fetch(url(server))
    assert time.monotonic() - began < 1
    assert (capture.body, capture.exchanges[0].truncated) == (b"here", reason)


def test_a_response_that_was_too_large_is_kept_as_far_as_it_was_read(server: LoopbackServer) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"word " * 1000)

    error, exchange = failed(server, endless, max_wire_bytes=50_000)
    assert isinstance(error, TooLarge)
    assert exchange.truncated == "length"
    assert exchange.payload.startswith(b"word word")
    assert 50_000 < len(exchange.payload) < 120_000


def test_a_response_that_says_it_is_too_large_is_not_read(server: LoopbackServer) -> None:
    _, exchange = failed(server, b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nword", max_wire_bytes=50_000)
    assert (exchange.truncated, exchange.payload) == ("length", b"")


@pytest.mark.parametrize(
    ("at_once", "dripped", "head_is_whole"),
    [(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 99, True), (b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 99, False)],
)
def test_a_response_that_dripped_is_kept_as_far_as_it_came(
    server: LoopbackServer, at_once: bytes, dripped: bytes, head_is_whole: bool
) -> None:
    def answer(connection: socket.socket) -> None:
        connection.sendall(at_once)
        dripping(dripped, 0.02)(connection)

    error, exchange = failed(server, answer, total_seconds=0.5)
    assert isinstance(error, TooSlow)
    assert exchange.truncated == "time"
    assert exchange.head_is_whole is head_is_whole
    assert (at_once + dripped).startswith(exchange.response_head + exchange.payload)


def test_a_line_that_broke_leaves_what_came_of_the_page(server: LoopbackServer) -> None:
    _, exchange = failed(server, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")
    assert (exchange.truncated, exchange.payload) == ("disconnect", b"only this")


def test_a_line_that_was_reset_leaves_what_came_of_the_page(server: LoopbackServer) -> None:
    def reset(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")
        time.sleep(0.1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()

    _, exchange = failed(server, reset)
    assert (exchange.truncated, exchange.payload) == ("disconnect", b"only this")


def test_what_is_not_http_is_kept_as_it_came(server: LoopbackServer) -> None:
    error, exchange = failed(server, b"SSH-2.0-OpenSSH_9\r\n\r\n")
    assert isinstance(error, BadResponse)
    assert (exchange.response_head, exchange.status) == (b"SSH-2.0-OpenSSH_9\r\n\r\n", None)
    assert (exchange.truncated, exchange.head_is_whole) == ("unspecified", False)


def test_a_whole_response_that_cannot_be_unpacked_is_whole(server: LoopbackServer) -> None:
    error, exchange = failed(server, response(b"not gzip", headers=["Content-Encoding: gzip"]))
    assert isinstance(error, BadResponse)
    assert (exchange.truncated, exchange.payload) == (None, b"not gzip")


def test_what_came_before_a_forbidden_hop_is_kept(server: LoopbackServer) -> None:
    server.answers["/"] = redirect("http://10.0.0.1/")
    with door(server) as opened, pytest.raises(ForbiddenAddress) as refused:
        opened.fetch(url(server))
    assert [exchange.status for exchange in refused.value.exchanges] == [302]


def test_a_chain_that_does_not_end_is_kept_whole(server: LoopbackServer) -> None:
    server.answers["/"] = redirect("/")
    with door(server) as opened, pytest.raises(TooManyRedirects) as circular:
        opened.fetch(url(server))
    assert [exchange.truncated for exchange in circular.value.exchanges] == [None] * 6


def test_a_fetch_that_brought_nothing_has_no_exchange(server: LoopbackServer) -> None:
    server.answers["/"] = b""
    with door(server) as opened, pytest.raises(BadResponse) as silent:
        opened.fetch(url(server))
    mail = LoopbackServer(greeting=b"220 mail.example ready\r\n")
    with mail, door(mail) as opened, pytest.raises(TlsFailed) as unsecured:
        opened.fetch(url(mail, scheme="https"))
    assert silent.value.exchanges == unsecured.value.exchanges == ()


def test_a_key_goes_to_the_origin_asked_for_alone_and_is_withheld_from_what_is_kept(server: LoopbackServer) -> None:
    with LoopbackServer({"/back": redirect(url(server, "/end"))}) as other:
        away = f"http://away.example:{other.port}/back"
        server.answers |= {"/": redirect("/second"), "/second": redirect(away), "/end": response(b"here")}
        targets = tuple(
            PrivateTarget.parse(f"{host}=127.0.0.1:{port}")
            for host, port in (("site.example", server.port), ("away.example", other.port))
        )
        with Door(DoorPolicy(AGENT, targets, total_seconds=5), nobody) as opened:
            capture = opened.fetch(url(server), secret=("X-Api-Key", "swordfish"), headers=[("Accept-Language", "en")])
    asked = [*server.requests, *other.requests]
    assert [b"X-Api-Key: swordfish\r\n" in request for request in asked] == [True, True, False, False]
    assert all(b"Accept-Language: en\r\n" in request for request in asked)
    first, second, away_from, back = (exchange.request_head for exchange in capture.exchanges)
    assert first == server.requests[0].replace(b"swordfish", b"[withheld]")
    assert b"X-Api-Key: [withheld]\r\n" in second
    assert b"X-Api-Key" not in away_from + back
    assert b"swordfish" not in repr(capture).encode()


def test_validators_are_both_sent_and_a_304_means_not_modified(server: LoopbackServer) -> None:
    server.answers["/"] = response(status="304 Not Modified", headers=['ETag: "7"'])
    day = "Tue, 04 May 2032 10:00:00 GMT"
    with door(server) as opened:
        capture = opened.fetch(url(server), validators=('"7"', day))
        opened.fetch(url(server), validators=("", day))
        opened.fetch(url(server), validators=("grün", "a\r\nb: c"))
    assert (capture.outcome, capture.body) == (Outcome.NOT_MODIFIED, b"")
    both, one, none = server.requests
    assert b'If-None-Match: "7"\r\n' in both
    assert f"If-Modified-Since: {day}\r\n".encode() in both
    assert b"If-None-Match" not in one
    assert b"If-" not in none


def test_a_304_that_nobody_asked_for_says_nothing(server: LoopbackServer) -> None:
    server.answers |= {"/": response(status="304 Not Modified"), "/old": redirect("/")}
    with door(server) as opened:
        assert opened.fetch(url(server)).outcome is Outcome.FAILED
        moved = opened.fetch(url(server, "/old"), validators=('"7"', ""))
    assert moved.outcome is Outcome.FAILED
    assert b"If-None-Match" in server.requests[1]
    assert b"If-None-Match" not in server.requests[2]


def test_who_wants_to_know_is_told_of_each_request_before_it_goes_out(server: LoopbackServer) -> None:
    server.answers |= {"/": redirect("/closed"), "/open": response(b"here")}
    told: list[tuple[str, int]] = []

    def on_hop(target: Target) -> None:
        told.append((target.path_and_query, len(server.requests)))
        time.sleep(0.3)
        if target.path_and_query == "/closed":
            raise NotSo(words("Nobody may go there."))

    with door(server, total_seconds=0.25) as opened:
        assert opened.fetch(url(server, "/open"), on_hop=on_hop).body == b"here"
        with pytest.raises(NotSo) as stopped:
            opened.fetch(url(server), on_hop=on_hop)
    assert told == [("/open", 0), ("/", 1), ("/closed", 2)]
    assert [exchange.status for exchange in stopped.value.exchanges] == [302]
    assert len(server.requests) == 2
