"""A feed's history, replayed to real workers: no item that a snapshot showed is missing, none is stored twice.

The first history is our own, and the workers are killed at points of the polls drawn by chance. The other, real
snapshots of two feeds, is there only where the data was handed in, and is replayed without harm.
"""

import random
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

import feedparser
import pytest
from celery import Celery

from tests.faults.desk import Desk
from tests.replay.answering import Reply
from tests.replay.documents import FeedSnapshot, history_of
from tests.replay.site import HOST, ReplaySite

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
FEED = "/briefing-room/feed/"
NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
SNAPSHOTS, ITEMS, SHOWN = 60, 150, 10
KILLS = 12
HANDED_IN = Path(__file__).parents[3] / "shared" / "data" / "feeds.tgz"
MAKE_SOURCE = """
from claims.models import HostLane
from verification.models import Source
HostLane.objects.create(host={host!r}, gap_ms=0, daily_budget=10**6)
configuration = {{"feeds": [{feed!r}], "inline": {inline}}}
Source.objects.create(name="Replay", connector="feed", configuration=configuration, enabled=True)
"""


class Newsroom:
    """An invented briefing room whose feed shows its ten newest items; some are edited while they stand there."""

    def __init__(self, seed: int) -> None:
        """Draw the history."""
        draw = random.Random(seed)
        self.versions: dict[int, list[datetime]] = {}
        self.history: list[FeedSnapshot] = []
        shown: list[int] = []
        at, number = NOON, 0
        for snapshot in range(SNAPSHOTS):
            at += timedelta(hours=draw.choice([1, 1, 2, 5]))
            # Sometimes nothing is new, sometimes more than the feed can show; all items come in the end.
            left = SNAPSHOTS - snapshot
            for _ in range(min(draw.choice([0, 0, 2, 3, 4, 6]) if left > 1 else ITEMS - number, ITEMS - number)):
                number += 1
                self.versions[number] = [at]
                shown = [number, *shown][:SHOWN]
            if shown and not draw.randrange(3):
                self.versions[draw.choice(shown)].append(at)
            self.history.append(FeedSnapshot(at, self.feed(shown, at)))

    def feed(self, shown: list[int], at: datetime) -> bytes:
        """Return the feed as it was built at a time: the time it names differs though nothing else may."""
        items = "".join(
            f"<item><guid isPermaLink='false'>item-{number}</guid><title>Notice {number}</title>"
            f"<link>http://{HOST}:PORT/notices/{number}/</link>"
            f"<pubDate>{format_datetime(self.versions[number][0])}</pubDate>"
            f"<description>{escape(self.text(number, at)[:90])}</description></item>"
            for number in shown
        )
        built = format_datetime(at - timedelta(hours=at.hour % 3))
        head = f"<title>Notices</title><lastBuildDate>{built}</lastBuildDate>"
        return f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode()

    def text(self, number: int, at: datetime) -> str:
        """Return a notice as it read at a time."""
        version = sum(edited <= at for edited in self.versions[number])
        return f"Version {version} of notice {number}: the harbour office lowers the dues by {number + version} pence."

    def shown_by(self, at: datetime) -> Iterator[str]:
        """Yield the guids of what the feed had shown by a time."""
        for snapshot in self.history:
            if snapshot.at <= at:
                yield from (item.id for item in feedparser.parse(snapshot.body).entries)


def page(newsroom: Newsroom, site: ReplaySite, number: int) -> Reply:
    """Return a notice's page as it reads by the site's clock."""
    told = newsroom.text(number, site.now)
    return Reply(f"<html><title>Notice {number}</title><p>{told}</p></html>".encode())


class Bells:
    """Rings for the beat's work as often as the test likes; the beat itself rings every ten seconds."""

    def __init__(self, desk: Desk) -> None:
        """Reach the desk's broker."""
        self._app = Celery(broker=desk.env["REDIS_URL"])

    def ring(self) -> None:
        """Ring once for what is due."""
        for task in ("verification.follow", "claims.sweep"):
            self._app.send_task(task, queue="housekeeping", ignore_result=True)


def open_polls(desk: Desk) -> int:
    return desk.number("claims_work WHERE kind = 'verification.poll' AND done_at IS NULL")


def polled(desk: Desk, bells: Bells, runs: int, seconds: float = 90) -> None:
    """Ring until one more poll was finished."""
    deadline = time.monotonic() + seconds
    while desk.number("verification_sourcerun WHERE verb = 'poll'") <= runs or open_polls(desk):
        assert time.monotonic() < deadline, desk.rows("SELECT * FROM claims_work WHERE done_at IS NULL")
        desk.keep_worker()
        bells.ring()
        time.sleep(0.2)


def make_due(desk: Desk) -> int:
    """Let the source be asked now; return how many polls were finished before."""
    desk.rows("UPDATE verification_source SET next_at = clock_timestamp() RETURNING id")
    return desk.number("verification_sourcerun WHERE verb = 'poll'")


def open_desk(desk: Desk, site: ReplaySite, *, inline: bool) -> Bells:
    desk.env |= {"FETCH_PRIVATE_TARGETS": site.targets_as_text()}
    script = MAKE_SOURCE.format(host=HOST, feed=site.address(FEED), inline=inline)
    desk.manage("shell", "--no-imports", "-c", script)
    desk.keep_worker()
    return Bells(desk)


def kill_during_a_poll(desk: Desk, site: ReplaySite, bells: Bells, draw: random.Random, *, unanswered: bool) -> bool:
    """Kill the worker, or its children, and tell whether a poll was open.

    `unanswered`: while the feed's answer is awaited; otherwise some moments after the feed was asked for.
    """
    killed = threading.Event()

    def answer() -> Reply:
        killed.wait(60)
        site.answers.pop(FEED, None)
        return site.reply_to(HOST, FEED, {})

    if unanswered:
        site.answers[FEED] = answer
    before = len([None for request in site.requests if request.path == FEED])
    deadline = time.monotonic() + 60
    while len([None for request in site.requests if request.path == FEED]) == before:
        assert time.monotonic() < deadline
        desk.keep_worker()
        bells.ring()
        time.sleep(0.02)
    if not unanswered:
        time.sleep(draw.uniform(0, 0.12))
    if draw.randrange(2):
        desk.kill_child()
    else:
        desk.kill_worker()
    is_open = open_polls(desk) > 0
    killed.set()
    return is_open


def test_workers_killed_during_polls_miss_no_item_and_store_none_twice(tmp_path: Path) -> None:
    seed = 20310501
    draw, newsroom = random.Random(seed), Newsroom(seed)
    assert len(newsroom.versions) == ITEMS
    with ReplaySite(robots="User-agent: *\nAllow: /\n") as site, Desk(tmp_path / "desk") as desk:
        site.history = [
            FeedSnapshot(each.at, each.body.replace(b"PORT", str(site.port).encode())) for each in newsroom.history
        ]
        for number in newsroom.versions:
            site.answers[f"/notices/{number}/"] = partial(page, newsroom, site, number)
        bells = open_desk(desk, site, inline=False)
        points, kills, hits = set(draw.sample(range(SNAPSHOTS), KILLS)), 0, 0
        for place, snapshot in enumerate(site.history):
            site.now = snapshot.at
            runs = make_due(desk)
            if place in points:
                kills += 1
                hits += kill_during_a_poll(desk, site, bells, draw, unanswered=bool(kills % 2))
            polled(desk, bells, runs)
            held = {row["stable_id"] for row in desk.rows("SELECT stable_id FROM verification_sourceitem")}
            assert held == set(newsroom.shown_by(snapshot.at)), f"after snapshot {place}"
        assert hits >= KILLS / 2, f"only {hits} polls were under way when they were killed"

        deadline = time.monotonic() + 180
        while desk.number("verification_sourceitem WHERE state = 'due'"):
            assert time.monotonic() < deadline, desk.rows("SELECT * FROM claims_work WHERE done_at IS NULL")
            bells.ring()
            time.sleep(0.3)
        stored = desk.rows("SELECT stable_id, text, superseded_at FROM verification_document")
        current = {row["stable_id"]: row["text"] for row in stored if row["superseded_at"] is None}
        assert len(current) == ITEMS
        assert len({(row["stable_id"], row["text"]) for row in stored}) == len(stored)
        # What was edited while the feed showed it reads as it did in the end.
        assert all(newsroom.text(number, site.now) in current[f"item-{number}"] for number in newsroom.versions)
        assert desk.number("claims_work WHERE quarantined_at IS NOT NULL") == 0
        assert any(len(edits) > 1 for edits in newsroom.versions.values())


@pytest.mark.skipif(not HANDED_IN.exists(), reason="the history of real feeds was not handed in")
@pytest.mark.parametrize("folder", ["wh-rss", "state-dept-press-releases"])
def test_real_feeds_replayed_miss_no_item_and_store_none_twice(tmp_path: Path, folder: str) -> None:
    history = history_of(HANDED_IN, folder)
    assert len(history) > 30
    expected: set[str] = set()
    with ReplaySite(history=history, robots="User-agent: *\nAllow: /\n") as site, Desk(tmp_path / "desk") as desk:
        bells = open_desk(desk, site, inline=True)
        for place, snapshot in enumerate(history):
            site.now = snapshot.at
            polled(desk, bells, make_due(desk))
            expected |= {item.get("id") or item.link for item in feedparser.parse(snapshot.body).entries}
            held = {row["stable_id"] for row in desk.rows("SELECT stable_id FROM verification_sourceitem")}
            assert held == expected, f"after snapshot {place}"
        assert desk.number("verification_sourceitem") == len(expected)
