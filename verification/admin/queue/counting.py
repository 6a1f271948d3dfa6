"""How many cases each option of the queue's filters holds under the filters and the search that are in force."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet, TextField, Value

from verification.admin.queue.filters import CaseFilter, DearFilter, Held
from verification.models import Review

# Of more cases it is not counted what has to be looked up for each of them: the option stands there without a number.
MOST_LOOKED_UP: Final = 5000


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases in groups, told apart by the options that hold them: by filter's parameter the options, and how many."""

    groups: Sequence[tuple[Mapping[str, Collection[str]], int]]

    def of(self, **chosen: str) -> int:
        """Return how many cases all of these options hold, each given by its filter's parameter."""
        return sum(cases for options, cases in self.groups if all(v in options[name] for name, v in chosen.items()))

    def beside(self, chosen: Mapping[str, str]) -> Counter[tuple[str, str | None]]:
        """Return how many cases each option of each filter holds, under what is chosen of the others."""
        held: Counter[tuple[str, str | None]] = Counter()
        for options, cases in self.groups:
            failed = [name for name, value in chosen.items() if value not in options[name]]
            for name in options if not failed else failed if len(failed) == 1 else []:
                held.update({(name, value): cases for value in (None, *options[name])})
        return held


def counts_of(filters: Sequence[CaseFilter], *lists: QuerySet[Review]) -> list[Counts]:
    """Read lists of cases once each, in groups (one query). Of filters that are not dear."""
    keys: dict[str, Any] = {f"key_{one.parameter_name}": one.key() for one in filters}
    asked: list[QuerySet[Any]] = [cases.order_by().values(**keys) for cases in lists]
    asked = [
        cases.annotate(place=Value(place), cases=Count("pk")).values_list("place", "cases", *keys)
        for place, cases in enumerate(asked)
    ]
    groups: list[list[tuple[Mapping[str, Collection[str]], int]]] = [[] for _list in lists]
    for place, number, *found in asked[0].union(*asked[1:], all=True):
        held = {one.parameter_name: one.holding(key) for one, key in zip(filters, found, strict=True)}
        groups[place].append((held, number))
    return [Counts(each) for each in groups]


def few_of(cases: QuerySet[Review]) -> list[int] | None:
    """Return the ids of cases, so that nobody searches for them again; None for more than are looked up."""
    found = list(cases.values_list("pk", flat=True)[: MOST_LOOKED_UP + 1])
    return found if len(found) <= MOST_LOOKED_UP else None


@dataclass(frozen=True, slots=True)
class Counted:
    """What the filters say beside their options, and how many cases the list has.

    `listed` are these cases in their order: their ids, if they are few. `desk` are the counts of all cases of the desk.
    """

    held: Held
    cases: int
    listed: list[int] | QuerySet[Review]
    desk: Counts


def counted(filters: Sequence[CaseFilter], every: QuerySet[Review], searched: QuerySet[Review] | None) -> Counted:
    """Count the cases that were searched (None: no search) of all, which are in the list's order; four queries at most.

    Of more than `MOST_LOOKED_UP` cases the options of dear filters are not counted, nor, where one that goes case by
    case is in force, those of the others.
    """
    dear = [one for one in filters if isinstance(one, DearFilter)]
    plain = [one for one in filters if one not in dear]
    in_force = [one for one in dear if one.value() is not None]
    by_case = any(one.case_by_case for one in in_force)
    asked = every if searched is None else searched
    found = few_of(asked.order_by()) if by_case or searched is not None else None
    base = asked if found is None else every.filter(pk__in=found)
    plainly = base.filter(*(one.condition() for one in plain))
    cases = plainly.filter(*(one.condition() for one in in_force))
    # Cases are looked up one by one only to be listed, not to be counted for what is not.
    narrow = by_case and found is None
    few = few_of(cases) if narrow else None
    among = cases if narrow else base.filter(*(one.condition() for one in in_force))
    lists = [among if few is None else every.filter(pk__in=few)]
    counts, *rest = counts_of(plain, *lists, *([every] if searched is not None or in_force else []))
    chosen = {one.parameter_name: value for one in plain if (value := one.value()) is not None}
    left, beside = counts.of(**chosen), counts.beside(chosen)
    held: Held = {}
    for one in plain:
        name = one.parameter_name
        known = [one.value()] if narrow else [None, *one.offered]
        held |= dict.fromkeys((name, value) for value in (None, *one.offered))
        held |= {(name, value): beside[name, value] for value in known}
    if few is None and left <= MOST_LOOKED_UP:
        few = few_of(cases)
    held |= _looked_up(dear, left, None if few is None else every.filter(pk__in=few), plainly)
    return Counted(held, left, cases if few is None else few, rest[0] if rest else counts)


def _looked_up(dear: Sequence[DearFilter], left: int, few: QuerySet[Review] | None, plainly: QuerySet[Review]) -> Held:
    """Count the options of dear filters, each under the others, all in one query; none among too many cases."""
    held: Held = {}
    asked: list[QuerySet[Any]] = []
    counts: Counter[tuple[int, str]] = Counter()
    for place, one in enumerate(dear):
        held |= dict.fromkeys((one.parameter_name, value) for value in (None, *one.offered))
        held[one.parameter_name, one.value()] = left
        if one.value() is not None:
            others = plainly.filter(*(other.condition() for other in dear if other is not one and other.value()))
            cases = Review.objects.filter(pk__in=others.order_by().values("pk")[: MOST_LOOKED_UP + 1])
            asked += [_line(place, cases.values(option=Value("", TextField()))), _line(place, one.sorted_out(cases))]
        elif few is not None:
            counts[place, ""] = left
            asked.append(_line(place, one.sorted_out(few)))
    lines = asked[0].union(*asked[1:], all=True) if asked else ()
    for place, option, number in lines:
        if option is not None:  # an empty one is that of all cases; of an outlet that is unknown there is no option
            for value in dear[place].holding(option) if option else [option]:
                counts[place, value] += number
    for place, one in enumerate(dear):
        if counts[place, ""] <= MOST_LOOKED_UP and (few is not None or one.value() is not None):
            held |= {(one.parameter_name, value): counts[place, value or ""] for value in (None, *one.offered)}
    return held


def _line(place: int, options: QuerySet[Any]) -> QuerySet[Any]:
    counted: QuerySet[Any] = options.order_by().annotate(place=Value(place), cases=Count("pk", distinct=True))
    return counted.values_list("place", "option", "cases")
