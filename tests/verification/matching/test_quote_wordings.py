import pytest

from verification.matching.quotes import check_quote


@pytest.mark.parametrize(
    ("quote", "quote_class"),
    [
        ("142 ships of the US sailed", "spelling"),
        ("one hundred forty-two ships of the U.S. sailed", "spelling"),
        ("142 ships of the US of America sailed for 20 dollars", "spelling"),
        ("One hundred and forty-two ships of the United States of America sailed", "exact"),
        ("one hundred and forty-two ships of us sailed for $20", "altered"),
        ("the U.S.’s harbour, which cost 7 per cent", "spelling"),
        ("the United States’ harbour, which cost 7 per cent", "altered"),
        ("(among them 3 tugs)", "spelling"),
        ("sailed for $20 (among them 4 tugs) to the", "altered"),
    ],
)
def test_numbers_and_countries_written_with_more_words_are_the_same_words(quote: str, quote_class: str) -> None:
    source = (
        "One hundred and forty-two ships of the United States of America sailed for $20 (among them three tugs) to the "
        "US’s harbour, which cost 7%."
    )
    assert check_quote(quote, source).quote_class == quote_class


def test_words_that_changed_places_are_an_alteration_of_the_passage() -> None:
    source = "We have closed three of the seven banks. Courage without planning fills graves."
    assert check_quote("We have closed seven of the three banks", source).quote_class == "altered"
    assert check_quote("Planning without courage fills graves", source).quote_class == "altered"
