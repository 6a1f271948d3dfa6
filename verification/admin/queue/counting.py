"""How many cases each option of the queue's filters holds under the filters and the search that are in force."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from verification.admin.queue.conditions import best_checked
from verification.admin.queue.filters import CaseFilter, Held
from verification.models import Candidate, Review

# Of more cases it is not counted what has to be looked up for each of them: the option stands there without a number.
MOST_LOOKED_UP: Final = 5000

Counted = dict[tuple[str, str | None], int]
Wanted = dict[tuple[str, str | None], Q]


def held_by_options(filters: Sequence[CaseFilter], cases: QuerySet[Review]) -> Held:
    """Return how many of the cases each option holds under the other filters; None stands for no option.

    Three queries, two more where a dear filter is in force. Filters out of force are counted among the cases that all
    others leave, so that only those need reading.
    """
    in_force = [one for one in filters if one.value() is not None]
    left = cases.filter(*(one.condition() for one in in_force))
    idle: Wanted = {key: q for one in filters if one not in in_force for key, q in _options(one)}
    held: Held = {**_count(left, idle)}
    dear = [one for one in in_force if one.dear]
    plain = [one for one in in_force if not one.dear]
    active: Wanted = {key: _beside(one, plain, q) for one in plain for key, q in _options(one)}
    if not dear or cases.count() <= MOST_LOOKED_UP:
        held |= _count(cases.filter(*(one.condition() for one in dear)), active)
    else:
        held |= dict.fromkeys(active)
    for one in filters:
        if one.dear:
            others = cases.filter(*(other.condition() for other in in_force if other is not one))
            of_all = held.get((one.parameter_name, None))
            held |= _looked_up(one, others, others.count() if of_all is None else of_all)
    return held


def _beside(one: CaseFilter, in_force: Sequence[CaseFilter], option: Q) -> Q:
    return reduce(and_, (other.condition() for other in in_force if other is not one), option)


def _options(one: CaseFilter) -> list[tuple[tuple[str, str | None], Q]]:
    offered = {} if one.dear else one.offered
    named = ((value, option.condition) for value, option in offered.items())
    return [((one.parameter_name, value), condition) for value, condition in ((None, Q()), *named)]


def _count(cases: QuerySet[Review], wanted: Wanted) -> Counted:
    counts = {f"n{number}": Count("pk", filter=condition) for number, condition in enumerate(wanted.values())}
    return dict(zip(wanted, cases.aggregate(**counts).values(), strict=True)) if wanted else {}


def _looked_up(one: CaseFilter, cases: QuerySet[Review], all_of_them: int) -> Held:
    """Return how many cases each class and flag of the quote check holds, each case looked up once."""
    name = one.parameter_name
    if all_of_them > MOST_LOOKED_UP:
        return {(name, None): all_of_them, **{(name, value): None for value in one.offered}}
    check = JSONObject(**{"class": "quote_check__class", "flags": "quote_check__flags"})
    best = Candidate.objects.filter(pk=best_checked(depth=2)).values(found=check)
    found = cases.order_by().annotate(found=Subquery(best)).values("found").annotate(cases=Count("pk"))
    counts: Counted = dict.fromkeys(((name, value) for value in one.offered), 0)
    for line in found:
        for value in _values(line["found"]):
            if (name, value) in counts:
                counts[name, value] += line["cases"]
    return {(name, None): all_of_them, **counts}


def _values(check: Mapping[str, Any] | None) -> list[str]:
    return [check["class"], *check["flags"]] if check else ["none"]
