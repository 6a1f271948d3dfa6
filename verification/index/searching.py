"""Answers a query: weighs its terms, adds up their postings, and names the documents at the top."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verification.index.collection import Collection
from verification.index.layout import texts_of
from verification.index.packing import Floats
from verification.index.protocol import DocumentHit, Found, IndexQuery, PassageHit
from verification.index.scoring import K1, Field, Posted, Texts
from verification.index.tables import PostingRow, read_holdings, read_postings, read_spans
from verification.index.weighing import Weights, context_terms, wanted_terms, weigh

# How many documents near the context are named: enough to see which days they are from.
NEAREST = 30
# The passages of a document that are looked at more closely.
PASSAGES = 2


@dataclass(frozen=True, slots=True)
class _Scores:
    """Each document's scores, as shares of the weights; the title's is BM25."""

    passage: Floats
    body: Floats
    title: Floats
    context: Floats


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a query asks of one state of the index, and each document's scores; `allowed` are those it may name."""

    weights: Weights
    texts: Texts
    passages: Floats
    scores: _Scores
    allowed: NDArray[np.bool_]


def search(collection: Collection, query: IndexQuery, limit: int) -> Found:
    """Return the documents that could answer `query`: at most twice `limit`, chosen as the protocol says."""
    asked = _ask(collection, query)
    texts, scores = asked.texts, asked.scores
    return Found(
        _hits(collection, texts, asked.passages, scores, _chosen(scores, asked.weights, asked.allowed, limit)),
        tuple(
            (int(texts.ids[place]), float(scores.context[place]))
            for place in _top(np.where(asked.allowed, scores.context, 0), NEAREST)
        ),
    )


def likest(collection: Collection, query: IndexQuery, least: float) -> list[tuple[int, float]]:
    """Return all documents that are as like as `least`, as the protocol says."""
    asked = _ask(collection, query)
    # A text that shares none but common words with a query is not like it, though the rest stand nowhere else either.
    known = sum(asked.weights.documents.values())
    found = np.float32(known / (known + asked.weights.absent) if known else 0)
    shares = np.where(asked.allowed, np.maximum(asked.scores.passage, asked.scores.body) * found, 0)
    places = np.flatnonzero(shares >= least)
    ids, shares = asked.texts.ids[places], shares[places]
    order = np.lexsort((-ids, -shares))
    return list(zip(ids[order].tolist(), shares[order].tolist(), strict=True))


def _ask(collection: Collection, query: IndexQuery) -> _Asked:
    """Weigh a query's terms and add up their postings."""
    wanted = wanted_terms(query.text, query.language)
    around = context_terms(query.context, query.language, besides=wanted)
    forms = {stem: word.forms for stem, word in (wanted | around).items()}
    held = read_holdings(collection, {form for stem in forms for form in forms[stem]})
    weights = weigh(wanted, around, held)
    texts, postings = _read(collection, weights, forms)

    def shares(field: Field, part: Mapping[str, float], held: Iterable[bytes | None]) -> Floats:
        return _shares(
            field, part, forms, ((row, packed) for row, packed in zip(postings, held, strict=True) if packed)
        )

    passages = shares(texts.passages, weights.passages, (row.passages for row in postings))
    scores = _Scores(
        passage=texts.best_passages(passages),
        body=shares(texts.documents, weights.documents, (row.documents for row in postings)),
        title=shares(texts.titles, weights.titles, (row.titles for row in postings)) * _most(weights.titles),
        context=shares(texts.documents, weights.context, (row.documents for row in postings)),
    )
    allowed = texts.present & ~np.isin(texts.ids, np.fromiter(query.exclude, np.int64, len(query.exclude)))
    return _Asked(weights, texts, passages, scores, allowed)


def _read(
    collection: Collection, weights: Weights, forms: Mapping[str, frozenset[str]]
) -> tuple[Texts, list[PostingRow]]:
    """Return the texts and the postings of one state of the index."""
    in_documents, in_titles, in_passages = (
        {form for stem in stems for form in forms[stem]}
        for stems in ({*weights.documents, *weights.context}, weights.titles, weights.passages)
    )
    while True:
        states, postings = read_postings(collection, in_documents, in_titles, in_passages)
        texts = texts_of(collection, states)
        if texts is not None:
            return texts, postings


def _shares(
    field: Field,
    weights: Mapping[str, float],
    forms: Mapping[str, frozenset[str]],
    postings: Iterable[tuple[PostingRow, bytes]],
) -> Floats:
    """Return the texts' scores as shares of the sum of the weights."""
    by_form: defaultdict[str, float] = defaultdict(float)
    for stem, weight in weights.items():
        for form in forms[stem]:
            # Two stems may have a form in common.
            by_form[form] += weight
    held = [Posted(by_form[row.term], row.segment, packed) for row, packed in postings if row.term in by_form]
    return field.scores(held) / np.float32(sum(weights.values()) or 1)


def _most(weights: Mapping[str, float]) -> np.float32:
    """Return the score of BM25 that no text reaches."""
    return np.float32((K1 + 1) * sum(weights.values()))


def _chosen(scores: _Scores, weights: Weights, allowed: NDArray[np.bool_], limit: int) -> list[int]:
    """Return the places of the documents that are best by passage, as a whole, or as a whole in their context."""
    whole = scores.passage * _most(weights.passages) + scores.body * _most(weights.documents) + scores.title
    chosen = {*_top(np.where(allowed, scores.passage, 0), limit), *_top(np.where(allowed, whole, 0), limit)}
    if weights.context:
        # What shares some of the words and most of the context. A context's share is rarely above a third.
        near = np.where(allowed & (scores.passage > 0), scores.passage + 3 * scores.context, 0)
        room = 2 * limit - len(chosen)
        chosen.update(_top(near, min(limit // 2, room)))
    return sorted(chosen)


def _top(scores: Floats, most: int) -> list[int]:
    """Return the places of the highest scores above 0, highest first."""
    found = np.argpartition(-scores, most)[:most] if most < len(scores) else np.arange(len(scores))
    found = found[scores[found] > 0]
    return [int(place) for place in found[np.argsort(-scores[found], kind="stable")]]


def _hits(
    collection: Collection, texts: Texts, passages: Floats, scores: _Scores, places: list[int]
) -> tuple[DocumentHit, ...]:
    best = {place: texts.passages_of(place, passages, PASSAGES) for place in places}
    wanted = [(int(texts.ids[place]), number) for place in places for number, _ in best[place]]
    spans = read_spans(collection, wanted)
    hits = []
    for place in places:
        document = int(texts.ids[place])
        found = (
            PassageHit(*spans[document, number], score) for number, score in best[place] if (document, number) in spans
        )
        hits.append(
            DocumentHit(
                document,
                passage=float(scores.passage[place]),
                body=float(scores.body[place]),
                title=float(scores.title[place]),
                context=float(scores.context[place]),
                passages=tuple(found),
            )
        )
    return tuple(hits)
