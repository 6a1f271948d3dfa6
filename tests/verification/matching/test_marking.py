"""Marked words: the text stays whole, and what is marked tells something."""

from hypothesis import given
from hypothesis import strategies as st

from verification.matching.marking import by_paragraph, marked_spans, pieces, quotation_in_place, window, with_figures

TEXTS = st.text(st.sampled_from("abc 1,’.\n—ü"), max_size=120)


@given(passage=TEXTS, claim=TEXTS)
def test_the_pieces_of_a_marked_text_are_the_text(passage: str, claim: str) -> None:
    spans = marked_spans(passage, claim)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(start < end for start, end in spans)
    assert "".join(part for part, _marked in pieces(passage, spans)) == passage


def test_a_row_of_a_table_is_a_line_and_wrapped_lines_are_joined() -> None:
    text = "\n\nThe level fell\nby 1.4 metres.\n\nPellwick  312.6  311.3\n\n Varnholm  312.6\n"
    shown = by_paragraph(pieces(text, marked_spans(text, "a level of 312.6")))
    assert "".join(part for part, _marked in shown) == (
        "The level fell by 1.4 metres.\nPellwick  312.6  311.3\nVarnholm  312.6"
    )
    assert [part for part, marked in shown if marked] == ["level", "312.6", "312.6"]


@given(passage=TEXTS, claim=TEXTS)
def test_setting_a_passage_in_lines_changes_only_blanks(passage: str, claim: str) -> None:
    shown = by_paragraph(pieces(passage, marked_spans(passage, claim)))
    assert "".join(part for part, _marked in shown).split() == passage.split()


@given(text=TEXTS, claim=TEXTS, length=st.integers(1, 40))
def test_a_window_lies_in_its_text_and_begins_and_ends_between_words(text: str, claim: str, length: int) -> None:
    start, end = window(text, marked_spans(text, claim), length)
    assert 0 <= start <= end <= len(text)
    assert start == 0 or text[start - 1] == " "
    assert end == len(text) or text[end] == " "


def test_figures_and_long_words_are_marked_and_words_that_stand_everywhere_are_not() -> None:
    passage = "There were 40 lamps under the northern mole, and the pier had 7."
    marked = [passage[a:b] for a, b in marked_spans(passage, "There are 40 lamps on the NORTHERN mole under it.")]
    assert marked == ["40", "lamps", "northern"]


def test_a_window_holds_what_is_marked() -> None:
    text = "nothing here " * 40 + "forty lamps burn " + "nothing there " * 40
    start, end = window(text, marked_spans(text, "Forty lamps"), 60)
    assert "forty lamps" in text[start:end]
    assert end - start < 120


def test_a_quotation_stands_between_its_neighbours_and_one_that_was_not_found_nowhere() -> None:
    check = {"class": "exact", "start": 105, "end": 110, "before": "Before. ", "after": " After."}
    assert quotation_in_place("xxxxxlamps and more", 100, check) == [
        ("Before. ", False),
        ("lamps", True),
        (" After.", False),
    ]
    assert quotation_in_place("text", 0, {**check, "class": "not_found"}) is None
    assert quotation_in_place("text", 0, {**check, "start": None}) is None
    assert quotation_in_place("text", 0, None) is None


PLACED = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)))


@given(words=PLACED, figures=PLACED)
def test_figures_that_were_compared_are_marked_once_whatever_else_is(
    words: list[tuple[int, int]], figures: list[tuple[int, int]]
) -> None:
    passage = "abcdefghij" * 5
    spans = sorted((start, start + length) for start, length in words if start + length <= 50)
    checks = [{"source_start": 100 + start, "source_end": 100 + start + length} for start, length in figures]
    found = with_figures(spans, 100, len(passage), checks)
    assert "".join(part for part, _marked in pieces(passage, found)) == passage
    within = {place for start, length in figures if start + length <= 50 for place in range(start, start + length)}
    assert {place for start, end in found for place in range(start, end)} >= within
