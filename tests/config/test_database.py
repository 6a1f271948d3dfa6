"""Borrowing the owner's role, and what the application's role may do."""

import threading

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

from config.database import as_owner

pytestmark = pytest.mark.django_db(transaction=True)


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def test_the_owners_role_is_borrowed_for_the_block_only() -> None:
    before = role()
    with as_owner():
        assert role() == settings.DATABASE_OWNER["USER"] != before
    assert role() == before


def test_another_thread_does_not_become_the_owner_meanwhile() -> None:
    seen: list[str] = []

    def look() -> None:
        try:
            seen.append(role())
        finally:
            connections.close_all()

    with as_owner():
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen == [settings.APPLICATION_ROLE]


def test_an_error_in_the_block_gives_the_role_back() -> None:
    with pytest.raises(DatabaseError), as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT nonsense")
    assert role() == settings.APPLICATION_ROLE


def test_the_role_is_not_borrowed_inside_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"), as_owner():
        pass


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SELECT setval('verification_reviewevent_id_seq', 1)",
        "DELETE FROM django_migrations",
    ],
)
def test_the_applications_role_can_neither_create_nor_set_anything(statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
