from decimal import Decimal

import pytest

from verification.matching.numerals import read_number
from verification.matching.tokens import plain_form, word_key
from verification.matching.variants import same_words


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organisation", "organization"),
        ("realised", "realized"),
        ("analysing", "analyzing"),
        ("colours", "colors"),
        ("neighbouring", "neighboring"),
        ("endeavour", "endeavor"),
        ("centre", "center"),
        ("theatres", "theaters"),
        ("centred", "centered"),
        ("catalogue", "catalog"),
        ("defence", "defense"),
        ("licence", "license"),
        ("travelled", "traveled"),
        ("signalling", "signaling"),
        ("fuelled", "fueled"),
        ("programme", "program"),
        ("towards", "toward"),
        ("paediatric", "pediatric"),
        ("Fulfil", "fulfill"),
        ("%", "percent"),
        ("two", "2"),
        ("first", "1st"),
        ("per cent", "%"),
        ("programme’s", "program's"),
        ("United\nStates", "U.S."),
        ("European Union’s", "EU's"),
    ],
)
def test_british_and_american_spellings_and_digits_share_a_key(british: str, american: str) -> None:
    assert word_key(british) == word_key(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("filled", "filed"),
        ("called", "caled"),
        ("four", "for"),
        ("prise", "prize"),
        ("ourselves", "orselves"),
        ("we're", "were"),
        ("1.5", "15"),
        ("its", "it's"),
        ("okay", "ok"),
        ("James's", "James"),
        ("us", "US"),
        ("United States", "United Kingdom"),
    ],
)
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert word_key(one) != word_key(other)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("build up", "buildup"),
        ("per cent", "percent"),
        ("co operation", "cooperation"),
        ("health care", "healthcare"),
        ("US", "United States"),
        ("US's", "united states's"),
        ("UK", "united kingdom"),
        ("twenty five", "25"),
        ("two hundred and five", "205"),
        ("1 million", "1000000"),
        ("1.5 billion", "1500000000"),
        ("$ 5 billion", "five billion dollars"),
        ("can not", "cannot"),
        ("US", "US of america"),
    ],
)
def test_runs_of_words_are_one_wording(left: str, right: str) -> None:
    assert same_words(left.split(), right.split())
    assert same_words(right.split(), left.split())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("not able", "notable"),
        ("us", "United States"),
        ("do not", "don't"),
        ("a million", "1 million"),
        ("25", "26"),
        ("$ 5", "5"),
        ("5 million", "5 billion"),
        ("", "word"),
    ],
)
def test_other_runs_of_words_are_not(left: str, right: str) -> None:
    assert not same_words(left.split(), right.split())


@pytest.mark.parametrize(
    ("words", "value", "length"),
    [
        ("seventy two ships", 72, 2),
        ("3 thousand two hundred", 3200, 4),
        ("one hundred and one dalmatians", 101, 4),
        ("five six", 5, 1),
        ("20 5", 20, 1),
        ("hundred and", 1, 0),
    ],
)
def test_numbers_are_read_as_far_as_they_go(words: str, value: int, length: int) -> None:
    assert read_number(words.split(), 0) == ((Decimal(value), length) if length else None)


def test_a_huge_exponent_is_no_number() -> None:
    assert read_number(["1e999999999"], 0) is None


def test_commas_that_group_digits_and_an_acronyms_dots_do_not_count() -> None:
    assert plain_form("1,234,567") == "1234567"
    assert plain_form("U.S.") == plain_form("US")
    assert plain_form("4.5") == "4.5"
