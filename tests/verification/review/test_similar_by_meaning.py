"""Cases worded otherwise: suggested where the optional vectors are installed; the rest is as without them."""

import pytest

from tests.factories import make_article, make_claim
from verification.matching.vectors import installed
from verification.models import Review
from verification.review import triage
from verification.review.similar import similar_cases

pytestmark = pytest.mark.django_db
KNOWN = "Unemployment in Ellery has climbed to its highest level in ten years."
PARAPHRASE = "The jobless rate in Ellery is at its highest for a decade."
AGAIN = "In Ellery unemployment has climbed to its highest level in ten years, according to the board."
OTHERS = (
    "The ferry between Ellery and Osmund sank during a storm in the night.",
    "Every worker in Osmund was promised a new boat by the council.",
    "Fishers off Norland caught more cod than at any other place.",
    "The mayor of Ellery sold the old harbour to a company.",
)


def case_of(text: str) -> Review:
    """Open the case of a claim that an article prints."""
    claim = make_claim(make_article(text, language="en"))
    triage.open_cases()
    return Review.objects.select_related("claim").get(claim=claim)


@pytest.fixture
def known() -> Review:
    """Return the case of the known claim, among a few others."""
    for text in OTHERS:
        case_of(text)
    return case_of(KNOWN)


def strengths(text: str) -> list[tuple[str, str]]:
    """Return the wordings of the cases that may check the same as a new claim, each with how sure that is."""
    return [(similar.review.wording, str(similar.strength)) for similar in similar_cases(case_of(text), "en")]


@pytest.mark.skipif(not installed(), reason="the optional vectors (requirements/vectors.in) are not installed")
def test_a_claim_in_other_words_is_suggested_where_vectors_are_installed(known: Review) -> None:
    assert strengths(PARAPHRASE) == [(known.wording, "suggest")]


@pytest.mark.skipif(installed(), reason="the optional vectors (requirements/vectors.in) are installed")
def test_a_claim_in_other_words_is_not_found_by_words(known: Review) -> None:
    assert strengths(PARAPHRASE) == []


def test_a_claim_in_the_same_words_is_held_to_be_the_same_with_and_without_vectors(known: Review) -> None:
    assert strengths(AGAIN)[0] == (known.wording, "strong")


def test_among_a_few_cases_one_word_in_common_is_no_likeness(known: Review) -> None:
    assert strengths("The board of Osmund met behind closed doors.") == []
