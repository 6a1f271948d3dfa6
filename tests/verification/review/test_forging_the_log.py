"""What somebody with the application's role might try on the log, and what bad input might do to it."""

import json
import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from config.database import as_owner
from tests.factories import open_review
from tests.verification.review.log_lines import insertable, log_line, told
from verification.models import EventPayload, Review, Seal, SealEntry
from verification.review.log import Entry, append_many, erase_payload
from verification.review.sealing import seal


@pytest.mark.django_db(transaction=True)
def test_the_application_cannot_shadow_the_logs_tables_with_temporary_ones() -> None:
    event = log_line(open_review())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE verification_reviewevent (id bigint, erases_id bigint)")
        cursor.execute("INSERT INTO verification_reviewevent VALUES (1, %s)", [event.pk])
        cursor.execute("DELETE FROM public.verification_eventpayload WHERE event_id = %s", [event.pk])
    assert EventPayload.objects.filter(event=event).exists()


@pytest.mark.django_db(transaction=True)
def test_a_trigger_reads_the_real_tables_even_where_temporary_ones_are_allowed() -> None:
    event = log_line(open_review())
    with as_owner(), connection.cursor() as cursor, transaction.atomic():
        cursor.execute("CREATE TEMP TABLE verification_reviewevent (id bigint, erases_id bigint) ON COMMIT DROP")
        cursor.execute("INSERT INTO pg_temp.verification_reviewevent VALUES (1, %s)", [event.pk])
        with pytest.raises(DatabaseError, match="tombstone"), transaction.atomic():
            cursor.execute("DELETE FROM public.verification_eventpayload WHERE event_id = %s", [event.pk])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"from_state": "a\nb"},
        {"to_state": "a\rb"},
        {"actor": "a\nb"},
        {"verb": "a\nb"},
        {"payload_hash": b"short"},
    ],
)
def test_an_event_whose_line_could_be_read_in_two_ways_is_refused(fields: dict[str, object]) -> None:
    review = open_review()
    with pytest.raises(DatabaseError), transaction.atomic():
        insertable(review, **fields).save()


@pytest.mark.django_db
def test_a_tombstone_may_erase_neither_a_tombstone_nor_another_cases_event() -> None:
    event, other = log_line(open_review()), log_line(open_review())
    tombstone = erase_payload(event, actor="user:2", reason="request")
    for target in (tombstone, other):
        with pytest.raises(DatabaseError, match="tombstone"), transaction.atomic():
            insertable(event.review, verb="payload_erased", erases=target).save()


@pytest.mark.django_db
def test_a_bogus_seal_is_refused() -> None:
    event = log_line(open_review())
    good = seal()
    assert good is not None
    now = good.at
    for number, prev_hash, digest in (
        (7, bytes(good.hash), bytes(32)),
        (2, bytes(32), bytes(32)),
        (2, bytes(good.hash), b"x" * 32),
    ):
        with pytest.raises(DatabaseError, match="a seal"), transaction.atomic():
            Seal.objects.create(number=number, at=now, events=0, prev_hash=prev_hash, hash=digest)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    late = log_line(event.review)
    with pytest.raises(DatabaseError, match="as many as it says"), transaction.atomic():
        SealEntry.objects.create(seal=good, position=good.events, event=late, event_hash=bytes(late.hash))
    assert told() == ""


@pytest.mark.django_db
def test_a_payload_that_json_or_utf8_cannot_hold_is_refused_or_mended_before_it_is_hashed() -> None:
    review = open_review()
    with pytest.raises(ValueError, match="JSON"):
        log_line(review, share=float("nan"))
    event = log_line(review, words="lone \ud800 and \0 NUL")
    assert json.loads(EventPayload.objects.get(event=event).body) == {"words": "lone \ufffd and \0 NUL"}
    assert told() == ""


@pytest.mark.django_db(transaction=True)
def test_bulk_writes_that_name_the_same_cases_in_another_order_do_not_deadlock() -> None:
    reviews = [open_review() for _ in range(6)]
    errors: list[Exception] = []
    ready = threading.Barrier(2)

    def write(order: list[Review]) -> None:
        try:
            for _ in range(20):
                ready.wait()
                with transaction.atomic():
                    append_many([Entry(review, "service:bulk", "add_source", "triage", "triage") for review in order])
        except Exception as error:
            errors.append(error)
            ready.abort()
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=[order]) for order in (reviews, reviews[::-1])]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
