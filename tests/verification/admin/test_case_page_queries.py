"""A case's page asks the database seldom, whatever hangs on the case and whoever reads it."""

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, make_candidate, make_document, make_run, now
from tests.people import make_person
from tests.verification.admin.test_case_page import as_person, judge, page_of
from tests.verification.api.programs import Program
from verification.models.candidate import OWN_WORDS
from verification.review import assignment

pytestmark = pytest.mark.django_db
MOST = 20


@pytest.fixture
def busy() -> Walk:
    """A case in research whose judgment is begun, that a program planned with a second check and commented on."""
    walk = Walk().accepted()
    editor = Program(walk.editor)
    editor.did(walk.review, "plan", second_check=True)
    walk.review = now(walk.review)
    walk.taken()
    judge(walk, save="1")
    editor.did(walk.review, "comment", text="See the ledger.")
    return walk


def waive(walk: Walk) -> None:
    waived = {"person": walk.checker.username, "hat": "second", "reason": "All others are at sea."}
    Program(walk.editor).did(walk.review, "waive_four_eyes", **waived)


def page_within(most: DjangoAssertNumQueries, person: User, walk: Walk) -> str:
    """Read the page as one who opened it before, in so many queries, and return it."""
    browser = as_person(person)
    browser.get(page_of(walk.review))
    with most(MOST):
        answer = browser.get(page_of(walk.review))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_the_page_asks_the_database_as_often_for_thirty_candidates_as_for_one(
    busy: Walk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page_within(django_assert_max_num_queries, busy.checker, busy)
    run = busy.review.claim.search_runs.get()
    for rank in range(2, 31):
        make_candidate(busy.review.claim, make_document(f"Notice {rank} of the harbour."), run, rank=rank)
    assert page_within(django_assert_max_num_queries, busy.checker, busy).count("ro-card-head") == 30


@pytest.mark.parametrize("who", ["checker", "editor", "second", "both"])
def test_the_names_in_a_log_that_programs_wrote_are_read_at_once(
    busy: Walk, who: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reader = make_person("checker", "editor") if who == "both" else getattr(busy, who)
    page = page_within(django_assert_max_num_queries, reader, busy)
    assert "By a program, a program" in page
    again = Walk()
    Program(again.intake).did(again.review, "duplicate", of=str(busy.review.public))
    joined = f"confirmed that {again.review.number} is the same claim"
    assert f"<b>Ines Mole</b> {joined}" in page_within(django_assert_max_num_queries, reader, busy)
    waive(busy)
    page = page_within(django_assert_max_num_queries, reader, busy)
    assert "All others are at sea." in page
    assert joined in page


def test_a_colleagues_own_words_and_a_blind_second_check_need_no_more(
    busy: Walk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_candidate(busy.review.claim, make_document(), make_run(busy.review.claim, step=OWN_WORDS))
    for reader in (busy.checker, busy.editor, busy.second):
        page_within(django_assert_max_num_queries, reader, busy)
    waive(busy)
    busy.review = now(busy.review)
    busy.proposed()
    assignment.take(busy.review, busy.second, verb="take_second")
    for reader in (busy.checker, busy.editor, busy.second):
        page_within(django_assert_max_num_queries, reader, busy)
