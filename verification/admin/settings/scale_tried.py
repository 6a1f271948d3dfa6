"""How a verdict would look with each rating of a scale: made by the functions that publish."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.safestring import SafeString

from verification.admin.settings.invented import invented_verdict
from verification.models import Change, Rating, RatingScale
from verification.publishing.addresses import Addresses
from verification.publishing.choosing import Choice, chosen
from verification.publishing.claimreview import claim_review, faults
from verification.publishing.edition import edition
from verification.publishing.published import PublishedDesk, PublishedRating, PublishedVerdict
from verification.publishing.records import read
from verification.publishing.rich_text import evidence_links, rich


@dataclass(frozen=True, slots=True)
class RatingTried:
    """One rating as readers see it, and what search engines are told of it: `markup` is ClaimReview's reviewRating."""

    key: int
    rating: PublishedRating
    markup: str


@dataclass(frozen=True, slots=True)
class ScaleTried:
    """A verdict under one rating of a scale; it is the desk's newest, or `is_invented`."""

    ratings: Sequence[RatingTried]
    chosen: int
    verdict: PublishedVerdict
    prose: SafeString
    claimreview: str
    faults: Sequence[str]
    is_invented: bool


def try_scale(request: HttpRequest, scale: RatingScale, key: int | None) -> ScaleTried | None:
    """Return the desk's newest verdict under the rating with this key, else the first; None for an empty scale.

    `scale` has its ratings at hand. Six queries at most.
    """
    steps = sorted(scale.ratings.all(), key=lambda rating: -rating.value)
    if not steps:
        return None
    step = next((rating for rating in steps if rating.value == key), steps[0])
    desk, addresses = edition().desk, Addresses.of(request)
    stands = read(chosen(Choice()).exclude(change=Change.VOID)[:1])
    first = replace(stands[0], change=Change.INITIAL, rating_before=None, edited=None) if stands else None
    base = first or invented_verdict(_published(step, scale), desk.language)
    verdict = replace(base, rating=_published(step, scale))
    markup = claim_review(verdict, desk, addresses)
    return ScaleTried(
        ratings=[_tried(rating, scale, base, desk, addresses) for rating in steps],
        chosen=step.value,
        verdict=verdict,
        prose=rich(verdict.explanation, evidence_links(verdict.numbers)),
        claimreview=json.dumps(markup, ensure_ascii=False, indent=2),
        faults=faults(markup),
        is_invented=first is None,
    )


def _tried(
    rating: Rating, scale: RatingScale, base: PublishedVerdict, desk: PublishedDesk, addresses: Addresses
) -> RatingTried:
    shown = _published(rating, scale)
    markup = claim_review(replace(base, rating=shown), desk, addresses)["reviewRating"]
    return RatingTried(rating.value, shown, json.dumps(markup, ensure_ascii=False))


def _published(rating: Rating, scale: RatingScale) -> PublishedRating:
    """Return a rating as a verdict that is given now would carry it."""
    return PublishedRating(
        label=rating.label,
        tone=rating.tone,
        step=rating.value,
        value=rating.numeric,
        worst=scale.worst,
        best=scale.best,
        meaning=rating.meaning,
    )
