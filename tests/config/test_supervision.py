"""Keeping children running, and ending them: real processes, real signals, small stand-ins for web and worker."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.embedded.processes import birth, gone
from config.supervisor.child import end_orphans
from config.supervisor.watch import Pace
from tests.config.conftest import ROOT

SLEEP = ["sleep", "60"]
# Says the pid of a child of its own, then ignores every polite signal, as does that child.
DEAF = [
    "sh",
    "-c",
    "trap '' TERM INT; sh -c 'trap \"\" TERM INT; echo $$; while :; do sleep 1; done' & while :; do sleep 1; done",
]
Start = Callable[[dict[str, list[str]]], "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts the stand-in and waits until its programs run."""
    started: list[subprocess.Popen[str]] = []

    def begin(programs: dict[str, list[str]]) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.config.stand_in", str(tmp_path), json.dumps(programs)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()
    end_orphans(tmp_path / "run")


def _line(process: "subprocess.Popen[str]", holding: str) -> str:
    assert process.stdout
    for line in process.stdout:
        if holding in line:
            return line
    raise AssertionError(f"{holding!r} was never said")


def _pid(folder: Path, name: str) -> int:
    return int((folder / "run" / f"{name}.pid").read_text().split()[0])


def _until(holds: Callable[[], bool], within: float = 5.0) -> bool:
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_a_child_that_dies_is_started_again_and_the_person_is_told(tmp_path: Path, start: Start) -> None:
    supervisor = start({"web": SLEEP, "worker": SLEEP})
    _line(supervisor, "all run")
    web, worker = _pid(tmp_path, "web"), _pid(tmp_path, "worker")
    os.kill(worker, signal.SIGKILL)
    assert _line(supervisor, "worker ended") == "worker ended (signal 9); starting it again in 0 s.\n"
    assert _until(lambda: _pid(tmp_path, "worker") != worker and birth(_pid(tmp_path, "worker")) is not None)
    assert _pid(tmp_path, "web") == web


def test_a_child_that_keeps_dying_is_told_once_with_its_last_words_and_still_tried(
    tmp_path: Path, start: Start
) -> None:
    count = tmp_path / "count"
    supervisor = start({"worker": ["sh", "-c", f"echo . >> '{count}'; echo no bell >&2; exit 3"], "web": SLEEP})
    told = _line(supervisor, "keeps ending")
    assert told.startswith("worker keeps ending (exit code 3): no bell — still trying")
    assert str(tmp_path / "log" / "worker.log") in told
    tries = len(count.read_text())
    assert _until(lambda: len(count.read_text()) > tries + 4)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.stdout
    assert "worker" not in supervisor.stdout.read()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_child_and_the_exit_is_clean(tmp_path: Path, start: Start, number: signal.Signals) -> None:
    supervisor = start({"web": SLEEP, "worker": SLEEP})
    _line(supervisor, "all run")
    pids = [_pid(tmp_path, "web"), _pid(tmp_path, "worker")]
    supervisor.send_signal(number)
    assert supervisor.wait(5) == 0
    assert all(birth(pid) is None for pid in pids)
    assert list((tmp_path / "run").glob("*.pid")) == []


def test_a_second_ctrl_c_waits_for_nobody_and_leaves_no_grandchild(tmp_path: Path, start: Start) -> None:
    supervisor = start({"deaf": DEAF})
    _line(supervisor, "all run")
    log = tmp_path / "log" / "deaf.log"
    assert _until(lambda: log.read_text() != "")
    pids = [_pid(tmp_path, "deaf"), int(log.read_text())]
    supervisor.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert supervisor.poll() is None
    assert all(birth(pid) is not None for pid in pids)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(5) == 0
    assert all(gone(pid, within=2) for pid in pids)


@pytest.mark.faults
def test_a_deaf_child_and_its_own_children_are_killed_after_ten_seconds(tmp_path: Path, start: Start) -> None:
    supervisor = start({"deaf": DEAF})
    _line(supervisor, "all run")
    log = tmp_path / "log" / "deaf.log"
    assert _until(lambda: log.read_text() != "")
    pids = [_pid(tmp_path, "deaf"), int(log.read_text())]
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(15) == 0
    assert all(gone(pid, within=2) for pid in pids)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_children_of_a_killed_supervisor_end_with_it(tmp_path: Path, start: Start) -> None:
    supervisor = start({"web": SLEEP})
    _line(supervisor, "all run")
    web = _pid(tmp_path, "web")
    supervisor.kill()
    assert gone(web, within=5)


def test_the_next_supervisor_ends_what_a_killed_one_left_but_no_stranger_with_its_number(
    tmp_path: Path, start: Start
) -> None:
    run = tmp_path / "run"
    run.mkdir()
    with subprocess.Popen(SLEEP, start_new_session=True) as orphan, subprocess.Popen(SLEEP) as stranger:
        (run / "worker.pid").write_text(f"{orphan.pid} {birth(orphan.pid)}\n")
        (run / "web.pid").write_text(f"{stranger.pid} of another life\n")
        (run / "beat.pid").write_text("")
        _line(start({"web": SLEEP}), "all run")
        assert orphan.wait(5) == -signal.SIGTERM
        assert stranger.poll() is None
        stranger.kill()


def test_a_second_supervisor_in_the_same_folder_is_refused_with_the_address_of_the_first(
    tmp_path: Path, start: Start
) -> None:
    first = start({"web": SLEEP})
    _line(first, "all run")
    second = start({"web": SLEEP})
    _, said = second.communicate()
    assert f"already runs from this folder, at the address of the stand-in (process {first.pid})" in said
    assert first.poll() is None
    first.kill()
    first.wait()
    _line(start({"web": SLEEP}), "all run")


def test_the_pace_doubles_up_to_its_longest_and_forgets_after_health() -> None:
    pace = Pace()
    assert [pace.wait(lasted=0) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert pace.wait(lasted=60) == 1
    assert pace.wait(lasted=59) == 2
    for _ in range(2000):
        assert pace.wait(lasted=0) <= 30
