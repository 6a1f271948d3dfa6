"""Whether the database is as the last start left it: two loads of Django saved where there is nothing to do."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import psycopg

from config.supervisor.child import Place

ROOMS = ("config", "claims", "verification")
STAMP = "schema.stamp"
# What has been applied, to this database: a restored backup or another database answers differently.
APPLIED = """
    SELECT concat_ws(' ', oid, count(*), max(applied)) FROM django_migrations, pg_database
    WHERE datname = current_database() GROUP BY oid
"""


def is_current(place: Place, environ: Mapping[str, str]) -> bool:
    """Say whether neither our code, nor our packages, nor the database changed since `note`."""
    stamp = place.state / "run" / STAMP
    if not stamp.exists():
        return False
    state = _state(place.root, environ)
    return bool(state) and stamp.read_text(encoding="ascii") == state


def note(place: Place, environ: Mapping[str, str]) -> None:
    """Remember that the database is up to date now."""
    (place.state / "run" / STAMP).write_text(_state(place.root, environ), encoding="ascii")


def _state(root: Path, environ: Mapping[str, str]) -> str:
    """Return the code's and the packages' digest, and what the database says of itself ("" when it says nothing)."""
    digest = hashlib.sha256()
    sources = [path for room in ROOMS for path in (root / room).rglob("*.py")]
    for path in sorted([*sources, root / "requirements" / "run.lock"]):
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(path.read_bytes())
    try:
        with psycopg.connect(environ["DATABASE_URL"], connect_timeout=5) as connection:
            row = connection.execute(APPLIED).fetchone()
    except psycopg.Error:
        return ""
    return f"{digest.hexdigest()} {row[0]}" if row else ""
