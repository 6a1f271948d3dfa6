"""Reads documents into a segment that is not stored yet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from verification.index.packing import COUNT, MOST_COUNTED, NUMBER, Numbers
from verification.index.passages import PassageSpan, Reading, read_passages
from verification.index.protocol import IndexDocument
from verification.index.terms import primary_language, term, word_pattern

# Bits of a sorting key that name the document or passage; the others name the term.
SHIFT = 16
# Passages or documents of one draft, nearly what a segment may hold: about 300 MB of memory.
ENOUGH = 60_000


@dataclass(slots=True)
class _Field:
    """One way of counting terms: in whole documents, in titles, or in passages."""

    keys: list[Numbers] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    def add(self, terms: Numbers) -> None:
        """Count the terms of the next document or passage."""
        self.keys.append((terms << SHIFT) + len(self.lengths))
        self.lengths.append(len(terms))

    def postings(self, terms: int) -> tuple[Numbers, bytes, bytes]:
        """Return where each term's part of the numbers and counts begins and ends, and all numbers and counts."""
        keys = np.concatenate(self.keys) if self.keys else np.empty(0, np.int64)
        keys.sort()
        firsts = np.flatnonzero(np.diff(keys, prepend=-1))
        counts = np.minimum(np.diff(firsts, append=len(keys)), MOST_COUNTED)
        held = keys[firsts]
        edges = np.searchsorted(held >> SHIFT, np.arange(terms + 1))
        numbers = (held & ((1 << SHIFT) - 1)).astype(NUMBER)
        return edges, numbers.tobytes(), counts.astype(COUNT).tobytes()


class _Vocabulary(dict[str, int]):
    """The number of each word's term; words of one term have one number."""

    def __init__(self, numbers: dict[str, int], language: str) -> None:
        super().__init__()
        self._numbers = numbers
        self._language = language

    def __missing__(self, word: str) -> int:
        number = self._numbers.setdefault(term(word, self._language), len(self._numbers))
        self[word] = number
        return number


@dataclass(slots=True)
class Draft:
    """Documents read into postings. The documents' ids and passages are in the order in which they were added."""

    ids: list[int] = field(default_factory=list)
    passages: list[list[PassageSpan]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _vocabularies: dict[str, _Vocabulary] = field(default_factory=dict)
    _documents: _Field = field(default_factory=_Field)
    _titles: _Field = field(default_factory=_Field)
    _passages: _Field = field(default_factory=_Field)

    def add(self, document: IndexDocument, reading: Reading) -> None:
        """Count a document's words."""
        language = primary_language(document.language)
        terms = self._terms(reading.words, language)
        title = self._terms(word_pattern(language).findall(document.title), language)
        self._documents.add(np.concatenate((title, terms)))
        self._titles.add(title)
        for span in reading.passages:
            self._passages.add(terms[span.first : span.last])
        self.ids.append(document.id)
        self.passages.append(reading.passages)

    def _terms(self, words: Sequence[str], language: str) -> Numbers:
        vocabulary = self._vocabularies.setdefault(language, _Vocabulary(self._numbers, language))
        return np.fromiter(map(vocabulary.__getitem__, words), dtype=np.int64, count=len(words))

    @property
    def document_lengths(self) -> list[int]:
        """Terms in each document, its title included."""
        return self._documents.lengths

    @property
    def title_lengths(self) -> list[int]:
        """Terms in each document's title."""
        return self._titles.lengths

    @property
    def passage_lengths(self) -> list[int]:
        """Terms in each passage, one document's passages after the other's."""
        return self._passages.lengths

    def postings(self) -> Iterator[tuple[str, bytes, bytes, bytes]]:
        """Yield each term with its packed postings in documents, titles and passages, in the order of the terms."""
        fields = (self._documents, self._titles, self._passages)
        documents, titles, passages = (part.postings(len(self._numbers)) for part in fields)
        for name, number in sorted(self._numbers.items()):
            if name:
                yield name, _cut(*documents, number), _cut(*titles, number), _cut(*passages, number)


def _cut(edges: Numbers, numbers: bytes, counts: bytes, term_number: int) -> bytes:
    first, last = edges[term_number], edges[term_number + 1]
    return numbers[first * NUMBER.itemsize : last * NUMBER.itemsize] + counts[first:last]


def drafts(documents: Iterable[IndexDocument]) -> Iterator[Draft]:
    """Read documents into drafts of about `ENOUGH` passages or documents; a longer document has one of its own."""
    draft = Draft()
    for document in documents:
        reading = read_passages(document.text, word_pattern(primary_language(document.language)))
        held = max(len(draft.passage_lengths) + len(reading.passages), len(draft.ids) + 1)
        if draft.ids and held > ENOUGH:
            yield draft
            draft = Draft()
        draft.add(document, reading)
    if draft.ids:
        yield draft
