"""The same claim again: a person confirms it, its appearance joins the case, both logs tell, and it can leave again."""

from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from tests.cases import Walk, case, now
from tests.people import make_person
from tests.verification.review.test_races import at_once, done
from verification.admin.case.timeline import payload_of
from verification.index.collection import CASES
from verification.index.postgres import PostgresIndex
from verification.matching.same.scoring import SAME_CLAIM_VERSION
from verification.models import Review, ReviewEvent, State
from verification.review import assignment, triage
from verification.review.appearances import appearances_of
from verification.review.findable import tidy
from verification.review.joining import JOINED, LEFT, Shown
from verification.review.proof import faults
from verification.review.refusals import Moved, NotYours, Refused, Unmet
from verification.tasks import merge_indexes

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return make_person("intake", name="Ines Mole")


def join(person: User, review: Review, original: Review, shown: Shown | None = None) -> None:
    triage.mark_duplicate(now(review), person, now(review).revision, now(original), shown=shown)


def part(person: User, review: Review) -> None:
    triage.reconsider(now(review), person, now(review).revision)


def lines(review: Review) -> list[tuple[str, str, dict[str, Any]]]:
    """Return who did what, and what the log says of it, without the opening."""
    events = ReviewEvent.objects.filter(review=review).select_related("payload").order_by("seq")
    return [(event.actor, event.verb, payload_of(event) or {}) for event in events][1:]


def places(review: Review) -> list[int]:
    """Return whose claims stand where a case's claim does, by case."""
    return [appearance.claim.review.pk for appearance in appearances_of({review.pk})[review.pk]]


def replayed(review: Review) -> set[str]:
    """Return which cases have joined a case, as its log alone tells."""
    inside: set[str] = set()
    for _who, verb, said in lines(review):
        match verb:
            case "appearance_joined":
                inside.add(str(said["case"]))
            case "appearance_left":
                inside.remove(str(said["case"]))
            case "duplicate":
                inside -= set(said.get("with", ()))
            case "reconsider":
                inside |= set(said.get("with", ()))
    return inside


def test_a_confirmed_claim_joins_and_both_logs_say_who_and_how_sure_the_machine_was(person: User) -> None:
    original, again = case(), case()
    join(person, again, original, Shown(0.93, "strong"))
    who, said = f"user:{person.pk}", {"score": 0.93, "strength": "strong", "version": SAME_CLAIM_VERSION}
    assert lines(again) == [(who, "duplicate", {"of": str(original.public), **said})]
    assert lines(original) == [(who, JOINED, {"case": str(again.public), **said})]
    assert places(original) == [original.pk, again.pk]
    assert (now(original).state, now(original).revision) == (State.TRIAGE, 0)
    assert list(faults()) == []


def test_it_leaves_again_into_triage_and_its_history_stays(person: User) -> None:
    original, again = case(), case()
    join(person, again, original)
    part(person, again)
    assert (now(again).state, now(again).duplicate_of) == (State.TRIAGE, None)
    assert [verb for _who, verb, _said in lines(again)] == ["duplicate", "reconsider"]
    assert lines(original)[-1] == (f"user:{person.pk}", LEFT, {"case": str(again.public)})
    assert places(original) == [original.pk]
    join(person, again, original)
    assert places(original) == [original.pk, again.pk]
    assert list(faults()) == []


def test_what_joins_does_not_disturb_whoever_works_on_the_case(person: User) -> None:
    walk = Walk().accepted().taken()
    join(person, case(), walk.review)
    walk.proposed().drafted().approved().published()
    assert now(walk.review).state == State.PUBLISHED


def test_a_duplicate_of_a_duplicate_names_the_case_that_is_checked(person: User) -> None:
    original, again, third = case(), case(), case()
    join(person, again, original)
    join(person, third, again)
    assert now(third).duplicate_of == original
    assert lines(third)[0][2] == {"of": str(original.public), "named": str(again.public)}


def test_a_case_takes_along_what_had_joined_it_and_brings_it_back(person: User) -> None:
    original, middle, last, other = case(), case(), case(), case()
    join(person, last, middle)
    join(person, middle, original)
    assert now(last).duplicate_of == original
    assert places(original) == [original.pk, middle.pk, last.pk]
    assert lines(original)[-1][2] == {"case": str(last.public), "via": str(middle.public)}
    join(person, original, other)
    assert {now(review).duplicate_of for review in (original, middle, last)} == {other}
    part(person, original)
    assert {now(review).duplicate_of for review in (middle, last)} == {original}
    part(person, middle)
    assert now(last).duplicate_of == middle
    assert (places(original), places(middle)) == ([original.pk], [middle.pk, last.pk])
    assert list(faults()) == []


def test_what_was_joined_anew_since_stays_where_a_person_put_it(person: User) -> None:
    original, middle, last = case(), case(), case()
    join(person, last, middle)
    join(person, middle, original)
    part(person, last)
    join(person, last, original)
    part(person, middle)
    assert now(last).duplicate_of == original


@pytest.mark.parametrize("verb", ["decline", "not_checkable"])
def test_nothing_joins_a_case_that_was_set_aside(person: User, verb: str) -> None:
    original, again = case(), case()
    triage.set_aside(original, person, 0, verb, "It is an opinion.")
    with pytest.raises(Unmet, match=f"{original.number} is closed .* nothing can join it"):
        join(person, again, original)
    assert now(again).state == State.TRIAGE


def test_nothing_joins_a_case_that_was_withdrawn_meanwhile(person: User) -> None:
    walk, again = Walk().accepted(), case()
    as_seen = now(walk.review)
    assignment.end(as_seen, walk.editor, as_seen.revision, "withdraw", "The article was withdrawn.")
    with pytest.raises(Unmet, match="withdrawn"):
        triage.mark_duplicate(again, person, 0, as_seen)
    assert lines(again) == []


def test_a_checker_neither_joins_nor_parts(person: User) -> None:
    original, again, checker = case(), case(), make_person("checker")
    with pytest.raises(NotYours):
        join(checker, again, original)
    join(person, again, original)
    with pytest.raises(NotYours):
        part(checker, again)
    assert places(original) == [original.pk, again.pk]


def test_parting_what_was_parted_meanwhile_is_told(person: User) -> None:
    original, again = case(), case()
    join(person, again, original)
    seen = now(again)
    part(person, again)
    with pytest.raises(Moved, match="Ines Mole was here"):
        triage.reconsider(seen, make_person("editor"), seen.revision)
    assert [verb for _who, verb, _said in lines(original)] == [JOINED, LEFT]


def test_a_lost_index_of_cases_is_made_again_by_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    cases = [case() for _ in range(3)]
    PostgresIndex(CASES).remove([review.pk for review in cases[1:]])
    call_command("reindex")
    assert "2 cases and 0 published checks indexed anew." in capsys.readouterr().out
    assert PostgresIndex(CASES).size().documents == 3


def test_a_lost_index_of_cases_makes_itself_again_with_the_next_merge() -> None:
    cases = [case() for _ in range(3)]
    PostgresIndex(CASES).remove([review.pk for review in cases[1:]])
    merge_indexes()
    assert PostgresIndex(CASES).size().documents == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_does_and_the_other_is_told() -> None:
    original, other, again = case(), case(), case()
    people = [make_person("intake"), make_person("editor")]
    acts = [
        partial(triage.mark_duplicate, again, person, 0, named)
        for person, named in zip(people, (original, other), strict=True)
    ]
    results = at_once(*acts)
    assert done(results) == 1
    assert [type(result) for result in results if isinstance(result, Refused)] == [Moved]
    assert len(lines(original)) + len(lines(other)) == 1
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_publishing_and_tidying_the_index_of_cases_at_once_do_not_wait_for_each_other_in_a_ring(person: User) -> None:
    walks = [Walk().accepted().taken().proposed().drafted().approved() for _ in range(3)]
    for number in range(10):
        triage.reword(case(), person, 0, f"Lamp {number} was lit.")
    at_once(*[walk.published for walk in walks], tidy, tidy)
    assert {now(walk.review).state for walk in walks} == {State.PUBLISHED}
    assert PostgresIndex(CASES).size().documents == Review.objects.count()


@pytest.mark.django_db(transaction=True)
def test_cases_that_join_and_part_in_all_directions_at_once_agree_with_their_logs() -> None:
    cases, person = [case() for _ in range(4)], make_person("editor")

    def wander(start: int) -> None:
        for step in range(12):
            review, named = now(cases[(start + step) % 4]), now(cases[(start + 3 * step + 1) % 4])
            try:
                if review.state == State.TRIAGE:
                    triage.mark_duplicate(review, person, review.revision, named)
                else:
                    triage.reconsider(review, person, review.revision)
            except Refused:
                continue

    at_once(*[partial(wander, start) for start in range(4)])
    for review in Review.objects.filter(duplicate_of__isnull=False).select_related("duplicate_of"):
        assert review.duplicate_of is not None
        assert review.duplicate_of.duplicate_of_id is None
    for root in map(now, cases):
        assert replayed(root) == {str(public) for public in root.duplicates.values_list("public", flat=True)}
    assert list(faults()) == []
