"""What a person says of a speaker: kept, checked, and never somebody else's."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from claims.models import Speaker
from claims.speakers import Described, SpeakerRefused, describe, join
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_person("editor")


def board(**fields: object) -> Speaker:
    return Speaker.objects.create(name="Harbour Board", **fields)


def said(speaker: Speaker, editor: User, **fields: Any) -> Speaker:
    stored = Described.of(speaker)
    return describe(speaker, replace(stored, **fields), editor, stored.seen)


def test_what_is_said_is_cleaned_stored_and_noted_with_who_said_it(editor: User) -> None:
    wish = Described("organisation", " port  authority ", ("The Board", "the  board", "HARBOUR BOARD", ""), ())
    row = describe(board(), wish, editor, Described().seen)
    assert Described.of(row) == Described("organisation", "port authority", ("The Board",), ())
    assert LogEntry.objects.get().user == editor


def test_the_same_form_sent_twice_changes_once(editor: User) -> None:
    row, wish = board(), Described(role="port authority")
    for _ in range(2):
        describe(row, wish, editor, Described().seen)
    assert LogEntry.objects.count() == 1


def test_who_looked_at_something_else_overwrites_nothing(editor: User) -> None:
    row = board()
    describe(row, Described(role="port authority"), editor, Described().seen)
    with pytest.raises(SpeakerRefused, match="Somebody changed “Harbour Board” meanwhile"):
        describe(row, Described(role="watchdog"), editor, Described().seen)


def test_another_speakers_name_or_alias_is_no_alias(editor: User) -> None:
    Speaker.objects.create(name="Port Office", aliases=["The Office"])
    with pytest.raises(SpeakerRefused, match="“Port Office” is a speaker of its own: join the two"):
        said(board(), editor, aliases=("port office",))
    with pytest.raises(SpeakerRefused, match="is another name of “Port Office” already"):
        said(Speaker.objects.get(name="Harbour Board"), editor, aliases=("The office",))


def test_the_name_of_a_joined_row_needs_no_alias(editor: User) -> None:
    row = board()
    join(Speaker.objects.create(name="The Harbour Board"), row, editor)
    assert said(row, editor, aliases=("The Harbour Board", "The Board")).aliases == ["The Board"]


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("https://Board.EXAMPLE/about", "https://board.example/about"),
        ("http://www.wikidata.org/entity/Q42", "http://www.wikidata.org/entity/Q42"),
        ("http://board.example/", None),
        ("http://www.wikidata.org/entity/Q42?x=1", None),
        ("javascript:alert(1)", None),
        ("the board", None),
        ("https://board.example/" + "a" * 500, None),
    ],
)
def test_only_an_address_that_can_be_asked_identifies_somebody(editor: User, address: str, stored: str | None) -> None:
    row = board()
    if stored is None:
        with pytest.raises(SpeakerRefused):
            said(row, editor, same_as=(address,))
    else:
        assert said(row, editor, same_as=(address, address)).same_as == [stored]


def test_too_much_is_refused_with_how_much_may_be(editor: User) -> None:
    row = board()
    for fields in (
        {"aliases": ("a" * 201,)},
        {"aliases": tuple(f"board {number}" for number in range(51))},
        {"same_as": tuple(f"https://board.example/{number}" for number in range(21))},
    ):
        with pytest.raises(SpeakerRefused, match="at most"):
            said(row, editor, **fields)
