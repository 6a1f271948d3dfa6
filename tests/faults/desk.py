"""A whole desk of its own for one test: servers, workers and beat as real processes, driven from outside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import psycopg.rows
import redis

from config.embedded import Servers, provide

BASE = Path(__file__).parents[2]


def sentence(number: int) -> str:
    """Return a checkable sentence of our own, unlike any other number's."""
    return f'"We moved {number + 100} crates of lamp oil to the northern sheds," harbour warden Ada Quillfeather said.'


@dataclass
class Desk:
    """Servers in `state`, and the processes that were started against them."""

    state: Path
    env: dict[str, str] = field(default_factory=dict)
    running: ExitStack = field(default_factory=ExitStack)
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    servers: Servers | None = None
    worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Desk":
        keep = {name: value for name, value in os.environ.items() if name not in URLS}
        self.env = keep | {"READOUT_STATE": str(self.state), "PYTHONUNBUFFERED": "1"}
        self.servers = self.running.enter_context(provide(self.env, self.state))
        self.manage("migrate", "--verbosity", "0")
        return self

    def __exit__(self, *_: object) -> None:
        for child in self.children:
            kill_group(child)
        self.running.close()

    def manage(self, *arguments: str, given: str = "") -> str:
        """Run a command of the desk and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=BASE, env=self.env, input=given, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def celery(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a Celery process in a group of its own, its output in the state folder."""
        log = (self.state / f"celery-{len(self.children)}.log").open("wb")
        command = [sys.executable, "-m", "celery", "-A", "config", *arguments]
        child = subprocess.Popen(command, cwd=BASE, env=self.env, stdout=log, stderr=log, start_new_session=True)
        self.children.append(child)
        return child

    def keep_worker(self) -> subprocess.Popen[bytes]:
        """Start a worker with two children where none runs, as the supervisor does, and return the one that runs."""
        if self.worker is None or self.worker.poll() is not None:
            self.worker = self.celery("worker", "--concurrency", "2", "--loglevel", "INFO")
        return self.worker

    def kill_worker(self) -> None:
        """Kill the worker and its children."""
        kill_group(self.keep_worker())

    def kill_child(self) -> None:
        """Kill one of the worker's children, as the kernel does when memory runs out."""
        self.wait_for(lambda: bool(children_of(self.keep_worker().pid)))
        os.kill(children_of(self.keep_worker().pid)[0], signal.SIGKILL)

    def beat(self) -> subprocess.Popen[bytes]:
        """Start the beat that sweeps."""
        return self.celery("beat", "--schedule", str(self.state / "beat"))

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Ask the database; an answer that never came (it is restarting) is asked for again."""
        for _ in range(100):
            try:
                with psycopg.connect(self.env["DATABASE_OWNER_URL"], row_factory=psycopg.rows.dict_row) as connection:
                    return connection.execute(query.encode()).fetchall()
            except psycopg.OperationalError:
                time.sleep(0.1)
        raise TimeoutError("the database did not come back")

    def number(self, query: str) -> int:
        """Return the one number that a query asks for."""
        return int(next(iter(self.rows(f"SELECT count(*) AS n FROM {query}")[0].values())))

    def wait_for(self, condition: Callable[[], bool], seconds: float = 120) -> None:
        """Look ten times a second until the condition holds."""
        deadline = time.monotonic() + seconds
        while not condition():
            if self.worker is not None:
                # A worker whose child is killed before it is up gives up; then it is started again.
                self.keep_worker()
            if time.monotonic() > deadline:
                state = self.rows("SELECT kind, attempts, last_error, done_at, quarantined_at FROM claims_work")
                raise TimeoutError(f"not within {seconds} s; work: {state[-5:]}")
            time.sleep(0.1)

    def flush_broker(self) -> None:
        """Lose every message."""
        with redis.Redis.from_url(self.env["REDIS_URL"]) as client:
            client.flushall()

    def crash_database(self) -> None:
        """Shut PostgreSQL down as a power cut would, and start it again."""
        pid_file = next(self.state.glob("embedded/*/postmaster.pid"), None) or next(self.state.rglob("postmaster.pid"))
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
        assert self.servers is not None
        time.sleep(0.3)
        self.servers.revive()


URLS = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"}


def children_of(pid: int) -> list[int]:
    """Return a process's children, oldest first."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and everything it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
