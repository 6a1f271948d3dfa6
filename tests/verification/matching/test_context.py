import pytest

from verification.matching.context import sentences_after, sentences_before

TEXT = "One came. Two came, too. Mr. Three came later, with Dr. Four. Then came five more. Six stayed. Seven left."
LIST = "Bring this:\n\n-   a warm coat\n-   bread for two days\n-   a lamp\n\nNothing else is needed. Thank you."


@pytest.mark.parametrize(
    ("text", "quote", "before", "after"),
    [
        (
            TEXT,
            "Then came five more.",
            " Two came, too. Mr. Three came later, with Dr. Four. ",
            " Six stayed. Seven left.",
        ),
        (
            TEXT,
            "five",
            " Two came, too. Mr. Three came later, with Dr. Four. Then came ",
            " more. Six stayed. Seven left.",
        ),
        (TEXT, "One came", "", ". Two came, too. Mr. Three came later, with Dr. Four."),
        (TEXT, "Seven left.", " Then came five more. Six stayed. ", ""),
        (LIST, "bread for two days", "\n-   a warm coat\n-   ", "\n-   a lamp\n"),
    ],
)
def test_two_sentences_and_the_rest_of_the_quotations_own_are_shown(
    text: str, quote: str, before: str, after: str
) -> None:
    start = text.index(quote)
    assert sentences_before(text, start).endswith(before)
    assert sentences_after(text, start + len(quote)).startswith(after)
    assert len(sentences_before(text, start)) <= len(before) + 16


def test_context_that_never_ends_is_cut_between_words() -> None:
    text = "word " * 900
    before, after = sentences_before(text, 2000), sentences_after(text, 2000)
    assert set(before.split()) == set(after.split()) == {"word"}
    assert 900 < len(before) <= 1000
    assert 900 < len(after) <= 1000
