"""Borrowing the owner's role: the application's own role owns no table and may not change the schema."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

BORROWED = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@contextmanager
def as_owner(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let `alias` connect as the owner of `DATABASE_OWNER_URL`, to the same database, until the block ends.

    Raises RuntimeError inside a transaction: its connection cannot change roles.
    """
    connection = connections[alias]
    if connection.in_atomic_block:
        raise RuntimeError("The owner's role cannot be borrowed inside a transaction.")
    own = connection.settings_dict
    connection.close()
    # A copy: the dictionary itself is shared by all threads, which must not become the owner with us.
    connection.settings_dict = own | {key: settings.DATABASE_OWNER.get(key, own[key]) for key in BORROWED}
    try:
        yield
    finally:
        connection.settings_dict = own
        connection.close()
