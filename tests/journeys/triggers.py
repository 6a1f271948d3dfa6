"""Lets a test write what no verb would, past the triggers of a table."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model


@contextmanager
def triggers(model: type[Model]) -> Iterator[None]:
    """Switch a table's own triggers off and on again; only its owner may."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")
