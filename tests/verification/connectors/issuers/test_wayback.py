"""The Wayback Machine: the nearest copy, what is no copy, what is refused, and what is never handed in."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from claims.capture.asking import Answer, Ask, Interrupted, NotAsExpected, Secret
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import Memento, SaveJob
from verification.connectors.issuers.saveable import why_not_saved
from verification.connectors.issuers.wayback import Wayback

ARCHIVE = "https://web.archive.org"
PAGE = "https://port.example/lamps"
HEADER = ["timestamp", "original", "statuscode", "digest"]
NEAR = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
COPY = Memento(
    f"{ARCHIVE}/web/20310504101112/{PAGE}",
    PAGE,
    datetime(2031, 5, 4, 10, 11, 12, tzinfo=UTC),
    f"{ARCHIVE}/web/20310504101112id_/{PAGE}",
    "3I42H3S6",
)
HTML = (
    "<html><body><article><h1>Lamps</h1><p>Forty lamps were bought for the northern mole.</p></article></body></html>"
)
DATED = (("Memento-Datetime", "Sun, 04 May 2031 10:11:12 GMT"),)


def table(*stamps: str) -> Reply:
    """Return the index’s answer; a capture that repeats another has no status of its own."""
    rows = [[stamp, PAGE, "-", "3I42H3S6"] for stamp in stamps]
    return Reply(json.dumps([HEADER, *rows] if rows else []), "application/json")


class Index:
    """An index of captures in the order of their times, as the archive answers."""

    def __init__(self, *stamps: str) -> None:
        self.stamps = sorted(stamps)

    def __call__(self, ask: Ask) -> Answer:
        told = dict(parse_qsl(urlsplit(ask.url).query))
        assert told["url"] == PAGE
        found = [stamp for stamp in self.stamps if told.get("from", "0") <= stamp <= told.get("to", "9")]
        limit = int(told["limit"])
        return table(*(found[limit:] if limit < 0 else found[:limit])).answer(ask)


class TestWayback(ConnectorContract):
    connector = Wayback({})
    site = {COPY.raw_url: Reply(HTML, headers=DATED)}
    shows = {}

    def entries(self) -> list[Any]:
        """Return what a capture is as an entry: an archive lists none by itself."""
        return [Wayback({}).entry(COPY, NEAR)]


@pytest.mark.parametrize(
    ("stamps", "nearest"),
    [
        (("20310504101112", "20310504150000", "20200101000000"), "20310504101112"),
        (("20310504101112", "20310504130000"), "20310504130000"),
        (("20310601000000",), "20310601000000"),
        (("20110601000000",), "20110601000000"),
    ],
)
def test_the_copy_nearest_to_a_time_is_found_before_or_after_it(stamps: tuple[str, ...], nearest: str) -> None:
    found = Wayback({}).find_capture(Replay(instead=Index(*stamps)), PAGE, NEAR)
    assert found is not None
    assert found.raw_url == f"{ARCHIVE}/web/{nearest}id_/{PAGE}"


def test_without_a_time_the_newest_copy_is_found() -> None:
    found = Wayback({}).find_capture(Replay(instead=Index("20310504101112", "20200101000000")), PAGE)
    assert found == COPY


@pytest.mark.parametrize("nothing", ["[]", "", "\n", json.dumps([HEADER])])
def test_no_copy_is_none_and_no_failure(nothing: str) -> None:
    assert Wayback({}).find_capture(Replay(instead=Reply(nothing, "application/json").answer), PAGE, NEAR) is None


def test_a_site_that_had_itself_excluded_is_a_refusal() -> None:
    blocked = (("X-Archive-Wayback-Runtime-Error", "AdministrativeAccessControlException: Blocked Site Error"),)
    fetch = Replay(instead=Reply("Blocked Site Error", "text/plain", 403, blocked).answer)
    with pytest.raises(Interrupted) as told:
        Wayback({}).find_capture(fetch, PAGE, NEAR)
    assert told.value.outcome is Outcome.REFUSED
    assert "excluded" in str(told.value.sentence)
    assert len(fetch.asked) == 1


def test_where_the_index_fails_the_availability_interface_is_asked_and_its_silence_proves_nothing() -> None:
    closest = {"available": True, "url": f"http://web.archive.org/web/20310504101112/{PAGE}", "status": "200"}

    def answering(snapshots: dict[str, Any]) -> Replay:
        def answer(ask: Ask) -> Answer:
            if "/cdx/" in ask.url:
                return Reply("Busy.", status=503).answer(ask)
            assert "timestamp=20310504120000" in ask.url
            return Reply(json.dumps({"archived_snapshots": snapshots}), "application/json").answer(ask)

        return Replay(instead=answer)

    found = Wayback({}).find_capture(answering({"closest": closest}), PAGE, NEAR)
    assert found == replace(COPY, digest=None)
    with pytest.raises(Interrupted) as told:
        Wayback({}).find_capture(answering({}), PAGE, NEAR)
    assert told.value.outcome is Outcome.THROTTLED


@pytest.mark.parametrize(
    "garbage", ["{}", "7", '[["timestamp", "original"], [1, 2]]', '[["timestamp"], ["2031"]]', "<html>"]
)
def test_an_index_that_answers_otherwise_is_a_failure(garbage: str) -> None:
    with pytest.raises(Interrupted) as told:
        Wayback({}).find_capture(Replay(instead=Reply(garbage, "application/json").answer), PAGE, NEAR)
    assert told.value.outcome is Outcome.FAILED


def fetched(reply: Reply) -> SourceText:
    """Return the document of the copy, where the archive answers so."""
    connector = Wayback({})
    text = connector.fetch(Replay(instead=reply.answer), connector.entry(COPY, NEAR)).text
    assert isinstance(text, SourceText)
    return text


def test_a_copy_keeps_its_own_time_and_how_far_that_is_from_the_one_that_was_asked_for() -> None:
    entry = Wayback({}).entry(COPY, NEAR)
    assert (entry.memo["seconds_off"], entry.original_url, entry.tier) == (-6528, PAGE, 3)
    later = (("Memento-Datetime", "Sun, 04 May 2031 11:00:00 GMT"),)
    text = fetched(Reply(HTML, headers=later, url=f"{ARCHIVE}/web/20310504110000id_/{PAGE}"))
    assert text.url == f"{ARCHIVE}/web/20310504110000/{PAGE}"
    assert "Forty lamps" in text.text


def test_what_does_not_say_when_it_was_captured_is_no_copy() -> None:
    with pytest.raises(NotAsExpected):
        fetched(Reply(HTML))
    with pytest.raises(NotAsExpected):
        fetched(Reply(HTML, headers=(("Memento-Datetime", "yesterday"),)))


def test_a_copy_of_another_time_is_not_taken_for_the_one_that_was_asked_for() -> None:
    other = (("Memento-Datetime", "Wed, 04 Jun 2031 10:11:12 GMT"),)
    with pytest.raises(Interrupted) as told:
        fetched(Reply(HTML, headers=other))
    assert told.value.outcome is Outcome.NOT_FOUND


def save(reply: Reply) -> tuple[SaveJob, Ask]:
    """Return the job that a request to save became, and what was asked."""
    fetch = Replay(instead=reply.answer)
    return Wayback({}).save(fetch, PAGE), fetch.asked[0]


def test_a_request_to_save_becomes_a_job_that_becomes_a_copy() -> None:
    job, ask = save(Reply(json.dumps({"url": PAGE, "job_id": "spn2-0a"}), "application/json"))
    assert (ask.method, ask.secret) == ("POST", Secret("wayback", "Authorization", "LOW {key}"))
    assert parse_qs((ask.body or b"").decode())["url"] == [PAGE]
    told = {"status": "pending", "job_id": "spn2-0a", "resources": []}
    assert Wayback({}).saved(Replay(instead=Reply(json.dumps(told), "application/json").answer), job) == job
    told = {"status": "success", "job_id": "spn2-0a", "original_url": PAGE, "timestamp": "20310504101112"}
    saved = Wayback({}).saved(Replay(instead=Reply(json.dumps(told), "application/json").answer), job)
    assert saved.memento == replace(COPY, digest=None)


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        ("error:too-many-daily-captures", False),
        ("error:soft-time-limit-exceeded", False),
        ("error:user-session-limit", False),
        ("error:too-many-requests", False),
        ("error:blocked-url", True),
        ("error:not-found", True),
        ("error:no-access", True),
        ("error:invalid-url-syntax", True),
    ],
)
def test_a_request_to_save_that_failed_says_whether_another_can_help(status: str, permanent: bool) -> None:
    told = {"status": "error", "status_ext": status, "message": "No copy today."}
    reply = Reply(json.dumps(told), "application/json")
    at_once, _ask = save(reply)
    afterwards = Wayback({}).saved(Replay(instead=reply.answer), SaveJob("spn2-0a"))
    for job in (at_once, afterwards):
        assert (job.memento, job.permanent) == (None, permanent)
        assert "No copy today." in str(job.sentence)
    assert at_once.job_id is None


@pytest.mark.parametrize(
    "url",
    [
        "https://ada:secret@port.example/lamps",
        "https://port.example/lamps?token=1",
        "https://port.example/lamps?access_token=1",
        "https://port.example/f?X-Amz-Signature=ab&X-Amz-Expires=60",
        "https://port.example/lamps?sig=abc",
        "https://port.example/lamps?apikey=abc",
        "https://port.example/lamps?PHPSESSID=4",
        "https://port.example/lamps;jsessionid=4",
        "https://port.example/lamps?u=a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0",
        "https://port.example/lamps#access_token=abc",
        "https://port.example/d/1xYzAb2CdEfGh3IjKlMn4OpQrStUv5WxYz678901/edit",
        "https://port.example/s/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
        "http://192.168.1.4/lamps",
        "http://[::1]/lamps",
        "http://wiki/lamps",
        "https://wiki.intranet/lamps",
        "ftp://port.example/lamps",
        "lamps",
    ],
)
def test_an_address_that_is_not_for_the_public_is_never_handed_in(url: str) -> None:
    fetch = Replay()
    with pytest.raises(Interrupted) as told:
        Wayback({}).save(fetch, url)
    assert told.value.outcome is Outcome.REFUSED
    assert not fetch.asked


@pytest.mark.parametrize(
    "url",
    [
        "https://port.example/briefing-room/2031/05/04/remarks-by-warden-quill-before-meeting-with-the-harbour-board-4/",
        "https://port.example/News/Remarks-by-Warden-Quill-at-the-Opening-of-the-Northern-Mole-May-2031",
        "https://hansard.parliament.uk/Commons/2031-05-06/debates/6D749D0F-0000-4000-8000-00000000ABCD/",
        "https://port.example/search?q=lamps&page=2&id=48005&session=2031&keyword=mole&tokens=3",
        "http://192.0.43.8/lamps",
    ],
)
def test_an_ordinary_address_may_be_handed_in(url: str) -> None:
    assert why_not_saved(url) is None
