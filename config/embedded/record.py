"""What must be the same at the next start: the passwords made at the first one, and the ports."""

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

ACCOUNTS = ("postgres", "readout_owner", "readout_app", "valkey")


@dataclass(slots=True)
class Record:
    """`servers.json` (mode 0600): a password for each account, a port for each server.

    `is_new` says that the passwords were made just now, so that no running server knows them.
    """

    path: Path
    passwords: dict[str, str] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    is_new: bool = False

    @classmethod
    def load(cls, path: Path) -> "Record":
        """Return the record on disk, or a new one where there is none or half of one."""
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            passwords = {name: str(stored["passwords"][name]) for name in ACCOUNTS}
            return cls(path, passwords, {name: int(port) for name, port in stored["ports"].items()})
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            return cls(path, {name: secrets.token_urlsafe(24) for name in ACCOUNTS}, is_new=True)

    def save(self) -> None:
        """Write the record so that a crash leaves the old one or the new one."""
        write_privately(self.path, json.dumps({"passwords": self.passwords, "ports": self.ports}, indent=1))


def write_privately(path: Path, text: str) -> None:
    """Replace a file, never readable by others, in one step that survives a power cut."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
