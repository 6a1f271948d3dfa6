"""The score of a claim and the reasons given for it."""

import pytest

from claims.extraction.contract import Attribution
from claims.extraction.quantities import quantities
from claims.extraction.worth import FEATURES, tells, worth

_NAMED = Attribution(speaker="Jo Marsh", mention="Marsh", span=(0, 5))


def score(text: str, attribution: Attribution = _NAMED) -> float:
    return worth(text, attribution, (), quantities(text))[0]


@pytest.mark.parametrize(
    ("worthier", "less_worthy"),
    [
        (
            "the council spent 40 million euros on the new convoy",
            "the council spent a little on the new convoy of ships",
        ),
        (
            "the council passed the law on the closure of the strait",
            "the council perhaps did some kind of thing at the strait",
        ),
        ("the toll on ships rose to the highest level in a decade", "I think the toll on ships is a terrible thing"),
    ],
)
def test_what_a_record_can_test_outranks_vagueness_and_opinion(worthier: str, less_worthy: str) -> None:
    assert score(worthier) > score(less_worthy)


def test_a_named_source_outranks_an_unnamed_one() -> None:
    text = "the council closed the strait to every ship in spring"
    assert score(text) > score(text, Attribution(mention="officials", span=(0, 9)))


def test_every_score_gives_its_reasons_weightiest_first() -> None:
    text = "the council spent 40 million euros"
    _, reasons = worth(text, _NAMED, (), quantities(text))
    assert reasons[0] == FEATURES["figure"].reason
    assert FEATURES["named_source"].reason in reasons


def test_a_score_stays_between_nought_and_one() -> None:
    everything = "the law rose to a record 40 million euros because of Jo Marsh and Carla Ruiz in Port Aster"
    assert 0 <= score("maybe you should", Attribution()) <= score(everything) <= 1


@pytest.mark.parametrize(
    ("text", "told"), [("95 minutes", True), ("40 ships", True), ("two ships", False), ("a 12-year-old", False)]
)
def test_small_counts_in_words_and_ages_are_no_figures_to_check(text: str, told: bool) -> None:
    assert any(tells(quantity) for quantity in quantities(text)) is told
