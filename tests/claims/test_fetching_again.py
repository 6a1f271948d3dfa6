"""What is asked for again, when, and what never: a site that throttles, breaks, refuses or has no page."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from pytest_django.fixtures import Settings

from claims.capture.asking import Later
from claims.capture.outcome import Outcome
from claims.models import Snapshot
from tests.claims.capture.loopback import LoopbackServer, response
from tests.claims.press_site import PAGE, TYPED, ask, in_turn, kept_of, paths, press_site

pytestmark = [pytest.mark.django_db, pytest.mark.long]
NOTICE = b"<title>Access denied</title><h1>Access denied</h1><p>You do not have permission to access this page."


@pytest.fixture
def server(settings: Settings) -> Iterator[LoopbackServer]:
    with press_site(settings) as running:
        yield running


def in_an_hour() -> str:
    return format_datetime(datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1), usegmt=True)


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [
        ("429 Too Many Requests", lambda: "Retry-After: 3600", 3600),
        ("503 Service Unavailable", lambda: "Retry-After: 3600", 3600),
        ("429 Too Many Requests", lambda: f"Retry-After: {in_an_hour()}", 3600),
        ("429 Too Many Requests", lambda: "Retry-After: 99999999", 86_400),
        ("429 Too Many Requests", lambda: "X: y", 60),
        ("429 Too Many Requests", lambda: "Retry-After: soon", 60),
        ("503 Service Unavailable", lambda: "X: y", 30),
    ],
)
def test_a_host_that_wants_to_be_left_alone_is_left_alone_by_everybody(
    server: LoopbackServer, status: str, header: Callable[[], str], seconds: float
) -> None:
    server.answers["/page"] = response(b"slow down", status=status, headers=[header()])
    answer = ask(server)
    assert (answer.outcome, paths(server)) == (Outcome.THROTTLED, ["/page"])
    assert kept_of(answer).outcome == "THROTTLED"
    with pytest.raises(Later, match="left alone") as caught:
        ask(server, "/other")
    assert 0.97 * seconds <= caught.value.seconds <= 1.11 * seconds
    assert paths(server) == ["/page"]


def test_a_host_that_wants_a_moment_is_given_it_and_asked_again(server: LoopbackServer) -> None:
    server.answers["/page"] = in_turn(
        response(b"", status="503 Busy", headers=["Retry-After: 1"]), response(PAGE, headers=TYPED)
    )
    assert ask(server).ok
    assert [*Snapshot.objects.order_by("pk").values_list("outcome", flat=True)] == ["THROTTLED", "OK"]


@pytest.mark.parametrize(
    "broken", [response(b"", status="500 Oops"), response(b"", status="502 Bad Gateway"), b"", b"HTTP/1.1 200 OK\r\nCo"]
)
def test_what_broke_is_asked_for_again_and_each_exchange_kept(server: LoopbackServer, broken: bytes) -> None:
    server.answers["/page"] = in_turn(broken, response(PAGE, headers=TYPED))
    assert ask(server).ok
    assert paths(server) == ["/page", "/page"]
    assert Snapshot.objects.count() == (2 if broken else 1)


def test_what_stays_broken_is_asked_for_three_times(server: LoopbackServer) -> None:
    server.answers["/page"] = response(b"oops", status="500 Oops")
    assert ask(server).outcome is Outcome.FAILED
    assert paths(server) == ["/page"] * 3


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (response(b"log in", status="401 Unauthorized"), Outcome.REFUSED),
        (response(b"no", status="403 Forbidden"), Outcome.REFUSED),
        (response(b"no", status="451 Unavailable For Legal Reasons"), Outcome.REFUSED),
        (response(b"wait", status="202 Accepted", headers=["x-amzn-waf-action: challenge"]), Outcome.REFUSED),
        (response(b"gone", status="404 Not Found"), Outcome.NOT_FOUND),
        (response(b"gone", status="410 Gone"), Outcome.NOT_FOUND),
        (response(b"what", status="400 Bad Request"), Outcome.FAILED),
        (response(NOTICE, headers=TYPED), Outcome.REFUSED),
        (response(b"", headers=TYPED), Outcome.EMPTY),
        (response(b"", status="204 No Content"), Outcome.EMPTY),
        (response(b"", status="304 Not Modified"), Outcome.FAILED),
    ],
)
def test_what_is_no_page_is_asked_for_once_kept_and_told(
    server: LoopbackServer, answer: bytes, outcome: Outcome
) -> None:
    server.answers["/page"] = answer
    told = ask(server)
    assert (told.outcome, paths(server)) == (outcome, ["/page"])
    kept = kept_of(told)
    assert (kept.outcome, kept.sentence) == (outcome, str(told.sentence))
    assert ("upload" in kept.sentence) is (outcome is Outcome.REFUSED)


def test_a_page_that_breaks_off_is_kept_as_far_as_it_came(server: LoopbackServer) -> None:
    server.answers["/page"] = b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + PAGE
    answer = ask(server)
    assert (answer.outcome, answer.body) == (Outcome.FAILED, b"")
    assert kept_of(answer).size == len(PAGE)


def test_what_is_posted_is_posted_once(server: LoopbackServer) -> None:
    server.answers["/page"] = response(b"oops", status="500 Oops")
    answer = ask(server, method="POST", body=b"{}", content_type="application/json")
    assert answer.outcome is Outcome.FAILED
    assert paths(server) == ["/page"]
    assert server.requests[-1].startswith(b"POST ")
    assert server.requests[-1].endswith(b"\r\n\r\n{}")
