"""How texts are cut."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.index import passages
from verification.index.passages import SIZE, read_passages
from verification.index.terms import WORD

TEXTS = st.text(alphabet=st.sampled_from("ab .!?\n-”’0é。"), max_size=3000)


@given(TEXTS)
def test_every_word_is_in_a_passage_and_passages_say_which_words_they_hold(text: str) -> None:
    reading = read_passages(text, WORD)
    assert reading.words == WORD.findall(text)
    covered: set[int] = set()
    for span in reading.passages:
        assert 0 <= span.start < span.end <= len(text)
        assert WORD.findall(text[span.start : span.end]) == reading.words[span.first : span.last]
        covered.update(range(span.first, span.last))
    assert covered == set(range(len(reading.words)))


@given(TEXTS)
def test_passages_come_in_order_and_none_is_longer_than_the_size(text: str) -> None:
    spans = read_passages(text, WORD).passages
    assert [span.first for span in spans] == sorted({span.first for span in spans})
    assert all(span.last - span.first <= SIZE for span in spans)


def test_a_passage_begins_and_ends_with_a_sentence() -> None:
    sentence = "The harbour board counted the ships that called in spring. "
    text = sentence * 60
    for span in read_passages(text, WORD).passages:
        assert text[span.start : span.end].startswith("The harbour")
        assert text[span.start : span.end].endswith("spring.")


def test_neighbours_overlap() -> None:
    spans = read_passages("Ships called in spring. " * 100, WORD).passages
    assert all(after.first < before.last for before, after in itertools.pairwise(spans))


def test_a_list_without_full_stops_is_cut_between_words() -> None:
    spans = read_passages("ship " * 500, WORD).passages
    assert len(spans) > 4
    assert all(span.last - span.first <= SIZE for span in spans)


def test_a_short_text_is_one_passage() -> None:
    text = "  The board met. It adjourned.\n"
    (span,) = read_passages(text, WORD).passages
    assert text[span.start : span.end] == "The board met. It adjourned."


def test_a_book_is_cut_more_coarsely_rather_than_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "MOST_PASSAGES", 10)
    reading = read_passages("Ships called in spring. " * 2000, WORD)
    assert len(reading.passages) <= 10
    assert reading.passages[-1].last == len(reading.words)


def test_a_page_of_dots_takes_no_longer_than_a_page_of_words() -> None:
    assert read_passages("." * 300_000 + " end", WORD).words == ["end"]
