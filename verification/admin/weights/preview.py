"""What other weights would change: the claims that wait in triage, in the order as it is and as it would be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.extraction.worth import FEATURES
from claims.models import Appearance, Claim
from claims.translation import say
from claims.weighing import Weights, added, told_by, weighed
from verification.admin.triage.lines import STRONG
from verification.models import Review, State

LOOKED_AT: Final = 500
SHOWN: Final = 20
SHOWN_CAUSES: Final = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim with its score as it is and as it would be, its places (from 1) in both orders, and what causes it."""

    review: Review
    before: float
    after: float
    was: int
    now: int
    causes: Sequence[str] = ()
    article: UUID | None = None

    @property
    def is_changed(self) -> bool:
        """Whether its score would be another one, as it is shown."""
        return round(self.before, 2) != round(self.after, 2)

    @property
    def climbs(self) -> int:
        """By how many places it would rise; less than 0 where it would sink."""
        return self.was - self.now

    @property
    def sinks(self) -> int:
        """By how many places it would sink."""
        return self.now - self.was


@dataclass(frozen=True, slots=True)
class Preview:
    """The top of both orders, and of all that was looked at: how many scores change, how many are strong.

    `waiting` is how many claims wait in all, opinions apart; `kept` counts those without features, whose score stays.
    """

    before: Sequence[Weighed]
    after: Sequence[Weighed]
    looked_at: int
    waiting: int
    changed: int
    kept: int
    strong_before: int
    strong_after: int
    line: float = field(default=STRONG)


def waiting_claims() -> list[Review]:
    """Return the newest cases in triage, opinions apart: what weights are tried on (one query)."""
    return list(_waiting().select_related("claim").order_by("-pk")[:LOOKED_AT])


def preview(weights: Weights, stand: Weights, waiting: Sequence[Review]) -> Preview:
    """Return what these weights would change, compared with those that stand (two queries)."""
    after = {review.pk: _score(review.claim, weights) for review in waiting}
    was = _places({review.pk: review.claim.score for review in waiting})
    now = _places(after)
    rows = [
        Weighed(
            review,
            review.claim.score,
            after[review.pk],
            was[review.pk],
            now[review.pk],
            _causes(review.claim, stand, weights) if review.claim.score != after[review.pk] else (),
        )
        for review in waiting
    ]
    top_before = sorted(rows, key=lambda row: row.was)[:SHOWN]
    top_after = sorted(rows, key=lambda row: row.now)[:SHOWN]
    articles = _articles({row.review.claim_id for row in [*top_before, *top_after]})
    return Preview(
        [_placed(row, articles) for row in top_before],
        [_placed(row, articles) for row in top_after],
        looked_at=len(rows),
        waiting=_waiting().count(),
        changed=sum(row.is_changed for row in rows),
        kept=sum(not review.claim.features for review in waiting),
        strong_before=sum(row.before >= STRONG for row in rows),
        strong_after=sum(row.after >= STRONG for row in rows),
    )


def _waiting() -> QuerySet[Review]:
    return Review.objects.filter(state=State.TRIAGE).exclude(claim__kind=Claim.Kind.OPINION)


def _score(claim: Claim, weights: Weights) -> float:
    if not claim.features:
        return claim.score
    return weighed(claim.features, claim.text, weights, claim.standalone)[0]


def _places(scores: Mapping[int, float]) -> dict[int, int]:
    """Return the place of each, the highest score first, of equals the newest."""
    ordered = sorted(scores, key=lambda pk: (-scores[pk], -pk))
    return {pk: place for place, pk in enumerate(ordered, start=1)}


def _causes(claim: Claim, stand: Weights, weights: Weights) -> list[str]:
    """Return what moves a claim's score, in words, by how much it does."""
    was, now = added(claim.features, stand), added(claim.features, weights)
    moved = {say(FEATURES[name].label): now[name] - was[name] for name in now}
    text = told_by(claim.text, claim.standalone)
    for topics, sign in ((stand.about(text), -1), (weights.about(text), 1)):
        for topic in topics:
            label = _("topic “%(name)s”") % {"name": topic.name}
            moved[label] = moved.get(label, 0.0) + sign * topic.points
    found = sorted((label for label, by in moved.items() if by), key=lambda label: -abs(moved[label]))
    return found[:SHOWN_CAUSES]


def _articles(claims: set[int]) -> dict[int, UUID]:
    found = Appearance.objects.filter(claim__in=claims).order_by("claim", "-article").distinct("claim")
    return dict(found.values_list("claim", "article__public"))


def _placed(row: Weighed, articles: Mapping[int, UUID]) -> Weighed:
    article = articles.get(row.review.claim_id)
    return Weighed(row.review, row.before, row.after, row.was, row.now, row.causes, article)
