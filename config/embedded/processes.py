"""Which process is behind a number: a pid outlives its process as a zombie, and is given to another one later."""

import os
import subprocess
import time
from pathlib import Path

PROC = Path("/proc")
HAS_PROC = (PROC / "self" / "stat").exists()


def birth(pid: int) -> str | None:
    """Return what tells this process from a later one with the same number; None when it is gone or a zombie.

    Linux: the start time in clock ticks since boot (proc_pid_stat(5), field 22). Elsewhere: what `ps` prints.
    """
    if not HAS_PROC:
        state, _, started = _ps("state=,lstart=", pid).partition(" ")
        return started.strip() if state and not state.startswith("Z") else None
    try:
        stat = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # The command's name, in brackets, may itself hold blanks and brackets.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else fields[19]


def command_line(pid: int) -> str | None:
    """Return a process's arguments joined by blanks; None when it is gone or a zombie."""
    if not HAS_PROC:
        return _ps("command=", pid) if birth(pid) else None
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().rstrip(b"\0").replace(b"\0", b" ").decode(
            errors="replace"
        ) or None
    except OSError:
        return None


def gone(pid: int, within: float) -> bool:
    """Wait up to `within` seconds until the process is gone or a zombie; say whether it is."""
    deadline = time.monotonic() + within
    while birth(pid) is not None:
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.02)
    return True


def send(pid: int, number: int, group: bool = False) -> None:
    """Send a signal to a process, or to its group; one that is gone already is no error."""
    try:
        (os.killpg if group else os.kill)(pid, number)
    except ProcessLookupError:
        pass
    except PermissionError:
        # macOS says so of a group whose only member left is a zombie.
        if not group:
            raise


def _ps(columns: str, pid: int) -> str:
    done = subprocess.run(["ps", "-ww", "-o", columns, "-p", str(pid)], capture_output=True, text=True, check=False)
    return done.stdout.strip()
