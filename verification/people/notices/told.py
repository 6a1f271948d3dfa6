"""An event of the log with what is asked of it when people are told: who was there, and who they are."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from verification.models import Draft, Duty, Hat, ReplyRequest, Review, ReviewEvent, Turn
from verification.review.policy import roles_of
from verification.review.standing import name_of
from verification.review.states import ROLE_NAMES

People = frozenset[int]
NOBODY: People = frozenset()


@dataclass(frozen=True, slots=True)
class Desk:
    """What many events ask for, read once: the active people by role, and who had a part in their cases."""

    people: Mapping[int, User]
    roles: Mapping[str, People]
    hats: Mapping[tuple[int, int], Sequence[tuple[str, int]]] = field(default_factory=dict)
    turns: Mapping[int, Sequence[Turn]] = field(default_factory=dict)
    authors: Mapping[tuple[int, int], int] = field(default_factory=dict)
    askers: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)


def desk_of(events: Sequence[ReviewEvent]) -> Desk:
    """Read what the events of a run ask for (seven queries, however many there are)."""
    cases = {event.review_id for event in events}
    actors = User.objects.filter(pk__in={pk for event in events if (pk := actor_of(event))})
    hats, turns = defaultdict(list), defaultdict(list)
    for review, cycle, hat, person in Duty.objects.filter(review__in=cases).values_list(
        "review", "cycle", "hat", "person"
    ):
        hats[review, cycle].append((hat, person))
    for turn in Turn.objects.filter(review__in=cases).select_related("duty").order_by("opened_at"):
        turns[turn.review_id].append(turn)
    drafts = Draft.objects.filter(review__in=cases).values_list("review", "cycle", "author")
    asked = ReplyRequest.objects.filter(review__in=cases).values_list("public", "by")
    return Desk(
        *people_by_role(),
        hats=hats,
        turns=turns,
        authors={(review, cycle): author for review, cycle, author in drafts},
        askers={str(public): by for public, by in asked},
        names={person.pk: name_of(person) for person in actors},
    )


def actor_of(event: ReviewEvent) -> int | None:
    """Return who did it, None where it was a rule."""
    kind, _colon, pk = event.actor.partition(":")
    return int(pk) if kind == "user" and pk.isdigit() else None


def people_by_role() -> tuple[dict[int, User], dict[str, People]]:
    """Return the active people who have a role, by id, and their ids by role."""
    active = User.objects.filter(is_active=True, is_staff=True).prefetch_related("groups")
    people: dict[int, User] = {}
    by_role: defaultdict[str, set[int]] = defaultdict(set)
    for person in active:
        known = {group.name for group in person.groups.all()} | ({"administrator"} if person.is_superuser else set())
        person._readout_roles = frozenset(known)  # type: ignore[attr-defined]  # read by roles_of
        if roles_of(person) & set(ROLE_NAMES):
            people[person.pk] = person
        for role in known:
            by_role[role].add(person.pk)
    return people, {role: frozenset(members) for role, members in by_role.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """One event as the kinds of notices ask it."""

    event: ReviewEvent
    desk: Desk
    payload: Mapping[str, Any]

    @classmethod
    def of(cls, event: ReviewEvent, desk: Desk) -> "Told":
        """Read what the event says; nothing where that was erased. `payload` is best selected with it."""
        stored = getattr(event, "payload", None)
        return cls(event, desk, json.loads(stored.body) if stored else {})

    @property
    def review(self) -> Review:
        """The case, as it stands now."""
        return self.event.review

    @property
    def actor(self) -> int | None:
        """Whoever did it, None where it was a rule."""
        return actor_of(self.event)

    @property
    def who(self) -> str:
        """What colleagues call whoever did it."""
        return self.desk.names.get(self.actor or 0, "Readout")

    @property
    def still(self) -> bool:
        """Whether the case still is where the event left it, in the same cycle."""
        return (self.review.state, self.review.cycle) == (self.event.to_state, self.event.cycle)

    def named(self, name: str) -> People:
        """Return the person that the event names in a field of its payload."""
        pk = self.payload.get(name)
        return frozenset({pk}) if isinstance(pk, int) else NOBODY

    @property
    def mentioned(self) -> People:
        """Whom a comment mentions."""
        named = self.payload.get("mentions")
        return frozenset(pk for pk in named if isinstance(pk, int)) if isinstance(named, list) else NOBODY

    def in_role(self, *roles: str) -> People:
        """Return the active people in one of these roles."""
        return frozenset().union(*(self.desk.roles.get(role, NOBODY) for role in roles))

    def wearing(self, *hats: str, cycles_before: int = 0) -> People:
        """Return who wears one of these hats, or any where none is named, in the event's cycle or in one before it."""
        worn = self.desk.hats.get((self.event.review_id, self.event.cycle - cycles_before), ())
        return frozenset(person for hat, person in worn if not hats or hat in hats)

    def holding(self, *hats: str) -> People:
        """Return whose turn of one of these hats was open when the event happened, or ended with it."""
        return frozenset(turn.duty.person_id for hat in hats if (turn := self._turn(hat)))

    def _turn(self, hat: str) -> Turn | None:
        turns = self.desk.turns.get(self.event.review_id, ())
        return last_before((turn for turn in turns if turn.hat == hat), self.event.at)

    @property
    def has_it(self) -> People:
        """Whose turn is open now: whoever works on the case."""
        turns = self.desk.turns.get(self.event.review_id, ())
        return frozenset(turn.duty.person_id for turn in turns if turn.closed_at is None)

    @property
    def author(self) -> People:
        """Who wrote the text of this cycle last."""
        author = self.desk.authors.get((self.event.review_id, self.event.cycle))
        return NOBODY if author is None else frozenset({author})

    @property
    def asker(self) -> People:
        """Who asked for the reply that the event is about."""
        by = self.desk.askers.get(str(self.payload.get("request")))
        return NOBODY if by is None else frozenset({by})

    @property
    def judges(self) -> Hat:
        """The hat whose turn a `turn_ended` ends: the second check has one of its own."""
        return Hat.SECOND if self.event.from_state == "second_check" else Hat.FIRST


def last_before(turns: Iterable[Turn], at: datetime) -> Turn | None:
    """Return the last of the turns that opened before a time, None when none did. One of a hat is open at a time."""
    return max((turn for turn in turns if turn.opened_at < at), key=lambda turn: turn.opened_at, default=None)
