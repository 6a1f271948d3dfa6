"""Trying what the database must refuse."""

from collections.abc import Callable

import pytest
from django.db import Error, connection, transaction


def refused(why: str, act: Callable[[], object]) -> None:
    """Do what the database must refuse, as late as when the transaction ends, with this sentence."""
    with pytest.raises(Error, match=why), transaction.atomic():
        act()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
