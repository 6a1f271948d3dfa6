"""A worker killed in the middle of telling a receiver: no event is lost, and none comes under a second id."""

from functools import partial
from pathlib import Path

import pytest

from tests.faults.desk import Desk
from tests.verification.publishing.webhooks.receiver import HOST, Receiver

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]
EVENTS = 8
PUBLISH = """
import uuid
from tests.people import make_person
from tests.verification.publishing.rows import publish
from verification.publishing.webhooks.setting import Wanted, make
make(make_person("administrator"), Wanted("The Mole Lantern", {url!r}), "https://desk.example", uuid.uuid4())
for _ in range({events}):
    publish()
"""


def heard(receiver: Receiver, number: int) -> bool:
    return len(receiver.requests) >= number


def test_a_worker_killed_while_it_tells_loses_no_event_and_gives_none_a_second_id(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path / "desk") as desk:
        desk.env["FETCH_PRIVATE_TARGETS"] = f"{HOST}=127.0.0.1:{receiver.port}"
        desk.manage("shell", "-v", "0", "-c", PUBLISH.format(url=receiver.url, events=EVENTS))
        receiver.behave(pause=0.4)
        desk.beat()
        desk.keep_worker()
        desk.wait_for(partial(heard, receiver, 3))
        desk.kill_worker()
        desk.flush_broker()
        assert desk.number("verification_webhookmessage WHERE delivered_at IS NULL") > 0, "nothing was left to lose"
        receiver.behave()
        desk.wait_for(lambda: desk.number("verification_webhookmessage WHERE delivered_at IS NOT NULL") == EVENTS)

        assert desk.number("verification_webhookmessage") == EVENTS
        stored = {str(row["public"]) for row in desk.rows("SELECT public FROM verification_webhookmessage")}
        by_event: dict[str, set[str]] = {}
        for each in receiver.taken:
            by_event.setdefault(each.told["data"]["version_url"], set()).add(each.id)
        assert len(by_event) == EVENTS
        assert all(len(ids) == 1 for ids in by_event.values())
        assert {each.id for each in receiver.taken} == stored
        assert desk.number("claims_work WHERE quarantined_at IS NOT NULL") == 0
