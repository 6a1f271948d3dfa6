"""What only the owner of the database can do: change rows that the application's role may not, past the triggers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from config.database import as_owner


@contextmanager
def walls_down(*tables: str) -> Iterator[None]:
    """Connect as the owner, with the triggers of these tables off; for tests whose database is not rolled back."""
    with as_owner(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE verification_{table} DISABLE TRIGGER USER")
        try:
            yield
        finally:
            for table in tables:
                cursor.execute(f"ALTER TABLE verification_{table} ENABLE TRIGGER USER")


def tamper(statement: str, *tables: str) -> None:
    """Do to the log, or to these tables, what only their owner can."""
    with walls_down(*tables or ("reviewevent", "eventpayload", "seal", "sealentry")), connection.cursor() as cursor:
        cursor.execute(statement)
