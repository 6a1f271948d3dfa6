"""Reposts and syndicated copies: documents of one text are one source, shown once.

Texts are suspected where the passages read alike, and compared in full then. Releases by one form ("… approves the
… declaration") differ in names and numbers only, so what tells them apart counts more than what they share.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from verification.ranking.found import FoundDocument
from verification.ranking.words import plain_words

# Share of words that two passages have in common before the texts are read.
ALIKE_PASSAGE = 0.8
# Share of runs of words that two texts have in common (Jaccard), and of the names and numbers in them.
RUN = 5
SAME_TEXT = 0.8
SAME_FACTS = 0.9
# A text that comes again after so many days belongs to another event, as a yearly proclamation does.
COPIED_WITHIN = 31
# Texts longer than this (words) are compared by their beginning and length.
MOST_COMPARED = 6000
_FACT = re.compile(r"\b(?:[A-Z]\w+|\w*\d[\w.,]*)")


@dataclass(frozen=True, slots=True)
class _Text:
    runs: frozenset[int]
    facts: frozenset[str]
    words: int


def fold(
    documents: Sequence[FoundDocument], read_texts: Callable[[Sequence[int]], Mapping[int, str]]
) -> dict[int, tuple[int, ...]]:
    """Return the copies of each document that stands for several: the one of the best tier, of equals the earliest.

    The documents come in their order; a copy's id is in no other's tuple.
    """
    pairs = _suspects(documents)
    if not pairs:
        return {}
    texts = {id_: _read(text) for id_, text in read_texts(sorted({id_ for pair in pairs for id_ in pair})).items()}
    leader = {document.id: document.id for document in documents}
    for one, other in pairs:
        if leader[one] != leader[other] and one in texts and other in texts and _same(texts[one], texts[other]):
            kept, lost = leader[one], leader[other]
            leader = {id_: kept if led == lost else led for id_, led in leader.items()}
    groups: dict[int, list[FoundDocument]] = {}
    for document in documents:
        groups.setdefault(leader[document.id], []).append(document)
    folded = (sorted(group, key=_precedence) for group in groups.values() if len(group) > 1)
    return {first.id: tuple(document.id for document in copies) for first, *copies in folded}


def _precedence(document: FoundDocument) -> tuple[int, date, int]:
    return document.tier, document.published or date.max, document.id


def _suspects(documents: Sequence[FoundDocument]) -> list[tuple[int, int]]:
    """Return pairs of documents whose best passages read alike."""
    words = [(each, frozenset(plain_words(each.extracts[0].text))) for each in documents if each.extracts]
    return [
        (one.id, other.id)
        for (one, left), (other, right) in combinations(words, 2)
        if len(left & right) >= ALIKE_PASSAGE * len(left | right) > 0 and _near(one.published, other.published)
    ]


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= COPIED_WITHIN


def _read(text: str) -> _Text:
    words = plain_words(text)
    compared = words[:MOST_COMPARED]
    runs = frozenset(hash(tuple(compared[at : at + RUN])) for at in range(max(1, len(compared) - RUN + 1)))
    return _Text(runs, frozenset(_FACT.findall(text)), len(words))


def _same(one: _Text, other: _Text) -> bool:
    if min(one.words, other.words) < SAME_TEXT * max(one.words, other.words):
        return False
    return _jaccard(one.runs, other.runs) >= SAME_TEXT and _jaccard(one.facts, other.facts) >= SAME_FACTS


def _jaccard(one: frozenset[object], other: frozenset[object]) -> float:
    return len(one & other) / (len(one | other) or 1)
