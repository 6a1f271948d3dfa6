"""Weights in words: what a feature means and how strongly it counts, and what somebody changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.extraction.worth import FEATURES, Feature
from claims.models import Claim, Weighing
from claims.translation import say
from claims.weighing import AS_SHIPPED, FACTORS, POINTS, Topic, Weights, weights_of
from verification.review.standing import name_of

SHOWN = 30
FACTOR_LABELS: dict[float, str | Promise] = dict(
    zip(
        FACTORS,
        (
            gettext_lazy("0: does not count"),
            gettext_lazy("½: half as much"),
            gettext_lazy("1: as shipped"),
            gettext_lazy("1½: half as much again"),
            gettext_lazy("2: twice as much"),
            gettext_lazy("3: three times as much"),
        ),
        strict=True,
    )
)
POINT_LABELS: dict[int, str | Promise] = dict(
    zip(
        POINTS,
        (
            gettext_lazy("very much less"),
            gettext_lazy("much less"),
            gettext_lazy("a little less"),
            gettext_lazy("no difference"),
            gettext_lazy("a little more"),
            gettext_lazy("much more"),
            gettext_lazy("very much more"),
        ),
        strict=True,
    )
)
EFFECTS: dict[str, str | Promise] = {
    "raises": gettext_lazy("raises the score"),
    "lowers": gettext_lazy("lowers the score"),
    "either": gettext_lazy("raises or lowers the score"),
}
# In log-odds: in the middle of the scale 0.15 moves a score by two hundredths, 0.4 by six and 1 by fifteen.
AMOUNTS: Final[tuple[tuple[float, str | Promise], ...]] = (
    (0.15, gettext_lazy("very little")),
    (0.4, gettext_lazy("a little")),
    (1.0, gettext_lazy("clearly")),
)
MOST: Final = gettext_lazy("strongly")


@dataclass(frozen=True, slots=True)
class FeatureTold:
    """A feature in words: what raises a score (`up`), what lowers it (`down`), how strongly, and in how many claims."""

    name: str
    label: str
    up: str
    down: str
    strength: str


@dataclass(frozen=True, slots=True)
class Saved:
    """Weights that somebody saved: who, when, and what they changed, in words."""

    by: str
    at: datetime
    changes: Sequence[str]


def features_told(claims: Sequence[Claim]) -> list[FeatureTold]:
    """Return every feature of the model in words; how strongly it counts is measured on these claims."""
    return [
        FeatureTold(
            feature.name,
            say(feature.label),
            say(feature.reason) if feature.effect != "lowers" else "",
            say(feature.against or feature.reason) if feature.against or feature.effect == "lowers" else "",
            _strength(feature, claims),
        )
        for feature in FEATURES.values()
    ]


def _strength(feature: Feature, claims: Sequence[Claim]) -> str:
    moved = [abs(feature.weight * claim.features[feature.name]) for claim in claims if claim.features.get(feature.name)]
    effect = str(EFFECTS[feature.effect])
    if not moved:
        return _("%(effect)s; tells in none of the claims that wait") % {"effect": effect}
    mean = sum(moved) / len(moved)
    amount = next((label for below, label in AMOUNTS if mean < below), MOST)
    told = ngettext(
        "%(effect)s %(amount)s; tells in %(count)d of %(total)d claim that waits",
        "%(effect)s %(amount)s; tells in %(count)d of %(total)d claims that wait",
        len(claims),
    )
    return told % {"effect": effect, "amount": amount, "count": len(moved), "total": len(claims)}


def history() -> list[Saved]:
    """Return the weights that were saved, newest first, each with what it changed (one query)."""
    rows = list(Weighing.objects.select_related("by").order_by("-pk")[: SHOWN + 1])
    oldest = [] if len(rows) > SHOWN else [Weights()]
    states = [*(weights_of(row) for row in rows), *oldest]
    return [
        Saved(name_of(row.by), row.saved_at, changes(before, after))
        for row, (after, before) in zip(rows, pairwise(states), strict=False)
    ]


def changes(before: Weights, after: Weights) -> list[str]:
    """Return in words what the later weights have that the earlier had not, and the reverse."""
    if not after.factors and not after.topics:
        return [_("everything as shipped")]
    return [*_factor_changes(before, after), *_topic_changes(before, after)]


def _factor_changes(before: Weights, after: Weights) -> Iterable[str]:
    for name, feature in FEATURES.items():
        was, now = (weights.factors.get(name, AS_SHIPPED) for weights in (before, after))
        if was != now:
            told = {"what": say(feature.label), "was": FACTOR_LABELS[was], "now": FACTOR_LABELS[now]}
            yield _("%(what)s: from “%(was)s” to “%(now)s”") % told


def _topic_changes(before: Weights, after: Weights) -> Iterable[str]:
    was = {topic.name: topic for topic in before.topics}
    now = {topic.name: topic for topic in after.topics}
    for name, topic in now.items():
        if name not in was:
            told = {"name": name, "words": ", ".join(topic.words), "points": POINT_LABELS[topic.points]}
            yield _("new topic “%(name)s” (%(words)s): %(points)s") % told
        else:
            yield from _changes_of(was[name], topic)
    for name in was:
        if name not in now:
            yield _("topic “%(name)s” taken out") % {"name": name}
    if [name for name in was if name in now] != [name for name in now if name in was]:
        yield _("topics in another order")


def _changes_of(was: Topic, now: Topic) -> Iterable[str]:
    if was.points != now.points:
        told = {"name": now.name, "was": POINT_LABELS[was.points], "now": POINT_LABELS[now.points]}
        yield _("topic “%(name)s”: from “%(was)s” to “%(now)s”") % told
    if new := [word for word in now.words if word not in was.words]:
        yield _("topic “%(name)s”: with %(words)s") % {"name": now.name, "words": ", ".join(new)}
    if gone := [word for word in was.words if word not in now.words]:
        yield _("topic “%(name)s”: without %(words)s") % {"name": now.name, "words": ", ".join(gone)}
