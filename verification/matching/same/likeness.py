"""How alike a text and each of some known claims are, as a few numbers between 0 and about 1.

Words and runs of letters count by how few of the candidates hold them (inverse document frequency over the candidates):
what the first stage found shares the text's subject, so what tells one of them is what the others lack.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from verification.matching.same.days import named_days
from verification.matching.same.reading import Reading, read
from verification.matching.same.terms import terms

# Runs of so many letters survive what stemming and spelling do not: "prof-rus" and "profs", "Covid19" and "covid".
GRAM = 4
# What every word counts for, however common: among two or three candidates rarity tells little.
COMMON = 0.7
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What one known claim has in common with the text, each 0 to 1.

    `letters` and `title_letters`: cosine of the runs of letters. `said`: share of the text's words that the claim or
    its title holds. `years`: 1 where both name a year and share one. `figures`: share of the claim's numbers that the
    text gives. `length`: of the claim, ln(1 + words), which is no share. `same_words`: the same, in the same order.
    """

    letters: float
    title_letters: float
    said: float
    years: float
    figures: float
    length: float
    same_words: bool


@dataclass(frozen=True, slots=True)
class _Words:
    terms: tuple[str, ...]
    held: frozenset[str]
    years: frozenset[int]
    numbers: frozenset[str]
    grams: Mapping[str, float]


def likenesses(text: Reading, said: date | None, claims: Sequence[tuple[str, str]]) -> list[Likeness]:
    """Return the likeness of a text, said on a day, to each claim, given as its text and its title, in their order."""
    wanted = _words(text.text)
    years = wanted.years | ({said.year} if said else set())
    bodies = [_words(read(body).text) for body, _ in claims]
    titles = [_words(read(title).text) for _, title in claims]
    term_weights = _Rarity((body.held | title.held for body, title in zip(bodies, titles, strict=True)), len(claims))
    gram_weights = _Rarity(
        (body.grams.keys() | title.grams.keys() for body, title in zip(bodies, titles, strict=True)), len(claims)
    )
    letters = _Letters(wanted.grams, gram_weights)
    found = []
    for body, title in zip(bodies, titles, strict=True):
        numbers = body.numbers | title.numbers
        found.append(
            Likeness(
                letters=letters.cosine(body.grams),
                title_letters=letters.cosine(title.grams),
                said=term_weights.share(wanted.held, body.held | title.held),
                years=float(bool(years & (body.years | title.years))),
                figures=len(numbers & wanted.numbers) / (len(numbers) or 1),
                length=math.log1p(len(body.terms)),
                same_words=bool(wanted.terms) and wanted.terms == body.terms,
            )
        )
    return found


class _Rarity(dict[str, float]):
    """The weight of a word or run by how few of the candidates hold it: `COMMON` + ln(1 + (n − df + ½) / (df + ½))."""

    def __init__(self, held: Iterable[Collection[str]], candidates: int) -> None:
        holding: Counter[str] = Counter()
        for keys in held:
            holding.update(keys)
        by_count = [COMMON + math.log1p((candidates - count + 0.5) / (count + 0.5)) for count in range(candidates + 1)]
        super().__init__((key, by_count[count]) for key, count in holding.items())
        self._unseen = by_count[0]

    def __missing__(self, key: str) -> float:
        return self._unseen

    def share(self, keys: Collection[str], held: Collection[str]) -> float:
        """Return how much of the weight of `keys` is in `held`."""
        total = sum(self[key] for key in keys)
        return sum(self[key] for key in keys if key in held) / total if total else 0.0


class _Letters:
    """A text's runs of letters, made ready to be compared with many."""

    def __init__(self, grams: Mapping[str, float], weights: _Rarity) -> None:
        self._weights = weights
        self._own = {gram: count * weights[gram] ** 2 for gram, count in grams.items()}
        self._length = self._length_of(grams)

    def cosine(self, other: Mapping[str, float]) -> float:
        """Return the cosine of both as weighted vectors."""
        lengths = self._length * self._length_of(other)
        shared = self._own.keys() & other.keys()
        return sum([self._own[gram] * other[gram] for gram in shared]) / lengths if lengths else 0.0

    def _length_of(self, grams: Mapping[str, float]) -> float:
        weights = self._weights
        return math.hypot(*[count * weights[gram] for gram, count in grams.items()])


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> _Words:
    found = tuple(terms(text))
    years = frozenset(day.year for day in named_days(text) if day.year is not None)
    numbers = frozenset(word for word in found if word[:1].isdigit() and not _YEAR.match(word))
    spelled = f" {' '.join(found)} "
    counts = Counter(spelled[at : at + GRAM] for at in range(len(spelled) - GRAM + 1))
    return _Words(
        found, frozenset(found), years, numbers, {gram: 1 + math.log(count) for gram, count in counts.items()}
    )
