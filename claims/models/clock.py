"""The database's clock: `now()` is a transaction's start, so order is kept with `clock_timestamp()`."""

from datetime import datetime

from django.db import connection
from django.db.models import DateTimeField, Func


class ClockTimestamp(Func):
    """`clock_timestamp()` of PostgreSQL: the time of this very statement, UTC."""

    function = "clock_timestamp"
    output_field = DateTimeField()


def read_clock() -> datetime:
    """Return the database's time now, aware."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    assert isinstance(now, datetime)  # nosec B101 (for the type checker: psycopg's rows are untyped)
    return now
