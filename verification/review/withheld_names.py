"""Whose names somebody does not learn while judgments of a case are still to be made, or decided between."""

from django.contrib.auth.models import User

from verification.models import Desk, Duty, Hat, Review, State
from verification.review.policy import roles_of
from verification.review.states import CHECKER, EDITOR


def withheld_from(person: User, review: Review) -> frozenset[int]:
    """Return the checkers (by id) whom a person is not told by name on a case (two queries, none in other states).

    In adjudication that is both of them, for every editor who may still decide, unless the desk shows names. While the
    second check is open it is the first, for every checker who could make it. Whoever judged the case knows who they
    are; an editor who does not judge has to know, to assign it, and one who has it does not.
    """
    stage, roles = review.held_from or review.state, roles_of(person)
    judging = Duty.objects.filter(review=review, cycle=review.cycle)
    if stage == State.ADJUDICATION and EDITOR in roles:
        people = frozenset(judging.filter(hat__in=[Hat.FIRST, Hat.SECOND]).values_list("person", flat=True))
        return frozenset() if person.pk in people or Desk.get().names_to_adjudicator else people
    if stage == State.SECOND_CHECK and CHECKER in roles:
        worn = list(judging.filter(hat__in=[Hat.FIRST, Hat.SECOND]).values_list("person", "hat"))
        people = frozenset(each for each, hat in worn if hat == Hat.FIRST)
        assigns = EDITOR in roles and (person.pk, Hat.SECOND) not in worn
        return frozenset() if assigns or person.pk in people else people
    return frozenset()
