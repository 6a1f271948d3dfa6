"""The decision log: chained by the database, unchangeable in the application's role, provable afterwards."""

import threading
import time
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from config.database import as_owner
from tests.factories import open_review
from tests.verification.review.log_lines import insertable, log_line, told
from tests.walls import tamper
from verification.models import EventPayload, ReviewEvent, Seal, SealEntry
from verification.review.log import Entry, append, append_many, erase_payload
from verification.review.log_format import EventFields, event_hash
from verification.review.sealing import seal


@pytest.mark.django_db
def test_events_of_a_case_are_numbered_and_chained_by_the_database() -> None:
    review = open_review()
    with transaction.atomic():
        entry = Entry(review, "user:1", "add_source", "triage", "triage")
        forged = insertable(review, seq=99, hash=b"f" * 32)
        first, second = append(entry), append(entry)
        forged.save()
    forged.refresh_from_db()
    assert [first.seq, second.seq, forged.seq] == [2, 3, 4]
    assert bytes(second.prev_hash) == bytes(first.hash)
    assert bytes(forged.hash) != b"f" * 32


@pytest.mark.django_db
def test_an_untouched_log_verifies_with_and_without_seals() -> None:
    review = open_review()
    log_line(review, reason="“curly” – ünïcode")
    assert told() == ""
    made = seal()
    assert made is not None
    assert made.events == 2
    log_line(review)
    assert seal() is not None
    assert seal() is None
    assert told() == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        lambda: ReviewEvent.objects.update(verb="approved"),
        lambda: ReviewEvent.objects.all().delete(),
        lambda: ReviewEvent.objects.get().delete(),
        lambda: EventPayload.objects.update(body="{}"),
        lambda: Seal.objects.all().delete(),
        lambda: SealEntry.objects.update(position=7),
        lambda: connection.cursor().execute("UPDATE verification_reviewevent SET verb = 'approved'"),
        lambda: connection.cursor().execute("DELETE FROM verification_reviewevent"),
        lambda: connection.cursor().execute("TRUNCATE verification_reviewevent CASCADE"),
        lambda: connection.cursor().execute("TRUNCATE verification_seal CASCADE"),
        lambda: connection.cursor().execute("ALTER TABLE verification_reviewevent DISABLE TRIGGER ALL"),
        lambda: connection.cursor().execute("DROP TRIGGER chain ON verification_reviewevent"),
        lambda: connection.cursor().execute("SET session_replication_role = replica"),
    ],
)
def test_the_applications_role_cannot_change_the_log(change: Callable[[], object]) -> None:
    open_review()
    seal()
    before = list(ReviewEvent.objects.values_list("verb", "hash"))
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
    assert list(ReviewEvent.objects.values_list("verb", "hash")) == before
    assert Seal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_even_the_owner_is_refused_by_the_trigger() -> None:
    open_review()
    with as_owner(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ReviewEvent.objects.update(verb="approved")


SECOND = "WHERE event_id = (SELECT id FROM verification_reviewevent WHERE seq = 2)"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statement", "link", "fault"),
    [
        ("UPDATE verification_reviewevent SET verb = 'lied' WHERE seq = 2", "event 2", "its content was changed"),
        ("UPDATE verification_reviewevent SET at = at - interval '1 day' WHERE seq = 3", "event 3", "changed"),
        (f"UPDATE verification_eventpayload SET body = '{{}}' {SECOND}", "event 2", "its payload was changed"),
        (f"DELETE FROM verification_eventpayload {SECOND}", "event 2", "no tombstone"),
        (
            "UPDATE verification_seal SET at = at - interval '1 day' WHERE number = 1",
            "seal 1",
            "its content was changed",
        ),
        ("DELETE FROM verification_sealentry WHERE position = 1", "seal 1", "where 3 were sealed"),
    ],
)
def test_verify_log_names_the_link_that_the_owner_broke(statement: str, link: str, fault: str) -> None:
    review = open_review()
    log_line(review, reason="first")
    log_line(review, reason="second")
    seal()
    tamper(statement)
    assert link in told()
    assert fault in told()
    with pytest.raises(CommandError, match="broken link"):
        call_command("verify_log")


@pytest.mark.django_db(transaction=True)
def test_a_rewritten_event_whose_hash_was_made_to_fit_is_betrayed_by_its_seal() -> None:
    review = open_review()
    last = log_line(review, reason="first")
    seal()
    last.actor = "user:2"
    forged = event_hash(
        EventFields(
            str(review.public), last.seq, last.at, last.cycle, last.actor, last.verb, last.from_state, last.to_state,
            bytes(last.payload_hash), "", bytes(last.prev_hash),
        )
    )  # fmt: skip
    change = f"actor = 'user:2', hash = decode('{forged.hex()}', 'hex')"
    tamper(f"UPDATE verification_reviewevent SET {change} WHERE id = {last.pk}")
    assert told() == f"global chain, seal 1: event row {last.pk} is not the one that was sealed"


@pytest.mark.django_db(transaction=True)
def test_the_newest_event_cut_off_by_the_owner_is_missed_by_its_seal() -> None:
    review = open_review()
    last = log_line(review)
    seal()
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE verification_reviewevent DISABLE TRIGGER USER")
        cursor.execute(
            "SELECT conrelid::regclass, conname FROM pg_constraint"
            " WHERE confrelid = 'verification_reviewevent'::regclass"
        )
        for table, constraint in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"')
        cursor.execute("DELETE FROM verification_reviewevent WHERE id = %s", [last.pk])
        assert told() == f"global chain, seal 1: event row {last.pk} is gone"
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_an_erased_payload_leaves_a_tombstone_and_a_log_that_holds() -> None:
    review = open_review()
    event = log_line(review, name="Somebody who asked to be forgotten")
    tombstone = erase_payload(event, actor="user:2", reason="request")
    assert not EventPayload.objects.filter(event=event).exists()
    assert tombstone.erases == event
    assert "forgotten" not in "".join(EventPayload.objects.values_list("body", flat=True))
    seal()
    assert told() == ""
    with pytest.raises(ValueError, match="no payload"):
        erase_payload(event, actor="user:2", reason="again")


@pytest.mark.django_db
def test_a_payload_without_a_tombstone_cannot_be_erased() -> None:
    event = log_line(open_review())
    with pytest.raises(DatabaseError, match="tombstone"), transaction.atomic():
        EventPayload.objects.filter(event=event).delete()


@pytest.mark.django_db
def test_a_payload_that_is_not_what_the_chain_hashed_is_refused() -> None:
    review = open_review()
    with pytest.raises(DatabaseError, match="must hash"), transaction.atomic():
        event = insertable(review)
        event.save()
        EventPayload.objects.create(event=event, salt=bytes(32), body="{}")


@pytest.mark.django_db(transaction=True)
def test_a_bulk_write_to_a_thousand_cases_does_not_hold_up_another_case() -> None:
    reviews = [open_review() for _ in range(3)]
    other = reviews.pop()
    written, go_on = threading.Event(), threading.Event()

    def bulk() -> None:
        try:
            with transaction.atomic():
                append_many(
                    [Entry(review, "service:bulk", "add_source", "triage", "triage") for review in reviews * 500]
                )
                written.set()
                go_on.wait(10)
        finally:
            connections.close_all()

    writer = threading.Thread(target=bulk)
    writer.start()
    try:
        assert written.wait(30)
        with transaction.atomic(), connection.cursor() as cursor:
            # The bulk transaction is open and holds its cases' locks: another case's event may not wait for it.
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            append(Entry(other, "user:1", "add_source", "triage", "triage"))
    finally:
        go_on.set()
        writer.join()
    assert told() == ""
    assert ReviewEvent.objects.filter(review__in=reviews).count() == 1002


@pytest.mark.django_db(transaction=True)
def test_events_that_two_people_log_on_one_case_at_once_stay_in_one_chain() -> None:
    review = open_review()

    def write() -> None:
        try:
            for _ in range(20):
                log_line(review)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        seal()
        time.sleep(0.01)
    for writer in writers:
        writer.join()
    seal()
    assert review.events.count() == 81
    assert SealEntry.objects.count() == 81
    assert told() == ""
