"""What is looked up of a query: the rarest words, and of an index of any size no more than can be afforded."""

import pytest

from verification.index import weighing
from verification.index.weighing import Holding, Holdings, wanted_terms, weigh


def kept(passages: int, share_of_all: float) -> tuple[set[str], float]:
    """Return which words of a query are looked for in passages, in an index of some size, and their share of weight."""
    shares = {"corvina": 0.0001, "dredg": 0.001, "mole": 0.01, "harbour": 0.1, "board": 0.2 * share_of_all}
    held = {name: Holding(*[round(share * passages)] * 3) for name, share in shares.items()}
    wanted = wanted_terms("corvina dredging mole harbour board", "en")
    whole = sum(weighing.idf(passages, held[stem].passages) for stem in wanted)
    weights = weigh(wanted, {}, Holdings(passages, passages, held)).passages
    return set(weights), sum(weights.values()) / whole


def test_every_word_that_tells_something_is_looked_for_in_a_small_index() -> None:
    assert kept(10_000, 1)[0] == {"corvina", "dredg", "mole", "harbour", "board"}


def test_the_commonest_words_are_left_out_where_an_index_is_too_large_for_them() -> None:
    names, share = kept(1_000_000, 1)
    assert names == {"corvina", "dredg", "mole", "harbour"}
    assert share >= weighing.LEAST


def test_a_query_of_common_words_only_is_looked_for_whatever_it_costs() -> None:
    held = {name: Holding(*[400_000] * 3) for name in ("harbour", "board", "met")}
    weights = weigh(wanted_terms("harbour board met", "en"), {}, Holdings(1_000_000, 1_000_000, held))
    assert len(weights.passages) == 2


@pytest.mark.parametrize(("language", "forms"), [("en", {"dredg"}), ("und", {"dredg", "dredging"})])
def test_a_word_is_looked_for_as_its_language_is_known(language: str, forms: set[str]) -> None:
    assert wanted_terms("dredging", language)["dredg"].forms == forms
