"""Break-glass: an editor lets somebody play two parts in one cycle of a case, with a reason that the log keeps.

It is the only way round "one person, one hat". The duty it gives names the event that says why; readers are told too.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from claims.translation import say
from claims.wording import words
from verification.models import Draft, Duty, EventPayload, Hat, Review, ReviewEvent, State, Verdict
from verification.review.policy import roles_of
from verification.review.refusals import Refusal, Unmet
from verification.review.standing import Standing, name_of, standing_of
from verification.review.states import CHECKER, EDITOR, ROLE_NAMES
from verification.review.transitions import Actor, Move, move

# The parts that can be given beside another, and the role that each of them asks for.
ROLES = {Hat.FIRST: CHECKER, Hat.SECOND: CHECKER, Hat.ADJUDICATOR: EDITOR, Hat.APPROVER: EDITOR}
WAIVE = "waive_four_eyes"


@dataclass(frozen=True, slots=True)
class Waived:
    """A part that somebody was let play beside another one, and why (empty once that was erased)."""

    person: User
    hat: Hat
    reason: str

    @property
    def name(self) -> str:
        """What colleagues call the person."""
        return name_of(self.person)


def waive(review: Review, editor: User, person: User, hat: str, seen: int, reason: str) -> Standing:
    """Let a person wear a hat in this cycle beside the one they wear; the reason goes into the log.

    They then do what the hat is for as anybody would: take the case, or approve it. Raises Unmet when no rule stands in
    their way, or another one than that of four eyes.
    """
    with transaction.atomic():
        locked = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        why = needless(standing_of(locked), person, hat)
        payload: dict[str, object] = {"person": person.pk, "hat": hat}
        standing = move(review.pk, Move(WAIVE, Actor(editor), seen, reason, payload))
        if why:
            raise Unmet(why)
        event = ReviewEvent.objects.filter(review=review, verb=WAIVE).order_by("-seq")[0]
        Duty.objects.create(review=standing.review, cycle=standing.review.cycle, person=person, hat=hat, waiver=event)
    return standing_of(standing.review)


def hats_to_waive(review: Review) -> list[Hat]:
    """Return the parts that can still be given beside another: once it is published, only that of who edits."""
    return [Hat.APPROVER] if review.state == State.PUBLISHED else list(ROLES)


def needless(standing: Standing, person: User, hat: str) -> Refusal | None:
    """Return why a waiver would be of no use to a person, None where it is what they need."""
    name = name_of(person)
    if hat not in hats_to_waive(standing.review):
        return Refusal("hat", words("Choose a part that is still to be played in this case."))
    role = ROLES[Hat(hat)]
    if not person.is_active or role not in roles_of(person):
        told = words("%(name)s does not have the role for it: %(role)s.", name=name, role=say(ROLE_NAMES[role]))
        return Refusal("role", told)
    if standing.duty_of(person.pk, hat):
        return Refusal("hat", words("%(name)s may do this already.", name=name))
    if standing.hats_of(person.pk) or (hat == Hat.APPROVER and _wrote_the_text(standing.review, person)):
        return None
    return Refusal("needless", words("%(name)s has no other part in this case: no exception is needed.", name=name))


def _wrote_the_text(review: Review, person: User) -> bool:
    return Draft.objects.filter(review=review, cycle=review.cycle, author=person).exists()


def waivers_of(standing: Standing) -> list[Waived]:
    """Return the exceptions made in the cycle of a case (one query; none where there is no exception)."""
    return _told(standing.duties) if any(duty.waiver_id for duty in standing.duties) else []


def waivers_behind(verdict: Verdict) -> list[Waived]:
    """Return the exceptions that a version rests on: of who judged or approved it (two queries at most).

    One that was made and not used is none of them. A version that is not stored yet has no approval: then that of
    whoever was let approve counts.
    """
    judged = Q(judgment__submitted_at__isnull=False)
    approved = Q(pk=verdict.approval_id) if verdict.approval_id else Q(hat=Hat.APPROVER)
    duties = Duty.objects.filter(judged | approved, review=verdict.review_id, cycle=verdict.cycle)
    return _told(duties.filter(waiver__isnull=False).select_related("person").order_by("pk"))


def _told(duties: Iterable[Duty]) -> list[Waived]:
    found = [(duty, duty.waiver_id) for duty in duties if duty.waiver_id is not None]
    said = EventPayload.objects.filter(event__in=[event for _duty, event in found]).values_list("event", "body")
    reasons = {event: json.loads(body)["reason"] for event, body in said} if found else {}
    return [Waived(duty.person, Hat(duty.hat), reasons.get(event, "")) for duty, event in found]
