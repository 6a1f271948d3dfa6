"""What a fetch brings back."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.capture.errors import BadResponse, ConnectionFailed, TooManyRedirects
from claims.capture.outcome import Outcome, outcome_of
from tests.claims.capture.doors import AGENT, door, url
from tests.claims.capture.loopback import LoopbackServer, redirect, response


def test_a_capture_holds_the_exact_bytes_and_what_dates_them(server: LoopbackServer) -> None:
    body = "<p>Grüße</p>".encode("latin-1")
    server.answers["/a?b=1"] = response(
        body,
        headers=["Content-Type: Text/HTML; Charset=ISO-8859-1", 'ETag: "7"', "Set-Cookie: session=1", "Server: x"],
    )
    before = datetime.now(UTC)
    with door(server) as opened:
        capture = opened.fetch(url(server, "/a?b=1#part"))
    assert (capture.requested_url, capture.final_url) == (url(server, "/a?b=1"), url(server, "/a?b=1"))
    assert (capture.status, capture.outcome) == (200, Outcome.OK)
    assert (capture.media_type, capture.charset) == ("text/html", "iso-8859-1")
    assert (capture.body, capture.sha256) == (body, hashlib.sha256(body).hexdigest())
    assert dict(capture.headers)["etag"] == '"7"'
    assert "set-cookie" not in dict(capture.headers)
    assert capture.certificate_sha256 is None
    assert before <= capture.started_at <= capture.fetched_at <= datetime.now(UTC)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 451, 500, 503])
def test_an_error_status_is_a_capture_with_its_bytes(server: LoopbackServer, status: int) -> None:
    server.answers["/"] = response(b"an explanation", status=f"{status} Something", headers=["Retry-After: 30"])
    with door(server) as opened:
        capture = opened.fetch(url(server))
    assert (capture.status, capture.body) == (status, b"an explanation")
    assert capture.outcome == outcome_of(status)


def test_a_redirect_without_a_location_is_a_capture(server: LoopbackServer) -> None:
    server.answers["/"] = response(b"moved", status="302 Found")
    with door(server) as opened:
        assert opened.fetch(url(server)).outcome is Outcome.FAILED


def test_the_request_says_who_asks_and_carries_nothing_of_this_machine(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine site.example login editor password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.answers["/"] = response(b"x", headers=["Set-Cookie: session=1; Path=/"])
    with door(server) as opened:
        opened.fetch(f"http://editor:secret@site.example:{server.port}/")
        opened.fetch(url(server), accept="application/json")
    first, second = (request.decode().lower() for request in server.requests)
    assert f"user-agent: {AGENT.lower()}\r\n" in first
    assert f"host: site.example:{server.port}\r\n" in first
    assert "accept-encoding: gzip, deflate\r\n" in first
    assert "accept: application/json\r\n" in second
    for request in (first, second):
        assert "authorization" not in request
        assert "cookie" not in request


@pytest.mark.parametrize("path", ["/a|b^c", "/%7Ea/[x]?q={y}", "/a%2fb/ü?ö=é&x='\"", "/a//b/;p=1?", "/?a=%zz"])
def test_the_path_is_sent_as_the_url_standard_writes_it(server: LoopbackServer, path: str) -> None:
    with door(server) as opened:
        capture = opened.fetch(url(server, path))
    sent = server.requests[0].split(b" ")[1].decode()
    assert capture.final_url.endswith(sent)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.OK),
        (202, Outcome.OK),
        (204, Outcome.OK),
        (206, Outcome.FAILED),
        (302, Outcome.FAILED),
        (401, Outcome.REFUSED),
        (403, Outcome.REFUSED),
        (404, Outcome.NOT_FOUND),
        (410, Outcome.NOT_FOUND),
        (418, Outcome.FAILED),
        (429, Outcome.THROTTLED),
        (451, Outcome.REFUSED),
        (500, Outcome.FAILED),
        (503, Outcome.THROTTLED),
    ],
)
def test_a_status_means_one_outcome(status: int, outcome: Outcome) -> None:
    assert outcome_of(status) is outcome


def test_a_bot_challenge_is_a_refusal_though_its_status_says_accepted() -> None:
    assert outcome_of(202, [("x-amzn-waf-action", "challenge")]) is Outcome.REFUSED


def test_each_redirect_is_kept_with_its_address(server: LoopbackServer) -> None:
    server.answers |= {
        "/old": redirect("/new?x=1", "301 Moved"),
        "/new?x=1": redirect(f"http://site.example:{server.port}/last#frag", "307 Temporary Redirect"),
        "/last": response(b"here"),
    }
    with door(server) as opened:
        capture = opened.fetch(url(server, "/old"))
    assert capture.body == b"here"
    assert (capture.requested_url, capture.final_url) == (url(server, "/old"), url(server, "/last"))
    assert [(hop.status, hop.location, hop.address) for hop in capture.redirects] == [
        (301, url(server, "/new?x=1"), "127.0.0.1"),
        (307, url(server, "/last"), "127.0.0.1"),
    ]
    assert not any(hop.downgraded for hop in capture.redirects)


def test_a_redirect_with_letters_beyond_ascii_is_followed(server: LoopbackServer) -> None:
    server.answers |= {"/": redirect("/größe"), "/gr%C3%B6%C3%9Fe": response(b"here")}
    with door(server) as opened:
        assert opened.fetch(url(server)).body == b"here"


def test_five_redirects_are_followed_and_a_sixth_is_not(server: LoopbackServer) -> None:
    server.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(10)}
    server.answers["/10"] = response(b"here")
    with door(server) as opened:
        assert len(opened.fetch(url(server, "/5")).redirects) == 5
        with pytest.raises(TooManyRedirects):
            opened.fetch(url(server, "/4"))


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9\r\n\r\n", b"", b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"])
def test_what_does_not_speak_http_is_named_so(server: LoopbackServer, answer: bytes) -> None:
    server.answers["/"] = answer
    with door(server) as opened, pytest.raises(BadResponse, match=r"site\.example"):
        opened.fetch(url(server))


def test_a_port_nobody_listens_on_is_a_failed_connection() -> None:
    with LoopbackServer() as gone:
        pass
    with door(gone) as opened, pytest.raises(ConnectionFailed):
        opened.fetch(url(gone))
