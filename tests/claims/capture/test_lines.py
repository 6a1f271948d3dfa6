"""Connections kept between two requests of one door."""

import socket
import time
from pathlib import Path
from threading import Thread

import pytest

from claims.capture import lines
from claims.capture.connection import Opener
from claims.capture.door import Door
from claims.capture.errors import BadResponse, TooLarge, TooSlow
from claims.capture.policy import DoorPolicy, PrivateTarget
from claims.capture.urls import parse_url
from tests.claims.capture.doors import AGENT, door, nobody, url
from tests.claims.capture.loopback import Answer, LoopbackServer, dripping, redirect, response
from tests.claims.capture.test_door_tls import authority


def patient(**answers: Answer) -> LoopbackServer:
    """Return a server that keeps its connections; `a=…` answers for `/a`."""
    return LoopbackServer({f"/{path}": answer for path, answer in answers.items()}, patient=True)


def test_requests_to_one_origin_share_a_connection_redirects_included() -> None:
    with patient(a=response(b"a"), b=redirect("/c"), c=response(b"c", status="404 Not Found")) as server:
        with door(server) as opened:
            bodies = [opened.fetch(url(server, path)).body for path in ("/a", "/b", "/a", "/c", "/a")]
        assert bodies == [b"a", b"c", b"a", b"c", b"a"]
        assert (server.connections, len(server.requests)) == (1, 6)


def test_a_kept_connection_is_the_one_that_tls_was_proved_on(tmp_path: Path) -> None:
    context, pem = authority(tmp_path, "site.example")
    with (
        LoopbackServer({"/": response(b"x")}, tls=context, patient=True) as server,
        door(server, ca_file=pem) as opened,
    ):
        one, other = (opened.fetch(url(server, scheme="https")) for _ in range(2))
    assert server.connections == len(server.server_names) == 1
    assert one.certificate_sha256 == other.certificate_sha256 == other.exchanges[0].certificate_sha256


def test_each_origin_has_its_own_connection() -> None:
    with patient(a=response(b"a")) as server, patient(a=response(b"b")) as other:
        targets = [PrivateTarget.parse(f"{name}=127.0.0.1:{server.port}") for name in ("site.example", "alias.example")]
        targets.append(PrivateTarget.parse(f"site.example=127.0.0.1:{other.port}"))
        places = [url(server, "/a"), f"http://alias.example:{server.port}/a", url(other, "/a")]
        with Door(DoorPolicy(AGENT, tuple(targets), total_seconds=5), nobody) as opened:
            assert [opened.fetch(place).body for place in places * 2] == [b"a", b"a", b"b"] * 2
        assert (server.connections, other.connections) == (2, 1)


def test_a_connection_the_server_closed_is_not_used_again() -> None:
    with patient(a=response(b"a")) as server, door(server) as opened:
        opened.fetch(url(server, "/a"))
        server.hang_up()
        time.sleep(0.05)
        assert opened.fetch(url(server, "/a")).body == b"a"
        assert (server.connections, len(server.requests)) == (2, 2)


def deaf_once(server: LoopbackServer) -> Answer:
    """Return an answer that hangs up on a connection's second request without a word."""
    told: list[int] = []

    def answer(connection: socket.socket) -> None:
        told.append(server.connections)
        if told == [1, 1]:
            connection.shutdown(socket.SHUT_RDWR)
        else:
            connection.sendall(response(b"a"))

    return answer


def test_a_get_that_meets_a_dead_connection_is_sent_once_more() -> None:
    with patient() as server, door(server) as opened:
        server.answers["/a"] = deaf_once(server)
        opened.fetch(url(server, "/a"))
        capture = opened.fetch(url(server, "/a"))
        assert capture.body == b"a"
        assert (server.connections, len(server.requests)) == (2, 3)
        assert capture.exchanges[0].request_head == server.requests[-1]


def test_a_get_is_sent_once_more_and_no_oftener() -> None:
    with patient(a=response(b"a")) as server, door(server) as opened:
        opened.fetch(url(server, "/a"))
        server.answers["/a"] = lambda connection: connection.shutdown(socket.SHUT_RDWR)
        with pytest.raises(BadResponse):
            opened.fetch(url(server, "/a"))
        assert (server.connections, len(server.requests)) == (2, 3)


def test_a_get_whose_answer_had_begun_is_not_sent_again() -> None:
    def broken(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200")
        connection.shutdown(socket.SHUT_RDWR)

    with patient(a=response(b"a"), b=broken) as server, door(server) as opened:
        opened.fetch(url(server, "/a"))
        with pytest.raises(BadResponse) as cut:
            opened.fetch(url(server, "/b"))
        assert [exchange.response_head for exchange in cut.value.exchanges] == [b"HTTP/1.1 200"]
        assert (server.connections, len(server.requests)) == (1, 2)


def test_a_post_goes_over_a_connection_of_its_own_once() -> None:
    with patient(a=response(b"a")) as server, door(server) as opened:
        opened.fetch(url(server, "/a"))
        opened.fetch(url(server, "/a"), method="POST", body=b"x")
        server.answers["/a"] = lambda connection: connection.shutdown(socket.SHUT_RDWR)
        with pytest.raises(BadResponse):
            opened.fetch(url(server, "/a"), method="POST", body=b"x")
        assert (server.connections, len(server.requests)) == (3, 3)


@pytest.mark.parametrize(
    "answer",
    [
        response(b"a", headers=["Connection: close"]),
        b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nand more than it said",
        response(b"a") + response(b"an answer to what nobody asked"),
    ],
)
def test_a_connection_that_ends_or_has_something_left_over_is_not_kept(answer: bytes) -> None:
    with patient(a=answer, b=response(b"b")) as server, door(server) as opened:
        assert opened.fetch(url(server, "/a")).body == b"a"
        assert opened.fetch(url(server, "/b")).body == b"b"
        assert server.connections == 2


def test_what_arrives_while_a_connection_rests_is_no_answer() -> None:
    held: list[socket.socket] = []

    def noted(connection: socket.socket) -> None:
        held.append(connection)
        connection.sendall(response(b"a"))

    with patient(a=noted, b=response(b"b")) as server, door(server) as opened:
        opened.fetch(url(server, "/a"))
        held[0].sendall(response(b"planted"))
        time.sleep(0.05)
        assert opened.fetch(url(server, "/b")).body == b"b"


def test_a_connection_whose_page_was_not_read_to_its_end_is_not_kept() -> None:
    with patient(a=response(bytes(9000)), b=response(b"b")) as server, door(server, max_wire_bytes=5000) as opened:
        with pytest.raises(TooLarge):
            opened.fetch(url(server, "/a"))
        assert opened.fetch(url(server, "/b")).body == b"b"
        assert server.connections == 2


def test_a_connection_is_not_used_after_it_has_rested_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines.IDLE_SECONDS <= 15
    monkeypatch.setattr(lines, "IDLE_SECONDS", 0.1)
    with patient(a=response(b"a")) as server, door(server) as opened:
        opened.fetch(url(server, "/a"))
        opened.fetch(url(server, "/a"))
        assert server.connections == 1
        time.sleep(0.2)
        opened.fetch(url(server, "/a"))
        assert server.connections == 2


def test_only_so_many_connections_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_KEPT", 2)
    with patient(a=response(b"a")) as server:
        names = [f"{letter}.example" for letter in "abc"]
        targets = tuple(PrivateTarget.parse(f"{name}=127.0.0.1:{server.port}") for name in names)
        with Door(DoorPolicy(AGENT, targets, total_seconds=5), nobody) as opened:
            for name in [*names, "c.example", "b.example", "a.example"]:
                opened.fetch(f"http://{name}:{server.port}/a")
        assert server.connections == 4


@pytest.mark.parametrize(
    ("address", "where", "admitted"),
    [
        ("10.0.0.5", "http://intranet.example:8080/", True),
        ("192.31.196.1", "http://intranet.example:8080/", False),
        ("10.0.0.5", "http://intranet.example/", False),
        ("10.0.0.5", "http://other.example:8080/", False),
        ("192.31.196.1", "http://other.example/", True),
        ("192.31.196.1", "http://other.localhost/", False),
    ],
)
def test_a_kept_connection_is_held_against_the_policy_again(address: str, where: str, admitted: bool) -> None:
    policy = DoorPolicy(AGENT, (PrivateTarget.parse("intranet.example=10.0.0.5:8080"),))
    assert Opener(policy, nobody).admits(parse_url(where), address) is admitted


def test_each_fetch_has_its_own_deadline_and_its_own_count() -> None:
    slow = dripping(response(b"a" * 20), 0.003)
    server = patient(a=slow, b=dripping(response(b"b" * 250), 0.003), c=response(b"c" * 90))
    with server, door(server, total_seconds=0.5, max_wire_bytes=300, max_header_bytes=60) as opened:
        for path in ["/a"] * 3 + ["/c"] * 20:
            opened.fetch(url(server, path))
        assert server.connections == 1
        with pytest.raises(TooSlow):
            opened.fetch(url(server, "/b"))


def test_threads_never_share_a_connection() -> None:
    found: list[bytes] = []
    with (
        patient(**{f"n{n}": dripping(response(b"%d" % n), 0.0005) for n in range(40)}) as server,
        door(server) as opened,
    ):

        def fetch(numbers: range) -> None:
            for n in numbers:
                assert opened.fetch(url(server, f"/n{n}")).body == b"%d" % n
                found.append(b"%d" % n)

        threads = [Thread(target=fetch, args=(range(start, 40, 4),)) for start in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(found) == 40
    assert server.connections < 40
