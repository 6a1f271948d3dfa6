"""A worker killed in the middle of telling a hub: the hub is told all of it in the end."""

from functools import partial
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.faults.desk import Desk
from tests.verification.publishing.webhooks.receiver import HOST, Receiver

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]
PUBLISH = """
from tests.people import make_person
from tests.verification.publishing.rows import publish
from verification.publishing.websub.setting import add
add(make_person("administrator"), {url!r})
for value in (1, 4, 5):
    publish(value=value)
"""
DESK = "https://checks.lantern.example"


def heard(receiver: Receiver) -> set[str]:
    return {topic for each in receiver.taken for topic in parse_qs(each.body.decode())["hub.topic"]}


def asked(receiver: Receiver, times: int) -> bool:
    return len(receiver.requests) >= times


def test_a_worker_killed_while_it_tells_a_hub_leaves_no_feed_untold(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path / "desk") as desk:
        desk.env["FETCH_PRIVATE_TARGETS"] = f"{HOST}=127.0.0.1:{receiver.port}"
        desk.env["PUBLIC_URL"] = DESK
        desk.manage("shell", "-v", "0", "-c", PUBLISH.format(url=receiver.url))
        receiver.behave(pause=0.4)
        desk.beat()
        desk.keep_worker()
        desk.wait_for(partial(asked, receiver, 4))
        desk.kill_worker()
        desk.flush_broker()
        assert desk.number("verification_hub WHERE told_at IS NOT NULL") == 0, "nothing was left to lose"
        receiver.behave()
        desk.wait_for(lambda: desk.number("verification_hub WHERE told_at IS NOT NULL AND due_at IS NULL") == 1)
        desk.wait_for(lambda: desk.number("claims_work WHERE kind = 'verification.hub' AND done_at IS NULL") == 0)

        ratings = [row["rating_label"] for row in desk.rows("SELECT DISTINCT rating_label FROM verification_verdict")]
        assert len(ratings) == 3
        told = heard(receiver)
        for form in ("atom", "rss", "json"):
            assert f"{DESK}/checks/feed.{form}" in told
            assert {f"{DESK}/checks/feed.{form}?rating={rating.replace(' ', '+')}" for rating in ratings} <= told
        assert desk.number("claims_work WHERE quarantined_at IS NOT NULL") == 0
