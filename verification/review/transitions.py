"""The only writer of a case's state.

A move is a conditional UPDATE whose row count is checked, and one ReviewEvent, in one transaction. The case's row is
locked first, so that rules are judged on what is true until the transaction ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from claims.wording import words
from verification.models import Duty, Review, ReviewEvent
from verification.review.findable import keep_found
from verification.review.log import Entry, append
from verification.review.policy import refusal
from verification.review.refusals import Moved, NotYours, Refusal, Unmet
from verification.review.standing import Standing, name_of, standing_of
from verification.review.states import HELD, TABLE, Step

# Far more than anybody writes in good faith (characters).
LONGEST_REASON, LONGEST_WORDING = 5_000, 3_000


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it: a person, or a service that follows a rule."""

    user: User | None = None
    service: str = ""

    @property
    def written(self) -> str:
        """The actor as the log writes it."""
        return f"user:{self.user.pk}" if self.user else f"service:{self.service}"


@dataclass(frozen=True, slots=True)
class Move:
    """What is asked for. `seen` is the revision the person looked at; None where nobody looked (a rule, a sweep).

    `changes` are further fields of the Review.
    """

    verb: str
    actor: Actor
    seen: int | None = None
    reason: str = ""
    payload: Mapping[str, object] = field(default_factory=dict)
    changes: Mapping[str, object] = field(default_factory=dict)


def move(review_id: int, wish: Move) -> Standing:
    """Do one step of the table and log it; return how the case stands afterwards.

    Raises Moved when the case was changed since `seen`, NotYours and Unmet when a guard does not hold.
    """
    step = TABLE[wish.verb]
    with transaction.atomic():
        review = Review.objects.select_for_update(no_key=True).get(pk=review_id)
        standing = standing_of(review)
        _must_be_unmoved(step, wish, standing)
        if wish.actor.user and (why := refusal(wish.actor.user, step, standing)):
            raise NotYours(why)
        if step.reason and not wish.reason.strip():
            raise Unmet(Refusal("reason", words("Say why, in one sentence.")))
        if len(wish.reason) > LONGEST_REASON or len(str(wish.changes.get("wording", ""))) > LONGEST_WORDING:
            raise Unmet(Refusal("length", words("Shorten it: the log keeps every word, and people have to read it.")))
        target = {"": review.state, HELD: review.held_from}.get(step.target, step.target)
        changes = dict(wish.changes)
        if step.target == "on_hold":
            changes["held_from"] = review.state
        elif review.held_from:
            changes["held_from"] = ""
        keep_found(review, changes)
        before = review.state
        moved = Review.objects.filter(pk=review.pk, state=before, revision=review.revision).update(
            state=target, revision=F("revision") + 1, **changes
        )
        if moved != 1:
            raise _moved(standing)
        review.refresh_from_db()
        if step.gives and wish.actor.user:
            put_on(review, wish.actor.user, step.gives)
        payload = dict(wish.payload) | ({"reason": wish.reason.strip()} if wish.reason.strip() else {})
        append(Entry(review, wish.actor.written, step.verb, before, target, payload))
        return standing_of(review)


def put_on(review: Review, person: User, hat: str) -> Duty:
    """Give a person a hat in the review's cycle; the database refuses a second one."""
    duty, _made = Duty.objects.get_or_create(review=review, cycle=review.cycle, person=person, hat=hat)
    return duty


def _must_be_unmoved(step: Step, wish: Move, standing: Standing) -> None:
    stale = wish.seen is not None and wish.seen != standing.review.revision
    if stale or standing.review.state not in step.sources:
        raise _moved(standing)


def _moved(standing: Standing) -> Moved:
    """Say who changed the case, when, and where it stands now."""
    review = standing.review
    last = ReviewEvent.objects.filter(review=review).order_by("-seq").first()
    person = last and last.actor.startswith("user:") and User.objects.filter(pk=last.actor[5:]).first()
    who = name_of(person) if person else gettext("Readout")
    return Moved(
        Refusal(
            "moved",
            words(
                "Nothing was changed: %(who)s was here at %(time)s, and the case is now in “%(state)s”. Look again.",
                who=who,
                time=timezone.localtime(last.at).strftime("%H:%M") if last else "",
                state=review.get_state_display(),
            ),
        )
    )
