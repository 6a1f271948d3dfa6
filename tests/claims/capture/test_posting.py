"""What is posted goes to the address that was entered and nowhere else, and to no private network."""

import time

import pytest

from claims.capture.errors import BadUrl, DoorError, ForbiddenAddress, TooSlow
from claims.capture.policy import DoorPolicy, PrivateTarget
from claims.capture.posting import ANSWER_BYTES, Posted, destination, post
from tests.claims.capture.doors import AGENT, nobody
from tests.claims.capture.doors import url as address_at
from tests.claims.capture.loopback import LoopbackServer, dripping, redirect, response
from tests.claims.capture.recording import connects

HEADERS = (("webhook-id", "1"),)


def posted(server: LoopbackServer, path: str = "/", seconds: float = 5) -> Posted:
    target = PrivateTarget.parse(f"site.example=127.0.0.1:{server.port}")
    policy = DoorPolicy(AGENT, (target,), total_seconds=seconds, max_redirects=0)
    return post(address_at(server, path), b'{"a":1}', HEADERS, policy, nobody)


@pytest.mark.parametrize(
    "url",
    [
        "https://169.254.169.254/latest",
        "https://localhost/hook",
        "https://desk.localhost:8443/hook",
        "https://[::1]/hook",
        "https://[::ffff:10.0.0.1]/hook",
        "https://0x7f.1/hook",
        "https://192.168.1.1/",
    ],
)
def test_an_address_on_a_private_network_is_refused_when_it_is_entered(url: str) -> None:
    with pytest.raises(ForbiddenAddress, match="not on the public internet"):
        destination(url, DoorPolicy(user_agent=AGENT))


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://hooks.example/", "https://"),
        ("https://me:secret@hooks.example/", "user name or password"),
        ("https://me@hooks.example/", "user name or password"),
        ("ftp://hooks.example/", "http"),
        ("hooks.example", "web address"),
    ],
)
def test_an_address_that_is_unfit_is_refused_with_a_sentence_that_says_why(url: str, told: str) -> None:
    with pytest.raises(BadUrl, match=told) as refused:
        destination(url, DoorPolicy(user_agent=AGENT))
    assert "secret" not in str(refused.value)


def test_the_body_and_headers_arrive_and_the_answer_is_told() -> None:
    with LoopbackServer({"/": response(b"thanks", status="202 Accepted", headers=["Retry-After: 7"])}) as server:
        answer = posted(server)
    assert (answer.status, answer.answer, answer.retry_after) == (202, b"thanks", "7")
    (request,) = server.requests
    assert request.startswith(b"POST / HTTP/1.1\r\n")
    assert b"webhook-id: 1\r\n" in request
    assert b"Content-Type: application/json\r\n" in request


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_a_redirect_is_an_answer_and_is_not_followed(status: str) -> None:
    with LoopbackServer() as server, connects() as tried:
        server.answers = {"/": redirect("http://169.254.169.254/latest", status)}
        assert posted(server).status == int(status[:3])
        assert tried == [("127.0.0.1", server.port)]


@pytest.mark.parametrize("answer", ["10.0.0.5", "169.254.169.254", "::1", "fe80::1%eth0"])
def test_a_name_that_leads_into_a_private_network_is_not_sent_to(answer: str) -> None:
    with connects() as tried, pytest.raises(ForbiddenAddress):
        post("https://hooks.example/", b"{}", HEADERS, DoorPolicy(AGENT), lambda *_: [answer])
    assert tried == []


def test_a_receiver_that_drips_is_left_when_the_time_is_over() -> None:
    with LoopbackServer({"/": dripping(response(b"ok"), 0.2)}) as server:
        began = time.monotonic()
        with pytest.raises(TooSlow):
            posted(server, seconds=0.6)
        assert time.monotonic() - began < 1.5


def test_a_long_answer_is_read_in_part_and_a_body_that_breaks_off_leaves_the_status() -> None:
    half = response(b"x" * 100).removesuffix(b"x" * 50)
    with LoopbackServer({"/long": response(b"y" * 1_000_000), "/half": half}) as server:
        assert posted(server, "/long").answer == b"y" * ANSWER_BYTES
        assert posted(server, "/half").status == 200


def test_what_is_no_answer_of_a_web_server_is_an_error() -> None:
    with LoopbackServer({"/": b"220 mail.example ESMTP\r\n"}) as server, pytest.raises(DoorError):
        posted(server)
