"""Many cases to one checker: what an editor does with a selection of the queue."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.contrib.auth.models import User

from claims.wording import words
from verification.models import Hat, Review, Turn
from verification.review.assignment import assign
from verification.review.fitness import away
from verification.review.policy import may_open, roles_of
from verification.review.refusals import NotYours, Refusal, Refused
from verification.review.standing import name_of
from verification.review.states import CHECKER
from verification.review.taking import read_taker, without_conflict
from verification.review.transitions import Pick, begin

# So many are given in one transaction: short enough that nobody waits who wants one of them, or the processor.
AT_ONCE: Final = 25
# Chosen are those that nobody is about to take, and that need no second look; the rest is asked for one by one.
PLAIN: Final = """
  SELECT review.id FROM verification_review AS review
  WHERE review.id = ANY(%(cases)s::bigint[]) AND review.state = 'queued' AND NOT EXISTS (
    SELECT FROM verification_duty AS duty
    WHERE duty.review_id = review.id AND duty.cycle = review.cycle AND duty.person_id = %(person)s
      AND duty.hat <> 'first'
  ){suits}
  ORDER BY review.id FOR NO KEY UPDATE OF review SKIP LOCKED"""


@dataclass(slots=True)
class Outcome:
    """What came of it, each case (by id) once: given, with that person already, or refused for a reason."""

    given: list[int] = field(default_factory=list)
    already: list[int] = field(default_factory=list)
    refused: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def assign_many(cases: Sequence[int], editor: User, person: User, note: str = "", *, at_once: int = AT_ONCE) -> Outcome:
    """Give queued cases (by id) to a checker, `at_once` in each transaction, and say of each what came of it.

    Interrupted, it leaves whole cases, and can be done again: those that are with this person already are no refusals.
    Raises NotYours when nothing can be given at all: by who is no editor, or to somebody who is no checker, or away.
    """
    if not may_open(editor, "assign"):
        raise NotYours(Refusal("role", words("Only editors give cases to others: ask for that role.")))
    if not person.is_active or CHECKER not in roles_of(person):
        raise NotYours(Refusal("role", words("%(name)s is not a checker of this desk.", name=name_of(person))))
    if why := away(person):
        raise NotYours(why)
    outcome = Outcome()
    for first in range(0, len(cases), at_once):
        _give(cases[first : first + at_once], editor, person, note.strip(), outcome)
    return outcome


def _give(cases: Sequence[int], editor: User, person: User, note: str, outcome: Outcome) -> None:
    taker = read_taker(person)
    values = {"cases": list(cases), "speakers": taker.speakers, "outlets": taker.outlets}
    pick = Pick(PLAIN.format(suits=without_conflict(taker)), values, most=len(cases))
    begun = begin(pick, "assign", editor, person, note=note, payload={"to": person.pk, "note": note})
    outcome.given += [case.review for case in begun]
    rest = set(cases) - {case.review for case in begun}
    theirs = Turn.objects.filter(review__in=rest, hat=Hat.FIRST, closed_at__isnull=True, duty__person=person)
    already = set(theirs.values_list("review", flat=True)) if rest else set()
    outcome.already += sorted(already)
    for review in Review.objects.filter(pk__in=rest - already).order_by("pk"):
        try:
            assign(review, editor, person, note=note)
            outcome.given.append(review.pk)
        except Refused as error:
            outcome.refused[str(error)].append(review.pk)
