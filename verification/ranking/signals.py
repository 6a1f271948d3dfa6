"""What speaks for a document, each as one number; and their weights.

Weights of the first seven were fitted (listwise logistic regression over the documents of the first stage) on one
half of each of three sets: the developers' linked sentences, with their date, without it, and without it in their
context; their scientific claims; and quotations made from random sentences of the documents, words dropped, added and
changed. Likeness was set above its fit, for the quotations' sake; the other halves were kept for reporting. The weight
of word families is a round figure near the best for each of: scientific claims, tweets and the claims they repeat, and
quotations and paraphrases of single lines. On the first rows the shares of the context and of the claim's names added
nothing: they are told as reasons and not counted. The last six have no rows to fit them on: each is smaller than the
difference that a quotation makes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from verification.ranking.days import Seed, came_too_late, fits_affair, known_day, months_apart
from verification.ranking.families import families, family_shares
from verification.ranking.figures import figure_pattern
from verification.ranking.found import Extract, FoundDocument
from verification.ranking.likeness import Letters, Likeness
from verification.ranking.names import holds_name, names
from verification.ranking.query import ClaimQuery
from verification.ranking.speakers import own_word
from verification.ranking.titles import title_shares
from verification.ranking.words import plain_words

# Below this the nearest window shares no more than any text on the subject does.
LEAST_LIKENESS = 0.5
# Of an article's names so many are looked for, those that come first.
MOST_PARTICIPANTS = 40
# Tiers count from here: a verbatim record and the party's own account tell different things, neither tells less.
FIRST_PARTY = 1

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "passage": 5.0,
        "body": 12.0,
        "title": 0.04,
        "title_share": 6.8,
        "family": 4.0,
        "likeness": 7.0,
        "apart": -0.5,
        "affair": 5.2,
        "quoted": 6.0,
        "later": -4.0,
        "anchor": 1.5,
        "speaker": 1.0,
        "figures": 0.5,
        "distance": -0.5,
    }
)


@dataclass(frozen=True, slots=True)
class Signals:
    """The numbers of one document by name, the place of its nearest extract, and what the extracts have in common.

    `names` and `figures` are the claim's, `participants` the other names of the article around it.
    """

    values: Mapping[str, float]
    nearest: int
    names: tuple[str, ...]
    figures: tuple[str, ...]
    participants: tuple[str, ...] = ()

    @property
    def likest(self) -> float:
        """Return how nearly the quotation's words stand in a passage, or the claim's where it quotes nothing."""
        return max(self.values["quoted"], self.values["likeness"])

    @property
    def score(self) -> float:
        """Return the weighed sum."""
        return sum(WEIGHTS[name] * value for name, value in self.values.items())


def read_signals(query: ClaimQuery, found: Sequence[FoundDocument], seeds: Sequence[Seed]) -> list[Signals]:
    """Return the signals of each document found, in the same order."""
    reader = _Reader(query, seeds)
    passages = [[plain_words(extract.text) for extract in document.extracts] for document in found]
    held = [frozenset(word for passage in own for word in passage) for own in passages]
    titles = title_shares(query.text, [document.title for document in found])
    own_families = [
        families(words.union(plain_words(document.title))) for words, document in zip(held, found, strict=True)
    ]
    shares = family_shares(query.text, own_families)
    compared = map(_Compared, passages, held, titles, shares)
    return [_signals(document, own, reader) for document, own in zip(found, compared, strict=True)]


class _Reader:
    """What is looked for in each passage, made ready once."""

    def __init__(self, query: ClaimQuery, seeds: Sequence[Seed]) -> None:
        self.query = query
        self.seeds = seeds
        self.anchors = {seed.document_id for seed in seeds if seed.anchor}
        self.day = known_day(query)
        self.letters = Letters()
        self.text = Likeness([query.text], self.letters)
        self.quotations = Likeness(query.quotations, self.letters)
        self.names = names(query.text)
        self.participants = _participants(query, self.names)
        self.figures = [(figure, pattern) for figure in query.figures if (pattern := figure_pattern(figure))]


@dataclass(frozen=True, slots=True)
class _Compared:
    """A document's passages as plain words, all of these, and what was compared among all documents."""

    passages: list[list[str]]
    held: frozenset[str]
    title_share: float
    family_share: float


def _signals(document: FoundDocument, compared: _Compared, reader: _Reader) -> Signals:
    query, day, held = reader.query, reader.day, compared.held
    spelled = [reader.letters.spell(passage) for passage in compared.passages]
    likeness, nearest = reader.text.of(spelled)
    quote_likeness, quote_nearest = reader.quotations.of(spelled)
    own_names = tuple(name for name in reader.names if holds_name(name, held))
    own_figures = _held_figures(reader.figures, document.extracts)
    participants = tuple(name for word, name in reader.participants.items() if word in held)
    values = {
        "passage": document.passage_score,
        "body": document.body_score,
        "title": document.title_score,
        "title_share": compared.title_share,
        "family": compared.family_share,
        "likeness": _telling(likeness),
        "quoted": _telling(quote_likeness),
        "apart": months_apart(document.published, day) if day else 0.0,
        "later": float(came_too_late(document.published, query.published)),
        "affair": 0.0 if day else fits_affair(document.id, document.published, reader.seeds),
        "anchor": float(document.id in reader.anchors),
        "speaker": float(own_word(query.speaker, document)),
        "figures": len(own_figures) / len(query.figures) if query.figures else 0.0,
        "distance": float(max(0, document.tier - FIRST_PARTY)),
    }
    return Signals(values, quote_nearest if reader.quotations else nearest, own_names, own_figures, participants)


def _participants(query: ClaimQuery, besides: Sequence[str]) -> dict[str, str]:
    """Return the names of the article by their last words, without the claim's own and its speaker."""
    known = {last for name in (*besides, query.speaker or "") for last in plain_words(name)[-1:]}
    found: dict[str, str] = {}
    for name in names(f"{query.title}\n{query.context}"):
        last = "".join(plain_words(name)[-1:])
        if last not in known and len(found) < MOST_PARTICIPANTS:
            found.setdefault(last, name)
    return found


def _held_figures(wanted: Sequence[tuple[str, re.Pattern[str]]], extracts: Sequence[Extract]) -> tuple[str, ...]:
    """Return the figures that stand in a passage, as numbers of their own and not as parts of others."""
    return tuple(figure for figure, whole in wanted if any(whole.search(extract.text) for extract in extracts))


def _telling(likeness: float) -> float:
    """Return 0 for what any text on the subject shares, 1 for the same words, and little in between."""
    return (max(0.0, likeness - LEAST_LIKENESS) / (1 - LEAST_LIKENESS)) ** 2
