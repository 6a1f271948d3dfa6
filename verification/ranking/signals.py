"""What speaks for a document, each as one number; and their weights.

Weights of the first seven were fitted (listwise logistic regression over the documents of the first stage) on one
half of each of three sets: the developers' linked sentences, with their date, without it, and without it in their
context; their scientific claims; and quotations made from random sentences of the documents, words dropped, added and
changed. Likeness was set above its fit, for the quotations' sake; the other halves were kept for reporting. On the same
rows the shares of the context and of the claim's names added nothing: they are told as reasons and not counted. The
last six have no rows to fit them on: each is smaller than the difference that a quotation makes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from verification.ranking.days import Seed, came_too_late, fits_affair, known_day, months_apart
from verification.ranking.found import Extract, FoundDocument
from verification.ranking.likeness import Letters, Likeness
from verification.ranking.names import holds_name, names
from verification.ranking.query import ClaimQuery
from verification.ranking.speakers import own_word
from verification.ranking.titles import title_shares
from verification.ranking.words import plain_words

# Below this the nearest window shares no more than any text on the subject does.
LEAST_LIKENESS = 0.5
# Tiers count from here: a verbatim record and the party's own account tell different things, neither tells less.
FIRST_PARTY = 1

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "passage": 5.0,
        "body": 12.0,
        "title": 0.04,
        "title_share": 6.8,
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
    """The numbers of one document by name, the place of its nearest extract, and what the extracts have in common."""

    values: Mapping[str, float]
    nearest: int
    names: tuple[str, ...]
    figures: tuple[str, ...]

    @property
    def score(self) -> float:
        """Return the weighed sum."""
        return sum(WEIGHTS[name] * value for name, value in self.values.items())


def read_signals(query: ClaimQuery, found: Sequence[FoundDocument], seeds: Sequence[Seed]) -> list[Signals]:
    """Return the signals of each document found, in the same order."""
    shares = title_shares(query.text, [document.title for document in found])
    reader = _Reader(query)
    anchors = {seed.document_id for seed in seeds if seed.anchor}
    return [
        _signals(query, document, share, seeds, document.id in anchors, reader)
        for document, share in zip(found, shares, strict=True)
    ]


class _Reader:
    """What is looked for in each passage, made ready once."""

    def __init__(self, query: ClaimQuery) -> None:
        self.letters = Letters()
        self.text = Likeness([query.text], self.letters)
        self.quotations = Likeness(query.quotations, self.letters)
        self.names = names(query.text)


def _signals(
    query: ClaimQuery,
    document: FoundDocument,
    title_share: float,
    seeds: Sequence[Seed],
    anchor: bool,
    reader: _Reader,
) -> Signals:
    passages = [plain_words(extract.text) for extract in document.extracts]
    spelled = [reader.letters.spell(passage) for passage in passages]
    likeness, nearest = reader.text.of(spelled)
    quote_likeness, quote_nearest = reader.quotations.of(spelled)
    held = {word for passage in passages for word in passage}
    own_names = tuple(name for name in reader.names if holds_name(name, held))
    own_figures = tuple(figure for figure in query.figures if _holds_figure(figure, document.extracts))
    day = known_day(query)
    values = {
        "passage": document.passage_score,
        "body": document.body_score,
        "title": document.title_score,
        "title_share": title_share,
        "likeness": _telling(likeness),
        "quoted": _telling(quote_likeness),
        "apart": months_apart(document.published, day) if day else 0.0,
        "later": float(came_too_late(document.published, query.published)),
        "affair": 0.0 if day else fits_affair(document.id, document.published, seeds),
        "anchor": float(anchor),
        "speaker": float(own_word(query.speaker, document)),
        "figures": len(own_figures) / len(query.figures) if query.figures else 0.0,
        "distance": float(max(0, document.tier - FIRST_PARTY)),
    }
    return Signals(values, quote_nearest if reader.quotations else nearest, own_names, own_figures)


def _holds_figure(figure: str, extracts: Sequence[Extract]) -> bool:
    """Tell whether a figure stands in a passage as a number of its own, not as a part of another."""
    whole = re.compile(rf"(?<![\w.,]){re.escape(figure)}(?![\w]|[.,]\d)")
    return bool(figure) and any(whole.search(extract.text) for extract in extracts)


def _telling(likeness: float) -> float:
    """Return 0 for what any text on the subject shares, 1 for the same words, and little in between."""
    return (max(0.0, likeness - LEAST_LIKENESS) / (1 - LEAST_LIKENESS)) ** 2
