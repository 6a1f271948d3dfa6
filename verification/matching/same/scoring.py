"""Known claims in the order in which they could be the one that a text makes again, and how sure that is.

The weights were fitted (listwise logistic regression, L2) on the 800 training rows of CheckThat! 2020 task 2, tweets
and the claims a fact-checker had verified, and rounded; the curve that turns their sum into a score, on the same rows:
of five shown, those with a score of .5 were right as often as not. What the rows give when the right claims are taken
away told the thresholds (benchmarks/RESULTS.md). No row stands behind the guards: they hold whatever the score.

The index's share and rarity mean less the fewer claims are known, and a score with them: how strong a likeness is also
needs words in common that are counted as they are (`verification.matching.same.sharing`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from claims.wording import Words
from verification.matching.same.days import said_apart
from verification.matching.same.guards import opposed
from verification.matching.same.likeness import Likeness, likenesses
from verification.matching.same.reading import Reading, read
from verification.matching.same.sharing import shared
from verification.matching.same.telling import reasons_for
from verification.matching.vectors import Vectors

SAME_CLAIM_VERSION = "2"
"""Raised whenever the same text and claims can give another answer."""

SUGGEST = 0.25
STRONG = 0.85
# So near in meaning, texts are suggested whatever words they share.
NEAR = 0.5
# Vectors cost milliseconds a text: those of so many claims, the likeliest by words, are compared.
COMPARED_BY_MEANING = 50


@dataclass(frozen=True, slots=True)
class _Model:
    """Weights of a sum, and the curve over it: score = 1 / (1 + e^-(slope · (sum − even)))."""

    weights: Mapping[str, float]
    slope: float
    even: float


_WORDS = _Model(
    MappingProxyType(
        {"letters": 20, "title_letters": 21, "said": 5, "years": 2, "figures": 1, "length": -0.5, "found": 50}
    ),
    slope=0.4,
    even=14.6,
)
_WORDS_AND_MEANING = _Model(
    MappingProxyType(
        {
            "letters": 12, "title_letters": 15, "said": 1.5, "years": 1.75, "figures": 1.6, "length": 0.25,
            "found": 17, "meaning": 19,
        }
    ),
    slope=0.59,
    even=17.9,
)  # fmt: skip


class Strength(StrEnum):
    """How sure it is that a claim is made again; a person confirms either."""

    SUGGEST = "suggest"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim that the first stage found.

    `found` is the index's share (0 to 1) of the text's words in the claim as a whole, 0 where it was found otherwise;
    `said` the day it was made, None where unknown.
    """

    id: int
    text: str
    title: str
    found: float
    said: date | None = None


@dataclass(frozen=True, slots=True)
class Likely:
    """A claim that the text could make again: `score` 0 to 1, what speaks for it (`reasons`) and against (`guards`)."""

    id: int
    score: float
    strength: Strength | None
    reasons: tuple[Words, ...]
    guards: tuple[Words, ...]


def same_claims(
    text: str,
    candidates: Sequence[KnownClaim],
    *,
    said: date | None = None,
    limit: int = 5,
    vectors: Vectors | None = None,
) -> list[Likely]:
    """Return the `limit` candidates that `text` most likely makes again, best first; of equals the one given first.

    `said` is when the text was said or posted; where it is None, a post's own date stands in. With `vectors` meaning
    counts beside words, for the likeliest by words. A candidate with the same words scores 1. One that a guard speaks
    against is never STRONG, nor one that shares few words with the text.
    """
    reading = read(text)
    said = said or reading.said
    scores, meanings = _scores(reading, said, candidates, vectors)
    best = sorted(range(len(candidates)), key=lambda place: -scores[place])[:limit]
    return [_likely(reading, said, candidates[place], scores[place], meanings.get(place, 0.0)) for place in best]


def _scores(
    reading: Reading, said: date | None, candidates: Sequence[KnownClaim], vectors: Vectors | None
) -> tuple[list[float], Mapping[int, float]]:
    """Return the candidates' scores in their order, and by place how near in meaning those that were compared are."""
    compared = likenesses(reading, said, [(claim.text, claim.title) for claim in candidates])
    pairs = list(zip(candidates, compared, strict=True))
    scores = [_score(_WORDS, claim, likeness, 0.0) for claim, likeness in pairs]
    if vectors is None:
        return scores, {}
    likeliest = sorted(range(len(candidates)), key=lambda place: -scores[place])[:COMPARED_BY_MEANING]
    near = _meanings(reading, [candidates[place] for place in likeliest], vectors)
    meanings = dict(zip(likeliest, near, strict=True))
    return [
        _score(_WORDS_AND_MEANING, claim, likeness, meanings.get(place, 0.0))
        for place, (claim, likeness) in enumerate(pairs)
    ], meanings


def _score(model: _Model, claim: KnownClaim, likeness: Likeness, meaning: float) -> float:
    if likeness.same_words:
        return 1.0
    values = {
        "letters": likeness.letters,
        "title_letters": likeness.title_letters,
        "said": likeness.said,
        "years": likeness.years,
        "figures": likeness.figures,
        "length": likeness.length,
        "found": claim.found,
        "meaning": meaning,
    }
    total = sum(weight * values[name] for name, weight in model.weights.items())
    return 1 / (1 + math.exp(-model.slope * (total - model.even)))


def _meanings(reading: Reading, candidates: Sequence[KnownClaim], vectors: Vectors) -> list[float]:
    """Return how near each candidate lies to the text, -1 to 1."""
    own = vectors.embed([reading.wanted])[0]
    return [float(row @ own) for row in vectors.embed([read(claim.text).text for claim in candidates])]


def _likely(reading: Reading, said: date | None, claim: KnownClaim, score: float, meaning: float) -> Likely:
    known = read(claim.text)
    apart = said_apart(reading.text, said, known.text, claim.said)
    guards = (*opposed(reading.text, known.text), *([apart] if apart else []))
    strength = _strength(reading.text, known.text, score, meaning)
    if guards and strength is Strength.STRONG:
        strength = Strength.SUGGEST
    return Likely(claim.id, score, strength, reasons_for(reading, known.text, claim.title), guards)


def _strength(text: str, known: str, score: float, meaning: float) -> Strength | None:
    """Return how sure it is that the texts say the same, guards apart."""
    in_common = shared(text, known)
    if score >= STRONG and in_common.most:
        return Strength.STRONG
    return Strength.SUGGEST if score >= SUGGEST and (in_common.enough or meaning >= NEAR) else None
