"""What counts for an origin: its robots.txt while it can be had, a day at most; and what is assumed when it cannot."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from gzip import compress

import pytest
from django.db import connections

from claims.capture.asking import Later
from claims.capture.door import Capture, Door
from claims.capture.errors import ForbiddenAddress
from claims.capture.policy import DoorPolicy, PrivateTarget
from claims.capture.robots import MAX_BYTES
from claims.capture.urls import Target, parse_url
from claims.lanes import Pace
from claims.models import HostLane, RobotsFile
from claims.models.clock import read_clock
from claims.robots_files import Asker, standing
from tests.claims.capture.doors import AGENT, nobody
from tests.claims.capture.loopback import Answer, LoopbackServer, dripping, redirect, response

pytestmark = pytest.mark.django_db
RULES = b"User-agent: *\nDisallow: /drafts\n"
HOUR = 3600.0


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


def asker(server: LoopbackServer, patience: float = 5.0, seconds: float = 5.0) -> Asker:
    targets = tuple(PrivateTarget.parse(f"{name}.example=127.0.0.1:{server.port}") for name in ("site", "other"))

    def ask(target: Target) -> Capture:
        with Door(DoorPolicy(AGENT, targets, total_seconds=seconds, max_wire_bytes=2 * MAX_BYTES), nobody) as door:
            return door.fetch(target.href)

    return Asker(ask, "Readout", Pace(0.0, 1000), patience)


def page(server: LoopbackServer, path: str = "/papers/7", host: str = "site.example") -> Target:
    return parse_url(f"http://{host}:{server.port}{path}")


def may(server: LoopbackServer, path: str = "/papers/7") -> bool | None:
    """Return whether a path may be asked for now; None where nothing may, because nobody knows."""
    rules = standing(page(server), asker(server)).rules
    return rules.allows("Readout", page(server, path).href) if rules else None


def let_expire(**changes: object) -> None:
    RobotsFile.objects.update(expires_at=read_clock(), **changes)


def asked(server: LoopbackServer) -> int:
    return sum(request.startswith(b"GET /robots.txt ") for request in server.requests)


@pytest.mark.parametrize(
    ("answer", "papers", "drafts"),
    [
        (response(RULES), True, False),
        (response(RULES, headers=["Content-Type: text/html"]), True, False),
        (response(compress(RULES), headers=["Content-Encoding: gzip"]), True, False),
        (response(b""), True, True),
        (response(b"", status="204 No Content"), True, True),
        (response(b"<html>Welcome", headers=["Content-Type: text/html"]), True, True),
        (response(RULES, status="400 Bad Request"), True, True),
        (response(RULES, status="401 Unauthorized"), True, True),
        (response(RULES, status="403 Forbidden"), True, True),
        (response(RULES, status="404 Not Found"), True, True),
        (response(RULES, status="410 Gone"), True, True),
        (response(RULES, status="429 Too Many Requests"), None, None),
        (response(RULES, status="500 Internal Server Error"), None, None),
        (response(RULES, status="503 Service Unavailable"), None, None),
        (response(RULES, status="304 Not Modified"), None, None),
        (response(b"wait", status="202 Accepted", headers=["x-amzn-waf-action: challenge"]), None, None),
    ],
)
def test_a_status_says_whether_rules_all_or_nothing_counts(
    server: LoopbackServer, answer: bytes, papers: bool | None, drafts: bool | None
) -> None:
    server.answers["/robots.txt"] = answer
    assert (may(server, "/papers/7"), may(server, "/drafts/7")) == (papers, drafts)
    assert asked(server) == 1


def test_an_origin_is_scheme_host_and_port(server: LoopbackServer) -> None:
    server.answers["/robots.txt"] = response(RULES)
    for host in ("site.example", "other.example", "site.example"):
        standing(page(server, host=host), asker(server))
    assert asked(server) == 2
    assert {*RobotsFile.objects.values_list("origin", flat=True)} == {
        f"http://site.example:{server.port}",
        f"http://other.example:{server.port}",
    }


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("X: y", 24 * HOUR),
        ("Cache-Control: max-age=7200", 2 * HOUR),
        ("Cache-Control: public, max-age=604800", 24 * HOUR),
        ("Cache-Control: max-age=0", HOUR / 6),
        ("Cache-Control: no-store", HOUR / 6),
        ("Cache-Control: s-maxage=60", 24 * HOUR),
    ],
)
def test_a_file_is_kept_as_long_as_it_wishes_but_ten_minutes_to_a_day(
    server: LoopbackServer, header: str, seconds: float
) -> None:
    server.answers["/robots.txt"] = response(RULES, headers=[header])
    assert standing(page(server), asker(server)).seconds == pytest.approx(seconds, abs=5)


def test_a_file_that_was_kept_long_enough_is_asked_for_again(server: LoopbackServer) -> None:
    server.answers["/robots.txt"] = response(RULES)
    assert may(server, "/drafts/7") is False
    server.answers["/robots.txt"] = response(b"User-agent: *\nDisallow: /papers")
    assert may(server, "/drafts/7") is False
    let_expire()
    assert (may(server, "/drafts/7"), may(server, "/papers/7")) == (True, False)


def test_five_redirects_are_followed_to_another_host_too_and_the_rules_are_those_of_the_first(
    server: LoopbackServer,
) -> None:
    hops = [f"/hop{number}" for number in range(5)]
    for here, there in zip(["/robots.txt", *hops], hops, strict=False):
        server.answers[here] = redirect(f"http://other.example:{server.port}{there}")
    server.answers[hops[-1]] = response(RULES)
    assert may(server, "/drafts/7") is False
    assert [*RobotsFile.objects.values_list("origin", flat=True)] == [f"http://site.example:{server.port}"]


def test_redirects_without_end_are_no_file(server: LoopbackServer) -> None:
    server.answers["/robots.txt"] = redirect("/robots.txt")
    assert may(server, "/drafts/7") is True


def test_redirects_into_a_private_network_close_the_site_and_are_not_followed(server: LoopbackServer) -> None:
    server.answers["/robots.txt"] = redirect("http://127.0.0.1:9/robots.txt")
    assert may(server) is None


def test_an_address_that_nobody_may_ask_for_is_its_own_error_and_closes_nothing() -> None:
    with LoopbackServer() as server, pytest.raises(ForbiddenAddress):
        standing(parse_url(f"http://127.0.0.1:{server.port}/"), asker(server))
    assert not RobotsFile.objects.exists()


@pytest.mark.parametrize("answer", [lambda connection: None, dripping(b"HTTP/1.1 200 OK\r\n", 0.5)])
def test_a_site_that_does_not_answer_is_told_once_and_closed_for_a_minute(
    server: LoopbackServer, answer: Answer
) -> None:
    server.answers["/robots.txt"] = answer
    with pytest.raises(Exception, match="site") as caught:
        standing(page(server), asker(server, seconds=1.0))
    assert getattr(caught.value, "permanent", None) is False
    found = standing(page(server), asker(server))
    assert (found.rules, found.status) == (None, None)
    assert found.seconds == pytest.approx(60, abs=5)
    assert asked(server) == 1


def test_what_is_away_is_asked_for_more_rarely_and_after_thirty_days_counts_as_before(server: LoopbackServer) -> None:
    server.answers["/robots.txt"] = response(RULES)
    assert may(server, "/drafts/7") is False
    server.answers["/robots.txt"] = response(b"oops", status="500 Oops")
    let_expire()
    assert may(server) is None
    for away, seconds in [(timedelta(minutes=7), 420), (timedelta(days=2), HOUR), (timedelta(days=29), HOUR)]:
        let_expire(unreachable_since=read_clock() - away)
        found = standing(page(server), asker(server))
        assert found.rules is None
        assert found.seconds == pytest.approx(seconds, abs=5)
    let_expire(unreachable_since=read_clock() - timedelta(days=31))
    assert (may(server, "/papers/7"), may(server, "/drafts/7")) == (True, False)
    RobotsFile.objects.update(body="")
    let_expire()
    assert may(server, "/drafts/7") is True
    server.answers["/robots.txt"] = response(RULES)
    let_expire()
    assert may(server, "/drafts/7") is False
    assert RobotsFile.objects.get().unreachable_since is None


def test_the_crawl_delay_becomes_the_lanes_and_goes_with_the_file(server: LoopbackServer) -> None:
    HostLane.objects.create(host="site.example")
    server.answers["/robots.txt"] = response(RULES + b"Crawl-delay: 7\n")
    standing(page(server), asker(server))
    assert HostLane.objects.get().crawl_delay_ms == 7000
    server.answers["/robots.txt"] = response(b"", status="404 Not Found")
    let_expire()
    standing(page(server), asker(server))
    assert HostLane.objects.get().crawl_delay_ms is None


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("times", [1, 40])
def test_of_a_file_that_is_too_large_the_beginning_counts(server: LoopbackServer, coding: str, times: int) -> None:
    whole = RULES + b"Disallow: /secret/of/the/board\n" * (times * MAX_BYTES // 30)
    body = compress(whole) if coding == "gzip" else whole
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nConnection: close\r\n\r\n".encode()
    server.answers["/robots.txt"] = head + body
    paths = ("/drafts/7", "/secret/of/the/board", "/papers")
    assert [may(server, path) for path in paths] == [False, False, True]


def test_a_file_that_says_it_is_too_large_is_not_read_and_nothing_is_asked_for(server: LoopbackServer) -> None:
    server.answers["/robots.txt"] = response(RULES * (2 * MAX_BYTES // 20))
    assert may(server) is None


def test_bytes_that_are_no_text_are_kept_with_the_sense_they_have(server: LoopbackServer) -> None:
    server.answers["/robots.txt"] = response(b"User-agent: *\nDisallow: /caf\xe9\nDisallow: /drafts\0/old\n")
    assert (may(server, "/caf%E9"), may(server, "/drafts/7"), may(server, "/papers")) == (False, False, True)
    assert may(server, "/caf%E9") is False


@pytest.mark.django_db(transaction=True)
def test_of_many_who_need_a_file_at_once_one_asks_for_it(server: LoopbackServer) -> None:
    server.answers["/robots.txt"] = dripping(response(RULES), 0.01)
    ready, said = threading.Barrier(5), []

    def need() -> None:
        try:
            ready.wait()
            said.append(may(server, "/drafts/7"))
        finally:
            connections.close_all()

    at_once(need, 5)
    assert said == [False] * 5
    assert asked(server) == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_has_no_time_to_wait_for_anothers_question_comes_back_later(server: LoopbackServer) -> None:
    begun = threading.Event()

    def slow(connection: socket.socket) -> None:
        begun.set()
        dripping(response(RULES), 0.02)(connection)

    def need() -> None:
        may(server)
        connections.close_all()

    server.answers["/robots.txt"] = slow
    other = threading.Thread(target=need)
    other.start()
    begun.wait(5)
    with pytest.raises(Later, match=r"robots\.txt"):
        standing(page(server), asker(server, patience=0.3))
    other.join()
    assert asked(server) == 1


@pytest.mark.django_db(transaction=True)
def test_a_question_that_broke_off_is_asked_by_the_next_who_needs_it(server: LoopbackServer) -> None:
    def die(target: Target) -> Capture:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        standing(page(server), Asker(die, "Readout", Pace(0.0, 10), 1.0))
    server.answers["/robots.txt"] = response(RULES)
    others: list[bool | None] = []

    def need() -> None:
        others.append(may(server, "/drafts/7"))
        connections.close_all()

    at_once(need, 1)
    assert others == [False]


def at_once(work: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
