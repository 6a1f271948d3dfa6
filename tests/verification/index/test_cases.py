"""Cases are indexed like documents, in tables of their own."""

import pytest

from tests.factories import make_article, make_claim
from tests.lives import begin
from tests.verification.index.library import add_to_library, found_ids
from verification.index.collection import CASES
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexQuery
from verification.index.rebuilding import outdated, rebuild
from verification.index.texts import case_text
from verification.models import CasePassage, CaseSegment, IndexedCase, Review, Segment

pytestmark = pytest.mark.django_db


def make_case(text: str, language: str | None = "en") -> Review:
    """Store the case of a claim in an article of its own, not indexed yet."""
    claim = make_claim(make_article(text, language=language))
    return begin(Review(claim=claim, wording=claim.text))


def found_cases(text: str) -> set[int]:
    """Return the ids of the cases that a search finds."""
    return {hit.document_id for hit in PostgresIndex(CASES).search(IndexQuery(text)).hits}


def test_cases_are_found_by_their_words_and_no_document_is() -> None:
    case = make_case("Forty lamps burn on the northern mole.")
    add_to_library("Forty lamps burn on the northern mole.")
    assert rebuild(collection=CASES) == 1
    assert found_cases("forty lamps") == {case.pk}
    assert (CaseSegment.objects.count(), Segment.objects.count()) == (1, 1)
    assert CasePassage.objects.get().document == case
    assert outdated(CASES).count() == 0


def test_a_case_that_is_added_again_is_found_by_its_new_wording() -> None:
    case = make_case("Forty lamps burn on the northern mole.")
    index = PostgresIndex(CASES)
    index.add([case_text(case)])
    Review.objects.filter(pk=case.pk).update(wording="Fifty lanterns burn on the northern mole.")
    index.add([case_text(Review.objects.get(pk=case.pk))])
    assert found_cases("lanterns") == {case.pk}
    assert found_cases("lamps") == {case.pk}, "the claim's own words still count"
    assert index.size().documents == 1


def test_a_case_is_read_in_the_language_of_its_article() -> None:
    assert case_text(make_case("Порт Корвина закрыт.", "ru")).language == "ru"
    assert case_text(make_case("The port is closed.", None)).language == "und"


def test_a_wording_that_is_the_claims_own_stands_once() -> None:
    assert case_text(make_case("The port is closed.")).text == "The port is closed."


def test_merging_and_removing_leave_the_other_collection_alone() -> None:
    document = add_to_library("The lamps of the mole are out.")
    cases = [make_case(f"Lamp {number} of the mole is out.") for number in range(5)]
    index = PostgresIndex(CASES)
    for case in cases:
        index.add([case_text(case)])
    index.remove([cases[0].pk])
    assert index.merge() == 5
    assert found_cases("mole") == {case.pk for case in cases[1:]}
    assert IndexedCase.objects.count() == 4
    assert found_ids("mole") == {document.pk}
