"""Steps that need nothing but who does them, the revision they saw, and a reason where the log wants one."""

from collections.abc import Callable

from django.contrib.auth.models import User

from verification.models import Review
from verification.review import afterwards, assignment, challenges, drafting, judgments, triage
from verification.review.standing import Standing

# Case, person, the revision they saw, the reason they gave.
Verb = Callable[[Review, User, int, str], Standing]


def _named(verb: Callable[[Review, User, int, str, str], Standing], name: str) -> Verb:
    return lambda review, person, seen, reason: verb(review, person, seen, name, reason)


def _without_reason(verb: Callable[[Review, User, int, str], Standing], name: str) -> Verb:
    return lambda review, person, seen, _reason: verb(review, person, seen, name)


VERBS: dict[str, Verb] = {
    "hand_back": _named(assignment.give_back, "hand_back"),
    "recall": _named(assignment.give_back, "recall"),
    "hand_back_second": _named(assignment.give_back, "hand_back_second"),
    "recall_second": _named(assignment.give_back, "recall_second"),
    "await_source": _named(assignment.pause, "await_source"),
    "await_reply": _named(assignment.pause, "await_reply"),
    "resume": _without_reason(assignment.resume, "resume"),
    "release": _without_reason(assignment.resume, "release"),
    "withdraw": _named(assignment.end, "withdraw"),
    "abandon": challenges.abandon,
    "undo_accept": lambda review, person, seen, _reason: triage.undo_accept(review, person, seen),
    "reconsider": lambda review, person, seen, _reason: triage.reconsider(review, person, seen),
    "pass_on": _without_reason(judgments.decide_second_check, "pass_on"),
    "ask_second": _without_reason(judgments.decide_second_check, "ask_second"),
    "return_to_drafting": drafting.return_text,
    "return_to_research": judgments.return_to_research,
    "reaffirm": challenges.reaffirm,
    "reopen": afterwards.reopen,
    "ask_legal_read": lambda review, person, seen, _reason: drafting.ask_legal_read(review, person, seen),
    "drop_legal_read": drafting.drop_legal_read,
}
"""By the name each has in the table of states. Each raises Refused, and changes nothing then."""
