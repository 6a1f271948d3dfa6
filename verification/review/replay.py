"""The log read from empty: what a case's events alone say of where it stands, who plays which part, whose turn it is.

Pure: lines in, a `Replayed` out. What an erased payload would have told is `UNKNOWN`, which is no fault. Who handed the
article in is told by the submission, not by the log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from claims.wording import Words, words
from verification.review.states import HELD, TABLE, log_lines


class Unknown(Enum):
    """What nobody can know any more, or what the log never told."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN
Payload = Mapping[str, object]
FIRST, SECOND, ADJUDICATOR, APPROVER = "first", "second", "adjudicator", "approver"
LINES: Final = log_lines()
# Verbs whose payload says something that is replayed; of the others it need not be read.
TELLING: Final = (
    *("opened", "accept", "plan", "assign", "hand_over", "assign_second", "waive_four_eyes"),
    *("correct", "came_due", "reopen", "hold", "publish", "minor_edit"),
)
NEW_CYCLE: Final = ("correct", "came_due", "reopen")
# Of these the log may tell whether a second check follows: by the desk's rule, or as an editor planned it.
DECIDING: Final = ("accept", "plan", *NEW_CYCLE)


@dataclass(frozen=True, slots=True)
class Line:
    """One event. `payload` is None where it was erased."""

    seq: int
    verb: str
    from_state: str
    to_state: str
    cycle: int
    actor: str
    payload: Payload | None = None

    def told(self, key: str) -> object:
        """Return what the payload says, UNKNOWN where it does not."""
        return UNKNOWN if self.payload is None else self.payload.get(key, UNKNOWN)

    def person(self, key: str) -> int | Unknown:
        """Return the id of the person that the payload names."""
        told = self.told(key)
        return told if isinstance(told, int) and not isinstance(told, bool) else UNKNOWN

    @property
    def by(self) -> int | Unknown:
        """The id of the person who did it; UNKNOWN for a service."""
        kind, _, number = self.actor.partition(":")
        return int(number) if kind == "user" and number.isdecimal() else UNKNOWN


@dataclass(frozen=True, slots=True)
class Astray:
    """The first event that is no step of the table from where the case stood, and why not."""

    seq: int
    verb: str
    why: Words


@dataclass(slots=True)
class Replayed:
    """Where the events have left a case.

    `hats` are people (ids) by cycle and hat; where somebody unknown took a hat up, UNKNOWN is among them. `turns` are
    the open turns: who has which hat's. `version` is the published one, None before the first.
    """

    state: str = ""
    cycle: int = 1
    held_from: str = ""
    held_until: datetime | Unknown | None = None
    second_check: bool | Unknown | None = False
    claim: object = UNKNOWN
    version: int | Unknown | None = None
    hats: dict[tuple[int, str], set[int | Unknown]] = field(default_factory=dict)
    turns: dict[str, int | Unknown] = field(default_factory=dict)
    astray: Astray | None = None
    last: Line | None = None
    _waived: set[tuple[int, int | Unknown, object]] = field(default_factory=set)
    _judged_by: dict[int, int | Unknown] = field(default_factory=dict)
    _published_in: int = 1

    def read(self, line: Line) -> None:
        """Take one more event in. After a step that leads nowhere the rest is read as it stands."""
        why = self._astray(line)
        if why and self.astray is None:
            self.astray = Astray(line.seq, line.verb, why)
        if line.to_state == "on_hold" and line.from_state != "on_hold":
            self.held_from, self.held_until = line.from_state, _time(line)
        elif line.to_state != "on_hold":
            self.held_from, self.held_until = "", None
        self.state, self.cycle, self.last = line.to_state, line.cycle, line
        self._note_hats(line)
        self._note_turns(line)
        self._note_rest(line)

    def _astray(self, line: Line) -> Words | None:
        if (line.verb, line.from_state, line.to_state) not in LINES:
            return words(
                "the table of states has no step “%(verb)s” from “%(start)s” to “%(end)s”",
                verb=line.verb,
                start=line.from_state,
                end=line.to_state,
            )
        if line.from_state != self.state:
            return words(
                "it begins in “%(start)s”, but the event before it left the case in “%(state)s”",
                start=line.from_state,
                state=self.state,
            )
        step = TABLE.get(line.verb)
        if step and step.target == HELD and line.to_state != self.held_from:
            return words("the case was held from “%(state)s”, and came back elsewhere", state=self.held_from)
        if line.cycle != self.cycle + (line.verb in NEW_CYCLE):
            return words("it is of cycle %(cycle)s, after cycle %(before)s", cycle=line.cycle, before=self.cycle)
        if step and step.hat and not step.or_editor and not _may_be(line.by, self.turns.get(step.hat[0])):
            return words("whoever did it did not have the case")
        return self._second_hat(line)

    def _second_hat(self, line: Line) -> Words | None:
        """Return that somebody takes up a hat beside another, where nobody allowed it."""
        if line.verb == "waive_four_eyes" or (line.cycle, UNKNOWN, UNKNOWN) in self._waived:
            return None
        for person, hat in _given(line):
            worn = {hat for (cycle, hat), people in self.hats.items() if cycle == line.cycle and person in people}
            bound = {hat for hat in worn | {hat} if (line.cycle, person, hat) not in self._waived}
            if person is not UNKNOWN and len(bound) > 1:
                return words("person %(person)s has another part in this cycle", person=person)
        return None

    def _note_hats(self, line: Line) -> None:
        for person, hat in _given(line):
            self.hats.setdefault((line.cycle, hat), set()).add(person)
            if line.verb == "waive_four_eyes":
                self._waived.add((line.cycle, person, hat))
        if line.verb == "waive_four_eyes" and line.payload is None:
            self._waived.add((line.cycle, UNKNOWN, UNKNOWN))
            for hat in (FIRST, SECOND, ADJUDICATOR, APPROVER):
                self.hats.setdefault((line.cycle, hat), set()).add(UNKNOWN)
        if line.verb == "minor_edit":  # signed in the cycle of what it edits, which a dropped correction may have left
            self.hats.setdefault((self._published_in, APPROVER), set()).add(line.by)

    def _note_turns(self, line: Line) -> None:
        verb = line.verb
        if verb == "return_to_research":
            if line.cycle in self._judged_by:
                self.turns[FIRST] = self._judged_by[line.cycle]
        elif verb == "turn_ended":
            self.turns.pop(SECOND if line.to_state == "second_check" else FIRST, None)
        elif verb in CLOSING:
            self.turns.clear()
        elif verb in OPENING:
            ((person, hat),) = _given(line)
            self.turns[hat] = person
        if FIRST in self.turns:
            self._judged_by[line.cycle] = self.turns[FIRST]

    def _note_rest(self, line: Line) -> None:
        if line.verb == "opened":
            self.claim = line.told("claim")
        elif line.verb in DECIDING:
            self.second_check = self._decided(line)
        elif line.verb in {"ask_second", "pass_on"}:
            self.second_check = line.verb == "ask_second"
        elif line.verb in {"publish", "minor_edit"}:
            version = line.told("version")
            self.version = version if isinstance(version, int) else UNKNOWN
            self._published_in = line.cycle if line.verb == "publish" else self._published_in

    def _decided(self, line: Line) -> bool | Unknown | None:
        if line.told("second_check_rule") == {"rule": "plan"}:
            return self.second_check
        told = line.told("second_check")
        return told if told is None or isinstance(told, bool) else UNKNOWN


OPENING: Final = ("take", "assign", "hand_over", "take_second", "assign_second")
CLOSING: Final = (
    *("hand_back", "recall", "turn_ran_out", "left_desk", "propose", "hand_back_second", "recall_second"),
    *("agree", "differ", "withdraw", "abandon"),
)
GIVEN_TO: Final = {"assign": FIRST, "hand_over": FIRST, "assign_second": SECOND}


def _given(line: Line) -> list[tuple[int | Unknown, str]]:
    """Return to whom an event gives a hat, and which."""
    if line.verb in GIVEN_TO:
        return [(line.person("to"), GIVEN_TO[line.verb])]
    if line.verb == "waive_four_eyes":
        hat = line.told("hat")
        return [(line.person("person"), hat)] if isinstance(hat, str) else []
    step = TABLE.get(line.verb)
    return [(line.by, step.gives)] if step and step.gives else []


def _may_be(person: int | Unknown, holder: int | Unknown | None) -> bool:
    return holder is not None and (UNKNOWN in (person, holder) or person == holder)


def _time(line: Line) -> datetime | Unknown | None:
    """Return until when a hold was meant; it was without an end before it could have one."""
    if line.payload is None:
        return UNKNOWN
    told = line.payload.get("until")
    return datetime.fromisoformat(told) if isinstance(told, str) else None


def replay(lines: Iterable[Line]) -> Replayed:
    """Return where these events, all of one case and in their order, leave it."""
    case = Replayed()
    for line in lines:
        case.read(line)
    return case
