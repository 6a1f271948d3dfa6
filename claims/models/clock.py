"""The database's clock: `now()` is a transaction's start, so order is kept with `clock_timestamp()`."""

from django.db.models import DateTimeField, Func


class ClockTimestamp(Func):
    """`clock_timestamp()` of PostgreSQL: the time of this very statement, UTC."""

    function = "clock_timestamp"
    output_field = DateTimeField()
