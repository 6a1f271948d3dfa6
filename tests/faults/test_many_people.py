"""Sixty-four people at one desk, turns that run out, and processes that die: nothing is lost, stuck or done twice."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.desk import BASE, Desk, children_of, kill_group
from verification.review.states import log_lines

SECONDS = int(os.environ.get("READOUT_CHAOS_SECONDS", "60"))
PEOPLE, PROCESSES, CASES = 64, 8, 240

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200 + 3 * SECONDS)]

# Who has which case is told by open turns: of the hat that the state asks for, and of nobody else.
ON_DESKS = """
    SELECT review.id, review.state, turns.first, turns.second FROM verification_review AS review, LATERAL (
      SELECT count(*) FILTER (WHERE hat = 'first') AS first, count(*) FILTER (WHERE hat = 'second') AS second
      FROM verification_turn WHERE review_id = review.id AND closed_at IS NULL
    ) AS turns WHERE NOT CASE
      WHEN review.state IN ('researching', 'awaiting_source', 'awaiting_reply') THEN first = 1 AND second = 0
      WHEN review.state = 'second_check' THEN first = 0 AND second <= 1
      WHEN review.state = 'on_hold' THEN first <= 1 AND second = 0
      ELSE first = 0 AND second = 0 END
"""
WRONG_HANDS = """
    SELECT turn.id FROM verification_turn AS turn JOIN verification_duty AS duty ON duty.id = turn.duty_id
    JOIN verification_review AS review ON review.id = turn.review_id
    WHERE turn.closed_at IS NULL AND (duty.cycle <> review.cycle OR duty.hat <> turn.hat OR duty.review_id <> review.id)
"""
TWO_HATS = """
    SELECT review_id, cycle, person_id FROM verification_duty WHERE waiver_id IS NULL
    GROUP BY review_id, cycle, person_id HAVING count(*) > 1
"""
COUNTED = """
    SELECT verb, count(*) AS n FROM verification_reviewevent
    WHERE verb NOT IN ('opened', 'plan', 'accept') GROUP BY verb ORDER BY n DESC
"""
MUST_HAPPEN = {"take", "assign", "propose", "hand_back", "hand_over", "turn_ran_out", "approve", "publish"}
LINES = "SELECT DISTINCT verb, from_state, to_state FROM verification_reviewevent"


def part(desk: Desk, name: str, *numbers: int) -> subprocess.Popen[bytes]:
    """Start one part of `people_at_work` in a process group of its own; what goes wrong there is kept."""
    command = [sys.executable, "-m", "tests.faults.people_at_work", name, *map(str, numbers)]
    with (desk.state / f"{name}.log").open("ab") as log:
        child = subprocess.Popen(command, cwd=BASE, env=desk.env, stdout=log, stderr=log, start_new_session=True)
    desk.children.append(child)
    return child


def done(desk: Desk, name: str, *numbers: int) -> None:
    """Run a part to its end."""
    assert part(desk, name, *numbers).wait() == 0, said(desk, name)


def said(desk: Desk, name: str) -> str:
    """Return what went wrong in a part."""
    return (desk.state / f"{name}.log").read_text(errors="replace")[-4000:]


def assert_in_order(desk: Desk) -> None:
    """Check what has to be true whenever nobody is in the middle of something."""
    assert desk.rows(ON_DESKS) == []
    assert desk.rows(WRONG_HANDS) == []
    assert desk.rows(TWO_HATS) == []
    outside = {(row["verb"], row["from_state"], row["to_state"]) for row in desk.rows(LINES)} - log_lines()
    assert outside == set()
    assert "The log holds" in desk.manage("verify_log")


def test_sixty_four_people_work_while_turns_run_out_and_processes_are_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Desk(tmp_path / "desk") as desk:
        done(desk, "queue", CASES, PEOPLE)
        crowd, chance, kills = part(desk, "work", PROCESSES), random.Random(5), 0
        desk.wait_for(lambda: desk.number("verification_turn") > 0)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            time.sleep(chance.uniform(0.2, 4))
            os.kill(chance.choice(children_of(crowd.pid)), signal.SIGKILL)
            kills += 1
        kill_group(crowd)
        assert said(desk, "work") == ""
        assert_in_order(desk)
        counted = {row["verb"]: row["n"] for row in desk.rows(COUNTED)}
        with capsys.disabled():
            sys.stdout.write(f"\n{PEOPLE} people, {SECONDS} s, {kills} processes killed: {counted}\n")
        assert kills >= SECONDS / 4
        assert set(counted) >= MUST_HAPPEN

        done(desk, "finish")
        assert desk.rows("SELECT id, state FROM verification_review WHERE state <> 'published'") == []
        assert_in_order(desk)
