"""What is said for a candidate, and which passage of it is shown."""

from dataclasses import replace
from datetime import date

import pytest

from tests.verification.ranking.documents import QUOTATION, SPEECH, found, ordered, said
from verification.ranking.found import Extract
from verification.ranking.query import ClaimQuery


def test_the_day_in_a_reason_is_one_that_people_read() -> None:
    query = ClaimQuery(QUOTATION, published=date(2031, 5, 2))
    (candidate,) = ordered(query, [found(1, SPEECH, published=date(2031, 5, 4))])
    assert "published on 4 May 2031, the week of the article" in said(candidate)


def test_a_day_beside_that_of_the_words_is_told_as_such() -> None:
    query = ClaimQuery(QUOTATION, said=date(2031, 5, 2), said_precision="day")
    (candidate,) = ordered(query, [found(1, SPEECH, published=date(2031, 5, 4))])
    assert "published on 4 May 2031, the week the words were said" in said(candidate)


def test_a_reporter_who_says_the_words_is_told_as_a_reporter() -> None:
    text = f"ADA EXAMPLE: Good evening.\n\nQ {QUOTATION}?\n\nADA EXAMPLE: Not so."
    (candidate,) = ordered(ClaimQuery(QUOTATION, (QUOTATION,), "Ada Example"), [found(1, text)])
    assert "here a reporter says them" in said(candidate)


@pytest.mark.parametrize(
    ("claim", "figure", "text", "told"),
    [
        ("The keepers let two cubic metres through.", "two cubic metres", "The two sides met on it.", False),
        ("The keepers let two cubic metres through.", "two cubic metres", "Keepers let 2 cubic metres pass.", True),
        ("The order came after two days of rain.", "two days", "The order is valid for two days.", False),
        ("Rain fell for two days.", "two days", "There was rain for two days.", True),
        ("The level fell by a third.", "a third", "A third of the pupils stayed away.", False),
        ("A third of the boats stayed in port.", "A third", "A third of the boats did sail.", True),
        ("They sent 40 boats.", "40", "They sent 40 crates.", False),
    ],
)
def test_a_figure_is_the_same_only_where_it_counts_the_same(claim: str, figure: str, text: str, told: bool) -> None:
    (candidate,) = ordered(ClaimQuery(claim, figures=(figure,)), [found(1, text)])
    assert ("has the same figures" in said(candidate)) is told


def test_the_passage_shown_is_the_one_that_holds_most_of_what_the_claim_says() -> None:
    first, second = "They spoke of the sluice and of the lake. ", "The sluice will open again on 1 June. "
    text = first + second + "The board will meet in June."
    at = len(first)
    early = Extract(0, at, text, 0)
    late = Extract(at, len(text), text, at)
    for extracts in ((early, late), (late, early)):
        (candidate,) = ordered(
            ClaimQuery("The sluice will open again on 1 June"), [replace(found(1), extracts=extracts)]
        )
        assert (candidate.start, candidate.end) == (at, len(text))
