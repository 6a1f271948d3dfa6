"""A case as one line of a list: what is claimed, where it stands and with whom, until when, and what was found.

Read for a whole page of cases at once: the number of queries does not grow with the number of cases.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _

from claims.models import Appearance
from claims.speakers import standing_for
from verification.admin.queue.conditions import RUNNING
from verification.admin.queue.deadlines import Due, due
from verification.models import Duty, Hat, Review, SearchRun, State, Turn
from verification.publishing.moments import near
from verification.review.policy import refusal
from verification.review.standing import Standing, name_of
from verification.review.states import TABLE

TAKING = {State.QUEUED.value: "take", State.SECOND_CHECK.value: "take_second"}


@dataclass(frozen=True, slots=True)
class Found:
    """What the newest search of the whole library came to. `outcome` is empty where none was made yet.

    `check` holds class and flags of the best ranked passage that has a quote check.
    """

    outcome: str = ""
    documents: int = 0
    check: Mapping[str, Any] | None = None

    @property
    def failed(self) -> bool:
        """Whether the library could not be asked, which is not the same as nothing found."""
        return self.outcome == SearchRun.Outcome.FAILED


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as a list shows it. `take` is the verb by which the reader may take it now, or empty.

    `joined` are the cases whose appearances joined it.
    """

    review: Review
    standing: Standing
    speaker: str
    outlets: str
    holder: str
    due: Due | None
    found: Found
    take: str
    joined: int = 0

    @property
    def ripe(self) -> bool:
        """Whether a deadline still has to be met."""
        return self.review.state in RUNNING

    @property
    def more_reasons(self) -> int:
        """How many reasons for the priority there are beside the first."""
        return max(0, len(self.review.priority_reasons) - 1)


def with_parts(cases: QuerySet[Review]) -> QuerySet[Review]:
    """Return the cases with everything at hand that a line shows, save for what was found."""
    appearances = Appearance.objects.select_related("article__outlet").order_by("pk")
    joined = Review.objects.filter(duplicate_of=OuterRef("pk")).order_by().values("duplicate_of")
    counted: QuerySet[Any] = cases.annotate(joined=Subquery(joined.annotate(count=Count("pk")).values("count")))
    return counted.select_related("claim__speaker__joined_to").prefetch_related(
        Prefetch("claim__appearances", appearances),
        Prefetch("duties", Duty.objects.select_related("person").order_by("pk")),
        Prefetch("turns", Turn.objects.select_related("duty__person").order_by("pk")),
    )


def rows_of(cases: Iterable[Review], person: User, now: datetime) -> list[CaseRow]:
    """Return the lines of cases read `with_parts`, in their order (one more query)."""
    listed = list(cases)
    found = found_for([review.claim_id for review in listed])
    return [_row(review, person, now, found.get(review.claim_id, Found())) for review in listed]


def found_for(claims: Sequence[int]) -> dict[int, Found]:
    """Return what the newest search of the library found for each of these claims (ids; one query)."""
    runs = SearchRun.objects.filter(claim__in=claims, source__isnull=True, step="")
    newest = runs.order_by("claim", "-pk").distinct("claim").values("pk")
    ranked = SearchRun.objects.filter(pk__in=newest).order_by("claim", "candidates__rank")
    found: dict[int, Found] = {}
    names = ("claim", "outcome", "candidates__rank", "candidates__quote_check__class", "candidates__quote_check__flags")
    for claim, outcome, rank, quote_class, flags in ranked.values_list(*names):
        before = found.get(claim, Found(outcome))
        check = {"class": quote_class, "flags": flags} if quote_class else None
        found[claim] = Found(outcome, before.documents + (rank is not None), before.check or check)
    return found


def _row(review: Any, person: User, now: datetime, found: Found) -> CaseRow:
    duties = tuple(duty for duty in review.duties.all() if duty.cycle == review.cycle)
    turns = tuple(turn for turn in review.turns.all() if turn.closed_at is None)
    standing = Standing(review, duties, turns)
    verb = TAKING.get(review.state, "")
    return CaseRow(
        review=review,
        standing=standing,
        speaker=_speaker(review),
        outlets=_outlets(review),
        holder=_holder(standing, person),
        due=_due(review, now),
        found=found,
        take=verb if verb and refusal(person, TABLE[verb], standing) is None else "",
        joined=review.joined or 0,
    )


def _speaker(review: Review) -> str:
    speaker = review.claim.speaker
    if speaker:
        return standing_for(speaker).name
    mentions = (appearance.mention for appearance in review.claim.appearances.all())
    return next(filter(None, mentions), None) or _("speaker unknown")


def _outlets(review: Review) -> str:
    printed = [appearance.article.outlet for appearance in review.claim.appearances.all()]
    names = list(dict.fromkeys(outlet.name for outlet in printed if outlet))
    if not names:
        return _("outlet unknown")
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"


def _due(review: Review, now: datetime) -> Due | None:
    embargo = review.embargo_until
    if review.state == State.APPROVED and embargo and embargo > now:
        return Due(embargo, near(embargo, now), _("embargo"), late=False, is_embargo=True)
    return due(review.deadline, now)


def _holder(standing: Standing, person: User) -> str:
    """Return with whom a case is, or for whom it waits.

    While a second check is blind, the first checker's name stays out of it.
    """
    review = standing.review
    match review.state:
        case State.QUEUED:
            return _("no checker")
        case State.SECOND_CHECK:
            turn = standing.turn(Hat.SECOND)
            return _name(turn.duty, person) if turn else _("no second checker")
        case State.PROPOSED | State.ADJUDICATION | State.SIGN_OFF:
            return _("waits for an editor")
        case State.DRAFTING:
            return _name(_writer(standing), person)
        case State.APPROVED:
            return _name(next((duty for duty in standing.duties if duty.hat == Hat.APPROVER), None), person)
    turn = standing.turn(Hat.FIRST)
    return _name(turn.duty, person) if turn else ""


def _writer(standing: Standing) -> Duty | None:
    """Return whose judgment goes out, and who therefore writes the text."""
    decided = [duty for duty in standing.duties if duty.hat == Hat.ADJUDICATOR]
    done = [
        turn.duty
        for turn in standing.review.turns.all()
        if turn.hat == Hat.FIRST and turn.closed_as == Turn.End.DONE and turn.duty.cycle == standing.review.cycle
    ]
    return next(reversed(decided or done), None)


def _name(duty: Duty | None, person: User) -> str:
    if duty is None:
        return ""
    return _("you") if duty.person_id == person.pk else name_of(duty.person)
