"""Statements that many people run at once: parsed and planned once a connection, in one round trip each.

Django sends every query as text, to be planned anew. Where that is most of the work, a statement goes through psycopg's
own cursor, which prepares it on the server. A pooler in between must keep prepared statements apart, as PgBouncer does
from 1.21 on.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connection

PLACE = re.compile(r"%\((\w+)\)s")


def run(sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """Run a statement with `%(name)s` places on Django's connection, in its transaction if any, and return its rows.

    Raises Django's own database errors.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    raw: psycopg.Connection[tuple[Any, ...]] = connection.connection
    numbered, names = _numbered(sql)
    with connection.wrap_database_errors, psycopg.RawCursor(raw) as cursor:
        if raw.prepare_threshold is None:
            # Django switches it off; its own cursors never prepare, whatever it is.
            raw.prepare_threshold = 0
            # What is prepared has one good plan: PostgreSQL need not try five others first, on every connection.
            cursor.execute(b"SET plan_cache_mode = force_generic_plan", prepare=False)
        return cursor.execute(numbered, [values[name] for name in names], prepare=True).fetchall()


@lru_cache(maxsize=64)
def _numbered(sql: str) -> tuple[bytes, list[str]]:
    """Return a statement with its places as PostgreSQL numbers them, and their names in that order."""
    names = list(dict.fromkeys(PLACE.findall(sql)))
    return PLACE.sub(lambda place: f"${names.index(place[1]) + 1}", sql).encode(), names
