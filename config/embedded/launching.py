"""Starting, awaiting and stopping a server that outlives the process which starts it."""

import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from config.embedded import logfiles
from config.embedded.errors import EmbeddedError, PortTakenError, disk_full
from config.embedded.identity import Identity, environment
from config.embedded.processes import gone, send

# Replaying 2 GB of write-ahead log after a crash takes a small machine a minute or two.
READY_WITHIN = 180.0
# Below the range from which Linux and macOS draw the ports of outgoing connections, so that it is still free next time.
PORTS = range(20_000, 32_000)
# The shell starts the server in a session of its own and leaves: no Ctrl-C reaches it, and init reaps it.
IN_THE_BACKGROUND = '"$@" >&2 & echo $!'


def launch(arguments: list[str], log: Path, identity: Identity) -> int:
    """Start a server in the background, its output appended to `log` (mode 0600), and return its pid."""
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        started = subprocess.run(
            ["/bin/sh", "-c", IN_THE_BACKGROUND, "sh", *identity.prefix, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=descriptor,
            check=True,
            env=environment(),
            cwd="/",
            start_new_session=True,
            umask=0o077,
            **identity.switch(),
        )
    finally:
        os.close(descriptor)
    return int(started.stdout)


def wait_until(ready: Callable[[], bool], pid: int, name: str, within: float = READY_WITHIN) -> bool:
    """Wait until a server is ready; False when it ended first.

    Raises EmbeddedError when it is neither after `within` seconds.
    """
    deadline = time.monotonic() + within
    while not ready():
        if gone(pid, within=0):
            return False
        if time.monotonic() > deadline:
            raise EmbeddedError(
                f"{name} (process {pid}) is not ready after {within:.0f} s, perhaps repairing itself after a crash: "
                "wait, then start again."
            )
        time.sleep(0.02)
    return True


def stop(pid: int, *steps: tuple[int, float]) -> None:
    """Send each signal in turn until the process is gone, waiting the seconds beside it."""
    for number, seconds in (*steps, (signal.SIGKILL, 5.0)):
        send(pid, number)
        if gone(pid, seconds):
            return


def why_it_failed(name: str, said: str, log: Path) -> EmbeddedError:
    """Return what a server's own words come to."""
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return disk_full(log.parent)
    if "Address already in use" in said:
        return PortTakenError(f"{name} found its port taken by another program: start again.")
    return EmbeddedError(f"{name} did not start: {logfiles.last_line(said)} (the whole story is in {log}).")


def is_free(port: int) -> bool:
    """Say whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket() as probe:
        # As the servers do: a port whose last connections are still winding down is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    for _ in range(200):
        if is_free(port := secrets.choice(PORTS)):
            return port
    raise EmbeddedError("No free port was found between 20000 and 32000: stop some programs and start again.")
