"""A worker killed in the middle of writing to subscribers: nobody is left out, and one letter at most comes twice."""

from collections import Counter
from pathlib import Path

import pytest

from tests.faults.desk import Desk
from tests.verification.people.smtp_sink import MailSink

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]
READERS, CHECKS = 4, 2
BEGIN = """
from tests.verification.publishing.rows import publish
from tests.verification.publishing.subscribing.readers import subscribed
for number in range({readers}):
    subscribed(f"gull{{number}}@port.example")
for _ in range({checks}):
    publish()
"""


def test_a_worker_killed_while_it_writes_leaves_nobody_out_and_doubles_one_letter_at_most(tmp_path: Path) -> None:
    with MailSink() as sink, Desk(tmp_path / "desk") as desk:
        desk.env |= {
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "MAIL_FROM": "desk@newsroom.example",
            "PUBLIC_URL": "https://checks.newsroom.example",
        }
        desk.manage("shell", "-v", "0", "-c", BEGIN.format(readers=READERS, checks=CHECKS))
        sink.pause = 0.5
        desk.beat()
        desk.keep_worker()
        desk.wait_for(lambda: len(sink.taken) >= 3)
        desk.kill_worker()
        desk.flush_broker()
        noted = desk.number("verification_subscribermail")
        assert noted < READERS * CHECKS, "nothing was left to lose"
        sink.pause = 0.0
        desk.wait_for(lambda: desk.number("verification_subscribermail") == READERS * CHECKS)
        desk.wait_for(
            lambda: desk.number("claims_work WHERE kind = 'verification.subscriber_mail' AND done_at IS NULL") == 0
        )

        ids = Counter(str(each["Message-ID"]).strip() for each in sink.taken)
        assert len(ids) == READERS * CHECKS
        assert sorted(ids.values())[:-1] == [1] * (READERS * CHECKS - 1)
        assert max(ids.values()) <= 2
        each = Counter(str(mail["To"]) for mail in sink.taken if ids[str(mail["Message-ID"]).strip()] == 1)
        assert len(each) == READERS
