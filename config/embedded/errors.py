"""What goes wrong with the embedded servers, in one sentence for the person at the terminal.

EmbeddedError
└── PortTakenError      another program holds the port; `servers` then tries another one
"""

import errno
import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
NOT_OURS = {errno.EACCES, errno.EPERM, errno.EROFS}


class EmbeddedError(Exception):
    """The embedded servers cannot be had; the text is one sentence that says what to do."""


class PortTakenError(EmbeddedError):
    """Another program listens on the port that a server was to have."""


def disk_full(folder: Path) -> EmbeddedError:
    """Return the error for a disk without room."""
    return EmbeddedError(f"The disk that holds {folder} is full: free some space and start again.")


@contextmanager
def told_in_words(folder: Path) -> Iterator[None]:
    """Turn an OSError about a file below `folder` into an EmbeddedError."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_SPACE:
            raise disk_full(folder) from error
        path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else folder
        if error.errno in NOT_OURS:
            raise EmbeddedError(
                f"{path} may not be used by this account ({_account(os.geteuid())}): start Readout as the account that "
                f"owns it ({_owner(path)}), or give {folder} to this one."
            ) from error
        raise EmbeddedError(
            f"{path} cannot be used ({error.strerror or error}): mend that, or name your own servers with "
            "DATABASE_URL and REDIS_URL."
        ) from error


def _owner(path: Path) -> str:
    """Return the account that owns `path`, or the nearest folder above it that can be seen."""
    for place in (path, *path.parents):
        try:
            return _account(place.stat().st_uid)
        except OSError:
            continue
    return "unknown"


def _account(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
