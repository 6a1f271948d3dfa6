"""Texts made to keep a worker busy: the checks stored with each candidate take a moment, whatever stands in them."""

from datetime import date
from time import process_time

import pytest

from claims.extraction.sentences import sentences
from verification.matching.figures.checking import check_figures
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
