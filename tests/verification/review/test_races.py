"""Several people press the same button at the same moment: one of them does it, the others are told."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from tests.cases import Walk, finding, now
from tests.people import make_person
from verification.admin.queue import views
from verification.models import Duty, Profile, Publication, Review, ReviewEvent, State, Turn, Verdict
from verification.review import afterwards, assignment, drafting, judgments, taking, triage, verdicts
from verification.review.proof import faults
from verification.review.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of these at the same moment, each on a connection of its own; return what came of each."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            barrier.wait(10)
            return act()
        except Refused as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def done(results: list[object]) -> int:
    return sum(not isinstance(result, Refused) for result in results)


def test_of_two_views_that_get_one_name_at_the_same_moment_one_is_refused_in_words() -> None:
    person = make_person("checker")
    lamps, moles = (views.keep(person, name, f"q={name}") for name in ("lamps", "moles"))

    def renamed() -> list[object]:
        return at_once(partial(views.rename, moles, person, "Harbour", shared=False))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            views.rename(lamps, person, "Harbour", shared=False)
            other = pool.submit(renamed)
            assert wait([other], timeout=1).not_done
        (refused,) = other.result()
    assert str(refused) == "You keep another view called “Harbour”: give this one another name."


def test_no_case_is_given_to_two_who_take_the_next_one() -> None:
    for _ in range(20):
        walk = Walk().accepted()
    people = [make_person("checker") for _ in range(8)]

    def takes(person: User) -> list[int]:
        given = []
        while (begun := taking.take_next(person)) is not None:
            given.append(begun.review)
        return given

    results = at_once(*[partial(takes, person) for person in people])
    given = Counter(pk for result in results if isinstance(result, list) for pk in result)
    assert set(given.values()) == {1}
    assert len(given) == 20
    assert not Review.objects.filter(state=State.QUEUED).exists()
    assert Turn.objects.filter(closed_at__isnull=True).count() == 20
    assert walk.review.pk in given
    assert list(faults()) == []


def test_of_two_takes_of_one_person_at_once_the_second_counts_the_first() -> None:
    named, checker = Walk().accepted().review, make_person("checker")
    for _ in range(3):
        Walk().accepted()
    Profile.objects.create(person=checker, capacity=1)
    by_name = partial(assignment.take, named, checker)
    assert done(at_once(partial(taking.take_next, checker), by_name, partial(taking.take_next, checker))) == 1
    assert Turn.objects.filter(closed_at__isnull=True, duty__person=checker).count() == 1


def test_what_two_do_at_once_is_done_once() -> None:
    walk = Walk()
    review = walk.review
    accept = [lambda: triage.accept(review, walk.intake, review.revision)] * 2
    assert done(at_once(*accept)) == 1
    seen = now(review).revision
    take = [lambda person=person: assignment.take(review, person, seen) for person in (walk.checker, walk.second)]
    assert done(at_once(*take)) == 1
    walk.review = now(review)
    walk.checker = walk.review.duties.get().person
    draft, wish = walk.judgment(), finding(review)
    save = [lambda: judgments.save(review, walk.checker, wish, seen=draft.revision)] * 2
    assert done(at_once(*save)) == 1
    draft, seen = walk.judgment(), now(review).revision
    submit = [lambda: judgments.submit(review, walk.checker, wish, seen=draft.revision, case_seen=seen)] * 2
    assert done(at_once(*submit)) == 1
    review = now(review)
    text = {"headline": "No", "explanation": "See [1]."}
    write = [lambda person=person: drafting.write(review, person, 0, **text) for person in (walk.checker, walk.editor)]
    assert done(at_once(*write)) == 1
    send = [lambda: drafting.send_to_sign_off(review, walk.checker, review.revision)] * 2
    assert done(at_once(*send)) == 1
    ready, other = now(review), make_person("editor")
    approve = [lambda person=person: verdicts.approve(ready, person, ready.revision) for person in (walk.editor, other)]
    assert done(at_once(*approve)) == 1
    signed = now(review)
    publish = [lambda: verdicts.publish(signed, walk.publisher, signed.revision)] * 3
    assert done(at_once(*publish)) == 1
    out = now(review)
    correct = [lambda: afterwards.correct(out, walk.editor, out.revision, "update", "There is more.")] * 2
    assert done(at_once(*correct)) == 1
    assert (Verdict.objects.count(), Publication.objects.count(), now(review).cycle) == (1, 1, 2)
    verbs = Counter(ReviewEvent.objects.filter(review=review).values_list("verb", flat=True))
    assert set(verbs.values()) == {1}
    assert Duty.objects.filter(review=review, cycle=1).count() == 2
    assert list(faults()) == []


def test_a_turn_that_runs_out_while_its_holder_submits_ends_one_way() -> None:
    walk = Walk().accepted().taken()
    Turn.objects.update(until="2001-01-01T00:00Z")
    draft, wish = walk.judgment(), finding(walk.review)
    sent = partial(judgments.submit, seen=draft.revision, case_seen=walk.review.revision)
    results = at_once(lambda: sent(walk.review, walk.checker, wish), assignment.close_run_out)
    assert Turn.objects.filter(closed_at__isnull=True).count() == 0
    submitted = not isinstance(results[0], Refused)
    assert now(walk.review).state == (State.DRAFTING if submitted else State.QUEUED)
    assert list(faults()) == []
