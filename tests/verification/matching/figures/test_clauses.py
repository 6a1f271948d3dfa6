"""What the clause around a figure decides: short claims that are contradicted, and which of two sums is meant."""

import pytest

from verification.matching.figures.checking import check_figures
from verification.matching.figures.contract import FigureCheck

_PAID = "The ministry had paid out 48 million crowns"
_VOTED = "Cost. The Assembly voted 48 million crowns. "


def checked(claim: str, source: str) -> list[FigureCheck]:
    return [
        check for check in check_figures(claim, source, claim_day=None, source_day=None) if check.kind == "quantity"
    ]


@pytest.mark.parametrize(
    ("claim", "source", "found"),
    [
        ("The call lasted 80 minutes", "They spoke of lamps. The call lasted 50 minutes.", "50 minutes"),
        (
            "Vessels of more than 500 tonnes may not pass, according to the State Gazette of Drennick.",
            "Vessels of more than 300 tonnes may not pass. Vessels of 300 tonnes or less may pass by the side lock.",
            "more than 300 tonnes",
        ),
    ],
)
def test_a_short_claim_is_contradicted_by_the_same_words_with_another_number(
    claim: str, source: str, found: str
) -> None:
    (check,) = checked(claim, source)
    assert (check.outcome, check.warns, check.source) == ("differs", True, found)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The call lasted 80 minutes", "The call to the pilots of the northern ferry lasted 50 minutes."),
        ("The call lasted 80 minutes", "The meal lasted 50 minutes."),
        ("It lasted 80 minutes", "It lasted 50 minutes."),
        ("The call lasted 80 minutes", "The call lasted 50 metres."),
    ],
)
def test_few_words_in_common_contradict_nothing(claim: str, source: str) -> None:
    assert checked(claim, source) == []


def test_the_same_change_of_the_same_size_is_found_though_the_source_names_its_subject_a_sentence_before() -> None:
    claim = "The lake has fallen by 1.4 metres since October and now stands at its lowest since records began."
    (check,) = checked(
        claim, "The mean level of Lake Wend was 311.2 metres. The level has fallen by 1.4 metres since 1 October 2030."
    )
    assert (check.outcome, check.source) == ("agrees", "1.4 metres")
    assert checked(claim, "The mean level of Lake Wend was 311.2 metres. The level has risen by 1.4 metres.") == []


def test_the_sum_that_was_paid_is_held_against_the_sum_that_was_paid_and_not_the_one_voted() -> None:
    (check,) = checked(_PAID, _VOTED + "The Ministry paid out 46.3 million crowns, 755 crowns for each household.")
    assert (check.outcome, check.source) == ("differs", "46.3 million")


@pytest.mark.parametrize(
    "source", ["Cost: 48 million crowns voted, 46.3 million paid out.", _VOTED + "Paid out were 46.3 million crowns."]
)
def test_a_sum_beside_the_one_that_is_meant_never_agrees(source: str) -> None:
    assert not [check for check in checked(_PAID, source) if check.outcome == "agrees"]


def test_a_sum_of_which_nothing_else_is_told_still_agrees() -> None:
    (check,) = checked(_PAID, _VOTED + "The Ministry paid out 755 crowns for each household.")
    assert check.outcome == "agrees"
    (check,) = checked(_PAID, "The Ministry paid out 48 million crowns. The Assembly had voted 49 million crowns.")
    assert (check.outcome, check.source) == ("agrees", "48 million")
