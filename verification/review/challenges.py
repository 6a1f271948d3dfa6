"""Doubts about what was published: raised, answered, or settled by a new version. What stands stays up meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.models.clock import ClockTimestamp
from claims.wording import words
from verification.models import Challenge, Publication, Review, State
from verification.review import assignment
from verification.review.log import Entry, append
from verification.review.policy import refusal, roles_of
from verification.review.refusals import NotYours, Refusal, Unmet
from verification.review.standing import Standing, standing_of
from verification.review.states import TABLE
from verification.review.transitions import LONGEST_REASON, Actor, Move, move

LONGEST_CONTACT = 200


def challenge(review: Review, actor: Actor, seen: int | None, origin: str, text: str, contact: str = "") -> Challenge:
    """Record that a published verdict may be wrong, and return the record; it stays up until that is settled.

    `origin` is one of `Challenge.Origin`: the source watch's where a service does it, and never a person's. `contact`
    says how to answer whoever raised it, and stays in the record alone. A further challenge of a case that is being
    looked at again is filed beside the first, with a line of the log; the same one twice is one.
    """
    text, contact = text.strip(), contact.strip()
    if origin not in Challenge.Origin.values or (origin == Challenge.Origin.WATCH) == (actor.user is not None):
        raise Unmet(Refusal("origin", words("Say who raises it.")))
    if not text:
        raise Unmet(Refusal("text", words("Say what may be wrong.")))
    if len(text) > LONGEST_REASON or len(contact) > LONGEST_CONTACT:
        raise Unmet(Refusal("length", words("Shorten it: the log keeps every word, and people have to read it.")))
    with transaction.atomic():
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        told: dict[str, Any] = {"origin": origin, "text": text, "contact": contact, "by": actor.user}
        if review.state != State.PUBLISHED and review.publication:
            return _further(review, review.publication, actor, told)
        if review.publication is None:
            raise NotYours(_nothing_out(actor, standing_of(review)))
        raised = Challenge.objects.create(review=review, publication=review.publication, **told)
        verb = "challenge" if actor.user else "watch_challenged"
        payload = {"challenge": str(raised.public), "origin": origin}
        move(review.pk, Move(verb, actor, seen, text, payload))
    return raised


def _further(review: Review, publication: Publication, actor: Actor, told: Mapping[str, Any]) -> Challenge:
    if actor.user and not roles_of(actor.user) & set(TABLE["challenge"].roles):
        raise NotYours(Refusal("role", words("Your role does not include this.")))
    filed, made = Challenge.objects.get_or_create(
        review=review, publication=publication, outcome=Challenge.Outcome.OPEN, **told
    )
    if made:
        payload = {"challenge": str(filed.public), "origin": filed.origin, "reason": filed.text}
        append(Entry(review, actor.written, "challenge_filed", review.state, review.state, payload, actor.token))
    return filed


def _nothing_out(actor: Actor, standing: Standing) -> Refusal:
    why = refusal(actor.user, TABLE["challenge"], standing) if actor.user else None
    return why or Refusal("published", words("Nothing of this case is published."))


def settle(review: Review, outcome: str, answer: str) -> list[str]:
    """Settle every open challenge of a case, in the caller's transaction; return their public ids."""
    waiting = Challenge.objects.filter(review=review, outcome=Challenge.Outcome.OPEN)
    settled = [str(public) for public in waiting.order_by("pk").values_list("public", flat=True)]
    if settled:
        waiting.update(outcome=outcome, answer=answer, settled_at=ClockTimestamp())
    return settled


def reaffirm(review: Review, person: User, seen: int, reason: str) -> Standing:
    """Say that a challenged verdict stands, and why: that answers every open challenge."""
    with transaction.atomic():
        Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        settled = settle(review, Challenge.Outcome.REAFFIRMED, reason.strip())
        return move(review.pk, Move("reaffirm", Actor(person), seen, reason, {"challenges": settled}))


def abandon(review: Review, person: User, seen: int, reason: str) -> Standing:
    """Drop a correction and leave what is published: a challenge that had led to it is answered by that."""
    with transaction.atomic():
        standing = assignment.end(review, person, seen, "abandon", reason)
        settle(review, Challenge.Outcome.REAFFIRMED, reason.strip())
    return standing
