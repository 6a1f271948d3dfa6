"""A search in a checker's own words brings sources, and stands for nothing else: not in the queue, not to readers."""

from typing import Any

import pytest
from django.urls import reverse

from tests.cases import Walk, finding, make_candidate, make_run, now
from tests.verification.admin.queue_pages import QUEUE
from tests.verification.admin.test_case_page import as_person, page_of
from verification.models import SearchRun
from verification.publishing.searches import searches_until
from verification.research.own_words import search_in_words
from verification.review import assignment, judgments
from verification.review.refusals import Unmet

pytestmark = pytest.mark.django_db
WORDS = "zyzzyva quokka"


@pytest.fixture
def walk() -> Walk:
    return Walk(second_check=True).accepted().taken()


def record(walk: Walk, person: Any, run: SearchRun) -> str:
    page = as_person(person).get(reverse("admin:search_record", args=[walk.review.pk, run.pk]))
    return page.content.decode()


def test_the_queue_shows_what_was_found_for_the_claim_and_not_for_those_words(walk: Walk) -> None:
    check = {"class": "altered", "flags": [], "similarity": 0.9, "diff": []}
    make_candidate(walk.review.claim, quote_check=check)
    search_in_words(walk.review.claim, WORDS)
    for query in ({}, {"q": "quote:altered"}, {"quote": "altered"}):
        (row,) = as_person(walk.editor).get(QUEUE, query).context["cl"].rows
        assert (row.found.outcome, row.found.check) == ("OK", {"class": "altered", "flags": []})


def test_it_stands_for_no_search_for_the_claim_in_a_judgment_or_to_readers(walk: Walk) -> None:
    own, library = search_in_words(walk.review.claim, WORDS), make_run(walk.review.claim, outcome="EMPTY")
    page = as_person(walk.checker).get(page_of(walk.review))
    may_attach = {asked.run.pk: asked.may_attach for asked in page.context["searched"]}
    assert (may_attach[own.pk], may_attach[library.pk]) == (False, True)
    assert "in a checker’s own words" in page.content.decode()
    review = now(walk.review)
    with pytest.raises(Unmet, match="Only a search for this claim"):
        judgments.save(review, walk.checker, finding(review, searches=(own,)), seen=0)
    told = {search.run for search in searches_until(review.public, review.opened_at.replace(year=9000))}
    assert library.pk in told
    assert own.pk not in told


def test_a_blind_second_checker_reads_their_own_words_and_not_the_first_ones(walk: Walk) -> None:
    first = search_in_words(walk.review.claim, WORDS)
    assert WORDS in record(walk, walk.checker, first)
    assert WORDS not in record(walk, walk.second, first)
    walk.proposed()
    assignment.take(walk.review, walk.second, now(walk.review).revision, "take_second")
    assert "Hidden until the second check is over." in record(walk, walk.second, first)
    assert "granary" in record(walk, walk.second, search_in_words(walk.review.claim, "granary"))
    assert WORDS in record(walk, walk.checker, first)
