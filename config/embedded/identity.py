"""As whom the servers run. PostgreSQL refuses to run as root, so root lends it another number."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from config.embedded.errors import EmbeddedError

# 65534 is `nobody` on Linux. Inside its own user namespace the server has that number and no power over the machine,
# outside it still owns root's files: no account is needed, and no chown.
UNSHARE = ("--user", "--map-user=65534", "--map-group=65534")


class Switch(TypedDict, total=False):
    """The arguments of `subprocess` that change to an account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Identity:
    """Words to put before a server's command line, and the account to change to ("" for our own)."""

    prefix: tuple[str, ...] = ()
    account: str = ""

    def run(
        self, arguments: list[str], stdin: str = "", timeout: float | None = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end under this identity and return what it printed (stderr joined to stdout)."""
        return subprocess.run(
            [*self.prefix, *arguments],
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
            env=environment(),
            cwd="/",
            start_new_session=True,
            umask=0o077,
            **self.switch(),
        )

    def switch(self) -> "Switch":
        """Return the arguments of `subprocess` that change to the account."""
        if not self.account:
            return {}
        entry = pwd.getpwnam(self.account)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file, or a folder with all it holds, to this identity, if root runs and it is another's."""
        uid, gid = os.geteuid(), os.getegid()
        if self.account:
            entry = pwd.getpwnam(self.account)
            uid, gid = entry.pw_uid, entry.pw_gid
        if os.geteuid() != 0 or path.stat().st_uid == uid:
            return
        for folder, _, files in os.walk(path):
            for place in (folder, *(os.path.join(folder, name) for name in files)):  # noqa: PTH118 (os.walk speaks str)
                os.chown(place, uid, gid, follow_symlinks=False)
        os.chown(path, uid, gid)

    def must_reach(self, folder: Path, program: Path) -> None:
        """Raise EmbeddedError when the account cannot enter `folder` or run `program`."""
        if (
            self.account
            and self.run(["/bin/sh", "-c", 'cd "$1" && test -x "$2"', "sh", str(folder), str(program)]).returncode
        ):
            raise EmbeddedError(
                f"PostgreSQL does not run as root, this machine refuses user namespaces, and `{self.account}` cannot "
                f"enter {folder} or the folder of {program}: start Readout as an ordinary user, or from a folder that "
                "every user may enter."
            )


def choose() -> Identity:
    """Return the identity that works here: our own, or for root a user namespace, or else the account `nobody`."""
    if os.geteuid() != 0:
        return Identity()
    if unshare := shutil.which("unshare"):
        namespace = Identity(prefix=(unshare, *UNSHARE))
        if namespace.run(["/bin/sh", "-c", ":"]).returncode == 0:
            return namespace
    try:
        pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedError(
            "PostgreSQL does not run as root, and this machine has neither user namespaces nor an account `nobody`: "
            "start Readout as an ordinary user."
        ) from None
    return Identity(account="nobody")


def environment() -> dict[str, str]:
    """Return the variables a server gets: none of ours that hold secrets, no PG* that would redirect it.

    Its messages are in English, because `launching` reads them.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
    return {**kept, "HOME": "/", "LC_ALL": "C", "TZ": "UTC"}
