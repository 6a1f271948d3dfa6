"""Quotation marks of many kinds, well paired or not."""

import pytest

from claims.extraction.quotations import quotations
from claims.extraction.sentences import paragraphs


def quoted(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quotations(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "the strait is open" again.', ["the strait is open"]),
        ("He said “the strait is open” again.", ["the strait is open"]),
        ("„Die Straße ist offen“, sagte er.", ["Die Straße ist offen"]),
        ("« La voie est libre », dit-il.", ["La voie est libre"]),
        ("»Der Hafen ist frei«, rief sie.", ["Der Hafen ist frei"]),
        ("彼は「海峡は『開いて』いる」と言った。", ["海峡は『開いて』いる"]),
        ("‘The strait is open,’ he said.", ["The strait is open,"]),
        ("''The strait is open,'' he said.", ["The strait is open,"]),
        ("``The strait is open,'' he said.", ["The strait is open,"]),
        ('\u202a"The strait is open,” he said.', ["The strait is open,"]),
        ("”Sundet är öppet”, sade han.", ["Sundet är öppet"]),
    ],
)
def test_every_style_of_marks_is_read(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The strait is open,” he said.', ["The strait is open,"]),
        ('“The strait is open," he said.', ["The strait is open,"]),
        ("“The strait is open,“ he said.", ["The strait is open,"]),
        ("““The strait is open,” he said.", ["The strait is open,"]),
        ('The strait is open."We sail at noon," he said.', ["We sail at noon,"]),
    ],
)
def test_marks_that_do_not_match_are_paired_by_where_they_stand(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The crews' plan wasn't the captains' plan.",
        "The mast is 30' 6\" tall.",
        "In the '90s they said 'twas so.",
        "The mark “never closes here.",
    ],
)
def test_apostrophes_inches_and_marks_that_never_close_quote_nothing(text: str) -> None:
    assert quoted(text) == []


def test_a_quotation_within_a_quotation_stays_inside_the_outer_one() -> None:
    assert quoted("“He told me ‘never again’ and left,” she said.") == ["He told me ‘never again’ and left,"]


def test_a_possessive_inside_single_marks_does_not_close_them() -> None:
    assert quoted("‘It is the crews’ plan,’ she said.") == ["It is the crews’ plan,"]


def test_a_quotation_over_several_paragraphs_is_found_in_each_and_marked_as_going_on() -> None:
    text = "“The strait is open.\n\n“We sail at noon,” he said."
    spans = quotations(text, paragraphs(text))
    assert [(text[span.start : span.end], span.continues) for span in spans] == [
        ("The strait is open.", True),
        ("We sail at noon,", False),
    ]


def test_what_is_nested_in_a_mark_that_never_closes_is_kept() -> None:
    assert quoted('An unclosed "mark, and then “a closed one” in it.') == ["a closed one"]
