"""Paragraph and sentence borders, next to quotation marks above all."""

import pytest

from claims.extraction.sentences import MAX_PIECE, paragraphs, pieces, sentences


def cut(text: str) -> list[str]:
    return [text[slice(*span)] for span in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Sen. Ida Fenn of the U.S. delegation met Dr. Marsh at 9 a.m. on Jan. 4.",
        "“Is it true?” Marsh asked.",
        "“Is it true?” Marsh asked the whole council of the harbour states in the old customs house on Monday evening.",
        "“Never!” the captain of the ferry shouted.",
        "It cost 3.5 million, or about No. 4 on the list.",
        "J. B. Marsh of Acme Corp. declined to comment.",
    ],
)
def test_abbreviations_initials_decimals_and_speech_tags_end_no_sentence(text: str) -> None:
    assert cut(text) == [text]


def test_a_quotation_of_several_sentences_is_cut_and_its_last_keeps_the_attribution() -> None:
    assert cut("“It was long. We will publish it,” Marsh said. Nobody else spoke.") == [
        "“It was long.",
        "We will publish it,” Marsh said.",
        "Nobody else spoke.",
    ]


def test_a_quotation_that_ended_with_a_point_is_not_joined_to_the_next_report() -> None:
    text = "“The strait is open.” Marsh said she would go home to the islands on the next morning."
    assert cut(text) == ["“The strait is open.”", "Marsh said she would go home to the islands on the next morning."]


def test_a_short_speech_tag_after_a_point_stays_with_its_quotation() -> None:
    assert cut("“The strait is open.” Marsh said.") == ["“The strait is open.” Marsh said."]


def test_a_point_after_an_abbreviation_ends_a_sentence_before_a_word_that_starts_one() -> None:
    assert cut("She moved to the U.S. The family followed.") == ["She moved to the U.S.", "The family followed."]


def test_a_blank_line_and_a_single_line_break_both_end_a_paragraph() -> None:
    text = "One line.\nAnother line.\n\nA third."
    assert [text[slice(*span)] for span in paragraphs(text)] == ["One line.", "Another line.", "A third."]


def test_the_lines_of_a_hard_wrapped_paragraph_stay_together() -> None:
    text = (
        "The council of the harbour states met on Monday in the old customs\n"
        "House to talk about the tariff, which several of its members have\n"
        "Opposed since the spring."
    )
    assert paragraphs(text) == [(0, len(text))]


def test_a_line_that_goes_on_in_lower_case_belongs_to_the_one_before() -> None:
    text = "The council met\nin the customs house."
    assert paragraphs(text) == [(0, len(text))]


def test_a_paragraph_longer_than_a_piece_is_cut_at_sentence_ends() -> None:
    text = "The ferry sailed at dawn. " * 600
    spans = pieces(text, paragraphs(text))
    assert len(spans) > 1
    assert all(end - start <= MAX_PIECE and text[end - 1] == "." for start, end in spans)
    assert "".join(text[slice(*span)] for span in spans).count("dawn") == 600
