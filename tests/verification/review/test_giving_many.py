"""An editor gives a selection of the queue to one checker: each case is given, or it is said why not."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, SupportsIndex

import pytest
from django.db import connection, transaction
from django.utils import timezone

from claims.models import Speaker
from tests.cases import Walk, now
from tests.people import make_person
from verification.models import Absence, Conflict, Duty, Hat, Review, ReviewEvent, State, Turn
from verification.review import assignment, taking, triage
from verification.review.giving_many import assign_many
from verification.review.proof import faults
from verification.review.refusals import NotYours

pytestmark = pytest.mark.django_db


def queued(count: int) -> list[Review]:
    """Queue so many cases."""
    return [Walk().accepted().review for _ in range(count)]


def keys(cases: Sequence[Review]) -> list[int]:
    return [case.pk for case in cases]


def test_many_cases_are_given_as_one_by_one_with_the_note_and_their_log() -> None:
    *many, single = queued(6)
    editor, checker = make_person("editor"), make_person("checker")
    outcome = assign_many(keys(many), editor, checker, " Before noon, please. ", at_once=2)
    assignment.assign(single, editor, checker, note="Before noon, please.")
    assert sorted(outcome.given) == sorted(keys(many))
    assert (outcome.already, outcome.refused) == ([], {})
    logged = [
        (event.verb, event.from_state, event.to_state, event.actor, event.payload.body)
        for event in ReviewEvent.objects.filter(verb="assign").select_related("payload")
    ]
    assert len(logged) == 6
    assert len(set(logged)) == 1
    turns = Turn.objects.values_list("duty__person", "given_by", "note", "hat")
    assert set(turns) == {(checker.pk, editor.pk, "Before noon, please.", Hat.FIRST)}
    assert {now(case).revision for case in many} == {now(single).revision}
    assert list(faults()) == []


def test_of_those_that_cannot_be_given_each_is_named_with_its_reason() -> None:
    given, taken, own, conflicted, mine = queued(5)
    editor, checker, other = make_person("editor"), make_person("checker", name="Cato Lamp"), make_person("checker")
    assignment.take(taken, other)
    assignment.take(mine, checker)
    Duty.objects.create(review=own, cycle=1, person=checker, hat=Hat.SUBMITTER)
    speaker = Speaker.objects.create(name="Ada Quillfeather")
    conflicted.claim.speaker = speaker
    conflicted.claim.save()
    Conflict.objects.create(person=checker, speaker=speaker, reason="We are related.")
    outcome = assign_many(keys([given, taken, own, conflicted, mine]), editor, checker)
    assert (outcome.given, outcome.already) == ([given.pk], [mine.pk])
    told = {cases[0]: why for why, cases in outcome.refused.items()}
    assert sorted(told) == sorted(keys([taken, own, conflicted]))
    assert "Nothing was changed" in told[taken.pk]
    assert told[own.pk] == "Cato Lamp has another part in this case."
    assert "conflict of interest with Ada Quillfeather" in told[conflicted.pk]


def test_a_checker_who_had_a_case_before_can_be_given_it_again() -> None:
    (review,) = queued(1)
    editor, checker = make_person("editor"), make_person("checker")
    assignment.take(review, checker)
    assignment.give_back(review, checker, now(review).revision, "hand_back", "Not today.")
    assert assign_many([review.pk], editor, checker).given == [review.pk]
    assert Duty.objects.filter(review=review, person=checker).count() == 1
    assert Turn.objects.get(closed_at__isnull=True).given_by == editor


class CutShort(list[int]):
    """Cases of which only the first few can be read: then whoever gives them is interrupted."""

    def __getitem__(self, places: SupportsIndex | slice) -> Any:
        if isinstance(places, slice) and places.start:
            raise KeyboardInterrupt
        return super().__getitem__(places)


def test_done_again_it_gives_nothing_twice_and_finishes_what_was_interrupted() -> None:
    cases = queued(5)
    editor, checker = make_person("editor"), make_person("checker")
    with pytest.raises(KeyboardInterrupt):
        assign_many(CutShort(keys(cases)), editor, checker, at_once=2)
    assert Turn.objects.count() == Review.objects.filter(state=State.RESEARCHING).count() == 2
    outcome = assign_many(keys(cases), editor, checker)
    assert (len(outcome.given), len(outcome.already), outcome.refused) == (3, 2, {})
    assert Turn.objects.count() == 5
    assert list(faults()) == []


def test_nothing_is_given_by_who_is_no_editor_nor_to_who_is_no_checker_or_away() -> None:
    (review,) = queued(1)
    editor, checker, away = make_person("editor"), make_person("checker"), make_person("checker")
    today = timezone.localdate()
    Absence.objects.create(person=away, since=today - timedelta(days=2), until=today)
    for by, to, guard in ((checker, checker, "role"), (editor, editor, "role"), (editor, away, "absence")):
        with pytest.raises(NotYours) as told:
            assign_many([review.pk], by, to)
        assert told.value.refusal.guard == guard
    assert now(review).state == State.QUEUED


@pytest.mark.django_db(transaction=True)
def test_while_many_are_given_nobody_who_takes_one_gets_it_twice() -> None:
    cases = queued(20)
    editor, checker, taker = make_person("editor"), make_person("checker"), make_person("checker")

    def take_all() -> list[int]:
        found = []
        try:
            while begun := taking.take_next(taker):
                found.append(begun.review)
        finally:
            connection.close()
        return found

    def give_all() -> list[int]:
        try:
            return assign_many(keys(cases), editor, checker).given
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        given, taken = pool.submit(give_all), pool.submit(take_all)
        both = given.result() + taken.result()
    assert sorted(both) == sorted(keys(cases))
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_case_whose_row_somebody_holds_is_waited_for_and_given() -> None:
    (review,) = queued(1)
    editor, checker = make_person("editor"), make_person("checker")

    def give() -> list[int]:
        try:
            return assign_many([review.pk], editor, checker).given
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            triage.plan(review, editor, review.revision, priority=0.9, deadline=None, second_check=False)
            given = pool.submit(give)
        assert given.result(30) == [review.pk]
    assert now(review).priority == 0.9
