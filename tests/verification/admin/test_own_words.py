"""A search in a checker's own words brings sources, and stands for nothing else: not in the queue, not to readers."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse

from config.database import as_owner
from tests.cases import Walk, finding, make_candidate, make_document, make_run, now
from tests.verification.admin.queue_pages import QUEUE
from tests.verification.admin.test_case_page import as_person, page_of
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexDocument
from verification.models import Document, SearchRun
from verification.publishing.searches import searches_until
from verification.research.own_words import search_in_words
from verification.review import assignment, judgments
from verification.review.refusals import Unmet

pytestmark = pytest.mark.django_db
WORDS = "zyzzyva quokka"
LAMPS = "Forty lamps burn on the mole."
GRANARY = "The breakwater committee met in the granary on the ninth of May."


@pytest.fixture
def walk() -> Walk:
    return Walk(second_check=True).accepted().taken()


def library(text: str) -> Document:
    document = make_document(text, title=text[:20])
    PostgresIndex().add([IndexDocument(document.pk, document.title or "", document.text, "en")])
    return document


def record(walk: Walk, person: Any, run: SearchRun) -> str:
    page = as_person(person).get(reverse("admin:search_record", args=[walk.review.pk, run.pk]))
    return page.content.decode()


def test_the_queue_shows_what_was_found_for_the_claim_and_not_for_those_words(walk: Walk) -> None:
    check = {"class": "altered", "flags": [], "similarity": 0.9, "diff": []}
    make_candidate(walk.review.claim, quote_check=check)
    search_in_words(walk.review.claim, WORDS, walk.checker)
    for query in ({}, {"q": "quote:altered"}, {"quote": "altered"}):
        (row,) = as_person(walk.editor).get(QUEUE, query).context["cl"].rows
        assert (row.found.outcome, row.found.check) == ("OK", {"class": "altered", "flags": []})


def test_it_stands_for_no_search_for_the_claim_in_a_judgment_or_to_readers(walk: Walk) -> None:
    own, library = search_in_words(walk.review.claim, WORDS, walk.checker), make_run(walk.review.claim, outcome="EMPTY")
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
    first = search_in_words(walk.review.claim, WORDS, walk.checker)
    assert WORDS in record(walk, walk.checker, first)
    assert WORDS not in record(walk, walk.second, first)
    walk.proposed()
    assignment.take(walk.review, walk.second, now(walk.review).revision, "take_second")
    assert "Hidden until the second check is over." in record(walk, walk.second, first)
    assert "granary" in record(walk, walk.second, search_in_words(walk.review.claim, "granary", walk.second))
    assert WORDS in record(walk, walk.checker, first)


def first_card(walk: Walk, person: User) -> Document:
    cards = as_person(person).get(page_of(walk.review)).context["cards"]
    assert {LAMPS, GRANARY} <= {card.candidate.document.text for card in cards}
    found: Document = cards[0].candidate.document
    return found


def test_what_a_first_checkers_own_words_found_stands_last_for_a_blind_second_one(walk: Walk) -> None:
    library(LAMPS)
    document = library(GRANARY)
    make_candidate(walk.review.claim, make_document(LAMPS))
    first = search_in_words(walk.review.claim, "breakwater committee granary", walk.checker)
    assert GRANARY[:20] not in record(walk, walk.second, first)
    assert first_card(walk, walk.checker) == document
    walk.proposed()
    assignment.take(walk.review, walk.second, now(walk.review).revision, "take_second")
    cards = as_person(walk.second).get(page_of(walk.review)).context["cards"]
    assert cards[-1].candidate.document == document
    assert not cards[-1].tells
    search_in_words(walk.review.claim, "breakwater committee granary", walk.second)
    assert first_card(walk, walk.second) == document


def test_the_same_words_twice_are_one_search_until_the_library_grows(walk: Walk) -> None:
    claim, person = walk.review.claim, walk.checker
    run = search_in_words(claim, WORDS, person)
    assert search_in_words(claim, WORDS, person) == run
    assert search_in_words(claim, WORDS, walk.second) != run
    SearchRun.objects.filter(pk=run.pk).update(started_at=run.started_at - timedelta(minutes=2))
    again = search_in_words(claim, WORDS, person)
    assert again != run
    library(GRANARY)
    assert search_in_words(claim, WORDS, person) not in {run, again}


@pytest.mark.django_db(transaction=True)
def test_a_search_that_breaks_is_on_record_as_one_that_failed(walk: Walk) -> None:
    library(GRANARY)
    address = reverse("admin:case_find", args=[walk.review.pk])
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE verification_candidate ADD CONSTRAINT full_disk CHECK (id < 0) NOT VALID")
    page = as_person(walk.checker).post(address, {"words": "granary"}, follow=True)
    assert "The library could not be asked for “granary”: try again." in page.content.decode()
    run = SearchRun.objects.get(step="own_words")
    assert (run.outcome, run.answered, run.candidates.count()) == ("FAILED", False, 0)
    assert "full_disk" in run.error
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE verification_candidate DROP CONSTRAINT full_disk")
    assert search_in_words(walk.review.claim, "granary", walk.checker).outcome == "OK"


def test_words_that_were_looked_for_stand_in_the_field_once_and_nothing_new_is_no_success(walk: Walk) -> None:
    library(GRANARY)
    browser, address = as_person(walk.checker), reverse("admin:case_find", args=[walk.review.pk])
    browser.post(address, {"words": "granary"})
    again = browser.post(address, {"words": "granary"}, follow=True).content.decode()
    assert '<li class="info">Nothing new for “granary”' in again
    assert 'name="words" value="granary"' in again
    assert 'name="words" value=""' in browser.get(page_of(walk.review)).content.decode()
