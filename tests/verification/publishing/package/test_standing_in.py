"""What the single file brings in place of compiled libraries gives the same answers as those."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from verification.matching import alignment, quotes
from verification.matching.alignment import fit
from verification.publishing.package.standing_in import arrays, indel

few = st.lists(st.integers(0, 3), max_size=40)
texts = st.text("abc ", max_size=60)
WORDS = [
    "the",
    "lamps",
    "of",
    "northern",
    "mole",
    "and",
    "no",
    "captain",
    "every",
    "penny",
    "will",
    "pay",
    "for",
    "them",
    "forty",
    "harbour",
]


@given(few, few)
def test_common_runs_are_the_librarys(one: list[int], other: list[int]) -> None:
    theirs = [(o.tag, o.src_start, o.src_end, o.dest_start, o.dest_end) for o in Indel.opcodes(one, other)]
    assert [tuple(each) for each in indel.opcodes(one, other)] == theirs


@given(texts, texts)
def test_likeness_is_the_librarys(one: str, other: str) -> None:
    assert indel.normalized_similarity(one, other) == Indel.normalized_similarity(one, other)


def test_long_runs_are_the_librarys() -> None:
    draw = random.Random(9)
    one, other = ([draw.randrange(40) for _word in range(700)] for _side in range(2))
    theirs = [(o.tag, o.src_start, o.src_end, o.dest_start, o.dest_end) for o in Indel.opcodes(one, other)]
    assert [tuple(each) for each in indel.opcodes(one, other)] == theirs


def test_alignments_are_the_same_without_compiled_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(7)
    pairs = []
    for _pair in range(150):
        run, text = ([draw.choice(WORDS) for _word in range(draw.randrange(1, 25))] for _side in range(2))
        pairs.append((run, text))
    with_numpy = [fit(run, text * 2, 0, len(text) * 2) for run, text in pairs]
    monkeypatch.setattr(alignment, "np", arrays)
    monkeypatch.setattr(alignment, "Indel", indel)
    assert [fit(run, text * 2, 0, len(text) * 2) for run, text in pairs] == with_numpy
    monkeypatch.setattr(alignment, "MOST_CELLS", 10)
    without = [fit(run, text * 2, 0, len(text) * 2) for run, text in pairs]
    monkeypatch.setattr(alignment, "Indel", Indel)
    monkeypatch.undo()
    monkeypatch.setattr(alignment, "MOST_CELLS", 10)
    assert [fit(run, text * 2, 0, len(text) * 2) for run, text in pairs] == without


def test_quote_checks_are_the_same_without_compiled_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(5)
    source = " ".join(draw.choice(WORDS) for _word in range(300)) + "."
    quotations = []
    for _quotation in range(40):
        words = source.split()[(start := draw.randrange(250)) : start + draw.randrange(3, 30)]
        quotations.append(" ".join(draw.choice(WORDS) if draw.random() < 0.15 else word for word in words))
    before = [quotes.check_quote(quotation, source) for quotation in quotations]
    monkeypatch.setattr(alignment, "np", arrays)
    monkeypatch.setattr(alignment, "Indel", indel)
    monkeypatch.setattr(quotes, "Indel", indel)
    assert [quotes.check_quote(quotation, source) for quotation in quotations] == before
    assert len({check.quote_class for check in before}) > 1
