"""127.0.0.1 in disguise, behind a redirect, and behind a name: refused, and no connection made."""

from collections.abc import Iterator, Sequence
from typing import NoReturn

import httpcore
import pytest

from claims.capture.door import Door
from claims.capture.errors import BadResponse, BadUrl, CaptureError, ConnectionFailed, ForbiddenAddress, NameNotFound
from claims.capture.policy import DoorPolicy, PrivateTarget
from tests.claims.capture.loopback import LoopbackServer, redirect, response

AGENT = "Readout-test/1 (+https://desk.example/fetching)"

PUBLIC = "192.31.196.1"
"""Globally reachable by its registry (RFC 7535). Tests name it and never let a packet go there."""


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer({"/": response(b"the operator's own notes")}) as running:
        yield running


def door(*allowed: PrivateTarget, answers: Sequence[Sequence[str]] = ()) -> tuple[Door, list[str]]:
    """Return a door whose resolver gives `answers` one after another, and the list of names it was asked for."""
    asked: list[str] = []

    def resolver(host: str, port: int, seconds: float) -> Sequence[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    return Door(DoorPolicy(AGENT, allowed, total_seconds=3, connect_seconds=0.3), resolver), asked


def allowed(server: LoopbackServer, host: str = "intranet.example") -> PrivateTarget:
    return PrivateTarget.parse(f"{host}=127.0.0.1:{server.port}")


@pytest.mark.parametrize(
    "disguise",
    [
        "http://127.0.0.1:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f000001:{port}/",
        "http://0x7f.0.0.1:{port}/",
        "http://017700000001:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://127.1:{port}/",
        "http://127.0.1:{port}/",
        "http://127.0.0.1.:{port}/",
        "http://127.255.255.254:{port}/",
        "http://0:{port}/",
        "http://0.0.0.0:{port}/",
        "http://[::]:{port}/",
        "http://[::1]:{port}/",
        "http://[0:0:0:0:0:0:0:1]:{port}/",
        "http://[::127.0.0.1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[::ffff:7f00:1]:{port}/",
        "http://[64:ff9b::7f00:1]:{port}/",
        "http://[64:ff9b:1::7f00:1]:{port}/",
        "http://[2002:7f00:1::1]:{port}/",
        "http://[2001:0:808:808::80ff:fffe]:{port}/",
        "http://１２７.０.０.１:{port}/",
        "http://①②⑦.⓪.⓪.①:{port}/",
        "http://127。0。0。1:{port}/",
        "http://127%2e0%2e0%2e1:{port}/",
        "http://%31%32%37.0.0.1:{port}/",
        "http://127.0.0.\t1:{port}/",
        "http:127.0.0.1:{port}/",
        "http:\\\\127.0.0.1:{port}\\",
        "http://news.example@127.0.0.1:{port}/",
        "http://news.example%2F@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\\@news.example/",
        "http://localhost:{port}/",
        "http://LOCALHOST.:{port}/",
        "http://loc\u00adalhost:{port}/",
        "http://ⓛocalhost:{port}/",
        "http://anything.localhost:{port}/",
        "https://127.0.0.1:{port}/",
        "file://127.0.0.1:{port}/",
        "http://[::1%25lo]:{port}/",
    ],
)
def test_the_loopback_address_in_disguise_is_refused_and_nobody_connects(server: LoopbackServer, disguise: str) -> None:
    guarded, asked = door(answers=())
    with guarded, pytest.raises((ForbiddenAddress, BadUrl)) as refused:
        guarded.fetch(disguise.format(port=server.port))
    assert refused.value.permanent
    assert asked == []
    assert server.connections == 0


@pytest.mark.parametrize(
    "answer",
    [
        ["127.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["fe80::1%lo"],
        ["127.0.0.1", PUBLIC],
        [PUBLIC, "127.0.0.1"],
        [PUBLIC, "2606:4700::1111", "::1"],
        ["127.1"],
        ["nonsense"],
    ],
)
def test_a_name_with_one_private_address_among_its_answers_is_refused(
    server: LoopbackServer, answer: Sequence[str]
) -> None:
    guarded, asked = door(answers=[answer])
    with guarded, pytest.raises(ForbiddenAddress):
        guarded.fetch(f"http://rebound.example:{server.port}/")
    assert asked == ["rebound.example"]
    assert server.connections == 0


def test_a_name_without_addresses_is_not_found() -> None:
    guarded, _ = door(answers=[[]])
    with guarded, pytest.raises(NameNotFound):
        guarded.fetch("http://empty.example/")


def test_a_name_that_turns_private_on_the_second_look_is_dialled_where_it_was_vetted(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialled: list[str] = []

    def refuse(self: object, host: str, *_: object, **__: object) -> NoReturn:
        dialled.append(host)
        raise httpcore.ConnectError("the test lets no packet out")

    guarded, asked = door(answers=[[PUBLIC], ["127.0.0.1"]])
    with guarded:
        with monkeypatch.context() as wire:
            wire.setattr(httpcore.SyncBackend, "connect_tcp", refuse)
            with pytest.raises(ConnectionFailed):
                guarded.fetch(f"http://rebinding.example:{server.port}/")
        assert (asked, dialled) == (["rebinding.example"], [PUBLIC])
        with pytest.raises(ForbiddenAddress):
            guarded.fetch(f"http://rebinding.example:{server.port}/")
    assert asked == ["rebinding.example"] * 2
    assert server.connections == 0


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/",
        "//2130706433:{port}/",
        "http://localhost:{port}/",
        "http://[::ffff:7f00:1]:{port}/",
        "http://rebound.example:{port}/",
        "http://intranet.example:{other}/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(server: LoopbackServer, location: str) -> None:
    with LoopbackServer() as entrance:
        entrance.answers["/"] = redirect(location.format(port=server.port, other=server.port))
        guarded, _ = door(allowed(entrance), answers=[["127.0.0.1"]])
        with guarded, pytest.raises(ForbiddenAddress):
            guarded.fetch(f"http://intranet.example:{entrance.port}/")
        assert entrance.connections == 1
    assert server.connections == 0


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://[::1%25lo]/", "http://"])
def test_a_redirect_to_no_web_address_is_refused(server: LoopbackServer, location: str) -> None:
    server.answers["/"] = redirect(location)
    guarded, _ = door(allowed(server))
    with guarded, pytest.raises(BadResponse):
        guarded.fetch(f"http://intranet.example:{server.port}/")


def test_an_allowed_target_is_fetched_without_asking_for_its_name(server: LoopbackServer) -> None:
    guarded, asked = door(allowed(server))
    with guarded:
        capture = guarded.fetch(f"http://Intranet.Example:{server.port}/")
    assert capture.body == b"the operator's own notes"
    assert capture.address == "127.0.0.1"
    assert asked == []
    assert server.connections == 1


@pytest.mark.parametrize("place", ["intranet.example:1", "other.example:{port}", "sub.intranet.example:{port}"])
def test_an_allowed_target_is_exactly_one_host_on_one_port(server: LoopbackServer, place: str) -> None:
    guarded, _ = door(allowed(server), answers=[["127.0.0.1"]])
    with guarded, pytest.raises(ForbiddenAddress):
        guarded.fetch(f"http://{place.format(port=server.port)}/")
    assert server.connections == 0


def test_the_refusal_says_why_and_what_to_do(server: LoopbackServer) -> None:
    guarded, _ = door()
    with guarded, pytest.raises(CaptureError) as refused:
        guarded.fetch("http://169.254.169.254/latest/meta-data/")
    assert "link-local" in str(refused.value)
    assert "ask the operator" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["", "intranet.example", "intranet.example=10.0.0.5", "intranet.example=:80", "=10.0.0.5:80", "a=b:80",
     "intranet.example=10.0.0.5:0", "intranet.example=10.0.0.5:65536", "in tranet=10.0.0.5:80"],
)  # fmt: skip
def test_an_allow_list_entry_that_is_not_exact_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="host=address:port"):
        PrivateTarget.parse(text)


def test_an_ipv6_address_is_asked_for_in_brackets(server: LoopbackServer) -> None:
    guarded, _ = door(PrivateTarget.parse(f"[::1]=127.0.0.1:{server.port}"))
    with guarded:
        capture = guarded.fetch(f"http://[0::1]:{server.port}/")
    assert capture.final_url == f"http://[::1]:{server.port}/"
    assert f"Host: [::1]:{server.port}".encode() in server.requests[0]


def test_an_allow_list_entry_takes_ipv6_in_brackets() -> None:
    target = PrivateTarget.parse("Intranet.example.=[fd00::5]:8443")
    assert (target.host, str(target.address), target.port) == ("intranet.example", "fd00::5", 8443)
