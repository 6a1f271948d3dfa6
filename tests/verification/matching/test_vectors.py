import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from verification.matching.same.scoring import KnownClaim, Strength, same_claims
from verification.matching.vectors import Array, Remembered, WordPieces, installed, vectors_at_hand

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "harbour", "un", "##like", "##ly", "the", ".", "cafe"]


class LetterCounts:
    """Vectors of how often each letter stands in a text: a small model that tells what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Array:
        self.asked += texts
        rows = np.array([[text.lower().count(chr(97 + place)) + 0.01 for place in range(26)] for text in texts])
        unit: Array = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit


def numbers(text: str) -> list[str]:
    return [PIECES[number] for number in WordPieces(PIECES).number(text)]


def test_words_are_split_into_the_longest_pieces_known() -> None:
    assert numbers("The harbour unlikely.") == ["[CLS]", "the", "harbour", "un", "##like", "##ly", ".", "[SEP]"]


def test_accents_and_case_do_not_count_and_an_unknown_word_is_one_piece() -> None:
    assert numbers("CAFÉ zzz") == ["[CLS]", "cafe", "[UNK]", "[SEP]"]
    assert numbers("x" * 500) == ["[CLS]", "[UNK]", "[SEP]"]
    assert numbers("") == ["[CLS]", "[SEP]"]


def test_a_long_text_is_cut_to_what_the_model_reads() -> None:
    assert len(WordPieces(PIECES).number("the " * 500)) == 128


def test_a_text_is_turned_into_a_vector_once() -> None:
    counts = LetterCounts()
    remembered = Remembered(counts, most=2)
    first = remembered.embed(["ab", "cd", "ab"])
    assert counts.asked == ["ab", "cd"]
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(remembered.embed(["cd"])[0], first[1])
    assert counts.asked == ["ab", "cd"]
    remembered.embed(["ef"])
    remembered.embed(["ab"])
    assert counts.asked == ["ab", "cd", "ef", "ab"]


def test_threads_that_share_a_small_memory_get_the_rows_they_asked_for() -> None:
    texts = [f"harbour {'abcdefgh'[number] * number}" for number in range(8)]
    right = LetterCounts().embed(texts)
    remembered = Remembered(LetterCounts(), most=3)
    with ThreadPoolExecutor(8) as threads:
        orders = [[(start + step) % 8 for step in range(8)] for start in range(8)] * 20
        for order, rows in zip(
            orders, threads.map(lambda order: remembered.embed([texts[place] for place in order]), orders), strict=True
        ):
            assert np.array_equal(rows, right[order])


@pytest.mark.skipif(installed(), reason="the optional vectors (requirements/vectors.in) are installed")
def test_without_the_extra_there_are_no_vectors() -> None:
    assert vectors_at_hand() is None


@pytest.mark.skipif(not installed(), reason="the optional vectors (requirements/vectors.in) are not installed")
def test_a_process_loads_the_model_once_for_all_threads_and_a_forked_one_its_own() -> None:
    with ThreadPoolExecutor(4) as threads:
        (vectors,) = {*threads.map(lambda _: vectors_at_hand(), range(8))}
    assert vectors is not None
    near, far = (
        vectors.embed(["The ship sank.", "The vessel went down.", "Taxes rose."])[1:]
        @ vectors.embed(["The ship sank."])[0]
    )
    assert near > far + 0.2
    child = os.fork()
    if not child:
        own = vectors_at_hand()
        os._exit(0 if own is not None and own is not vectors and own.embed(["The ship sank."]).shape == (1, 384) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_nearness_of_meaning_does_not_lift_a_guard() -> None:
    known = "Unemployment in Ellery rose to 4.1 % in May 2031."
    candidates = [KnownClaim(1, known, f"Is It True: {known}", 0.9)]
    same = same_claims(known, candidates, vectors=LetterCounts())[0]
    turned = same_claims(known.replace("rose", "fell"), candidates, vectors=LetterCounts())[0]
    assert same.strength is Strength.STRONG
    assert turned.strength is Strength.SUGGEST
    assert [str(guard) for guard in turned.guards] == ["one says fell, the other rose"]
