"""Snapshots and attestations cannot be changed, whoever asks."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims.models import Attestation, Snapshot
from config.database import as_owner
from tests.factories import make_article, make_snapshot

pytestmark = pytest.mark.django_db(transaction=True)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Snapshot.objects.update(sha256="0" * 64),
        lambda: Snapshot.objects.all().delete(),
        lambda: Snapshot.objects.get().delete(),
        lambda: Snapshot.objects.bulk_create(
            [Snapshot(pk=Snapshot.objects.get().pk, origin="pasted", size=1, sha256="1" * 64)],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["sha256"],
        ),
        lambda: execute("UPDATE claims_snapshot SET size = 0"),
        lambda: execute("DELETE FROM claims_snapshot"),
        lambda: execute("TRUNCATE claims_snapshot CASCADE"),
        lambda: execute("DROP TABLE claims_snapshot CASCADE"),
        lambda: execute("ALTER TABLE claims_snapshot DISABLE TRIGGER ALL"),
        lambda: execute("SET ROLE readout_owner"),
        lambda: execute("COPY claims_snapshot TO PROGRAM 'true'"),
    ],
)
def test_the_applications_role_cannot_change_a_snapshot(change: Callable[[], object]) -> None:
    made = make_snapshot()
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
    assert Snapshot.objects.get().sha256 == made.sha256


def test_an_attestation_stays_as_it_came() -> None:
    Attestation.objects.create(snapshot=make_snapshot(), kind="wayback", reference="https://web.example/1")
    rows = Attestation.objects.all()
    for change in (lambda: rows.update(reference="x"), lambda: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_owner_too_is_refused_until_the_trigger_is_taken_away_on_purpose() -> None:
    make_snapshot()
    with as_owner():
        for statement in ("UPDATE claims_snapshot SET size = 0", "DELETE FROM claims_snapshot"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                execute(statement)


def test_the_applications_role_owns_no_table_and_may_truncate_none() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND (pg_has_role(relowner, 'USAGE') OR has_table_privilege(oid, 'TRUNCATE'))"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False, False)


@pytest.mark.parametrize("sha256", ["", "A" * 64, "zz" * 32, "0" * 63])
def test_a_snapshot_without_a_proper_hash_is_refused(sha256: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_snapshot(sha256=sha256)


def test_the_same_words_at_the_same_address_are_one_article() -> None:
    article = make_article(url=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(text=article.text, url=None)
    make_article(text=article.text, url="https://paper.example/other")


def test_a_date_without_its_precision_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(published="2031-05-04T00:00:00Z")
