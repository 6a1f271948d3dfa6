"""One PostgreSQL, run from the wheel: made, started, found again after a crash, stopped."""

import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from config.embedded import binaries, logfiles
from config.embedded.errors import EmbeddedError
from config.embedded.identity import Identity
from config.embedded.launching import launch, stop, wait_until, why_it_failed
from config.embedded.processes import command_line
from config.embedded.record import Record, write_privately

DATABASE = "readout"
OWNER, APPLICATION = "readout_owner", "readout_app"

# Independent of the machine's locales, so that an index means the same on the next machine.
INITDB = (
    "--username=postgres",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=scram-sha-256",
    "--no-instructions",
)
# Written to postgresql.conf once, for a machine of 2 cores and 4 GB; an operator may edit them there.
FIRST_SETTINGS = {
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "max_connections": "100",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
# Said at every start, above any file: acknowledged work is on disk, and only this machine can connect.
ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "synchronous_commit": "on",
    "logging_collector": "off",
    "log_destination": "stderr",
}
# For tests, whose database may die with the machine.
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}
# A killed postmaster holds its lock until init reaps it (1.8 s seen), its last children hold the shared memory.
STILL_HELD = ('lock file "postmaster.pid" already exists', "is still in use")
RELEASED_WITHIN = 10.0


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """The server whose data is in `folder`; it writes to `log`."""

    folder: Path
    log: Path
    identity: Identity
    record: Record
    durable: bool = True

    name = "PostgreSQL"

    def prepare(self) -> None:
        """Make the data folder where there is none; give the roles their passwords where these are new."""
        self.identity.must_reach(self.folder.parent, binaries.postgresql() / "postgres")
        if not self.folder.exists():
            self._make()
            return
        version = self.folder / "PG_VERSION"
        found = version.read_text(encoding="ascii").strip() if version.exists() else ""
        if not found:
            raise EmbeddedError(f"{self.folder} holds no whole database: move it away, then restore your last backup.")
        if found != binaries.POSTGRESQL_MAJOR:
            raise EmbeddedError(
                f"{self.folder} was made by PostgreSQL {found} and this Readout brings PostgreSQL "
                f"{binaries.POSTGRESQL_MAJOR}: back it up with the Readout that made it, move the folder away, and "
                "restore the backup with this one."
            )
        self.identity.own(self.folder)
        if self.record.is_new:
            self.stop()
            self._administer(self.folder, self._passwords())

    def start(self, port: int) -> None:
        """Start the server and wait until it takes connections.

        Raises PortTakenError, or EmbeddedError with what the server itself said.
        """
        options = {**ALWAYS, **({} if self.durable else NOT_DURABLE), "port": str(port)}
        arguments = [str(binaries.postgresql() / "postgres"), "-D", str(self.folder)]
        arguments += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        deadline = time.monotonic() + RELEASED_WITHIN
        while True:
            if self.pid() is None:
                # Its number may be another program's by now, which PostgreSQL itself would take for a server.
                (self.folder / "postmaster.pid").unlink(missing_ok=True)
            since = logfiles.size(self.log)
            pid = launch(arguments, self.log, self.identity)
            if self._comes_up(pid):
                return
            said = logfiles.text(self.log, since)
            if not any(words in said for words in STILL_HELD) or time.monotonic() > deadline:
                raise why_it_failed(self.name, said, self.log)
            time.sleep(0.2)

    def pid(self) -> int | None:
        """Return the pid of this folder's running server."""
        lines = self._lock_file()
        # A server for maintenance alone (`postgres --single`) writes its number with a minus sign.
        pid = abs(int(lines[0])) if lines else 0
        line = command_line(pid) or ""
        return pid if "postgres" in line and f"-D {self.folder}" in line else None

    def join(self) -> int | None:
        """Wait for a server that runs already, perhaps still coming up or going down; return its port if it stays."""
        pid = self.pid()
        return int(self._lock_file()[3]) if pid and self._comes_up(pid) else None

    def stop(self) -> None:
        """Stop the server: its clients are let go, what is committed stays."""
        if pid := self.pid():
            # Fast, then immediate (pg_ctl(1)); after the latter it replays its log at the next start.
            stop(pid, (signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0))

    def _comes_up(self, pid: int) -> bool:
        def is_ready() -> bool:
            lines = self._lock_file()
            return len(lines) > 7 and lines[0] == str(pid) and lines[7] == "ready"

        return wait_until(is_ready, pid, self.name)

    def _lock_file(self) -> list[str]:
        """Return postmaster.pid: pid, folder, start, port, socket, address, memory key, status (pidfile.h)."""
        try:
            text = (self.folder / "postmaster.pid").read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return []
        return [line.strip() for line in text.splitlines()]

    def _make(self) -> None:
        """Make the data folder beside its place and move it there whole; half of one, left by a kill, is made anew."""
        for left in self.folder.parent.glob(f"{self.folder.name}.new.*"):
            shutil.rmtree(left, ignore_errors=True)
        # Another name each time: the initdb of a starter killed a moment ago may still be writing.
        draft = Path(tempfile.mkdtemp(prefix=f"{self.folder.name}.new.", dir=self.folder.parent))
        secret = self.folder.with_name("initdb.password")
        self.identity.own(draft)
        try:
            write_privately(secret, self.record.passwords["postgres"])
            self.identity.own(secret)
            settings = [word for name, value in FIRST_SETTINGS.items() for word in ("-c", f"{name}={value}")]
            speed = [] if self.durable else ["--no-sync"]
            initdb = str(binaries.postgresql() / "initdb")
            done = self.identity.run([initdb, "-D", str(draft), f"--pwfile={secret}", *INITDB, *settings, *speed])
        finally:
            secret.unlink(missing_ok=True)
        if done.returncode:
            raise why_it_failed(self.name, done.stdout, self.log)
        # Each database's schema `public` belongs to whoever owns the database (pg_database_owner), and everyone may
        # look into it but not create there: what a test's database gets is what `readout` gets.
        roles = [f"CREATE ROLE {OWNER} LOGIN CREATEDB", f"CREATE ROLE {APPLICATION} LOGIN"]
        self._administer(draft, [*roles, f"CREATE DATABASE {DATABASE} OWNER {OWNER}", *self._passwords()])
        draft.rename(self.folder)

    def _administer(self, folder: Path, statements: list[str]) -> None:
        """Run SQL on a stopped server's folder (postgres --single reads a statement a line)."""
        arguments = ["--single", "-D", str(folder), "-c", "exit_on_error=on", "-c", "log_min_error_statement=panic"]
        arguments += [] if self.durable else ["-c", "fsync=off"]
        program = str(binaries.postgresql() / "postgres")
        done = self.identity.run([program, *arguments, "postgres"], stdin="".join(f"{line};\n" for line in statements))
        if done.returncode:
            raise why_it_failed(self.name, done.stdout, self.log)

    def _passwords(self) -> list[str]:
        roles = ("postgres", OWNER, APPLICATION)
        return [f"ALTER ROLE {role} PASSWORD '{self.record.passwords[role]}'" for role in roles]
