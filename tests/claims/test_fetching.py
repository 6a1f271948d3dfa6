"""The polite fetch against a real server: robots.txt first, in turn, hop by hop; what is made of it, and what kept."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from pytest_django.fixtures import Settings

from claims.capture.asking import Ask, Later
from claims.capture.outcome import Outcome
from claims.fetching import PoliteFetch
from claims.models import ArchiveMeasure, HostLane, RobotsFile, Snapshot
from claims.models.clock import read_clock
from tests.claims.capture.loopback import LoopbackServer, redirect, response
from tests.claims.press_site import PAGE, TYPED, ask, kept_of, paths, press_site, url
from verification.models import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[LoopbackServer]:
    with press_site(settings) as running:
        yield running


def test_a_page_comes_with_all_that_is_known_of_it(server: LoopbackServer) -> None:
    Desk.objects.create(pk=Desk.ONLY, homepage="https://desk.example/", contact="checks@desk.example")
    answer = ask(server)
    assert (answer.outcome, answer.status, answer.body, answer.url) == (Outcome.OK, 200, PAGE, url(server))
    assert (answer.media_type, answer.charset, answer.sentence, answer.redirected) == (
        "text/html",
        "utf-8",
        None,
        False,
    )
    kept = kept_of(answer)
    assert (kept.outcome, kept.requested_url, kept.size) == ("OK", url(server), len(PAGE))
    assert kept.warc_sha256
    agent = b"User-Agent: Readout/0.1 (+https://desk.example/; checks@desk.example)\r\n"
    assert all(agent in request for request in server.requests)


def test_the_operators_own_user_agent_is_the_name_robots_txt_knows_us_by(
    server: LoopbackServer, settings: Settings
) -> None:
    settings.FETCH_USER_AGENT = "HarbourDesk/2 (+https://desk.example)"
    server.answers["/robots.txt"] = response(b"User-agent: harbourdesk\nDisallow: /page\n")
    assert ask(server).outcome is Outcome.REFUSED
    assert b"User-Agent: HarbourDesk/2 (+https://desk.example)" in server.requests[0]


def test_a_page_that_robots_txt_closes_is_refused_unasked_and_an_upload_is_offered(server: LoopbackServer) -> None:
    server.answers["/robots.txt"] = response(b"User-agent: *\nDisallow: /page\n")
    answer = ask(server)
    assert (answer.outcome, answer.status, answer.snapshot) == (Outcome.REFUSED, None, None)
    assert "robots.txt" in str(answer.sentence)
    assert "upload" in str(answer.sentence)
    assert paths(server) == []


def test_where_robots_txt_cannot_be_had_nothing_is_asked_for_and_nobody_says_it_is_empty(
    server: LoopbackServer,
) -> None:
    server.answers["/robots.txt"] = response(status="500 Oops")
    answers = [ask(server), ask(server)]
    assert {answer.outcome for answer in answers} == {Outcome.FAILED}
    assert "status 500" in str(answers[1].sentence)
    assert paths(server) == []
    assert len(server.requests) == 1


def test_a_redirect_is_held_against_the_robots_txt_of_where_it_leads_and_the_hop_is_kept(
    server: LoopbackServer,
) -> None:
    server.answers["/page"] = redirect(url(server, "/old", "archive.example"))
    RobotsFile.objects.create(
        origin=f"http://archive.example:{server.port}",
        answer=RobotsFile.Answer.RULES,
        body="User-agent: *\nDisallow: /old",
        expires_at=read_clock() + timedelta(hours=1),
    )
    answer = ask(server)
    assert (answer.outcome, paths(server)) == (Outcome.REFUSED, ["/page"])
    kept = kept_of(answer)
    assert (kept.outcome, kept.status, kept.requested_url) == ("REFUSED", 302, url(server))
    assert "archive.example" in kept.sentence


def test_each_hop_takes_its_turn_in_its_own_hosts_lane(server: LoopbackServer) -> None:
    server.answers["/page"] = redirect(url(server, "/old", "archive.example"))
    server.answers["/old"] = redirect(url(server, "/older", "archive.example"))
    server.answers["/older"] = response(PAGE, headers=TYPED)
    with PoliteFetch() as fetch:
        answer = fetch(Ask(url(server)))
    assert (answer.ok, answer.redirected, answer.url) == (True, True, url(server, "/older", "archive.example"))
    spent = {lane.host: lane.spent for lane in HostLane.objects.all()}
    assert spent == {"press.example": 2, "archive.example": 3}
    assert fetch.requests == len(server.requests) == 5


def test_a_redirect_to_a_host_that_is_closed_keeps_the_hop_and_comes_back_later(server: LoopbackServer) -> None:
    server.answers["/page"] = redirect(url(server, "/old", "archive.example"))
    HostLane.objects.create(host="archive.example", closed_until=read_clock() + timedelta(hours=1))
    with pytest.raises(Later, match="left alone"):
        ask(server)
    assert Snapshot.objects.get().status == 302


def test_validators_are_sent_where_they_are_asked_for_and_nowhere_else(server: LoopbackServer) -> None:
    server.answers["/page"] = response(b"", status="304 Not Modified")
    known = {url(server): ('"v1"', "Sun, 04 May 2031 08:00:00 GMT")}
    with PoliteFetch(validators=lambda address: known.get(address, ("", ""))) as fetch:
        assert fetch(Ask(url(server), conditional=True)).outcome is Outcome.NOT_MODIFIED
        asked = server.requests[-1]
        fetch(Ask(url(server)))
        fetch(Ask(url(server, "/unknown"), conditional=True))
    assert b'If-None-Match: "v1"\r\n' in asked
    assert b"If-Modified-Since: Sun, 04 May 2031 08:00:00 GMT\r\n" in asked
    assert not any(b"If-" in request for request in server.requests if request is not asked)


def test_a_page_that_is_only_tried_is_not_kept_but_as_polite(server: LoopbackServer) -> None:
    assert ask(server, keep=False).snapshot is None
    server.answers["/page"] = response(b"", status="429 Too Many Requests")
    ask(server, keep=False)
    with pytest.raises(Later):
        ask(server, keep=False)
    assert not Snapshot.objects.exists()


def test_a_spent_budget_and_a_full_archive_are_for_later(server: LoopbackServer) -> None:
    HostLane.objects.create(host="press.example", daily_budget=2)
    assert ask(server).ok
    with pytest.raises(Later, match="budget"):
        ask(server)
    HostLane.objects.update(daily_budget=None)
    ArchiveMeasure.objects.create(pk=ArchiveMeasure.ONLY, bytes=10**15, files=1)
    with pytest.raises(Later, match="ARCHIVE_MAX_GB"):
        ask(server)
    assert ask(server, keep=False).ok
    assert paths(server) == ["/page", "/page"]


@override_settings(FETCH_GAP_SECONDS=0.5)
def test_requests_to_one_host_keep_the_desks_gap(server: LoopbackServer) -> None:
    with PoliteFetch(ahead=0.2) as fetch, pytest.raises(Later, match="others"):
        fetch(Ask(url(server)))
    assert len(server.requests) == 1
    began = read_clock()
    assert ask(server).ok
    assert 0.2 < (read_clock() - began).total_seconds() < 3


@override_settings(FETCH_GAP_SECONDS=1.0)
def test_the_turn_of_a_redirect_is_waited_for_so_that_the_first_host_is_not_asked_twice(
    server: LoopbackServer,
) -> None:
    server.answers["/page"] = redirect(url(server, "/old", "archive.example"))
    server.answers["/old"] = response(PAGE, headers=TYPED)
    HostLane.objects.create(host="press.example", gap_ms=0)
    with PoliteFetch(ahead=0.1) as fetch:
        assert fetch(Ask(url(server))).ok
    assert paths(server) == ["/page", "/old"]


def test_an_address_that_is_none_is_told(server: LoopbackServer) -> None:
    with PoliteFetch() as fetch:
        answers = [fetch(Ask(address)) for address in ("ftp://press.example/", "http://127.0.0.1/", "nonsense")]
    assert {answer.outcome for answer in answers} == {Outcome.FAILED}
    assert all(answer.sentence for answer in answers)
    assert server.connections == 0
