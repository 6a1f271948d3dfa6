"""Which documents are copies of one text."""

from collections.abc import Mapping, Sequence
from datetime import date

from tests.verification.ranking.documents import found
from verification.ranking.folding import fold
from verification.ranking.found import FoundDocument

TEXT = " ".join(
    f"On page {number} of its report the board of Port Example lists the lamps of pier {number}."
    for number in range(40)
)


def folded(*documents: FoundDocument) -> dict[int, tuple[int, ...]]:
    def read(ids: Sequence[int]) -> Mapping[int, str]:
        return {each.id: each.extracts[0].text for each in documents if each.id in ids}

    return fold(documents, read)


def test_a_repost_folds_into_the_best_tier_and_of_equals_the_earliest() -> None:
    copies = folded(
        found(1, TEXT, tier=4, published=date(2031, 5, 2)),
        found(2, TEXT, tier=1, published=date(2031, 5, 4)),
        found(3, TEXT, tier=1, published=date(2031, 5, 3)),
    )
    assert copies == {3: (2, 1)}


def test_a_copy_with_a_changed_word_is_a_copy() -> None:
    assert folded(found(1, TEXT), found(2, TEXT.replace("lists", "names", 1))) == {1: (2,)}


def test_releases_by_one_form_with_other_figures_are_no_copies() -> None:
    other = TEXT
    for number in range(40):
        other = other.replace(f"page {number} ", f"page {number + 70} ").replace(
            f"pier {number}.", f"pier {number + 90}."
        )
    assert folded(found(1, TEXT), found(2, other)) == {}


def test_a_longer_text_that_holds_the_shorter_is_another_document() -> None:
    assert folded(found(1, TEXT), found(2, TEXT + TEXT.replace("lamps", "buoys"))) == {}


def test_the_same_text_of_another_year_is_another_event() -> None:
    assert folded(found(1, TEXT, published=date(2030, 5, 2)), found(2, TEXT, published=date(2031, 5, 2))) == {}
