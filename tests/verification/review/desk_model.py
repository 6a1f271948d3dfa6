"""A small model of one case on a desk: what each verb does to it, in as few words as possible, without the database."""

from dataclasses import dataclass, field

from tests.verification.review.desk_verbs import HATS, SECOND_CHECKS

DESK = {"researching", "awaiting_source", "awaiting_reply"}
# Where a verb leads; what is not here stays, or is told below.
LEADS = {
    "accept": "queued",
    "decline": "declined",
    "reconsider": "triage",
    "undo_accept": "triage",
    "take": "researching",
    "assign": "researching",
    "hand_back": "queued",
    "recall": "queued",
    "await_source": "awaiting_source",
    "await_reply": "awaiting_reply",
    "resume": "researching",
    "ask_second": "second_check",
    "pass_on": "drafting",
    "adjudicate": "drafting",
    "write": "sign_off",
    "return_to_drafting": "drafting",
    "return_to_research": "researching",
    "approve": "approved",
    "publish": "published",
    "reaffirm": "published",
    "correct": "queued",
    "reopen": "queued",
    "hold": "on_hold",
    "withdraw": "withdrawn",
    "abandon": "published",
}
PUTS_ON = {
    "take": "first",
    "take_second": "second",
    "adjudicate": "adjudicator",
    "approve": "approver",
    "minor_edit": "approver",
}
GIVES = {"assign": "first", "hand_over": "first", "assign_second": "second"}
HOLDERS_ONLY = {"hand_back": "first", "await_source": "first", "await_reply": "first", "hand_back_second": "second"}
TURN_ENDS = {"hand_back", "recall", "hand_back_second", "recall_second", "withdraw", "abandon"}


@dataclass
class Model:
    """Where a case stands, who (by number) wears what in its cycle and has which turn, and what was waived."""

    second_check: bool | None
    state: str = "triage"
    cycle: int = 1
    held_from: str = ""
    comes_back: bool = False
    legal: str = ""
    hats: dict[int, set[str]] = field(default_factory=dict)
    waived: set[tuple[int, str]] = field(default_factory=set)
    has: dict[str, int] = field(default_factory=dict)
    judged_by: int = -1
    rated: int = 0

    def wears(self, person: int, hat: str) -> None:
        """Put a hat on a person; fail where the desk let somebody wear two that nobody waived."""
        worn = self.hats.setdefault(person, set())
        worn.add(hat)
        assert len({each for each in worn if (person, each) not in self.waived}) <= 1, (person, worn)

    def did(self, verb: str, who: int, other: int, number: int) -> None:
        """Follow a verb that the desk let somebody do; fail where they should not have been let."""
        if verb in HOLDERS_ONLY:
            assert self.has.get(HOLDERS_ONLY[verb]) == who
        if verb in PUTS_ON:
            self.wears(who, PUTS_ON[verb])
        if verb in GIVES:
            self.wears(other, GIVES[verb])
            self.has[GIVES[verb]] = other
        if verb in TURN_ENDS:
            self.has.clear()
        follow = getattr(self, f"_{verb}", None)
        if follow:
            follow(who, other, number)
        self.state = LEADS.get(verb, self.state)

    def turn_ran_out(self) -> None:
        """Follow the clock: what runs out goes back, what waits or is held does not."""
        if self.state == "researching":
            self.state = "queued"
            self.has.clear()
        if self.state == "second_check":
            self.has.clear()

    def left(self, person: int) -> None:
        """Follow somebody who leaves, and comes back: on hold a case keeps its turn."""
        if self.state in DESK and self.has.get("first") == person:
            self.state = "queued"
            self.has.clear()
        if self.state == "second_check" and self.has.get("second") == person:
            self.has.clear()

    def its_day_came(self) -> None:
        """Follow the calendar: a hold that had an end is over, what is published is looked at again."""
        if self.state == "on_hold" and self.comes_back:
            self._release(-1, -1, 0)
        elif self.state == "published":
            self._correct(-1, -1, 0)
            self.state = "queued"

    def was_doubted(self) -> None:
        """Follow the source watch."""
        if self.state == "published":
            self.state = "challenged"

    def _take(self, who: int, _other: int, _number: int) -> None:
        self.has["first"] = who

    def _take_second(self, who: int, _other: int, _number: int) -> None:
        assert "second" not in self.has
        self.has["second"] = who

    def _waive_four_eyes(self, _who: int, other: int, number: int) -> None:
        self.waived.add((other, HATS[number - 1]))
        self.wears(other, HATS[number - 1])

    def _judge(self, who: int, _other: int, number: int) -> None:
        if self.state == "researching":
            assert self.has.pop("first") == who
            self.judged_by, self.rated = who, number
            self.state = {True: "second_check", False: "drafting", None: "proposed"}[self.second_check]
        else:
            assert self.has.pop("second") == who
            self.state = "drafting" if number == self.rated else "adjudication"

    def _return_to_research(self, _who: int, _other: int, _number: int) -> None:
        self.has["first"] = self.judged_by

    def _ask_reply(self, _who: int, _other: int, number: int) -> None:
        if number == 5 and self.state == "researching":
            self.state = "awaiting_reply"

    def _plan(self, _who: int, _other: int, number: int) -> None:
        self.second_check = SECOND_CHECKS[number % 3]

    def _ask_second(self, _who: int, _other: int, _number: int) -> None:
        self.second_check = True

    def _pass_on(self, _who: int, _other: int, _number: int) -> None:
        self.second_check = False

    def _correct(self, _who: int, _other: int, _number: int) -> None:
        self.cycle, self.second_check, self.legal = self.cycle + 1, False, ""
        self.hats, self.waived = {}, set()

    _reopen = _correct

    def _ask_legal_read(self, _who: int, _other: int, _number: int) -> None:
        self.legal = "asked"

    def _legal_read(self, _who: int, _other: int, number: int) -> None:
        assert self.legal == "asked"
        self.legal = "asked" if number == 1 else "read"

    def _drop_legal_read(self, _who: int, _other: int, _number: int) -> None:
        self.legal = ""

    def _approve(self, _who: int, _other: int, _number: int) -> None:
        assert self.legal != "asked"

    def _challenge(self, _who: int, _other: int, _number: int) -> None:
        self.was_doubted()

    def _hold(self, _who: int, _other: int, number: int) -> None:
        self.held_from, self.comes_back = self.state, bool(number % 2)

    def _release(self, _who: int, _other: int, _number: int) -> None:
        self.state, self.held_from, self.comes_back = self.held_from, "", False

    def _withdraw(self, _who: int, _other: int, _number: int) -> None:
        self.held_from, self.comes_back = "", False

    _abandon = _withdraw
