"""Precedents: what was found before of this claim, or of what the same person claimed. They are shown, and bind nobody.

Earlier are the desk's own published verdicts and the checks from before it. What a rating on another scale means on the
desk's own is told only where its words or its numbers allow it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import F, Q

from claims.speakers import everyone_of, names_of
from claims.wording import Words, words
from verification.models import Change, EarlierCheck, Publication, Rating, Review, Verdict
from verification.review.similar import checked_earlier, similar_cases

MOST = 10
# So many checks of a speaker are looked through for the newest.
OF_A_SPEAKER = 50
# Two ratings are the same where their places on their scales (0 to 1) lie nearer than half a step of five.
SAME_PLACE = 0.125
NEWEST = F("published").desc(nulls_last=True)
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Precedent:
    """An earlier verdict: the desk's own (`verdict`), or a check from before it (`check`).

    `rating` are the words of its day, `tone` and `place` (0 worst to 1 best) what they mean where that is known.
    `score` and `strong` say how alike the claims are; 0 and False where only the speaker is the same.
    """

    claim: str
    claimant: str | None
    rating: str
    at: datetime | None
    precision: str | None
    why: tuple[Words, ...]
    tone: str | None = None
    place: float | None = None
    score: float = 0.0
    strong: bool = False
    verdict: Verdict | None = None
    check: EarlierCheck | None = None

    @property
    def review(self) -> Review | None:
        """The case of one of the desk's own."""
        return self.verdict.review if self.verdict else None

    @property
    def public(self) -> UUID | None:
        """Its public id: that of the case, or of the check."""
        return self.review.public if self.review else self.check.public if self.check else None

    @property
    def name(self) -> str:
        """What people call it by: the case's number, or who checked it; empty where nobody is named."""
        return self.review.number if self.review else (self.check and self.check.publisher) or ""


def of(review: Review) -> list[Precedent]:
    """Return earlier verdicts on a case's claim and its speaker, newest first, each once, at most `MOST`.

    Those that are alike in words are kept before those of the same speaker only. The case's own versions are none.
    """
    names = _names(review)
    alike = _alike(review, names)
    known = {each.public for each in alike}
    others = [each for each in _of_speaker(review, names) if each.public not in known]
    return sorted([*alike, *_newest_first(others)][:MOST], key=_age)


def breaks_with(review: Review, rating: Rating) -> list[Precedent]:
    """Return the verdicts on what is held to be the same claim that gave another rating than this one, newest first.

    A check from before this desk whose rating cannot be compared with the desk's own breaks with nothing.
    """
    return [each for each in _newest_first(_alike(review, _names(review))) if each.strong and _differs(each, rating)]


def _newest_first(found: Iterable[Precedent]) -> list[Precedent]:
    return sorted(found, key=_age)


def _age(precedent: Precedent) -> float:
    return -(precedent.at or LONG_AGO).timestamp()


def _alike(review: Review, names: Sequence[str]) -> list[Precedent]:
    """Return what checks the same claim, or may: the likeliest first."""
    language = review.language or None
    cases = similar_cases(review, language, MOST)
    verdicts = _verdicts([each.review.pk for each in cases if each.verdict])
    found = [
        _own(verdicts[each.review.pk], names, each.score, strong=each.strong)
        for each in cases
        if each.review.pk in verdicts
    ]
    earlier = checked_earlier(review, language, MOST)
    ratings = _known_ratings() if earlier else []
    found += [_before(each.check, names, ratings, each.score, strong=each.strong) for each in earlier]
    return sorted(found, key=lambda each: (not each.strong, -each.score))[:MOST]


def _of_speaker(review: Review, names: Sequence[str]) -> list[Precedent]:
    speaker = review.claim.speaker
    if speaker is None:
        return []
    said = Q(review__claim__speaker__in=everyone_of(speaker).order_by())
    own = Publication.objects.filter(_any_of(names, "verdict__claimant") | said)
    standing = own.filter(current_of__isnull=False).exclude(review=review).exclude(verdict__change=Change.VOID)
    newest = standing.order_by("-published_at").values_list("review_id", flat=True)[:OF_A_SPEAKER]
    found = [_own(verdict, names) for verdict in _verdicts(newest).values()]
    checks = EarlierCheck.objects.filter(_any_of(names, "claimant")).order_by(NEWEST, "-pk")[:OF_A_SPEAKER]
    ratings = _known_ratings()
    return [*found, *(_before(check, names, ratings) for check in checks)]


def _verdicts(reviews: Iterable[int]) -> dict[int, Verdict]:
    """Return what readers have of cases now, by case, with its publication and its rating."""
    standing = Verdict.objects.filter(publication__current_of__in=list(reviews)).exclude(change=Change.VOID)
    return {verdict.review_id: verdict for verdict in standing.select_related("review", "publication")}


def _names(review: Review) -> list[str]:
    """Return every name of whom a case's claim is attributed to; none where nobody is (one query)."""
    return names_of(review.claim.speaker) if review.claim.speaker else []


def _any_of(names: Iterable[str], column: str) -> Q:
    """Return the condition that a column holds one of these names, in whatever case."""
    wanted = Q()
    for name in names:
        wanted |= Q(**{f"{column}__iexact": name})
    return wanted


def _own(verdict: Verdict, names: Sequence[str], score: float = 0.0, *, strong: bool = False) -> Precedent:
    return Precedent(
        claim=verdict.claim_text,
        claimant=verdict.claimant,
        rating=verdict.rating_label,
        at=verdict.publication.published_at,
        precision=None,
        why=_why(names, verdict.claimant, score, strong=strong),
        tone=verdict.rating_tone,
        place=_place(verdict.rating_value, verdict.rating_worst, verdict.rating_best),
        score=score,
        strong=strong,
        verdict=verdict,
    )


def _before(
    check: EarlierCheck, names: Sequence[str], ratings: Sequence[Rating], score: float = 0.0, *, strong: bool = False
) -> Precedent:
    tone, place = _meaning(check, ratings)
    return Precedent(
        claim=check.claim_text,
        claimant=check.claimant,
        rating=check.rating_label,
        at=check.published,
        precision=check.published_precision,
        why=_why(names, check.claimant, score, strong=strong),
        tone=tone,
        place=place,
        score=score,
        strong=strong,
        check=check,
    )


def _why(names: Sequence[str], claimant: str | None, score: float, *, strong: bool) -> tuple[Words, ...]:
    told = []
    if strong:
        told.append(words("the same claim, likeness %(percent)s %%", percent=round(100 * score)))
    elif score:
        told.append(words("like words, likeness %(percent)s %%", percent=round(100 * score)))
    if names and (not score or (claimant or "").casefold() in {name.casefold() for name in names}):
        told.append(words("the same speaker"))
    return tuple(told)


def _known_ratings() -> list[Rating]:
    """Return the desk's ratings, those of scales in use first."""
    return list(Rating.objects.select_related("scale").order_by("-scale__in_use", "scale", "-value"))


def _meaning(check: EarlierCheck, ratings: Sequence[Rating]) -> tuple[str | None, float | None]:
    """Return tone and place of a rating that was given elsewhere, as far as its numbers or its words tell."""
    place = _place(check.rating_value, check.rating_worst, check.rating_best)
    if place is not None:
        own = [(each, at) for each in ratings if each.scale.in_use and (at := _place_of(each)) is not None]
        nearest = min(own, key=lambda pair: abs(pair[1] - place), default=None)
        return (nearest[0].tone if nearest else None), place
    label = " ".join(check.rating_label.split()).casefold()
    named = next((each for each in ratings if each.label.casefold() == label), None)
    return (named.tone, _place_of(named)) if named else (None, None)


def _place_of(rating: Rating) -> float | None:
    return _place(rating.numeric, rating.scale.worst, rating.scale.best)


def _place(value: float | None, worst: float | None, best: float | None) -> float | None:
    """Return where a value lies from worst (0) to best (1); None off the scale, or where one is unknown."""
    if value is None or worst is None or best is None or worst == best:
        return None
    place = (value - worst) / (best - worst)
    return place if 0 <= place <= 1 else None


def _differs(precedent: Precedent, rating: Rating) -> bool:
    """Return whether a precedent gave another rating; of what cannot be compared, False."""
    if precedent.verdict and precedent.verdict.rating_id == rating.pk:
        return False
    if precedent.rating.casefold() == rating.label.casefold():
        return False
    own = _place_of(rating)
    if own is not None and precedent.place is not None:
        return abs(own - precedent.place) >= SAME_PLACE
    return precedent.verdict is not None
