"""A case as the person of a token may see it: the same functions withhold here that withhold on the desk's pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from claims.models import Appearance
from claims.speakers import standing_for
from claims.translation import say
from verification.models import (
    Candidate,
    Draft,
    Duty,
    Evidence,
    Judgment,
    Rating,
    ReplyRequest,
    Review,
    SearchRun,
    State,
)
from verification.models.candidate import ANSWERED, OWN_WORDS
from verification.review import drafting, gate, judgments
from verification.review.appearances import first_appearances
from verification.review.found_for import found_for
from verification.review.parts import PartRead, whole_of, whole_that_has
from verification.review.policy import Action, actions, is_kept_blind, may_open, may_see_judgment
from verification.review.replies import may_read, replies_of
from verification.review.standing import Standing, judging_duty, name_of, standing_of
from verification.review.withheld_names import nameless, withheld_from

# Where the text of a cycle can be read: before that there is none, and a blind second check may still be open.
READABLE: Final = (State.DRAFTING, State.SIGN_OFF, State.APPROVED)
MOST_SEARCHES: Final = 60
MOST_PLACES: Final = 30
"""As many as the case's page lists."""


def cases_of(person: User) -> QuerySet[Review]:
    """Return the cases that a person may open: all with a role of the desk, else those they played a part in."""
    if may_open(person, "case"):
        return Review.objects.all()
    return Review.objects.filter(pk__in=Duty.objects.filter(person=person, person__is_active=True).values("review"))


def case_of(person: User, public: UUID) -> Review:
    """Return a case that a person may open. Raises Http404 for any other."""
    cases = cases_of(person).select_related("claim__speaker__joined_to", "publication__verdict", "duplicate_of")
    review = cases.filter(public=public).first()
    if review is None:
        raise Http404
    return review


@dataclass(frozen=True, slots=True)
class SeenJudgment:
    """A judgment as somebody may see it; `person` and `hat` are None where these are withheld from them."""

    judgment: Judgment
    mine: bool
    person: str | None
    hat: str | None
    submitted: bool
    reasoning: str
    sourcing_reason: str
    missing: Sequence[str]
    questions: Sequence[dict[str, str]]


@dataclass(frozen=True, slots=True)
class SeenReply:
    """A request for a reply as somebody may see it; `question` and `answer` are None while they may not read them."""

    request: ReplyRequest
    by: str
    question: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case with everything that hangs on it, as somebody may see it."""

    review: Review
    topics: Sequence[str]
    appearances: Sequence[Appearance]
    holder: str | None
    actions: Sequence[Action]
    judgments: Sequence[SeenJudgment]
    draft: Draft | None
    candidates: Sequence[Candidate]
    searches: Sequence[SearchRun]
    ratings: Sequence[Rating]
    replies: Sequence[SeenReply]
    rollup: str
    parts: Sequence[PartRead]
    part_of: Review | None


def seen(review: Review, person: User) -> SeenCase:
    """Return a case as a person may see it now (some twenty queries)."""
    standing, withheld = standing_of(review), withheld_from(person, review)
    blind = is_kept_blind(person, review)
    turn = standing.turns[0].duty.person if standing.turns else None
    whole, part_of = whole_of(review), whole_that_has(review)
    ratings = Rating.objects.filter(scale__in_use=True).select_related("scale").order_by("-value")
    return SeenCase(
        review=review,
        topics=list(review.topics.order_by("name").values_list("name", flat=True)),
        appearances=first_appearances(review, MOST_PLACES)[0],
        holder=_called(turn, withheld) if turn else None,
        actions=actions(person, standing),
        judgments=_judgments(standing, person, withheld, blind=blind),
        draft=_draft(review, person),
        candidates=found_for(standing, person, blind=blind).candidates,
        searches=_searches(review),
        ratings=list(ratings),
        replies=_replies(review, person, withheld),
        rollup=review.rollup,
        parts=whole.parts if whole else (),
        part_of=part_of.whole if part_of else None,
    )


def claimant_of(review: Review) -> str | None:
    """Return who made the claim, by the name that stands for them."""
    return standing_for(review.claim.speaker).name if review.claim.speaker else None


def _called(person: User, withheld: frozenset[int]) -> str:
    return _("a checker") if person.pk in withheld else name_of(person)


def _judgments(standing: Standing, person: User, withheld: frozenset[int], *, blind: bool) -> list[SeenJudgment]:
    review = standing.review
    written = Judgment.objects.filter(review=review, cycle=review.cycle).select_related("rating__scale", "person")
    evidence = Evidence.objects.select_related("document__source", "snapshot", "candidate")
    written = written.prefetch_related(Prefetch("evidence", evidence), "searches__search_run")
    found = [each for each in written if may_see_judgment(person, each, review, blind=blind)]
    tell = nameless(duty.person for duty in standing.duties if duty.person_id in withheld)
    duty = judging_duty(standing, person)
    # Where names are withheld, the order tells no more than the rest does.
    order: Callable[[Judgment], Any] = (lambda each: each.public) if withheld else (lambda each: each.pk)
    return [
        _seen(each, person, withheld, tell, open_now=duty is not None and each.duty_id == duty.pk)
        for each in sorted(found, key=order)
    ]


def _seen(
    judgment: Judgment, person: User, withheld: frozenset[int], tell: Callable[[str], str], *, open_now: bool
) -> SeenJudgment:
    hidden, mine = judgment.person_id in withheld, judgment.person_id == person.pk
    asked = judgments.questions(judgment) if mine else []
    return SeenJudgment(
        judgment=judgment,
        mine=mine,
        person=None if hidden else name_of(judgment.person),
        hat=None if hidden else judgment.hat,
        submitted=judgment.submitted_at is not None,
        reasoning=judgment.reasoning if mine else tell(judgment.reasoning),
        sourcing_reason=judgment.sourcing_reason if mine else tell(judgment.sourcing_reason),
        missing=[say(item.how) for item in gate.unmet(judgments.facts_of(judgment))] if open_now else [],
        questions=[
            {"key": each.key, "text": say(each.text), "answer": judgment.answers.get(each.key, "")} for each in asked
        ],
    )


def _draft(review: Review, person: User) -> Draft | None:
    return drafting.draft_of(review, person) if review.state in READABLE else None


def _replies(review: Review, person: User, withheld: frozenset[int]) -> list[SeenReply]:
    asked = replies_of(review)
    readable = may_read(person, review, asked) if asked else set()
    return [
        SeenReply(each, _called(each.by, withheld), each.question, each.answer)
        if each.pk in readable
        else SeenReply(each, _called(each.by, withheld), None, None)
        for each in asked
    ]


def _searches(review: Review) -> list[SearchRun]:
    """Return the newest searches that a judgment may rest on."""
    may_be_attached = ~Q(step=OWN_WORDS) & Q(claim=review.claim_id, outcome__in=ANSWERED)
    return list(SearchRun.objects.filter(may_be_attached).select_related("source").order_by("-pk")[:MOST_SEARCHES])
