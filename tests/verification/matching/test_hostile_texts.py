"""Texts made to keep a worker busy: the checks stored with each candidate take a moment, whatever stands in them."""

from datetime import date
from random import Random
from time import process_time

import pytest

from claims.extraction.sentences import sentences
from verification.matching.differences import verbatim
from verification.matching.figures.checking import check_figures
from verification.matching.quotes import QuoteClass, check_quote
from verification.matching.suggesting import Compared, suggest

DAY = date(2026, 5, 3)
CLAIM = "Warden Quillfeather counted 12 lamps on 3 May 2026, and said that 1,000 jobs rose by 5%."
# Seconds of processor time: a few times what the slowest takes.
MOST = 10.0


@pytest.mark.parametrize(
    "part", ["1 ", "1,", "from 1 to 2 ", "between 1 and ", "Monday ", "1 May 2026, ", "A. ", "www.a "]
)
def test_no_text_keeps_the_checks_busy(part: str) -> None:
    text = part * (200_000 // len(part))
    begun = process_time()
    check_figures(CLAIM, text, claim_day=DAY, source_day=DAY)
    check_figures(text, CLAIM, claim_day=DAY, source_day=DAY)
    suggest(
        Compared(
            claim=text[:3_000],
            passage=text[:6_000],
            quotations=(),
            quote_check=None,
            figure_checks=(),
            role="tests_claim",
            tier=0,
            own_word=False,
        )
    )
    assert process_time() - begun < MOST


def test_a_figure_is_read_whole_or_not_at_all_where_a_text_is_cut() -> None:
    sentence = "The port has bought 12 lamps for the mole. "
    long = sentence * 200
    for cut in range(len(sentence)):
        checks = check_figures(sentence, " " * cut + long, claim_day=None, source_day=None)
        assert [check.outcome for check in checks] == ["agrees"]


def test_a_line_of_dots_is_one_sentence_and_read_once() -> None:
    text = "Chapter one " + "." * 200_000 + "12"
    begun = process_time()
    assert sentences(text) == [(0, len(text))]
    assert process_time() - begun < 2


@pytest.mark.parametrize(
    ("quote", "part"),
    [("a" * 300, "a"), ("ab " * 100 + "a", "ab "), ("b" + " ab" * 100, "ab ")],
    ids=["word", "end", "start"],
)
def test_a_quotation_that_stands_everywhere_cut_through_a_word_is_looked_for_once(quote: str, part: str) -> None:
    text = part * (5_000_000 // len(part))
    begun = process_time()
    assert verbatim(quote, text) is None
    assert process_time() - begun < 2


def test_a_long_word_quoted_from_a_longer_one_is_checked_in_a_moment() -> None:
    begun = process_time()
    assert check_quote("a" * 300, "a" * 5_000_000).quote_class == QuoteClass.NOT_FOUND
    assert process_time() - begun < MOST


@pytest.mark.parametrize("seed", range(5))
def test_words_are_found_verbatim_where_they_stand_whole_for_the_first_time(seed: int) -> None:
    chance = Random(seed)
    for _time in range(2_000):
        quote = "".join(chance.choices("ab _.é", k=chance.randint(1, 4)))
        text = "".join(chance.choices("ab _.é", k=chance.randint(0, 14)))
        whole = [at for at in range(len(text)) if text.startswith(quote, at) and stands_whole(text, at, len(quote))]
        found = verbatim(quote, text)
        assert (found and (found.start, found.end)) == (whole[0], whole[0] + len(quote)) if whole else found is None


def stands_whole(text: str, start: int, length: int) -> bool:
    """Tell whether neither end lies within a word."""
    return not any(
        0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, start + length)
    )
