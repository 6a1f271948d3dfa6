"""What goes out, and what a redirect leaves of it."""

from dataclasses import replace
from typing import Any

import pytest

from claims.capture.door import Door
from claims.capture.errors import BadResponse
from claims.capture.policy import DoorPolicy, PrivateTarget
from claims.capture.sending import Sending
from claims.capture.urls import parse_url
from tests.claims.capture.doors import AGENT, door, nobody, url
from tests.claims.capture.loopback import LoopbackServer, redirect, response

QUESTION = b'{"days": ["2032-05-04"]}'


def posted(opened: Door, address: str) -> bytes:
    return opened.fetch(address, method="POST", body=QUESTION, content_type="application/json").body


def test_a_post_carries_its_body_and_says_what_it_is(server: LoopbackServer) -> None:
    server.answers["/"] = response(b"found")
    with door(server) as opened:
        capture = opened.fetch(url(server), method="POST", body=QUESTION, content_type="application/json")
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert (capture.body, body) == (b"found", QUESTION)
    assert head.startswith(b"POST / HTTP/1.1\r\n")
    assert b"Content-Type: application/json\r\n" in head
    assert (capture.exchanges[0].method, capture.exchanges[0].request_body) == ("POST", QUESTION)
    assert capture.exchanges[0].request_head + QUESTION == server.requests[0]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other"])
def test_a_post_that_is_sent_elsewhere_asks_there_without_its_body(server: LoopbackServer, status: str) -> None:
    server.answers |= {"/": redirect("/done", status), "/done": response(b"done")}
    with door(server) as opened:
        assert posted(opened, url(server)) == b"done"
    assert server.requests[1].startswith(b"GET /done HTTP/1.1\r\n")
    assert b"Content-" not in server.requests[1]


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
def test_a_post_is_sent_again_within_its_origin_only(server: LoopbackServer, status: str) -> None:
    server.answers |= {"/": redirect("/done", status), "/done": response(b"done")}
    with LoopbackServer() as other, door(server) as opened:
        assert posted(opened, url(server)) == b"done"
        assert server.requests[1].startswith(b"POST /done HTTP/1.1\r\n")
        assert server.requests[1].endswith(QUESTION)
        for elsewhere in (url(other), url(server, scheme="https"), f"http://other.example:{server.port}/"):
            server.answers["/"] = redirect(elsewhere, status)
            with pytest.raises(BadResponse, match="not done") as refused:
                posted(opened, url(server))
            assert [exchange.method for exchange in refused.value.exchanges] == ["POST"]
        assert other.connections == 0


def test_a_large_post_is_answered_by_a_server_that_does_not_read_it_all(server: LoopbackServer) -> None:
    with LoopbackServer(greeting=response(b"too much", status="413 Too Much")) as hasty:
        target = PrivateTarget.parse(f"site.example=127.0.0.1:{hasty.port}")
        with Door(DoorPolicy(AGENT, (target,), total_seconds=5), nobody) as opened:
            assert opened.fetch(url(hasty), method="POST", body=bytes(3_000_000)).status == 413


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"method": "DELETE"}, "GET"),
        ({"method": "POST"}, "body"),
        ({"body": b"x"}, "body"),
        ({"headers": (("Host", "other.example"),)}, "door's own"),
        ({"headers": (("Cookie", "a=b"),)}, "door's own"),
        ({"headers": (("Authorization", "Basic x"),)}, "secret"),
        ({"headers": (("X", "a\r\nY: b"),)}, "cannot carry"),
        ({"headers": (("X Y", "a"),)}, "proper name"),
        ({"secret": ("X-Api-Key", "sword\nfish")}, "cannot carry"),
        ({"secret": ("Transfer-Encoding", "swordfish")}, "door's own"),
        ({"accept": "text/html\r\nX: y"}, "cannot carry"),
    ],
)
def test_a_request_that_no_fetch_can_be_is_refused_without_its_secret(changed: dict[str, Any], said: str) -> None:
    good = Sending(parse_url("https://site.example/"), "text/html")
    with pytest.raises(ValueError, match=said) as refused:
        replace(good, **changed)
    assert "fish" not in str(refused.value)
