"""What becomes of words."""

import pytest

from verification.index.terms import LONGEST_TERM, terms


def test_marks_inside_numbers_and_initials_do_not_count() -> None:
    assert terms("8,500 tonnes, 4.1%, the U.S.", "en") == ["8500", "tonn", "4.1", "the", "us"]


def test_a_possessive_is_its_name_with_either_apostrophe() -> None:
    assert terms("Harbour's harbour’s HARBOUR", "en") == terms("harbour harbour harbour", "en")


def test_words_of_one_stem_are_one_term() -> None:
    assert len(set(terms("connect connected connecting connections", "en"))) == 1


def test_accents_do_not_count() -> None:
    assert terms("Élysée Schönefeld", "pl") == ["elysee", "schonefeld"]


def test_a_language_without_an_algorithm_is_not_stemmed() -> None:
    assert terms("connected connecting", "pl") == ["connected", "connecting"]


def test_words_of_an_unknown_language_are_stemmed_as_english() -> None:
    assert terms("connected connecting", "und") == terms("connects connection", "en")


def test_an_elided_article_is_no_part_of_a_french_word() -> None:
    assert terms("l’accord", "fr") == terms("accord", "fr")


def test_russian_is_stemmed_as_russian() -> None:
    assert terms("переговоры", "ru") == terms("переговорах", "ru")


def test_a_script_without_blanks_gives_a_term_for_each_character() -> None:
    assert terms("港口协会2022年", "zh") == ["港", "口", "协", "会", "2022", "年"]


@pytest.mark.parametrize("text", ["", "___", "— … !"])
def test_a_text_without_words_has_no_terms(text: str) -> None:
    assert terms(text, "en") == []


def test_a_term_is_cut_to_what_the_table_holds() -> None:
    assert [len(term) for term in terms("x" * 500, "und")] == [LONGEST_TERM]
