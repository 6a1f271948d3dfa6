"""What a desk finds worth checking: how much each feature counts for it, and which topics it watches.

    in_force()                          the weights that count now, as last saved
    save(person, factors, topics, seen) other weights, unless somebody saved meanwhile
    weighed(features, text, weights)    the score of a claim, and the reasons for it
    weigh_again(claims, weights)        the same for claims that are stored

The model itself is `claims.extraction.worth`. A factor of 1 leaves a feature's weight as shipped, 0 takes it away; what
a topic adds or takes away is in the model's own log-odds.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.extraction import worth
from claims.models import Claim, Weighing
from claims.wording import Words, store, words

FACTORS: Final = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
AS_SHIPPED: Final = 1.0
POINTS: Final = (-3, -2, -1, 0, 1, 2, 3)
MOST_TOPICS: Final = 50
MOST_WORDS: Final = 50
LONGEST: Final = 80
"""Characters of a topic's name, and of a word or phrase of it."""
SAVE_LOCK = 0x57E16  # any constant that nothing else in the project uses as an advisory lock
# Scripts that put no space between words: there a word is found wherever it stands.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


class SavedMeanwhile(Exception):
    """Somebody saved other weights since these were looked at; `newest` is what stands now."""

    def __init__(self, newest: Weighing) -> None:
        """Keep what stands now."""
        self.newest = newest
        super().__init__(str(newest))


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a desk watches: a claim that holds one of its words (or phrases) has the points added, in log-odds."""

    name: str
    words: tuple[str, ...]
    points: int

    def is_in(self, text: str) -> bool:
        """Return whether one of the words stands in a text, whole and in any case. The text is `folded`."""
        return any(_stands_in(text, each) for each in _folded(self.words))

    @property
    def reason(self) -> Words:
        """Why a claim about it counts more, or less."""
        if self.points < 0:
            return words("is about %(topic)s, which this desk weighs less", topic=self.name)
        return words("is about %(topic)s, which this desk watches", topic=self.name)


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much: `factors` by feature, those that are as shipped left out, and the topics in their order.

    `number` is the row they were saved in, 0 where nobody saved any.
    """

    factors: Mapping[str, float] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()
    number: int = 0

    def counts_like(self, other: "Weights") -> bool:
        """Return whether the other weights say the same, whenever they were saved."""
        return dict(self.factors) == dict(other.factors) and self.topics == other.topics

    def about(self, text: str) -> tuple[Topic, ...]:
        """Return the topics that a text is about."""
        read = folded(text)
        return tuple(topic for topic in self.topics if topic.is_in(read))


def in_force() -> Weights:
    """Return the weights that count now: those saved last, else the shipped model's (one query)."""
    newest = _newest()
    return weights_of(newest) if newest else Weights()


def in_force_while_storing() -> Weights:
    """Return the weights that count now; whoever saves others waits until this transaction ends.

    So their weighing sees the claims that are stored by these.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SAVE_LOCK])
    return in_force()


def weights_of(row: Weighing) -> Weights:
    """Return what a row says; features that this version does not know are left out."""
    factors = {name: float(factor) for name, factor in row.features.items() if name in worth.FEATURES}
    topics = (Topic(each["name"], tuple(each["words"]), int(each["points"])) for each in row.topics)
    return Weights(factors, tuple(topics), row.pk)


def save(person: User, factors: Mapping[str, float], topics: Sequence[Topic], seen: int) -> Weighing:
    """Store other weights, on which a person decided when those of the row `seen` (0: none) were in force.

    Raises SavedMeanwhile where others are in force by now. Two who save at once are taken one after the other.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SAVE_LOCK])
        newest = _newest()
        if newest and newest.pk != seen:
            raise SavedMeanwhile(newest)
        return Weighing.objects.create(
            features={name: factor for name, factor in factors.items() if factor != AS_SHIPPED},
            topics=[{"name": each.name, "words": list(each.words), "points": each.points} for each in topics],
            by=person,
        )


def _newest() -> Weighing | None:
    return Weighing.objects.order_by("-pk").first()


def weighed(
    features: Mapping[str, float], text: str, weights: Weights, standalone: str | None = None
) -> tuple[float, tuple[Words, ...]]:
    """Return the score (0 to 1) of a claim and the reasons for it, weightiest first.

    `features` are its features by name, `text` its words and `standalone` its proposed wording: a topic that only the
    latter names (“the move” is a tariff there) counts too.
    """
    topics = [topic for topic in weights.about(told_by(text, standalone)) if topic.points]
    score = worth.score(features, weights.factors, float(sum(topic.points for topic in topics)))
    return score, _merged(features, topics, weights)


def told_by(text: str, standalone: str | None) -> str:
    """Return the text in which a claim's topics are looked for."""
    return f"{text}\n{standalone}" if standalone else text


def _merged(features: Mapping[str, float], topics: Iterable[Topic], weights: Weights) -> tuple[Words, ...]:
    """Return the reasons of the model with those of the topics at their places among them."""
    moved: dict[Words, float] = {}
    for name, value in added(features, weights).items():
        feature = worth.FEATURES[name]
        moved |= dict.fromkeys((each for each in (feature.reason, feature.against) if each), abs(value))
    merged = list(worth.reasons(features, weights.factors))
    for topic in sorted(topics, key=lambda topic: abs(topic.points)):
        lighter = (at for at, reason in enumerate(merged) if moved.get(reason, 0.0) <= abs(topic.points))
        merged.insert(next(lighter, len(merged)), topic.reason)
        moved[topic.reason] = abs(topic.points)
    return tuple(merged)


def added(features: Mapping[str, float], weights: Weights) -> dict[str, float]:
    """Return what each feature of a claim adds by these weights, in log-odds; unknown ones are left out."""
    return {
        name: worth.FEATURES[name].weight * value * weights.factors.get(name, AS_SHIPPED)
        for name, value in features.items()
        if name in worth.FEATURES
    }


def weigh_again(claims: Sequence[Claim], weights: Weights) -> dict[int, float]:
    """Store score and reasons of these claims by other weights; return, by claim, the former scores where they changed.

    A claim without features was found before there were any, and keeps its score. Call it in the transaction in which
    the claims are locked.
    """
    changed = []
    former: dict[int, float] = {}
    for claim in claims:
        if not claim.features:
            continue
        score, reasons = weighed(claim.features, claim.text, weights, claim.standalone)
        told = store(reasons)
        if (score, told) != (claim.score, claim.reasons):
            former[claim.pk] = claim.score
            claim.score, claim.reasons = score, told
            changed.append(claim)
    Claim.objects.bulk_update(changed, ["score", "reasons"])
    return former


def folded(text: str) -> str:
    """Return a text as topics are looked for in it: case, width and composition set aside, gaps made single spaces."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


@lru_cache(maxsize=1024)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, (folded(word) for word in words)))


def _stands_in(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if _ends_at(text[at - 1 : at], word[0]) and _ends_at(text[end : end + 1], word[-1]):
            return True
        at = text.find(word, at + 1)
    return False


def _ends_at(beside: str, edge: str) -> bool:
    """Return whether a word ends between its `edge` and the character `beside` it (none at the ends of a text)."""
    if not beside or _UNSPACED.match(edge):
        return True
    # A mark belongs to the letter before it: scripts write vowels so.
    return unicodedata.category(beside)[0] not in "LMN" or unicodedata.category(edge)[0] not in "LMN"
