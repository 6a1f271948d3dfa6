"""Whatever dies, and whenever: every claim gets its candidates, once."""

from functools import partial
from pathlib import Path

import pytest

from tests.faults.desk import Desk, sentence

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]
ARTICLES = 20
SENTENCES = 6


def fill_library(desk: Desk, folder: Path) -> None:
    folder.mkdir()
    for number in range(30):
        text = f"---\ntitle: Remarks by the harbour warden, day {number}\ndate: '2031-05-{number + 1:02}'\n---\n\n"
        turn = f"WARDEN QUILLFEATHER: We moved {number + 100} crates of lamp oil to the northern sheds. It rained.\n"
        (folder / f"day-{number}.md").write_text(text + turn)
    desk.manage("import_documents", str(folder), "--source", "Port Example")


def queue_articles(desk: Desk) -> None:
    for article in range(ARTICLES):
        numbers = range(article * SENTENCES, (article + 1) * SENTENCES)
        body = "\n\n".join(sentence(number) for number in numbers)
        desk.manage("check_article", "-", "--queue", given=f"The harbour, part {article}\n\n{body}\n")


def all_done(desk: Desk) -> bool:
    """Say whether each article was read, each claim adopted, and no work is left."""
    return (
        desk.number("claims_article WHERE extracted_by IS NULL") == 0
        and desk.number("claims_claim c WHERE NOT EXISTS (SELECT 1 FROM verification_review r WHERE r.claim_id = c.id)")
        == 0
        and desk.number("claims_work WHERE done_at IS NULL") == 0
    )


def passed(desk: Desk, table: str, reached: int) -> bool:
    return desk.number(table) > reached


def assert_everything_once(desk: Desk) -> None:
    assert desk.number("claims_claim") == ARTICLES * SENTENCES
    assert desk.number("claims_work WHERE quarantined_at IS NOT NULL") == 0
    assert desk.number("verification_searchrun") == ARTICLES * SENTENCES
    assert desk.number("(SELECT DISTINCT claim_id FROM verification_searchrun) AS searched") == ARTICLES * SENTENCES
    assert desk.number("(SELECT DISTINCT claim_id FROM verification_candidate) AS found") == ARTICLES * SENTENCES
    assert "The log holds" in desk.manage("verify_log")


def test_workers_killed_at_ten_points_a_flushed_broker_and_a_crashed_database_lose_nothing(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk with a space") as desk:
        fill_library(desk, tmp_path / "library")
        queue_articles(desk)
        desk.beat()
        desk.keep_worker()

        # Ten points on the road, told by what the database holds: reading, reading half-way, adopting, searching, …
        points = [
            "claims_work WHERE kind = 'claims.extract' AND token IS NOT NULL",
            "claims_work WHERE kind = 'claims.extract' AND done_at IS NOT NULL",
            "claims_claim",
            "verification_review",
            "claims_work WHERE kind = 'verification.research' AND token IS NOT NULL",
            "verification_searchrun",
            "verification_searchrun OFFSET 10",
            "verification_searchrun OFFSET 20",
            "verification_searchrun OFFSET 30",
            "verification_searchrun OFFSET 40",
        ]
        for number, point in enumerate(points):
            table, _, offset = point.partition(" OFFSET ")
            reached = int(offset or 0)
            desk.wait_for(partial(passed, desk, table, reached))
            if number % 2:
                desk.kill_child()
            else:
                desk.kill_worker()
            assert not all_done(desk), f"nothing was left to lose at point {number}"
            if number == 4:
                desk.flush_broker()
            if number == 7:
                desk.crash_database()
        desk.wait_for(lambda: all_done(desk), 240)
        assert_everything_once(desk)


def test_work_queued_while_nothing_ran_is_found_when_the_workers_come(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk:
        fill_library(desk, tmp_path / "library")
        desk.manage("check_article", "-", "--queue", given=f"The harbour\n\n{sentence(3)}\n")
        desk.flush_broker()
        desk.beat()
        desk.keep_worker()
        desk.wait_for(lambda: desk.number("verification_candidate") > 0)
        assert desk.number("verification_searchrun") == 1
