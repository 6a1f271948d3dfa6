"""One supervisor a folder: a lock that the kernel drops when its holder dies, however it dies."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded.processes import command_line, send
from config.supervisor.errors import StartError

LOCK = "supervisor.lock"
# The children's 10 s, and PostgreSQL's last checkpoint.
STOPS_WITHIN = 90.0


@contextmanager
def only_here(folder: Path, address: str) -> Iterator[None]:
    """Hold the lock in `folder`, with our pid and `address` for whoever comes second.

    Raises StartError when another supervisor holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _locked(descriptor):
            holder = _holder(folder)
            raise StartError(
                f"Readout already runs from this folder, at {holder['address']} (process {holder['pid']}): stop that "
                "one with Ctrl-C or `make stop`."
            )
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "address": address}).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def stop_other(folder: Path) -> bool:
    """Ask the supervisor that holds the lock in `folder` to end, and wait for it; False when there is none."""
    if not (folder / LOCK).exists():
        return False
    descriptor = os.open(folder / LOCK, os.O_RDWR)
    try:
        if _locked(descriptor):
            return False
        pid = int(_holder(folder)["pid"])
        if "config.supervisor" in (command_line(pid) or ""):
            send(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOPS_WITHIN
        while not _locked(descriptor):
            if time.monotonic() > deadline:
                raise StartError(
                    f"Readout (process {pid}) does not stop: end it with `kill -9 {pid}`, then `make stop`."
                )
            time.sleep(0.1)
    finally:
        os.close(descriptor)
    return True


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(folder: Path) -> dict[str, str]:
    try:
        holder = json.loads((folder / LOCK).read_text(encoding="utf-8"))
        return {"pid": str(holder["pid"]), "address": str(holder["address"])}
    except (ValueError, KeyError, TypeError):
        # Looked at between its start and its first word.
        return {"pid": "0", "address": "an address it has yet to say"}
