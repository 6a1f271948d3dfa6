"""How nearly the same words stand in a passage: the best window of the passage, word by word.

Words are mapped to single characters, so that rapidfuzz's partial ratio (the best Indel similarity of the shorter text
with any window of the longer one) counts words where it otherwise counts letters, in a fraction of the time. All
spellings of a word are one character, and a wording is compared run by run where its printer left something out.
"""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from verification.matching.variants import spelling_key
from verification.ranking.wording import unmarked_runs
from verification.ranking.words import plain_words

# The first code point used, and those that are no characters of their own.
FIRST = 0x100
SURROGATES = range(0xD800, 0xE000)


_key = lru_cache(maxsize=1 << 16)(spelling_key)


class Letters(dict[str, str]):
    """A character for each word met; the spellings of one word share it."""

    def __missing__(self, word: str) -> str:
        key = _key(word)
        number = FIRST + len(self)
        letter = self.get(key) or chr(number if number < SURROGATES.start else number + len(SURROGATES))
        self[key] = self[word] = letter
        return letter

    def spell(self, words: Sequence[str]) -> str:
        """Return words as a string of one character each."""
        return "".join(map(self.__getitem__, words))


class Likeness:
    """Compares some wordings with many passages; each wording counts by its number of words."""

    def __init__(self, wordings: Sequence[str], letters: Letters) -> None:
        runs = [run for wording in wordings for run in unmarked_runs(wording)]
        spelled = [letters.spell(plain_words(run)) for run in runs]
        self._wordings = [wording for wording in spelled if wording]
        self._words = sum(map(len, self._wordings))

    def __bool__(self) -> bool:
        """Tell whether there is anything to compare."""
        return bool(self._wordings)

    def of(self, passages: Sequence[str]) -> tuple[float, int]:
        """Return 0 to 1 (1: each wording stands in a passage as it is) and the place of the passage most like them.

        Passages are spelled with the same letters.
        """
        if not self._wordings or not passages:
            return 0.0, 0
        ratios = [[_ratio(wording, passage) for passage in passages] for wording in self._wordings]
        weights = [len(wording) / self._words for wording in self._wordings]
        likeness = sum(weight * max(row) for weight, row in zip(weights, ratios, strict=True))
        each = [sum(map(float.__mul__, weights, column)) for column in zip(*ratios, strict=True)]
        return likeness, max(range(len(each)), key=each.__getitem__)


def _ratio(wording: str, passage: str) -> float:
    """Return the likeness of a wording to a passage, 0 to 1; a passage shorter than the wording is no part of it."""
    if len(passage) < len(wording):
        return fuzz.ratio(wording, passage) / 100
    return fuzz.partial_ratio(wording, passage) / 100
