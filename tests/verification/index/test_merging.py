"""Merging: it changes how the index is stored, never what it finds."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from tests.verification.index.library import (
    add_to_library,
    found_ids,
    index_document,
    invented_texts,
    make_document,
    scores,
    search,
)
from verification.index import merging
from verification.index.collection import DOCUMENTS
from verification.index.postgres import PostgresIndex
from verification.models import IndexedDocument, Posting, Segment
from verification.tasks import merge_indexes


def in_another_connection(work: Callable[[], None]) -> threading.Thread:
    """Start `work` in a thread with a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db
def test_merging_changes_nothing_that_a_search_finds() -> None:
    documents = [make_document(text, title=text[:30]) for text in invented_texts(30, 400)]
    index = PostgresIndex()
    for first in range(0, 30, 3):
        index.add([index_document(document) for document in documents[first : first + 3]])
    query = " ".join(documents[5].text.split()[30:50])
    before = search(query, context=documents[9].text)
    assert index.merge() > 0
    after = search(query, context=documents[9].text)
    assert scores(after) == scores(before)
    assert {hit.document_id: hit.passages[0].start for hit in after.hits} == {
        hit.document_id: hit.passages[0].start for hit in before.hits
    }
    assert index.size().segments < 10


@pytest.mark.django_db
def test_many_single_documents_end_in_few_segments() -> None:
    for text in invented_texts(70, 60):
        add_to_library(text)
    PostgresIndex().merge()
    assert PostgresIndex().size().segments <= 9
    assert IndexedDocument.objects.count() == 70


@pytest.mark.django_db
def test_what_was_removed_leaves_the_tables_when_its_segment_is_merged() -> None:
    documents = [add_to_library(f"The Corvina{number} sailed.") for number in range(4)]
    PostgresIndex().remove([documents[0].pk])
    assert Posting.objects.filter(term="corvina0").exists()
    PostgresIndex().merge()
    assert not Posting.objects.filter(term="corvina0").exists()
    assert found_ids("Corvina3") == {documents[3].pk}


@pytest.mark.django_db
def test_a_segment_without_documents_goes() -> None:
    document = add_to_library("The Corvina sailed.")
    PostgresIndex().remove([document.pk])
    PostgresIndex().merge()
    assert not Segment.objects.exists()


@pytest.mark.django_db
def test_a_document_can_be_removed_after_its_segment_was_merged() -> None:
    documents = [add_to_library(f"The Corvina sailed at {hour} o'clock.") for hour in range(5)]
    PostgresIndex().merge()
    PostgresIndex().remove([documents[2].pk])
    assert found_ids("Corvina") == {document.pk for document in documents} - {documents[2].pk}


@pytest.mark.django_db
def test_nothing_is_merged_where_it_is_not_worth_it() -> None:
    for number in range(3):
        add_to_library(f"The Corvina sailed at {number} o'clock.")
    assert PostgresIndex().merge() == 0


@pytest.mark.django_db
def test_an_interrupted_merge_has_not_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [add_to_library(f"The Corvina sailed at {hour} o'clock.") for hour in range(5)]
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(merging, "read_term_rows", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        PostgresIndex().merge()
    assert PostgresIndex().size().segments == 5
    assert found_ids("Corvina") == {document.pk for document in documents}
    assert PostgresIndex().merge() == 5


@pytest.mark.django_db(transaction=True)
def test_one_merge_runs_at_a_time() -> None:
    for hour in range(5):
        add_to_library(f"The Corvina sailed at {hour} o'clock.")
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DOCUMENTS.merge_lock])
            held.set()
            go_on.wait(10)

    thread = in_another_connection(hold)
    held.wait(10)
    assert PostgresIndex().merge() == 0
    go_on.set()
    thread.join()
    assert PostgresIndex().merge() == 5


@pytest.mark.django_db(transaction=True)
def test_a_segment_that_a_writer_holds_is_passed_over() -> None:
    documents = [add_to_library(f"The Corvina sailed at {hour} o'clock.") for hour in range(6)]
    held, go_on = threading.Event(), threading.Event()

    def remove_slowly() -> None:
        with transaction.atomic():
            PostgresIndex().remove([documents[0].pk])
            held.set()
            go_on.wait(10)

    thread = in_another_connection(remove_slowly)
    held.wait(10)
    assert PostgresIndex().merge() == 5
    go_on.set()
    thread.join()
    assert found_ids("Corvina") == {document.pk for document in documents[1:]}


@pytest.mark.django_db(transaction=True)
def test_a_removal_that_waited_for_a_merge_removes_from_the_merged_segment() -> None:
    documents = [add_to_library(f"The Corvina sailed at {hour} o'clock.") for hour in range(5)]
    with transaction.atomic():
        PostgresIndex().merge()
        thread = in_another_connection(lambda: PostgresIndex().remove([documents[1].pk]))
        thread.join(0.5)
        assert thread.is_alive()
    thread.join()
    assert found_ids("Corvina") == {document.pk for document in documents} - {documents[1].pk}


@pytest.mark.django_db(transaction=True)
def test_searches_find_everything_while_segments_are_added_and_merged() -> None:
    documents = [add_to_library(f"The Corvina sailed at {hour} o'clock.") for hour in range(20)]
    everything = {document.pk for document in documents}

    def churn() -> None:
        for document in documents * 2:
            PostgresIndex().add([index_document(document)])
            PostgresIndex().merge()

    thread = in_another_connection(churn)
    seen = []
    while thread.is_alive():
        seen.append(found_ids("Corvina"))
    thread.join()
    assert len(seen) > 10
    assert all(found == everything for found in seen)


@pytest.mark.django_db
def test_the_beat_merges_what_was_added_document_by_document() -> None:
    for hour in range(5):
        add_to_library(f"The Corvina sailed at {hour} o'clock.")
    merge_indexes()
    assert PostgresIndex().size().segments == 1
