"""Keeping programs running: restart what dies, ever more slowly while it keeps dying."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field

from config.embedded import EmbeddedError, Servers, logfiles
from config.embedded.processes import send
from config.supervisor.child import Place, Program, end, last_words, spawn
from config.supervisor.terminal import Wish, say

LOOK_EVERY = 0.1
CAP_LOGS_EVERY = 30.0
KEEPS_ENDING = 4


@dataclass(slots=True)
class Pace:
    """How long to wait before the next try: `first` seconds, doubled up to `longest`, forgotten after `healthy`."""

    first: float = 1.0
    longest: float = 30.0
    healthy: float = 60.0
    failures: int = 0

    def wait(self, lasted: float) -> float:
        """Note a failure after `lasted` seconds of health and return the seconds to wait."""
        self.failures = 1 if lasted >= self.healthy else self.failures + 1
        return min(self.longest, self.first * 2.0 ** min(self.failures - 1, 30))


@dataclass(slots=True)
class Kept:
    """A program that is to run for as long as we do, from the moment `due` of the monotonic clock on."""

    program: Program
    place: Place
    environ: Mapping[str, str]
    due: float = 0.0
    pace: Pace = field(default_factory=Pace)
    process: "subprocess.Popen[bytes] | None" = None
    _since: float = 0.0

    def tend(self, now: float) -> None:
        """Start the program when it is due; note that it ended."""
        if self.process is None:
            if now >= self.due:
                self._start(now)
        elif (status := self.process.poll()) is not None:
            # Its own children may have outlived it.
            send(self.process.pid, signal.SIGKILL, group=True)
            self.process = None
            self._failed(now, f"signal {-status}" if status < 0 else f"exit code {status}")

    def _start(self, now: float) -> None:
        self._since = now
        try:
            self.process = spawn(self.program, self.place, self.environ)
        except OSError as error:
            self._failed(now, error.strerror or str(error))

    def _failed(self, now: float, how: str) -> None:
        wait = self.pace.wait(now - self._since)
        self.due = now + wait
        if self.pace.failures == 1:
            say(f"{self.program.name} ended ({how}); starting it again in {wait:.0f} s.")
        elif self.pace.failures == KEEPS_ENDING:
            said, log = last_words(self.program, self.place), self.place.log(self.program)
            say(f"{self.program.name} keeps ending ({how}): {said} — still trying; the whole story is in {log}.")


@dataclass(slots=True)
class Mending:
    """The embedded servers, started again when they die."""

    servers: Servers
    environ: MutableMapping[str, str]
    pace: Pace = field(default_factory=Pace)
    _since: float = 0.0
    _next: float = 0.0
    _said: str = ""

    def tend(self, now: float) -> bool:
        """Start again what died; True when its address changed, so that its clients must be started again too."""
        if now < self._next or not (dead := self.servers.dead()):
            return False
        before = dict(self.environ)
        self._next = now + self.pace.wait(now - self._since)
        self._since = now
        try:
            self.servers.revive()
        except EmbeddedError as error:
            if str(error) != self._said:
                self._said = str(error)
                say(self._said)
            return False
        self._said = ""
        say(f"{' and '.join(dead)} had stopped; started again.")
        return before != dict(self.environ)


def watch(
    programs: Sequence[Kept], wish: Wish, mending: Mending | None = None, also: Callable[[], None] = lambda: None
) -> None:
    """Keep `programs` running until somebody wishes to end, then end them all; call `also` at each look."""
    caps_at = 0.0
    try:
        while not wish.to_end():
            now = time.monotonic()
            if mending and mending.tend(now):
                _end_all(programs, wish)
            for program in programs:
                program.tend(now)
            also()
            if now >= caps_at:
                caps_at = now + CAP_LOGS_EVERY
                _cap_logs(programs)
            time.sleep(LOOK_EVERY)
    finally:
        _end_all(programs, wish)


def _end_all(programs: Sequence[Kept], wish: Wish) -> None:
    running = {kept.process.pid: kept.process for kept in programs if kept.process is not None}
    end(running, lambda pid: running[pid].poll() is not None, wish.to_end_now)
    for kept in programs:
        kept.process, kept.due = None, 0.0
        kept.place.pid_file(kept.program).unlink(missing_ok=True)


def _cap_logs(programs: Sequence[Kept]) -> None:
    for place in {kept.place for kept in programs}:
        for log in (*(place.state / "log").glob("*.log"), *(place.state / "embedded").glob("*.log")):
            # A log on a full disk must not end what still runs.
            with contextlib.suppress(OSError):
                logfiles.cap(log)
