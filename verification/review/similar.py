"""What checks the same claim already: looked up in the indexes of cases and of earlier checks, compared, and guarded.

A case can be joined; a check from before this desk can only be looked at and cited.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.signing import BadSignature, Signer

from claims.models import Article
from claims.models.precision import Precision
from claims.wording import Words
from verification.index.collection import CASES, EARLIER
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexQuery
from verification.matching.same.scoring import KnownClaim, Likely, Strength, same_claims
from verification.matching.vectors import vectors_at_hand
from verification.models import Change, EarlierCheck, Publication, Review, State, Verdict
from verification.review.joining import CLOSED, Shown

# So many cases that share words with a claim are compared with it.
LOOKED_THROUGH = 100
# So many claims of an article, the strongest, are looked up for its page.
MOST_LOOKED_UP = 12
TO_THE_DAY = (Precision.SECOND, Precision.MINUTE, Precision.DAY)
# A page gives the form what it showed, signed, so that the log keeps what was shown and nothing else.
SIGNER = Signer(salt="verification.similar")


@dataclass(frozen=True, slots=True)
class Similar:
    """A case that may check the same claim, with how sure that is, why, and what speaks against it (`guards`).

    `asked` is the case (by id) that it may be the same as; `through` the duplicate whose wording is alike, where it is
    not the case's own.
    """

    asked: int
    review: Review
    score: float
    strength: str
    reasons: Sequence[Words] = ()
    guards: Sequence[Words] = ()
    through: Review | None = None

    @property
    def strong(self) -> bool:
        """Whether it is held to be the same claim, and not only alike."""
        return self.strength == Strength.STRONG

    @property
    def verdict(self) -> Verdict | None:
        """What readers have of it now; None where nothing is published, or all was withdrawn."""
        publication = self.review.publication
        return publication.verdict if publication and publication.verdict.change != Change.VOID else None

    @property
    def answered(self) -> bool:
        """Whether it is the same claim, and has been answered in public."""
        return self.strong and self.verdict is not None

    @property
    def signed(self) -> str:
        """What a page shows of it, for the form to bring back."""
        return SIGNER.sign(f"{self.asked} {self.review.pk} {self.score} {self.strength}")


@dataclass(frozen=True, slots=True)
class CheckedEarlier:
    """A check from before this desk that may be of the same claim, how sure that is, why, and what is against it."""

    check: EarlierCheck
    score: float
    strength: str
    reasons: Sequence[Words] = ()
    guards: Sequence[Words] = ()

    @property
    def strong(self) -> bool:
        """Whether it is held to be the same claim, and not only alike."""
        return self.strength == Strength.STRONG


def similar_cases(review: Review, language: str | None, limit: int = 3) -> list[Similar]:
    """Return the cases that may check the same claim, what is held to be the same first.

    `language` is its article's, None where unknown. Looks up and compares in one search and one query; of a case and
    those that joined it the likeliest wording counts. Meaning counts where vectors are installed.
    """
    found = PostgresIndex(CASES).search(
        IndexQuery(review.wording, language or "en", exclude=[review.pk]), LOOKED_THROUGH
    )
    shares = {hit.document_id: hit.body for hit in found.hits}
    if not shares:
        return []
    cases = Review.objects.filter(pk__in=shares).exclude(duplicate_of=review.pk).order_by("pk")
    together = cases.select_related("claim", "publication__verdict", "duplicate_of__publication__verdict")
    texts = [
        (case, text)
        for case in together
        if (case.duplicate_of or case).state not in CLOSED
        for text in dict.fromkeys((case.wording, case.claim.text))
    ]
    candidates = [
        KnownClaim(place, text, _headline(case), shares[case.pk], _day(case))
        for place, (case, text) in enumerate(texts)
    ]
    likely = same_claims(
        review.wording, candidates, said=_day(review), limit=len(candidates), vectors=vectors_at_hand()
    )
    best: dict[int, Similar] = {}
    for each in sorted(likely, key=lambda each: (each.strength != Strength.STRONG, -each.score)):
        if each.strength is not None:
            case, _text = texts[each.id]
            similar = _similar(review, case, each, each.strength)
            best.setdefault(similar.review.pk, similar)
    return list(best.values())[:limit]


def checked_earlier(review: Review, language: str | None, limit: int = 3) -> list[CheckedEarlier]:
    """Return the checks from before this desk that may be of a case's claim, what is held to be the same first.

    `language` is its article's, None where unknown. Compared as cases are, in one search and one query.
    """
    found = PostgresIndex(EARLIER).search(IndexQuery(review.wording, language or "en"), LOOKED_THROUGH)
    shares = {hit.document_id: hit.body for hit in found.hits}
    if not shares:
        return []
    checks = list(EarlierCheck.objects.filter(pk__in=shares).order_by("pk"))
    candidates = [
        KnownClaim(
            place, check.claim_text, check.title, shares[check.pk], _day_to_the_day(check.said, check.said_precision)
        )
        for place, check in enumerate(checks)
    ]
    likely = same_claims(
        review.wording, candidates, said=_day(review), limit=len(candidates), vectors=vectors_at_hand()
    )
    alike = [
        CheckedEarlier(checks[each.id], round(each.score, 4), each.strength, each.reasons, each.guards)
        for each in likely
        if each.strength is not None
    ]
    return sorted(alike, key=lambda each: (not each.strong, -each.score))[:limit]


def answered_before(article: Article) -> list[tuple[Review, Similar]]:
    """Return an article's claims whose answer is public, in reading order, each with the case that it was answered in.

    Those that joined a published case are among them. Of the claims in triage the strongest are looked up, each in a
    search and a query, if anything is published at all.
    """
    if not Publication.objects.exists():
        return []
    with_original = Review.objects.select_related("claim", "duplicate_of__publication__verdict")
    found = with_original.filter(claim__appearances__article=article, state__in=(State.TRIAGE, State.DUPLICATE))
    reviews = {review.pk: review for review in found.order_by("claim__appearances__start", "pk")}
    waiting = [review for review in reviews.values() if review.duplicate_of is None]
    looked_up = {review.pk for review in sorted(waiting, key=lambda review: -review.claim.score)[:MOST_LOOKED_UP]}
    answered = []
    for review in reviews.values():
        best = None
        if review.duplicate_of is not None:
            best = Similar(review.pk, review.duplicate_of, 1.0, Strength.STRONG)
        elif review.pk in looked_up:
            best = next(iter(similar_cases(review, article.language, 1)), None)
        if best is not None and best.answered:
            answered.append((review, best))
    return answered


def what_was_shown(review: Review, signed: Iterable[str]) -> dict[int, Shown]:
    """Return what a page had said of other cases, by id, as its form brought it back; what is forged is left out."""
    shown = {}
    for text in signed:
        try:
            case, other, score, strength = SIGNER.unsign(text).split(" ")
        except (BadSignature, ValueError):
            continue
        if case == str(review.pk):
            shown[int(other)] = Shown(float(score), strength)
    return shown


def _similar(review: Review, case: Review, likely: Likely, strength: Strength) -> Similar:
    through = case if case.duplicate_of else None
    score = round(likely.score, 4)
    return Similar(review.pk, case.duplicate_of or case, score, strength, likely.reasons, likely.guards, through)


def _headline(case: Review) -> str:
    return case.publication.verdict.headline if case.publication else ""


def _day(review: Review) -> date | None:
    """Return the day a claim was made, as exactly as it is known to the day; None where it is not."""
    return _day_to_the_day(review.claim.said, review.claim.said_precision)


def _day_to_the_day(said: datetime | None, precision: str | None) -> date | None:
    return said.date() if said and precision in TO_THE_DAY else None
