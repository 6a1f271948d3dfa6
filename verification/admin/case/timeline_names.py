"""Whom and what the entries of a case's log refer to, by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from claims.models import ApiToken
from verification.models import Review

# Where an entry names people, and where another case; several cases in a list.
NAMES_PEOPLE = ("to", "person", "by")
NAMES_CASES = ("of", "named", "via", "case", "whole")
LISTS_CASES = ("with", "parts")


@dataclass(frozen=True, slots=True)
class Named:
    """People by id, cases' numbers by public id, what uses a token by the token's public id: all ids as text.

    The people have their names and nothing else at hand.
    """

    people: dict[str, User] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    programs: dict[str, str] = field(default_factory=dict)


def named_in(payloads: Iterable[Mapping[str, Any]], people: Iterable[str]) -> Named:
    """Return what everything is called that entries name, and these people, by id (one query, none for nobody).

    All are read at once, for a page that asks much else: a row tells of which kind it is.
    """
    people, cases, tokens = set(people), set(), set()
    for payload in payloads:
        people |= {str(payload[name]) for name in NAMES_PEOPLE if isinstance(payload.get(name), int)}
        cases |= {str(payload[name]) for name in NAMES_CASES if name in payload}
        for name in LISTS_CASES:
            cases |= set(map(str, payload[name])) if isinstance(payload.get(name), list) else set()
        tokens |= {str(payload["token"])} if "token" in payload else set()
    nothing = Value("")
    users = User.objects.filter(pk__in=people).values_list(
        Value("person"), Cast("pk", TextField()), "username", "first_name", "last_name"
    )
    reviews = Review.objects.filter(public__in=cases).values_list(
        Value("case"), Cast("public", TextField()), Cast("pk", TextField()), nothing, nothing
    )
    programs = ApiToken.objects.filter(public__in=tokens).values_list(
        Value("program"), Cast("public", TextField()), "name", nothing, nothing
    )
    found = Named()
    for kind, key, name, first, last in users.union(reviews, programs, all=True):
        match kind:
            case "person":
                found.people[key] = User(pk=int(key), username=name, first_name=first, last_name=last)
            case "case":
                found.cases[key] = Review(pk=int(name)).number
            case _:
                found.programs[key] = name
    return found
