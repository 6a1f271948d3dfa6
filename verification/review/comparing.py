"""Each case compared with its log, replayed from empty; a few hundred at a time, so that memory stays flat."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, F, When

from claims.wording import Words, words
from verification.models import Duty, Hat, Review, ReviewEvent, Turn
from verification.review.replay import TELLING, UNKNOWN, Line, Replayed, replay

BATCH = 500


@dataclass(frozen=True, slots=True)
class Parting:
    """Where a case and its log part: the case's public id, the event (None: there is none), and how they differ."""

    case: UUID
    seq: int | None
    verb: str
    how: Words


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it is at one moment, while others write on; a transaction that is open goes on as it is."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def partings(only: Review | None = None) -> Iterator[Parting]:
    """Yield each case whose log leaves the table of states, or leaves it elsewhere than where it stands: once.

    With `only` that case alone is looked at.
    """
    last = 0
    with one_moment():
        while cases := _cases_after(last, only):
            last = cases[-1].pk
            yield from _compared(cases)


def _cases_after(pk: int, only: Review | None) -> list[Review]:
    cases = Review.objects.filter(pk__gt=pk).select_related("claim", "publication__verdict").order_by("pk")
    needed = ("public", "state", "cycle", "held_from", "held_until", "second_check", "claim__public")
    found = cases.only(*needed, "publication__verdict__version")
    return list((found.filter(pk=only.pk) if only else found)[:BATCH])


def _lines(cases: Sequence[int]) -> Iterator[tuple[int, Line]]:
    """Yield the events of cases (ids) in their order, with the id of the case."""
    body = Case(When(verb__in=TELLING, then=F("payload__body")))
    events = ReviewEvent.objects.filter(review__in=cases).order_by("review_id", "seq").annotate(said=body)
    rows = events.values_list("review_id", "seq", "verb", "from_state", "to_state", "cycle", "actor", "said")
    for pk, seq, verb, start, end, cycle, actor, said in rows.iterator(chunk_size=2000):
        yield pk, Line(seq, verb, start, end, cycle, actor, json.loads(said) if said else None)


def _compared(cases: Sequence[Review]) -> Iterator[Parting]:
    ids = [case.pk for case in cases]
    told = groupby(_lines(ids), key=lambda each: each[0])
    logs = {pk: replay(line for _pk, line in lines) for pk, lines in told}
    hats: defaultdict[int, set[tuple[int, str, int]]] = defaultdict(set)
    duties = Duty.objects.filter(review__in=ids).exclude(hat=Hat.SUBMITTER)
    for pk, cycle, hat, person in duties.values_list("review_id", "cycle", "hat", "person_id"):
        hats[pk].add((cycle, hat, person))
    turns: defaultdict[int, dict[str, int]] = defaultdict(dict)
    still = Turn.objects.filter(review__in=ids, closed_at__isnull=True)
    for pk, hat, person in still.values_list("review_id", "hat", "duty__person_id"):
        turns[pk][hat] = person
    for case in cases:
        log = logs.get(case.pk, Replayed())
        if log.astray:
            yield Parting(case.public, log.astray.seq, log.astray.verb, log.astray.why)
        elif (
            how := _stands_elsewhere(case, log) or _other_hats(log, hats[case.pk]) or _other_turns(log, turns[case.pk])
        ):
            yield Parting(case.public, log.last.seq if log.last else None, log.last.verb if log.last else "", how)


def _stands_elsewhere(case: Review, log: Replayed) -> Words | None:
    if log.claim not in {UNKNOWN, str(case.claim.public)}:
        return words("it was opened for another claim")
    if case.state != log.state:
        return words("it stands in “%(here)s”, but its log left it in “%(log)s”", here=case.state, log=log.state)
    if case.cycle != log.cycle:
        return words("it is in cycle %(here)s, but by its log in cycle %(log)s", here=case.cycle, log=log.cycle)
    return _differs_within(case, log)


def _differs_within(case: Review, log: Replayed) -> Words | None:
    here, out = case, case.publication.verdict.version if case.publication else None
    if here.held_from != log.held_from:
        return words(
            "it is held from “%(here)s”, but by its log from “%(log)s”", here=here.held_from, log=log.held_from
        )
    if log.held_until not in (UNKNOWN, here.held_until):
        return words(
            "it is held until %(here)s, but by its log until %(log)s", here=here.held_until, log=log.held_until
        )
    if log.second_check not in (UNKNOWN, here.second_check):
        return words(
            "its second check is %(here)s, but by its log %(log)s", here=here.second_check, log=log.second_check
        )
    if log.version not in (UNKNOWN, out):
        return words("version %(here)s is published, but by its log version %(log)s", here=out, log=log.version)
    return None


def _other_hats(log: Replayed, worn: set[tuple[int, str, int]]) -> Words | None:
    told = {(cycle, hat, person) for (cycle, hat), people in log.hats.items() for person in people}
    for cycle, hat, person in sorted(worn - told):
        if (cycle, hat, UNKNOWN) not in told:
            return words(
                "person %(person)s wears the hat “%(hat)s” in cycle %(cycle)s, of which its log says nothing",
                person=person,
                hat=hat,
                cycle=cycle,
            )
    for cycle, hat, wearer in told - worn:
        if wearer is not UNKNOWN:
            return words(
                "by its log person %(person)s wears the hat “%(hat)s” in cycle %(cycle)s, but they do not",
                person=wearer,
                hat=hat,
                cycle=cycle,
            )
    return None


def _other_turns(log: Replayed, turns: dict[str, int]) -> Words | None:
    for hat in sorted({*turns, *log.turns}):
        here, there = turns.get(hat), log.turns.get(hat)
        if there not in (UNKNOWN, here):
            return words(
                "the open turn as “%(hat)s” is that of person %(here)s, but by its log of person %(log)s",
                hat=hat,
                here=here or "–",
                log=there or "–",
            )
    return None
