"""Log files that do not grow for ever, and the one line in them that a person should read."""

import re
from pathlib import Path

# One file as it is and one as it was: 20 MB a program at most.
LARGEST = 10 * 1024 * 1024
READ_BACK = 64 * 1024


def set_aside(log: Path) -> None:
    """Rename a log that holds something, before its program starts: `web.log` becomes `web.log.1`."""
    if log.exists() and log.stat().st_size:
        log.replace(_older(log))


def cap(log: Path, largest: int = LARGEST) -> None:
    """Copy a log that grew too large aside and empty it, while its program keeps appending to it."""
    if log.exists() and log.stat().st_size > largest:
        _older(log).write_bytes(log.read_bytes())
        with log.open("r+b") as file:
            file.truncate(0)


def size(log: Path) -> int:
    """Return the size in bytes, 0 for a log that is not there."""
    return log.stat().st_size if log.exists() else 0


def text(log: Path, since: int = 0) -> str:
    """Return what a log says after the byte `since`, the last 64 KB of it at most."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(since, size(log) - READ_BACK, 0))
        return file.read().decode(errors="replace")


def last_line(said: str) -> str:
    """Return the line that tells most: the last one that PostgreSQL calls fatal, or the last one that is not blank."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    grave = [line for line in lines if re.search(r"\b(FATAL|PANIC|ERROR):", line)]
    line = (grave or lines or ["it printed nothing"])[-1]
    # PostgreSQL's "2026-01-31 10:00:00.000 UTC [123] FATAL:  " and Valkey's "123:M 31 Jan 2026 10:00:00.000 # ".
    return re.sub(r"^(\S+ \S+ \S+ \[\d+\]|\d+:[A-Z] \d+ \w+ \d+ [\d:.]+ \S)\s*", "", line)


def _older(log: Path) -> Path:
    return log.with_name(log.name + ".1")
