"""Whose names somebody does not learn while judgments of a case are still to be made, or decided between."""

import re
from collections.abc import Callable, Iterable

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from verification.models import Desk, Duty, Hat, Review, State
from verification.review.policy import roles_of
from verification.review.standing import name_of
from verification.review.states import CHECKER, EDITOR


def withheld_from(person: User, review: Review, duties: Iterable[Duty] | None = None) -> frozenset[int]:
    """Return the checkers (by id) whom a person is not told by name on a case (two queries, none in other states).

    In adjudication that is both of them, for every editor who may still decide, unless the desk shows names. While the
    second check is open it is the first, for every checker who could make it. Whoever judged the case knows who they
    are; an editor who does not judge has to know, to assign it, and one who has it does not. `duties` are those of the
    case's cycle; they are read here where they are left out.
    """
    stage, roles = review.held_from or review.state, roles_of(person)
    adjudicating = stage == State.ADJUDICATION and EDITOR in roles
    if not adjudicating and not (stage == State.SECOND_CHECK and CHECKER in roles):
        return frozenset()
    if duties is None:
        duties = Duty.objects.filter(review=review, cycle=review.cycle)
    worn = {(duty.person_id, duty.hat) for duty in duties if duty.hat in {Hat.FIRST, Hat.SECOND}}
    if adjudicating:
        people = frozenset(each for each, _hat in worn)
        return frozenset() if person.pk in people or Desk.get().names_to_adjudicator else people
    people = frozenset(each for each, hat in worn if hat == Hat.FIRST)
    assigns = EDITOR in roles and (person.pk, Hat.SECOND) not in worn
    return frozenset() if assigns or person.pk in people else people


def told_duties(person: User) -> QuerySet[Duty]:
    """Return who is or was first or second checker in the current cycle of any case, where a person is told that.

    The same rule as that of `withheld_from` (one query at once, for editors), as a condition on many cases.
    """
    roles, duties = roles_of(person), Duty.objects.filter(cycle=F("review__cycle"), hat__in=[Hat.FIRST, Hat.SECOND])
    own = Duty.objects.filter(review=OuterRef("review"), cycle=OuterRef("cycle"), person=person)
    hidden = Q(pk__isnull=True)
    if EDITOR in roles and not Desk.get().names_to_adjudicator:
        hidden |= _stands_in(State.ADJUDICATION) & ~Q(Exists(own.filter(hat__in=[Hat.FIRST, Hat.SECOND])))
    if CHECKER in roles:
        first = _stands_in(State.SECOND_CHECK) & Q(hat=Hat.FIRST) & ~Q(Exists(own.filter(hat=Hat.FIRST)))
        hidden |= first & Q(Exists(own.filter(hat=Hat.SECOND))) if EDITOR in roles else first
    return duties.exclude(hidden)


def _stands_in(state: State) -> Q:
    return Q(review__state=state) | Q(review__held_from=state)


def nameless(people: Iterable[User]) -> Callable[[str], str]:
    """Return what takes these people out of a text that somebody wrote: “a checker” stands where one was named.

    Named is who stands there by `@` and log-in name, or by the name that colleagues see, in any capitals; a part of a
    name is not found.
    """
    named = [
        pattern
        for each in people
        for pattern in (
            rf"(?<![\w@.])@{re.escape(each.get_username())}(?!\w|[.+@-]\w)",
            r"(?<!\w)" + r"\s+".join(map(re.escape, name_of(each).split())) + r"(?!\w)",
        )
    ]
    if not named:
        return str
    found, instead = re.compile("|".join(named), re.IGNORECASE), _("a checker")
    return lambda text: found.sub(lambda _match: instead, text)
