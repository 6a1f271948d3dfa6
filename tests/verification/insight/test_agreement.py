"""Agreement beyond chance: published examples, and what must hold of any judges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.insight.agreement import cohen_kappa, interval, krippendorff_alpha, nominal, raw_agreement

# Four coders, twelve units, a dot where one did not judge: the example of Krippendorff (2011), section E.
CODERS = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")
UNITS = [[int(value) for value in unit if value != "."] for unit in zip(*(row.split() for row in CODERS), strict=True)]

labels = st.sampled_from(["True", "Half", "False"])
pairs = st.lists(st.tuples(labels, labels), min_size=1, max_size=60)


def test_alpha_of_the_published_example_is_the_published_one() -> None:
    assert krippendorff_alpha(UNITS, nominal) == pytest.approx(0.743, abs=0.001)
    assert krippendorff_alpha(UNITS, interval) == pytest.approx(0.849, abs=0.001)


def test_kappa_of_a_table_worked_by_hand() -> None:
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .7, by chance .5, kappa .4.
    table = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(table) == pytest.approx(0.4)
    assert raw_agreement(table) == pytest.approx(0.7)


@given(st.lists(labels, min_size=2, max_size=40).filter(lambda found: len(set(found)) > 1))
def test_judges_who_always_agree_agree_wholly(found: list[str]) -> None:
    same = [(label, label) for label in found]
    assert cohen_kappa(same) == pytest.approx(1)
    assert krippendorff_alpha(same) == pytest.approx(1)


@given(pairs)
def test_no_coefficient_is_above_one_and_alpha_does_not_ask_who_was_first(found: list[tuple[str, str]]) -> None:
    turned = [(other, one) for one, other in found]
    alpha = krippendorff_alpha(found)
    assert alpha is None or alpha <= 1 + 1e-9
    kappa = cohen_kappa(found)
    assert kappa is None or -1 - 1e-9 <= kappa <= 1 + 1e-9
    other = krippendorff_alpha(turned)
    assert (alpha is None and other is None) or alpha == pytest.approx(other)


def test_where_nothing_can_be_said_nothing_is_said() -> None:
    assert cohen_kappa([]) is None
    assert raw_agreement([]) is None
    assert cohen_kappa([("True", "True")] * 5) is None
    assert krippendorff_alpha([["True"], ["False"]]) is None
    assert krippendorff_alpha([["True", "True"]] * 5) is None
