"""A rebuilding goes on while the desk works: what it read of a case is not older than what the index has of it."""

from dataclasses import replace
from threading import Thread

import pytest
from django.db import connection

from tests.cases import case, now
from tests.people import make_person
from verification.index.collection import CASES
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexDocument, IndexQuery
from verification.index.rebuilding import rebuild
from verification.models import Review
from verification.review import triage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def test_a_case_that_is_reworded_while_it_is_indexed_anew_is_found_by_its_new_wording() -> None:
    review, person = case(), make_person("intake")
    PostgresIndex(CASES).remove([review.pk])

    def reword() -> None:
        try:
            triage.reword(now(review), person, now(review).revision, "Zeppelins moor at the northern mole.")
        finally:
            connection.close()

    meanwhile = Thread(target=reword)

    def read(row: Review) -> IndexDocument:
        text = CASES.text_of(row)
        meanwhile.start()
        meanwhile.join(2)
        return text

    rebuild(collection=replace(CASES, text_of=read))
    meanwhile.join(20)
    assert now(review).wording == "Zeppelins moor at the northern mole."
    found = PostgresIndex(CASES).search(IndexQuery("zeppelins", "en")).hits
    assert [hit.document_id for hit in found] == [review.pk]
