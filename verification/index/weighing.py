"""What a query's words weigh: how often each stands in the query, and in how little of the index it is found."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from verification.index.terms import primary_language, term, word_pattern

# Common words cost the most and tell the least: those that are together under this share of a query's weight are left
# out, so no score moves by more than that.
NEGLIGIBLE = 0.05
# So many of a context's words, the heaviest, tell what it is about; and of a long one so many are looked up.
CONTEXT_TERMS = 40
MOST_CONTEXT_TERMS = 400


class Holding(NamedTuple):
    """In how many documents, titles and passages a term stands."""

    documents: int
    titles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A term of a text: how often it stands there, and the forms it may have in the index.

    A document of unknown language was not stemmed, so the plain word is looked for beside its stem.
    """

    count: int
    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each term, by what it is looked for in; `context` in documents."""

    documents: Mapping[str, float]
    titles: Mapping[str, float]
    passages: Mapping[str, float]
    context: Mapping[str, float]


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
            forms.setdefault(stem, {stem}).add(term(word, "und"))
    return {stem: Wanted(count, frozenset(forms[stem])) for stem, count in counts.items()}


def context_terms(context: str, language: str, besides: Iterable[str]) -> dict[str, Wanted]:
    """Return the terms a context repeats most, without those of `besides`."""
    wanted = wanted_terms(context, language)
    for stem in besides:
        wanted.pop(stem, None)
    often = sorted(wanted, key=lambda stem: -wanted[stem].count)[:MOST_CONTEXT_TERMS]
    return {stem: wanted[stem] for stem in often}


def weigh(
    text: Mapping[str, Wanted],
    context: Mapping[str, Wanted],
    holding: Mapping[str, Holding],
    documents: int,
    passages: int,
) -> Weights:
    """Weigh the terms of a query in an index of so many documents and passages; terms that stand nowhere weigh nothing.

    A term's weight is its idf for each time it stands in the text. What a context repeats counts less and less.
    """

    def weights(terms: Mapping[str, Wanted], part: int, texts: int) -> dict[str, float]:
        held = {
            stem: sum(holding[form][part] for form in wanted.forms if form in holding) for stem, wanted in terms.items()
        }
        return {stem: terms[stem].count * idf(texts, count) for stem, count in held.items() if count}

    around = weights({stem: Wanted(1, wanted.forms) for stem, wanted in context.items()}, 0, documents)
    around = {stem: weight * (1 + math.log(context[stem].count)) for stem, weight in around.items()}
    return Weights(
        _without_negligible(weights(text, 0, documents)),
        _without_negligible(weights(text, 1, documents)),
        _without_negligible(weights(text, 2, passages)),
        dict(sorted(around.items(), key=lambda pair: -pair[1])[:CONTEXT_TERMS]),
    )


def _without_negligible(weights: Mapping[str, float]) -> dict[str, float]:
    """Leave out the commonest terms, those that are together under `NEGLIGIBLE` of the whole."""
    spare = NEGLIGIBLE * sum(weights.values())
    kept = dict(weights)
    for stem in sorted(weights, key=weights.__getitem__):
        spare -= weights[stem]
        if spare < 0:
            break
        del kept[stem]
    return kept
