"""What a process remembers of segments is never what another state of the index looks like."""

import pytest
from django.db import transaction

from tests.verification.index.library import add_to_library, found_ids
from verification.index.collection import CASES, DOCUMENTS
from verification.index.layout import texts_of
from verification.index.postgres import PostgresIndex
from verification.index.tables import read_postings
from verification.models import IndexedDocument, Posting, Segment

pytestmark = pytest.mark.django_db


def test_what_is_remembered_serves_the_next_search_and_not_the_other_collection() -> None:
    add_to_library("The Corvina sailed.")
    states, _ = read_postings(DOCUMENTS, (), (), ())
    assert texts_of(DOCUMENTS, states) is texts_of(DOCUMENTS, states)
    assert texts_of(CASES, ()) is not texts_of(DOCUMENTS, states)


def test_an_addition_that_was_undone_leaves_nothing_behind() -> None:
    first = add_to_library("The Corvina sailed.")
    with pytest.raises(RuntimeError), transaction.atomic():
        undone = add_to_library("The Corvina returned.")
        assert found_ids("Corvina") == {first.pk, undone.pk}
        raise RuntimeError
    second = add_to_library("The Corvina sank.")
    assert found_ids("Corvina") == {first.pk, second.pk}


def test_a_document_that_is_taken_out_between_two_searches_is_gone() -> None:
    first, second = add_to_library("The Corvina sailed."), add_to_library("The Corvina returned.")
    assert found_ids("Corvina") == {first.pk, second.pk}
    PostgresIndex().remove([first.pk])
    assert found_ids("Corvina") == {second.pk}


def test_another_segment_under_the_number_of_one_that_is_remembered_is_read_anew() -> None:
    first = add_to_library("The Corvina sailed.")
    assert found_ids("Corvina") == {first.pk}
    remembered = Segment.objects.get().pk
    PostgresIndex().remove([first.pk])
    PostgresIndex().merge()
    second = add_to_library("The Corvina returned from a long voyage to the islands.")
    new = Segment.objects.get().pk
    # As a restored backup may have it.
    IndexedDocument.objects.all().delete()
    Segment.objects.filter(pk=new).update(id=remembered)
    Posting.objects.filter(segment_id=new).update(segment_id=remembered)
    assert found_ids("Corvina") == {second.pk}


def test_a_state_whose_segment_has_gone_has_no_texts() -> None:
    document = add_to_library("The Corvina sailed.")
    states, _ = read_postings(DOCUMENTS, (), (), ())
    PostgresIndex().remove([document.pk])
    assert texts_of(DOCUMENTS, states) is None
