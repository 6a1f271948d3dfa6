"""Pairs of blind judgments of one claim: how often checkers agree, by rating and by person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import connection

from verification.insight.agreement import cohen_kappa, interval, krippendorff_alpha, raw_agreement
from verification.review.standing import name_of

# Below this many pairs a coefficient says more about chance than about people; then none is shown.
FEWEST_PAIRS = 10

# Both judgments of a cycle as they were submitted, whoever decided afterwards. A judgment that was taken back and is
# not in again counts for nothing; nor does a pair of which one is still open.
_PAIRS = """
SELECT one.person_id, other.person_id,
       COALESCE(NULLIF(one.rating_label, ''), one_rating.label),
       COALESCE(NULLIF(other.rating_label, ''), other_rating.label),
       one_rating.numeric, other_rating.numeric
  FROM verification_judgment AS one
  JOIN verification_judgment AS other ON other.review_id = one.review_id AND other.cycle = one.cycle
  JOIN verification_rating AS one_rating ON one_rating.id = one.rating_id
  JOIN verification_rating AS other_rating ON other_rating.id = other.rating_id
 WHERE one.hat = 'first' AND other.hat = 'second'
   AND one.submitted_at IS NOT NULL AND other.submitted_at >= %s AND other.submitted_at < %s
   AND one_rating.scale_id = other_rating.scale_id
 ORDER BY other.submitted_at, other.id
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A first and a second judgment: whose, in which words, and the numbers (None beside the scale)."""

    first: int
    second: int
    labels: tuple[str, str]
    numbers: tuple[float | None, float | None]

    @property
    def agrees(self) -> bool:
        """Whether both gave the same rating."""
        return self.labels[0] == self.labels[1]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a set of pairs agrees. `kappa`, `alpha` and `alpha_interval` are None where too few pairs could tell.

    `alpha_interval` counts how far apart two ratings stand on the scale; those beside it are left out.
    """

    pairs: int
    same: int
    share: float | None
    kappa: float | None
    alpha: float | None
    alpha_interval: float | None


@dataclass(frozen=True, slots=True)
class ByRating:
    """Of the pairs in which somebody gave this rating: in how many the other gave it too, and what they gave else."""

    label: str
    pairs: int
    same: int
    others: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ByChecker:
    """One checker's pairs, in either part."""

    name: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Judging:
    """All of it."""

    all: Agreement
    by_rating: Sequence[ByRating]
    by_checker: Sequence[ByChecker]


def judging(since: datetime, until: datetime) -> Judging:
    """Return how checkers agreed in pairs completed in a span (two queries)."""
    pairs = _pairs(since, until)
    people = {person for pair in pairs for person in (pair.first, pair.second)}
    names = {person.pk: name_of(person) for person in User.objects.filter(pk__in=people)} if people else {}
    checkers = [
        ByChecker(name, agreement([pair for pair in pairs if person in (pair.first, pair.second)]))
        for person, name in sorted(names.items(), key=lambda item: (item[1], item[0]))
    ]
    return Judging(agreement(pairs), _by_rating(pairs), checkers)


def _pairs(since: datetime, until: datetime) -> list[Pair]:
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [since, until])
        return [
            Pair(first, second, (label, other), (number, number_of_other))
            for first, second, label, other, number, number_of_other in cursor.fetchall()
        ]


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """Return how pairs agree. Coefficients need ten pairs at least."""
    labels = [pair.labels for pair in pairs]
    numbers = [pair.numbers for pair in pairs if None not in pair.numbers]
    enough = len(pairs) >= FEWEST_PAIRS
    return Agreement(
        pairs=len(pairs),
        same=sum(pair.agrees for pair in pairs),
        share=raw_agreement(labels),
        kappa=cohen_kappa(labels) if enough else None,
        alpha=krippendorff_alpha(labels) if enough else None,
        alpha_interval=krippendorff_alpha(numbers, interval) if len(numbers) >= FEWEST_PAIRS else None,
    )


def _by_rating(pairs: Sequence[Pair]) -> list[ByRating]:
    found = []
    for label in sorted({label for pair in pairs for label in pair.labels}):
        with_it = [pair for pair in pairs if label in pair.labels]
        others = Counter(other for pair in with_it for other in pair.labels if other != label)
        same = sum(pair.agrees for pair in with_it)
        found.append(ByRating(label, len(with_it), same, tuple(others.most_common())))
    return found
