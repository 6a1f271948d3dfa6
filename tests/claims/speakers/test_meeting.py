"""Intake meets names: what is certainly one speaker has one row, and nothing else has."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from claims.models import Speaker
from claims.speakers import Described, describe, join, speakers_for
from tests.people import make_person

pytestmark = pytest.mark.django_db

ADA = "Ada O’Mole"


def met(name: str, kind: str | None = None, role: str | None = None) -> Speaker:
    return speakers_for([(name, kind, role)])[name]


@pytest.mark.parametrize(
    "name", ["Ada O'Mole", "ADA O'MOLE", "Ada  O‘Mole", "Ada\xa0O’Mole", "ada o`mole", " Ada O’Mole "]
)
def test_capitals_blanks_and_apostrophes_make_no_other_speaker(name: str) -> None:
    assert met(name) == met(ADA)
    assert Speaker.objects.count() == 1


def test_accents_written_in_two_ways_are_one_and_other_letters_are_not() -> None:
    assert met("Zoe\u0301 Quill") == met("Zoé Quill")
    assert met("Zoe Quill") != met("Zoé Quill")
    assert met("A. Quill") != met("Ada Quill")


def test_one_article_with_a_name_in_two_writings_makes_one_row_named_as_first_written() -> None:
    found = speakers_for([("HARBOUR BOARD", None, None), ("Harbour Board", "organisation", None)])
    assert found["HARBOUR BOARD"] == found["Harbour Board"]
    assert (found["Harbour Board"].name, found["Harbour Board"].kind) == ("HARBOUR BOARD", "organisation")


def test_a_kind_and_a_role_are_filled_in_once_and_never_overwritten() -> None:
    met(ADA)
    told = met(ADA, "person", "harbour warden")
    assert (told.kind, told.role) == ("person", "harbour warden")
    again = met(ADA, "organisation", "Mayor")
    again.refresh_from_db()
    assert (again.kind, again.role) == ("person", "harbour warden")


def test_an_alias_a_person_recorded_leads_to_its_row() -> None:
    board = met("Harbour Board of Port Example")
    describe(board, Described(aliases=("The Board",)), make_person("editor"), Described.of(board).seen)
    assert met("the board") == board


def test_an_alias_that_two_rows_have_is_not_certain() -> None:
    for name in ("Harbour Board", "School Board"):
        Speaker.objects.create(name=name, aliases=["The Board"])
    assert met("The Board").name == "The Board"


def test_a_row_that_was_joined_keeps_meeting_its_own_name() -> None:
    short, full = met("A. Quill"), met("Ada Quill")
    join(short, full, make_person("editor"))
    assert met("A. Quill") == short


def test_a_long_name_is_cut_and_met_again_and_one_without_a_letter_has_no_row() -> None:
    name = "Board of " + "very " * 60 + "long names"
    assert met(name) == met(name)
    assert len(met(name).name) <= 200
    assert speakers_for([("…", None, None)]) == {}


def test_known_names_cost_two_queries_however_many_there_are(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    names = [(f"Speaker {number}", "person", None) for number in range(60)]
    speakers_for(names)
    with transaction.atomic(), django_assert_max_num_queries(4):
        assert len(speakers_for(names)) == 60


@pytest.mark.django_db(transaction=True)
def test_articles_that_bring_new_names_at_once_make_one_row_of_each() -> None:
    writings = ["Ada Quill", "ADA QUILL", "Ada\xa0Quill", "ada quill"]
    barrier = Barrier(len(writings))

    def meet(name: str) -> int:
        others = [(f"Board {number}", None, None) for number in range(20)]
        try:
            barrier.wait(10)
            return speakers_for([(name, "person", None), *(others if name.isupper() else reversed(others))])[name].pk
        finally:
            connection.close()

    with ThreadPoolExecutor(len(writings)) as pool:
        assert len(set(pool.map(meet, writings))) == 1
    assert Speaker.objects.count() == 21
