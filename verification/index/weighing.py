"""What a query's words weigh: how often each stands in the query, and in how little of the index it is found."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from verification.index.terms import PLAIN, UNKNOWN, primary_language, term, word_pattern

# Common words cost the most and tell the least: those that are together under this share of a query's weight are left
# out, so no score moves by more than that.
NEGLIGIBLE = 0.05
# Of what is left the rarest terms tell the most. However large the index grows, no more postings than these are added
# up, as long as the terms that are left out are together under a third of the weight.
AFFORDABLE = 150_000
LEAST = 2 / 3
# So many of a context's words, the heaviest, tell what it is about; and of a long one so many are looked up.
CONTEXT_TERMS = 40
MOST_CONTEXT_TERMS = 150


class Holding(NamedTuple):
    """In how many documents, titles and passages a term stands."""

    documents: int
    titles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A term of a text: how often it stands there, and the forms it may have in documents of other languages.

    Those of unknown language are looked for by their own rule. A name is the same in a language without an algorithm,
    where it was not stemmed; so is each word of a text whose language is unknown.
    """

    count: int
    forms: frozenset[str]


class Holdings(NamedTuple):
    """How much is in the index, and where terms stand; terms that stand nowhere are left out."""

    documents: int
    passages: int
    terms: Mapping[str, Holding]


class Weights(NamedTuple):
    """The weight of each term, by what it is looked for in; `context` in documents.

    `absent` is what the terms of the text that stand in no document would weigh together if one held them.
    """

    documents: Mapping[str, float]
    titles: Mapping[str, float]
    passages: Mapping[str, float]
    context: Mapping[str, float]
    absent: float


def idf(texts: int, holding: int) -> float:
    """Return the inverse document frequency of a term that `holding` of `texts` hold; always above 0."""
    # The two numbers are read one after the other, and a writer may have been in between.
    return math.log(1 + (max(texts - holding, 0) + 0.5) / (holding + 0.5))


def wanted_terms(text: str, language: str) -> dict[str, Wanted]:
    """Return the terms of a text."""
    primary = primary_language(language)
    counts: Counter[str] = Counter()
    forms: dict[str, set[str]] = {}
    for word in word_pattern(primary).findall(text):
        if stem := term(word, primary):
            counts[stem] += 1
            word_forms = forms.setdefault(stem, {stem})
            word_forms.add(term(word, UNKNOWN))
            if word[0].isupper() or primary == UNKNOWN:
                word_forms.add(term(word, PLAIN))
    return {stem: Wanted(count, frozenset(forms[stem])) for stem, count in counts.items()}


def context_terms(context: str, language: str, besides: Iterable[str]) -> dict[str, Wanted]:
    """Return the terms a context repeats most, without those of `besides`."""
    wanted = wanted_terms(context, language)
    for stem in besides:
        wanted.pop(stem, None)
    often = sorted(wanted, key=lambda stem: (wanted[stem].count, len(stem)), reverse=True)[:MOST_CONTEXT_TERMS]
    return {stem: wanted[stem] for stem in often}


def weigh(
    text: Mapping[str, Wanted],
    context: Mapping[str, Wanted],
    held: Holdings,
) -> Weights:
    """Weigh the terms of a query; terms that stand nowhere weigh nothing.

    A term's weight is its idf for each time it stands in the text. What a context repeats counts less and less.
    """

    in_documents, in_titles, in_passages = (
        {stem: _held(wanted, held, part) for stem, wanted in text.items()} for part in range(3)
    )
    around = {stem: _held(wanted, held, 0) for stem, wanted in context.items()}
    near = {
        stem: (1 + math.log(context[stem].count)) * idf(held.documents, count)
        for stem, count in around.items()
        if count
    }

    def weights(counts: Mapping[str, int], texts: int) -> dict[str, float]:
        return {stem: text[stem].count * idf(texts, count) for stem, count in counts.items() if count}

    return Weights(
        _affordable(weights(in_documents, held.documents), in_documents),
        _affordable(weights(in_titles, held.documents), in_titles),
        _affordable(weights(in_passages, held.passages), in_passages),
        dict(sorted(near.items(), key=lambda pair: -pair[1])[:CONTEXT_TERMS]),
        sum(text[stem].count * idf(held.documents, 0) for stem, count in in_documents.items() if not count),
    )


def _held(wanted: Wanted, held: Holdings, part: int) -> int:
    """Return in how many texts (0 documents, 1 titles, 2 passages) one of a term's forms stands."""
    return sum(held.terms[form][part] for form in wanted.forms if form in held.terms)


def _affordable(weights: Mapping[str, float], held: Mapping[str, int]) -> dict[str, float]:
    """Leave out the commonest terms: what is negligible, and what would cost more than it tells."""
    whole = sum(weights.values())
    kept: dict[str, float] = {}
    weight, cost = 0.0, 0
    for stem in sorted(weights, key=weights.__getitem__, reverse=True):
        cost += held[stem]
        if weight >= (1 - NEGLIGIBLE) * whole or (weight >= LEAST * whole and cost > AFFORDABLE):
            break
        kept[stem] = weights[stem]
        weight += weights[stem]
    return kept
