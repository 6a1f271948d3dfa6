"""pywb, the archive player that libraries use, in an environment of its own: it wants older packages than ours."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).resolve().parents[2] / "requirements" / "replaying.lock"


@dataclass(frozen=True)
class Replayed:
    """What the player answers: the bytes as it sends them, coded where the server had coded them."""

    status: int
    headers: dict[str, str]
    body: bytes


class Player:
    """pywb in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Make the environment. A machine that cannot is told why."""
        folder.mkdir()
        self._folder = folder
        self._programs = folder / "environment" / "bin"
        python = str(self._programs / "python")
        self._run(sys.executable, "-m", "uv", "venv", "--quiet", "--python", sys.executable, "environment")
        self._run(
            *(sys.executable, "-m", "uv", "pip", "install", "--quiet"),
            *("--require-hashes", "--python", python, "-r", str(LOCK)),
        )

    def add(self, collection: str, files: Sequence[Path], *options: str) -> None:
        """Make a collection of WARC files, or of what a WACZ file holds."""
        manager = str(self._programs / "wb-manager")
        self._run(manager, "init", collection)
        self._run(manager, "add", *options, collection, *map(str, files))

    def keys(self, urls: Sequence[str]) -> list[str]:
        """Return under which key the player looks each address up."""
        program = "import sys, surt\nfor url in sys.argv[1:]: print(surt.surt(url))"
        return self._run(str(self._programs / "python"), "-c", program, *urls).splitlines()

    @contextmanager
    def playing(self) -> Iterator[int]:
        """Run the player and yield its port."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        said = (self._folder / "player.log").open("wb")
        process = subprocess.Popen(
            [str(self._programs / "wayback"), "-b", "127.0.0.1", "-p", str(port)],
            cwd=self._folder,
            env=self._environment(),
            stdout=said,
            stderr=said,
        )
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)
            said.close()

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, cwd=self._folder, env=self._environment(), capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def _environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


def replayed(port: int, collection: str, moment: str, url: str) -> Replayed:
    """Ask the player for the exact bytes of an address at a time (14 digits, UTC)."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", f"/{collection}/{moment}id_/{url}", headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Replayed(response.status, headers, response.read())
    finally:
        connection.close()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "the player ended: see player.log"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the player did not answer within a minute")
