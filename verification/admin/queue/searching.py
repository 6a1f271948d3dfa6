"""What the terms of a search mean in the database, and in which order its cases come."""

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.models import Claim
from verification.admin.queue import conditions
from verification.admin.queue.search_language import NUMBERED, Asked, Known, Term, read
from verification.matching.quotes import QuoteClass
from verification.models import Review, State

# As the list's words have it, beside the names that the database knows.
KINDS: Final = {"figure": Claim.Kind.QUANTITY.value, "comparison": Claim.Kind.TREND.value}
KNOWN: Final[Known] = {
    "state": {each: each for each in ("open", *State.values, "awaiting", "any")},
    "kind": {each.value: each.value for each in Claim.Kind} | KINDS,
    "quote": {each: each for each in (*(one.value for one in QuoteClass), *conditions.FLAGS, "none")},
}
ORDERS: Final[dict[str, tuple[Any, ...]]] = {
    "": conditions.URGENT_FIRST,
    "priority": conditions.URGENT_FIRST,
    "due": conditions.BY_DEADLINE,
    "new": conditions.NEWEST_FIRST,
}
NAMED: Final[dict[str, Callable[[str], Q]]] = {
    "speaker": conditions.spoken_by,
    "outlet": conditions.printed_by_name,
    "source": conditions.proposed_from,
    "topic": conditions.about_name,
    "quote": conditions.quote_is,
}


@lru_cache(maxsize=256)
def asked(text: str) -> Asked:
    """Read a search, with the words that this desk's states, kinds and quote classes have."""
    return read(text, KNOWN)


def looks_at(text: str) -> str:
    """Return which states a search looks through when nothing else says so: `open`, or `any`.

    Words look through all. Only an order, or a quote check, which takes two looks per case, stay among the open ones.
    """
    search = asked(text)
    return "any" if search.names("state") or (search.terms and not search.names("quote")) else "open"


def searched(cases: QuerySet[Review], text: str, person: User) -> QuerySet[Review]:
    """Keep the cases for which every term of a search holds; `person` is who `checker:me` means."""
    for term in asked(text).terms:
        condition = _condition(term, person)
        cases = cases.filter(~condition if term.excluded else condition)
    return cases


def _condition(term: Term, person: User) -> Q:
    match term.field:
        case "":
            return _said(term.value)
        case "state":
            return _in_state(term.value)
        case "kind":
            return Q(claim__kind=term.value)
        case "checker":
            return _with(term.value, person)
        case "due":
            return _due(term)
        case "priority":
            return conditions.urgent(term.sign, term.amount)
        case "cycle":
            return conditions.in_cycle(term.sign, term.amount)
    return NAMED[term.field](term.value)


def _said(words: str) -> Q:
    """Return that words stand in the wording, or in the name of a speaker or outlet; or that they are the number.

    A number without its letter may be meant as either.
    """
    if number := NUMBERED.fullmatch(words):
        return Q(pk=int(number[1]))
    said = Q(wording__icontains=words) | conditions.spoken_by(words) | conditions.printed_by_name(words)
    number = NUMBERED.fullmatch(f"R-{words}")
    return said | Q(pk=int(number[1])) if number else said


def _in_state(value: str) -> Q:
    many = {"open": conditions.is_open(), "awaiting": Q(state__in=conditions.AWAITING), "any": Q(pk__isnull=False)}
    return many.get(value) or Q(state=value)


def _with(value: str, person: User) -> Q:
    whose = {"me": lambda: conditions.mine(person), "none": conditions.without_checker}.get(value.casefold())
    return whose() if whose else conditions.checked_by(value, person)


def _due(term: Term) -> Q:
    now = timezone.now()
    if term.sign:
        moment = now + timedelta(minutes=term.amount)
        return conditions.due_within(moment) if term.sign == "<" else conditions.due_after(moment)
    return {
        "late": conditions.late(now),
        "today": conditions.due_today(now),
        "soon": conditions.due_soon(now),
        "none": conditions.no_deadline(),
    }[term.value]
