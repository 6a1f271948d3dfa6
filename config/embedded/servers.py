"""The servers that the environment does not name, for as long as anybody uses them.

Users hold a shared lock on `users.lock`; whoever comes or goes holds `start.lock` alone meanwhile. The last user stops
the servers. The kernel drops a killed user's lock, so the next one to come finds the servers and the next one to go
stops them.
"""

import fcntl
import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

from config.embedded import identity, logfiles
from config.embedded.errors import EmbeddedError, PortTakenError, told_in_words
from config.embedded.launching import free_port, is_free
from config.embedded.postgresql import APPLICATION, DATABASE, OWNER, PostgreSQL
from config.embedded.record import Record
from config.embedded.valkey import Valkey

PORTS_TRIED = 5
VARIABLES: dict[type, tuple[str, ...]] = {
    PostgreSQL: ("DATABASE_URL", "DATABASE_OWNER_URL"),
    Valkey: ("REDIS_URL",),
}


class Servers:
    """The embedded servers that one process uses, their addresses written to its environment."""

    def __init__(self, environ: MutableMapping[str, str], folder: Path, durable: bool) -> None:
        """Note which servers `environ` lacks; nothing is started yet. `folder` is absolute."""
        self._environ = environ
        self._folder = folder
        self._durable = durable
        self.wanted = [
            server
            for server, name in ((PostgreSQL, "DATABASE_URL"), (Valkey, "REDIS_URL"))
            if not _is_set(environ, name)
        ]
        self._running: list[PostgreSQL | Valkey] = []
        if PostgreSQL in self.wanted and _is_set(environ, "DATABASE_OWNER_URL"):
            raise EmbeddedError("DATABASE_OWNER_URL is set but DATABASE_URL is not: set both, or neither.")

    @property
    def names(self) -> list[str]:
        """Return those of PostgreSQL and Valkey that are our own here."""
        return [kind.name for kind in self.wanted]

    def dead(self) -> list[str]:
        """Return the names of those that no longer run; asks the process table only."""
        return [server.name for server in self._running if server.pid() is None]

    def revive(self) -> None:
        """Start again what died, on its old port if that is still free.

        Raises EmbeddedError when it cannot be had.
        """
        with told_in_words(self._folder), alone(self._folder):
            self._run()

    def enter(self) -> int:
        """Start or join the servers; return the descriptor whose lock says that they are used."""
        self._folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        with alone(self._folder):
            users = os.open(self._folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self._run()
            except BaseException:
                self._go(users)
                raise
        return users

    def leave(self, users: int) -> None:
        """Give up the lock `users`; the last user stops the servers."""
        with alone(self._folder):
            self._go(users)

    def _run(self) -> None:
        account = identity.choose()
        account.own(self._folder)
        record = Record.load(self._folder / "servers.json")
        self._running = [server_of(self._folder, wanted, account, record, self._durable) for wanted in self.wanted]
        for server in self._running:
            server.prepare()
        record.save()
        for server in self._running:
            self._environ.update(_addresses(server, record, server.join() or _start(server, record)))

    def _go(self, users: int) -> None:
        """Drop the lock, and stop the servers where nobody else holds it."""
        fcntl.flock(users, fcntl.LOCK_UN)
        os.close(users)
        if not is_used(self._folder):
            for server in everything(self._folder):
                server.stop()
        for server in self._running:
            for name in VARIABLES[type(server)]:
                self._environ.pop(name, None)


@contextmanager
def provide(environ: MutableMapping[str, str], state: Path, durable: bool = True) -> Iterator[Servers]:
    """Let `environ` name a PostgreSQL and a Redis until the block ends, starting or joining our own where it lacks one.

    Sets DATABASE_URL (the application's role), DATABASE_OWNER_URL and REDIS_URL; their data lives below
    `<state>/embedded`. A variable that is set, or its `_FILE`, is left alone. With `durable` off, a power cut may cost
    the database: for tests. Raises EmbeddedError with a sentence for the person at the terminal.
    """
    folder = state.resolve() / "embedded"
    servers = Servers(environ, folder, durable)
    if not servers.wanted:
        yield servers
        return
    with told_in_words(folder):
        users = servers.enter()
    user = os.getpid()
    try:
        yield servers
    finally:
        # A forked child that leaves the block would drop its parent's lock: the two share it.
        if os.getpid() == user:
            with told_in_words(folder):
                servers.leave(users)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold `start.lock`: nobody else starts or stops a server meanwhile."""
    descriptor = os.open(folder / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def is_used(folder: Path) -> bool:
    """Say whether a living process uses the servers. To be asked under `alone`."""
    descriptor = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def stop_unused(folder: Path) -> bool:
    """Stop the servers that a killed process left; False when somebody uses them."""
    with alone(folder):
        if is_used(folder):
            return False
        for server in everything(folder):
            server.stop()
    return True


def everything(folder: Path) -> list[PostgreSQL | Valkey]:
    """Return both servers of a folder, to look at or to stop."""
    record = Record.load(folder / "servers.json")
    return [server_of(folder, kind, identity.Identity(), record, True) for kind in (PostgreSQL, Valkey)]


def server_of(
    folder: Path, kind: type[PostgreSQL | Valkey], account: identity.Identity, record: Record, durable: bool
) -> PostgreSQL | Valkey:
    """Return the server of one kind whose data is below `folder`."""
    place, log = folder / kind.name.lower(), folder / f"{kind.name.lower()}.log"
    return (
        PostgreSQL(place, log, account, record, durable) if kind is PostgreSQL else Valkey(place, log, account, record)
    )


def _start(server: PostgreSQL | Valkey, record: Record) -> int:
    """Start a server on its old port, or on another where that one is taken; return the port."""
    logfiles.cap(server.log)
    for _ in range(PORTS_TRIED):
        port = record.ports.get(server.name, 0)
        if not port or not is_free(port):
            port = record.ports[server.name] = free_port()
            record.save()
        try:
            server.start(port)
        except PortTakenError:
            # Somebody was faster between the look and the start.
            record.ports.pop(server.name)
            continue
        return port
    raise EmbeddedError(f"{server.name} found each of {PORTS_TRIED} ports taken by other programs: start again.")


def _addresses(server: PostgreSQL | Valkey, record: Record, port: int) -> dict[str, str]:
    def address(role: str) -> str:
        return f"postgresql://{role}:{record.passwords[role]}@127.0.0.1:{port}/{DATABASE}"

    if isinstance(server, PostgreSQL):
        return {"DATABASE_URL": address(APPLICATION), "DATABASE_OWNER_URL": address(OWNER)}
    return {"REDIS_URL": f"redis://:{record.passwords['valkey']}@127.0.0.1:{port}/0"}


def _is_set(environ: MutableMapping[str, str], name: str) -> bool:
    return any(environ.get(variable, "").strip() for variable in (name, f"{name}_FILE"))
