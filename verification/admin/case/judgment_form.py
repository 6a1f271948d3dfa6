"""The judgment form: read from a stored judgment or from what was posted, so that nothing typed is lost."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from verification.models import Candidate, Judgment, Rating, Review, Role, SearchRun, Stance
from verification.publishing.plain_text import printable
from verification.review.judgments import Finding, Pick
from verification.review.questions import is_key
from verification.review.rollup import WEIGHING

MAX_TEXT = 20_000
LONGEST_LABEL = 100


@dataclass(frozen=True, slots=True)
class Picked:
    """One candidate that is ticked, or has a stance at least."""

    candidate: int
    stance: str = ""
    role: str = Role.TESTS_CLAIM
    ticked: bool = True


@dataclass(frozen=True, slots=True)
class JudgmentForm:
    """What stands in the form's fields. `picked` is by candidate id, in the order of the evidence's numbers.

    `attached` are the ids of search records, as they are numbered after the evidence; `rating_seen` is what the rating
    was called on the page where it was chosen.
    """

    rating: int | None = None
    reasoning: str = ""
    none_supports: bool = False
    none_refutes: bool = False
    sourcing_reason: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    picked: Mapping[int, Picked] = field(default_factory=dict)
    attached: tuple[int, ...] = ()
    rating_seen: str = ""


def from_judgment(judgment: Judgment, shown: Mapping[int, int]) -> JudgmentForm:
    """Return the form as a judgment was stored. `shown` gives the candidate on the page for each document.

    A document that was searched again has a newer candidate than the one picked: the tick goes with the document.
    """
    picked = {}
    for piece in judgment.evidence.all():
        candidate = shown.get(piece.document_id, piece.candidate_id)
        if candidate is not None:
            picked[candidate] = Picked(candidate, piece.stance, piece.role)
    return JudgmentForm(
        judgment.rating_id,
        judgment.reasoning,
        judgment.none_supports,
        judgment.none_refutes,
        judgment.sourcing_reason,
        judgment.answers,
        picked,
        tuple(record.search_run_id for record in judgment.searches.all()),
    )


def from_post(post: QueryDict) -> JudgmentForm:
    """Return the form as it was posted. What is no choice of ours is passed over."""
    ticked = [int(value) for value in post.getlist("pick") if _is_id(value)]
    with_stance = [int(name[7:]) for name in post if name.startswith("stance-") and _is_id(name[7:])]
    picked: dict[int, Picked] = {}
    # What was picked before keeps its number, since the reasoning cites it; what is new comes after.
    for candidate in [*sorted(ticked, key=lambda pk: _number(post, pk)), *with_stance]:
        stance, role = post.get(f"stance-{candidate}", ""), post.get(f"role-{candidate}", "")
        picked.setdefault(
            candidate,
            Picked(
                candidate,
                stance if stance in Stance.values else "",
                role if role in Role.values else Role.TESTS_CLAIM,
                candidate in ticked,
            ),
        )
    attached = {int(value) for value in post.getlist("attach") if _is_id(value)}
    rating = post.get("rating", "")
    return JudgmentForm(
        int(rating) if _is_id(rating) else None,
        printable(post.get("reasoning", ""))[:MAX_TEXT],
        "none_supports" in post,
        "none_refutes" in post,
        printable(post.get("sourcing_reason", ""))[:MAX_TEXT],
        {
            name[7:]: printable(str(value))[:MAX_TEXT]
            for name, value in post.items()
            if name.startswith("answer-") and (name[7:] == WEIGHING or is_key(name[7:]))
        },
        picked,
        tuple(sorted(attached, key=lambda pk: (_number(post, pk, "search-number"), pk))),
        printable(post.get(f"called-{rating}", ""))[:LONGEST_LABEL],
    )


def finding_of(
    form: JudgmentForm, rating: Rating | None, candidates: Mapping[int, Candidate], runs: Mapping[int, SearchRun]
) -> Finding:
    """Return what the verb takes. Only candidates and searches of this claim count, given by id."""
    picks = [
        Pick(candidates[pick.candidate], pick.role, pick.stance)
        for pick in form.picked.values()
        if pick.ticked and pick.candidate in candidates
    ]
    return Finding(
        rating,
        form.reasoning,
        form.none_supports,
        form.none_refutes,
        form.sourcing_reason,
        form.answers,
        picks,
        [runs[pk] for pk in form.attached if pk in runs],
        form.rating_seen,
    )


def offered() -> QuerySet[Rating]:
    """Return the ratings of the scale in use, from the best to the worst, then those that stand beside it."""
    ratings = Rating.objects.filter(scale__in_use=True).select_related("scale")
    return ratings.order_by(F("numeric").desc(nulls_last=True), "-value")


def rating_of(form: JudgmentForm, review: Review, person: User) -> Rating | None:
    """Return the rating that was chosen: one of the scale in use, or the one that this person's draft has already."""
    if form.rating is None:
        return None
    kept = Judgment.objects.filter(review=review, person=person, cycle=review.cycle).values("rating")
    return Rating.objects.filter(Q(scale__in_use=True) | Q(pk__in=kept), pk=form.rating).first()


def _number(post: QueryDict, pk: int, name: str = "number") -> int:
    text = post.get(f"{name}-{pk}", "")
    return int(text) if _is_id(text) else sys.maxsize


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) < 16
