"""Answers a query: weighs its terms, adds up their postings, and names the documents at the top."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import Sum
from numpy.typing import NDArray

from verification.index.packing import Floats
from verification.index.protocol import DocumentHit, Found, IndexQuery, PassageHit
from verification.index.scoring import K1, Field, Texts
from verification.index.tables import Postings, PostingsByTerm, read_holding, read_postings, read_spans
from verification.index.weighing import Weights, context_terms, wanted_terms, weigh
from verification.models.passage import Segment

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


def search(query: IndexQuery, limit: int) -> Found:
    """Return the documents that could answer `query`: `limit` by their best passage, `limit` as a whole."""
    wanted = wanted_terms(query.text, query.language)
    around = context_terms(query.context, query.language, besides=wanted)
    forms = {stem: word.forms for stem, word in (wanted | around).items()}
    sizes = Segment.objects.aggregate(documents=Sum("documents", default=0), passages=Sum("passages", default=0))
    holding = read_holding({form for stem in forms for form in forms[stem]})
    weights = weigh(wanted, around, holding, sizes["documents"], sizes["passages"])
    in_documents, in_titles, in_passages = (
        {form for stem in stems for form in forms[stem]}
        for stems in ({*weights.documents, *weights.context}, weights.titles, weights.passages)
    )
    segments, postings = read_postings(in_documents, in_titles, in_passages)
    texts = Texts(segments)
    passages = _scores(texts.passages, weights.passages, forms, postings.passages)
    scores = _documents(texts, passages, weights, forms, postings)
    allowed = texts.present & ~np.isin(texts.ids, np.fromiter(query.exclude, np.int64, len(query.exclude)))
    return Found(
        _hits(texts, passages, scores, _chosen(scores, weights, allowed, limit)),
        tuple(
            (int(texts.ids[place]), float(scores.context[place]))
            for place in _top(np.where(allowed, scores.context, 0), NEAREST)
        ),
    )


def _scores(
    field: Field, weights: Mapping[str, float], forms: Mapping[str, frozenset[str]], postings: PostingsByTerm
) -> Floats:
    """Return the texts' scores as shares of the sum of the weights."""
    scores = field.scores((weight, postings.get(form, {})) for stem, weight in weights.items() for form in forms[stem])
    return scores / np.float32(sum(weights.values()) or 1)


def _documents(
    texts: Texts, passages: Floats, weights: Weights, forms: Mapping[str, frozenset[str]], postings: Postings
) -> _Scores:
    return _Scores(
        passage=texts.best_passages(passages),
        body=_scores(texts.documents, weights.documents, forms, postings.documents),
        title=_scores(texts.titles, weights.titles, forms, postings.titles) * _most(weights.titles),
        context=_scores(texts.documents, weights.context, forms, postings.documents),
    )


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
        chosen.update(_top(near, limit // 2))
    return sorted(chosen)


def _top(scores: Floats, most: int) -> list[int]:
    """Return the places of the highest scores above 0, highest first."""
    found = np.argpartition(-scores, most)[:most] if most < len(scores) else np.arange(len(scores))
    found = found[scores[found] > 0]
    return [int(place) for place in found[np.argsort(-scores[found], kind="stable")]]


def _hits(texts: Texts, passages: Floats, scores: _Scores, places: list[int]) -> tuple[DocumentHit, ...]:
    best = {place: texts.passages_of(place, passages, PASSAGES) for place in places}
    spans = read_spans([(int(texts.ids[place]), number) for place in places for number, _ in best[place]])
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
