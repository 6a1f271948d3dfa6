"""From a claim to its candidates, through the real index."""

from datetime import UTC, datetime

import pytest

from tests.verification.index.library import add_to_library
from tests.verification.research.sample_pair import OURS, THEIRS, add_page
from verification.index.postgres import PostgresIndex
from verification.matching.quotes import QuoteClass
from verification.ranking.query import ClaimQuery
from verification.research.retrieval import find_candidates

pytestmark = pytest.mark.django_db

QUOTATION = "The northern mole will be rebuilt by spring, and the ferry will sail again"
FILLER = "The board took note of the report and thanked the harbour master for the figures. "


def test_a_quotation_is_found_in_the_document_that_holds_it() -> None:
    add_to_library(FILLER * 30, title="Minutes")
    speech = add_to_library(f"{FILLER * 30}{QUOTATION}. {FILLER * 30}", title="Remarks by Ada Example")
    query = ClaimQuery(f"“{QUOTATION},” Example said.", (QUOTATION,), "Ada Example")
    candidate = find_candidates(query, PostgresIndex(), limit=10)[0]
    assert candidate.document_id == speech.pk
    assert candidate.quote_check is not None
    assert candidate.quote_check.quote_class is QuoteClass.EXACT
    assert QUOTATION in speech.text[candidate.start : candidate.end]


def test_the_passage_shown_of_a_short_document_is_the_one_that_says_it() -> None:
    readout, other = add_page(OURS), add_page(THEIRS)
    query = ClaimQuery("The sluice will open again on 1 June")
    found = {each.document_id: each for each in find_candidates(query, PostgresIndex(), limit=10)}
    for document, words in ((readout, "will open again on 1 June"), (other, "No date for opening the sluice")):
        assert words in document.text[found[document.pk].start : found[document.pk].end]


def test_a_quotation_longer_than_a_passage_is_recognised() -> None:
    long = " ".join(f"{QUOTATION}, said witness number {number} of the inquiry;" for number in range(15))
    speech = add_to_library(f"{FILLER * 10}{long} {FILLER * 10}")
    add_to_library(f"{QUOTATION}. {FILLER}")
    candidate = find_candidates(ClaimQuery(long), PostgresIndex(), limit=10)[0]
    assert candidate.document_id == speech.pk


def test_what_is_not_in_the_library_is_not_said_to_be() -> None:
    add_to_library(FILLER * 5)
    query = ClaimQuery(QUOTATION, (QUOTATION,), "Ada Example")
    checks = [candidate.quote_check for candidate in find_candidates(query, PostgresIndex(), limit=10)]
    assert all(check is None or check.quote_class is QuoteClass.NOT_FOUND for check in checks)


def test_an_excluded_document_is_no_candidate() -> None:
    speech = add_to_library(f"{QUOTATION}.")
    assert find_candidates(ClaimQuery(QUOTATION), PostgresIndex(), limit=10, exclude={speech.pk}) == []


def test_the_day_of_a_document_is_the_one_its_source_wrote() -> None:
    # Half past ten in the evening where it was published, the next day in UTC.
    late = datetime(2031, 5, 3, 2, 30, tzinfo=UTC)
    add_to_library(f"{QUOTATION}.", published=late, published_precision="minute", published_offset=-240)
    query = ClaimQuery(QUOTATION, said=datetime(2031, 5, 2, tzinfo=UTC).date(), said_precision="day")
    (candidate,) = find_candidates(query, PostgresIndex(), limit=10)
    assert "published the day the words were said" in map(str, candidate.reasons)


def test_a_document_of_which_only_the_month_is_known_has_no_day() -> None:
    month = datetime(2031, 5, 1, tzinfo=UTC)
    add_to_library(f"{QUOTATION}.", published=month, published_precision="month")
    query = ClaimQuery(QUOTATION, said=month.date(), said_precision="day")
    (candidate,) = find_candidates(query, PostgresIndex(), limit=10)
    assert "published" not in "; ".join(map(str, candidate.reasons))


def test_a_document_that_the_article_quotes_elsewhere_is_told() -> None:
    quoted = "the dredger was chartered for nine weeks and the cost is shared by both towns"
    document = add_to_library(f"Ferries sail again. The chair added that {quoted}. {FILLER}")
    add_to_library(f"Ferries rest. {FILLER}")
    query = ClaimQuery("Ferries sail again.", context=f"The readout says “{quoted}.” Ferries sail again.")
    candidate = find_candidates(query, PostgresIndex(), limit=10)[0]
    assert candidate.document_id == document.pk
    assert "the article quotes this document" in map(str, candidate.reasons)


def test_an_empty_library_has_no_candidates() -> None:
    assert find_candidates(ClaimQuery(QUOTATION, (QUOTATION,)), PostgresIndex(), limit=10) == []
