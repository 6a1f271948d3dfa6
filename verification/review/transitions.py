"""The only writer of a case's state.

A move is a conditional UPDATE whose row count is checked, and one ReviewEvent, in one transaction. The case's row is
locked first, so that rules are judged on what is true until the transaction ends. `begin` does the same for queued
cases that a statement picks, all of it in that statement: what many people do at once takes one round trip.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from claims.wording import words
from verification.models import Desk, Duty, Hat, Review, ReviewEvent
from verification.review import prepared
from verification.review.findable import keep_found
from verification.review.log import SALT_BYTES, Entry, append, said_by
from verification.review.log_format import payload_body, payload_hash
from verification.review.policy import refusal
from verification.review.programs import token_behind
from verification.review.refusals import Moved, NotYours, Refusal, Unmet
from verification.review.standing import Standing, name_of, standing_of
from verification.review.states import HELD, TABLE, Step
from verification.review.withheld_names import withheld_from

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

    @property
    def token(self) -> str:
        """The public id of the token by which a program acts for the person, "" where none does."""
        return token_behind(self.user)


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
        must_be_allowed(standing, wish)
        if step.reason and not wish.reason.strip():
            raise Unmet(Refusal("reason", words("Say why, in one sentence.")))
        if len(wish.reason) > LONGEST_REASON or len(str(wish.changes.get("wording", ""))) > LONGEST_WORDING:
            raise Unmet(Refusal("length", words("Shorten it: the log keeps every word, and people have to read it.")))
        target = {"": review.state, HELD: review.held_from}.get(step.target, step.target)
        changes = dict(wish.changes)
        if step.target == "on_hold":
            changes["held_from"] = review.state
        elif review.held_from and target != "on_hold":
            changes |= {"held_from": "", "held_until": None}
        keep_found(review, changes)
        before = review.state
        moved = Review.objects.filter(pk=review.pk, state=before, revision=review.revision).update(
            state=target, revision=F("revision") + 1, **changes
        )
        if moved != 1:
            raise _moved(standing, wish.actor)
        review.refresh_from_db()
        if step.gives and wish.actor.user:
            put_on(review, wish.actor.user, step.gives)
        payload = dict(wish.payload) | ({"reason": wish.reason.strip()} if wish.reason.strip() else {})
        append(Entry(review, wish.actor.written, step.verb, before, target, payload, wish.actor.token))
        return standing_of(review)


def must_be_allowed(standing: Standing, wish: Move) -> None:
    """Raise Moved and NotYours as `move` does: for verbs that look at somebody else, or at more of the case, first.

    What they find is told only to whoever may do the step at all.
    """
    step = TABLE[wish.verb]
    _must_be_unmoved(step, wish, standing)
    if wish.actor.user and (why := refusal(wish.actor.user, step, standing)):
        raise NotYours(why)


@dataclass(frozen=True, slots=True)
class Pick:
    """Which queued cases: a SELECT of their `id` that locks them, its values, and at most how many it finds."""

    sql: str
    values: Mapping[str, object]
    most: int = 1


@dataclass(frozen=True, slots=True)
class Begun:
    """A case that came onto somebody's desk: its id, its revision now, and when the turn ends."""

    review: int
    revision: int
    until: datetime


# Each part waits for the rows of the one it reads from, so the database's triggers find what they look for: the case
# has moved when its event is chained, and the event is there when its payload is compared with it.
BEGIN: Final = """
picked AS MATERIALIZED (SELECT id, row_number() OVER (ORDER BY id)::int AS place FROM chosen),
moved AS (
  UPDATE verification_review AS review SET state = %(target)s, revision = review.revision + 1
  FROM picked WHERE review.id = picked.id AND review.state = %(source)s
  RETURNING review.id, review.cycle, review.revision, picked.place
),
worn AS MATERIALIZED (
  SELECT duty.id, duty.review_id FROM moved JOIN verification_duty AS duty
    ON duty.review_id = moved.id AND duty.cycle = moved.cycle AND duty.person_id = %(person)s AND duty.hat = %(hat)s
),
put_on AS (
  INSERT INTO verification_duty (review_id, cycle, person_id, hat)
  SELECT id, cycle, %(person)s, %(hat)s FROM moved WHERE NOT EXISTS (SELECT FROM worn WHERE worn.review_id = moved.id)
  RETURNING id, review_id
),
opened AS (
  INSERT INTO verification_turn (duty_id, review_id, hat, given_by_id, note, until, closed_as)
  SELECT id, review_id, %(hat)s, %(given_by)s, %(note)s,
    clock_timestamp() + make_interval(mins => COALESCE((SELECT turn_minutes FROM verification_desk), %(minutes)s)), ''
  FROM (SELECT id, review_id FROM worn UNION ALL SELECT id, review_id FROM put_on) AS duty
  RETURNING review_id, until
),
logged AS (
  INSERT INTO verification_reviewevent (
    public, review_id, seq, cycle, actor, verb, from_state, to_state, payload_hash, prev_hash, hash
  )
  SELECT gen_random_uuid(), id, 0, cycle, %(actor)s, %(verb)s, %(source)s, %(target)s,
    (%(hashes)s::bytea[])[place], '', ''
  FROM moved
  RETURNING id, review_id
),
told AS (
  INSERT INTO verification_eventpayload (event_id, salt, body)
  SELECT logged.id, (%(salts)s::bytea[])[place], %(body)s FROM logged JOIN moved ON moved.id = review_id
)
SELECT moved.id, moved.revision, opened.until FROM moved JOIN opened ON opened.review_id = moved.id
"""


# Of a desk that has no settings yet.
TURN_MINUTES: Final = Desk().turn_minutes


def begin(
    pick: Pick,
    verb: str,
    actor: User,
    person: User,
    *,
    note: str = "",
    payload: Mapping[str, object] | None = None,
) -> list[Begun]:
    """Put the cases that a pick chooses on a person's desk, as first checker, by a step that leads on from the queue.

    Writes what `move`, `put_on` and `assignment.open_turn` write of each, in one statement: all of it, or nothing. The
    caller has asked policy whether `actor` may, and the pick chooses no case that this person may not check.
    """
    step = TABLE[verb]
    (source,) = step.sources
    body = payload_body(said_by(Actor(actor).token, payload or {}))
    salts = [secrets.token_bytes(SALT_BYTES) for _case in range(pick.most)]
    values = {
        "verb": verb,
        "source": source,
        "target": step.target,
        "actor": Actor(actor).written,
        "person": person.pk,
        "hat": Hat.FIRST.value,
        "given_by": None if step.gives else actor.pk,
        "note": note,
        "minutes": TURN_MINUTES,
        "body": body,
        "salts": salts,
        "hashes": [payload_hash(salt, body) for salt in salts],
    }
    rows = prepared.run(f"WITH chosen AS MATERIALIZED ({pick.sql}), {BEGIN}", {**pick.values, **values})
    return [Begun(*row) for row in rows]


def put_on(review: Review, person: User, hat: str) -> Duty:
    """Give a person a hat in the review's cycle; the database refuses a second one."""
    duty, _made = Duty.objects.get_or_create(review=review, cycle=review.cycle, person=person, hat=hat)
    return duty


def _must_be_unmoved(step: Step, wish: Move, standing: Standing) -> None:
    stale = wish.seen is not None and wish.seen != standing.review.revision
    if not stale and standing.review.state == "triage" and "queued" in step.sources and step.target == "researching":
        why = words("Still in triage: accept it first, then it can be given to somebody.")
        raise Moved(Refusal("state", why))
    if stale or standing.review.state not in step.sources:
        raise _moved(standing, wish.actor)


def _moved(standing: Standing, actor: Actor) -> Moved:
    """Say who changed the case, when, and where it stands now; not who, where the actor is not told that one's name."""
    review = standing.review
    last = ReviewEvent.objects.filter(review=review).order_by("-seq").first()
    person = last and last.actor.startswith("user:") and User.objects.filter(pk=last.actor[5:]).first()
    who = name_of(person) if person else gettext("Readout")
    if person and actor.user and person.pk in withheld_from(actor.user, review):
        who = gettext("a checker")
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
