"""Compound claims, as they are read: a claim whose parts are cases of their own, and what those make of the whole."""

from dataclasses import dataclass

from django.db.models import Prefetch

from claims.wording import store, words
from verification.models import Change, Hat, Judgment, Part, Publication, Review, State, Verdict
from verification.review import gate
from verification.review.refusals import Refusal, Unmet
from verification.review.rollup import WEIGHING, Proposal, Rated, must_be_weighed, propose


@dataclass(frozen=True, slots=True)
class PartRead:
    """One part: its number, the case that checks it, and the verdict that counts (None while there is none).

    `case` is what the part is a duplicate of, where it was found to be one.
    """

    number: int
    part: Review
    case: Review
    verdict: Verdict | None

    @property
    def rated(self) -> Rated:
        """The part as the rule sees it; what was withdrawn after publication has no number any more."""
        if self.verdict is None:
            return Rated(self.number, finished=False)
        value = None if self.verdict.change == Change.VOID else self.verdict.rating_value
        return Rated(self.number, True, value, self.verdict.rating_worst, self.verdict.rating_best)


@dataclass(frozen=True, slots=True)
class Whole:
    """A compound claim: its rule, its parts in order, and what the rule gives."""

    review: Review
    parts: tuple[PartRead, ...]
    proposal: Proposal

    @property
    def open(self) -> int:
        """How many parts have no verdict yet."""
        return sum(part.verdict is None for part in self.parts)

    def weighed(self, judgment: Judgment) -> bool:
        """Return whether a judgment needs no word on how it weighed the parts, or has it."""
        rating = judgment.rating
        by_adjudicator = judgment.hat == Hat.ADJUDICATOR  # who says why in any case
        if rating is None or by_adjudicator or str(judgment.answers.get(WEIGHING, "")).strip():
            return True
        return not must_be_weighed(self.proposal, rating.numeric, rating.scale.worst, rating.scale.best)


def whole_of(review: Review) -> Whole | None:
    """Return a case's parts and what they propose; None, without a query, where it is not compound."""
    if not review.rollup:
        return None
    newest = Prefetch("verdicts", Verdict.objects.order_by("-version"))
    through = ("part__publication__verdict", "part__duplicate_of__publication__verdict")
    found = Part.objects.filter(whole=review).select_related(*through)
    rows = found.prefetch_related(
        Prefetch("part__verdicts", newest.queryset), Prefetch("part__duplicate_of__verdicts", newest.queryset)
    )
    parts = tuple(_read(row) for row in rows)
    return Whole(review, parts, propose(review.rollup, [part.rated for part in parts]))


def _read(row: Part) -> PartRead:
    case = row.part.duplicate_of or row.part
    return PartRead(row.number, row.part, case, _verdict_of(case))


def _verdict_of(case: Review) -> Verdict | None:
    """Return the verdict that counts: one that is approved and waits to go out, else what is published."""
    if State.APPROVED in {case.state, case.held_from}:
        return case.verdicts.all()[0]
    return case.publication.verdict if case.publication else None


def compound(judgment: Judgment) -> gate.Parts | None:
    """Return what the gate asks of the parts of a judgment's claim, None where it has none."""
    whole = whole_of(judgment.review)
    return gate.Parts(whole.open, whole.weighed(judgment)) if whole else None


def whole_that_has(review: Review) -> Part | None:
    """Return the row that makes a case part of a compound claim, with that claim's case at hand; None without one."""
    return Part.objects.filter(part=review).select_related("whole").first()


def parts_told(review: Review) -> dict[str, object] | None:
    """Return what a version freezes of a compound claim: the rule, what it gave and how, and each part as rated today.

    None where the case is not compound. Raises Unmet where a part has no verdict any more.
    """
    whole = whole_of(review)
    if whole is None:
        return None
    if whole.open:
        raise Unmet(Refusal("parts", whole.proposal.working))
    return {
        "rule": review.rollup,
        "proposal": {"value": whole.proposal.value, "working": store([whole.proposal.working])},
        "parts": [_frozen(part.case, part.verdict) for part in whole.parts if part.verdict],
    }


def _frozen(case: Review, verdict: Verdict) -> dict[str, object]:
    void = verdict.change == Change.VOID
    return {
        "public": str(case.public),
        "wording": verdict.claim_text,
        "rating": None if void else verdict.rating_label,
        "value": None if void else verdict.rating_value,
        "version": verdict.version,
        "tone": verdict.rating_tone,
        "step": verdict.rating_step,
        "worst": verdict.rating_worst,
        "best": verdict.rating_best,
    }


def parts_not_out(verdict: Verdict) -> Refusal | None:
    """Return why a compound claim's version cannot go out yet: it tells of a part that readers do not have."""
    told = verdict.parts["parts"] if verdict.parts else []
    versions = {(part["public"], part["version"]) for part in told}
    out = Publication.objects.filter(review__public__in=[public for public, _version in versions])
    versions -= {(str(public), version) for public, version in out.values_list("review__public", "verdict__version")}
    if not versions:
        return None
    cases = Review.objects.filter(public__in=[public for public, _version in versions]).order_by("pk")
    numbers = ", ".join(case.number for case in cases)
    return Refusal("parts", words("Publish its parts first: readers do not have %(cases)s yet.", cases=numbers))
