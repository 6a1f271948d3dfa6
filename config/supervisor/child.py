"""One program as a child process: started, noted on disk, ended with all its own children."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from config.embedded import logfiles
from config.embedded.processes import birth, send

# A worker that was told to end gets this long to finish the task in hand.
WARM_SECONDS = 10.0
PR_SET_PDEATHSIG = 1  # prctl(2)
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, as words that no shell sees, and the name of its log and pid file."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where programs run (`root`), and where they leave logs and pid files (below `state`)."""

    root: Path
    state: Path

    def log(self, program: Program) -> Path:
        """Return the file that holds what a program prints."""
        return self.state / "log" / f"{program.name}.log"

    def pid_file(self, program: Program) -> Path:
        """Return the file that says which process runs a program."""
        return self.state / "run" / f"{program.name}.pid"


def spawn(
    program: Program, place: Place, environ: Mapping[str, str], on_terminal: bool = False
) -> "subprocess.Popen[bytes]":
    """Start a program in a process group of its own, which dies with us; raises OSError.

    It prints to its log; with `on_terminal`, what is not an error goes to ours.
    """
    log = place.log(program)
    log.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        process = subprocess.Popen(
            program.arguments,
            cwd=place.root,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=None if on_terminal else descriptor,
            stderr=descriptor,
            # Ctrl-C in the terminal is for us alone: we end the children in order.
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),
        )
    finally:
        os.close(descriptor)
    with contextlib.suppress(OSError):
        place.pid_file(program).parent.mkdir(parents=True, exist_ok=True)
        place.pid_file(program).write_text(f"{process.pid} {birth(process.pid)}\n", encoding="ascii")
    return process


def last_words(program: Program, place: Place) -> str:
    """Return the line of a program's log that tells most."""
    return logfiles.last_line(logfiles.text(place.log(program)))


def end(groups: Iterable[int], is_gone: Callable[[int], bool], hurry: Callable[[], bool]) -> None:
    """End process groups: SIGTERM to each leader, `WARM_SECONDS` to finish, then SIGKILL to whoever is left in them."""
    waiting = set(groups)
    everyone = frozenset(waiting)
    for pid in waiting:
        send(pid, signal.SIGTERM)
    deadline = time.monotonic() + WARM_SECONDS
    while waiting and time.monotonic() < deadline and not hurry():
        time.sleep(0.02)
        waiting = {pid for pid in waiting if not is_gone(pid)}
    for pid in everyone:
        send(pid, signal.SIGKILL, group=True)


def end_orphans(folder: Path) -> None:
    """End what a killed supervisor left running, by the pid files in `folder`."""
    orphans = []
    for file in folder.glob("*.pid"):
        pid, _, born = file.read_text(encoding="ascii", errors="replace").strip().partition(" ")
        # The number alone may be another program's by now.
        if pid.isdigit() and born and birth(int(pid)) == born:
            orphans.append(int(pid))
    if orphans:
        end(orphans, lambda pid: birth(pid) is None, lambda: False)
    for file in folder.glob("*.pid"):
        file.unlink(missing_ok=True)


def _die_with(parent: int) -> Callable[[], None] | None:
    """Return what a new child does first on Linux: ask the kernel for SIGTERM when `parent` dies, however it dies."""
    libc = LIBC
    if libc is None:
        return None

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask
