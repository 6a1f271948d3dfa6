"""Markdown becomes the paragraphs a person would read, in the author's own characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.connectors.markdown import plain, split_front_matter


def test_wrapped_lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart() -> None:
    assert plain("The warden spoke\nof the harbour. \n\nThe  board\nagreed.\n") == (
        "The warden spoke of the harbour.\n\nThe  board agreed."
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**Warden:** we *did* it", "Warden: we did it"),
        ("a [link](https://port.example/a_(b)) here", "a link here"),
        ("![a boat](boat.png)Text", "Text"),
        ("see <https://port.example/>", "see https://port.example/"),
        ("## Remarks", "Remarks"),
        ("> quoted\n> twice", "quoted twice"),
        (r"\###", "###"),
        (r"5 \* 3 \_ 2", "5 * 3 _ 2"),
        ("Tom &amp; Ada &nbsp;x", "Tom & Ada \xa0x"),
        ("- first\n- second\n  goes on\n3. third", "- first\n- second goes on\n3. third"),
        ("one\n\n* * *\n\ntwo", "one\n\ntwo"),
        ("2 * 3 * 4 is 24", "2 * 3 * 4 is 24"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("“Quotes” – and ‘dashes’ … stay", "“Quotes” – and ‘dashes’ … stay"),
    ],
)
def test_mark_up_goes_and_characters_stay(written: str, read: str) -> None:
    assert plain(written) == read


def test_front_matter_is_read_as_text_and_nothing_in_it_is_guessed() -> None:
    facts, body = split_front_matter("---\ntitle: 'On\\_'\ndate: 2031-05-04\nflag: no\ntags: [a]\n---\nBody\n")
    assert facts == {"title": "On\\_", "date": "2031-05-04", "flag": "no"}
    assert body == "Body\n"


@pytest.mark.parametrize(
    "document", ["no front matter", "---\n: [\n---\nx", "---\n- a\n- b\n---\nx", "---\nnever closed"]
)
def test_what_is_no_front_matter_stays_in_the_body(document: str) -> None:
    assert split_front_matter(document) == ({}, document)


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_read(document: str) -> None:
    facts, body = split_front_matter(document)
    assert isinstance(plain(body), str)
    assert all(isinstance(value, str) for value in facts.values())
