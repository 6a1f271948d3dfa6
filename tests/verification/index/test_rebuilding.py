"""Rebuilding: what is missing or old is indexed, the rest is left alone."""

import pytest
from django.utils import timezone

from tests.verification.index.library import add_to_library, found_ids, make_document
from verification.index import drafting
from verification.index.rebuilding import outdated, rebuild
from verification.models import Document, Segment

pytestmark = pytest.mark.django_db


def test_documents_that_are_not_in_the_index_are_put_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "ENOUGH", 2)
    add_to_library("The Corvina sailed first.")
    for number in range(5):
        make_document(f"The Corvina sailed at {number} o'clock.")
    told: list[int] = []
    assert rebuild(told.append) == 5
    assert told == [2, 2, 1]
    assert len(found_ids("Corvina")) == 6


def test_a_rebuilding_that_was_stopped_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "ENOUGH", 2)
    for number in range(5):
        make_document(f"The Corvina sailed at {number} o'clock.")

    def stop(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(stop)
    assert outdated().count() == 3
    assert rebuild() == 3


def test_what_older_rules_made_is_made_anew() -> None:
    document = add_to_library("The Corvina sailed.")
    Segment.objects.update(analysis=0)
    assert rebuild() == 1
    assert found_ids("Corvina") == {document.pk}
    assert rebuild() == 0


def test_a_superseded_document_is_taken_out() -> None:
    document = add_to_library("The Corvina sailed.")
    Document.objects.filter(pk=document.pk).update(superseded_at=timezone.now())
    rebuild()
    assert found_ids("Corvina") == set()
