"""Which case comes next for whom, and that taking it in one statement writes what taking it by name writes."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from claims.models import Outlet, Speaker
from claims.models.clock import read_clock
from tests.cases import Walk, now
from tests.factories import make_article, make_claim
from tests.people import make_person
from verification.models import (
    Absence,
    Conflict,
    Desk,
    Duty,
    EventPayload,
    Hat,
    Profile,
    Review,
    ReviewEvent,
    State,
    Topic,
    Turn,
    UnsealedEvent,
)
from verification.review import assignment, fitness, taking, triage
from verification.review.log_format import payload_hash
from verification.review.proof import faults
from verification.review.refusals import NotYours, Refused

pytestmark = pytest.mark.django_db


def queued(priority: float = 0.5, **fields: object) -> Review:
    """Queue a case."""
    review = Walk().accepted().review
    Review.objects.filter(pk=review.pk).update(priority=priority, **fields)
    return now(review)


def taken(person: User) -> Review | None:
    """Take the next case."""
    begun = taking.take_next(person)
    return Review.objects.get(pk=begun.review) if begun else None


def said_by(review: Review, name: str) -> Speaker:
    """Let somebody be the speaker of a case's claim."""
    speaker = Speaker.objects.create(name=name)
    review.claim.speaker = speaker
    review.claim.save()
    return speaker


def printed_by(review: Review, name: str) -> Outlet:
    """Let an outlet be the one in which a case's claim appeared."""
    outlet = Outlet.objects.create(name=name)
    article = review.claim.appearances.get().article
    article.outlet = outlet
    article.save()
    return outlet


def refused(act: Callable[[], object]) -> str:
    """Return the guard that refuses an act."""
    with pytest.raises(NotYours) as told:
        act()
    return told.value.refusal.guard


def test_what_is_due_within_a_day_comes_first_then_the_most_urgent() -> None:
    checker = make_person("checker")
    low, high = queued(0.2), queued(0.9)
    soon = queued(0.1, deadline=read_clock() + timedelta(hours=20))
    late = queued(0.0, deadline=read_clock() - timedelta(hours=1))
    far = queued(0.3, deadline=read_clock() + timedelta(days=3))
    assert [taken(checker) for _ in range(6)] == [late, soon, high, far, low, None]


def test_of_equally_urgent_cases_the_older_one_comes_first() -> None:
    first, second = queued(), queued()
    checker = make_person("checker")
    assert [taken(checker), taken(checker)] == [first, second]


def test_nobody_is_given_their_own_submission_nor_what_they_had_in_this_cycle() -> None:
    own, handed_back = queued(0.9), queued(0.8)
    checker = make_person("checker")
    Duty.objects.create(review=own, cycle=1, person=checker, hat=Hat.SUBMITTER)
    assert taken(checker) == handed_back
    seen = now(handed_back).revision
    assignment.give_back(handed_back, checker, seen, "hand_back", "Not my field.")
    assert taken(checker) is None
    assert {taken(make_person("checker")), taken(make_person("checker"))} == {own, handed_back}


def test_a_part_in_an_earlier_cycle_keeps_nobody_from_a_correction() -> None:
    review = queued()
    checker = make_person("checker")
    Duty.objects.bulk_create([Duty(review=review, cycle=0, person=checker, hat=Hat.FIRST)])
    assert taken(checker) == review


def test_a_language_one_does_not_read_is_left_to_others_and_an_unknown_one_is_not() -> None:
    foreign, unknown, region = queued(0.9, language="pt"), queued(0.5), queued(0.2, language="en-GB")
    checker = make_person("checker")
    Profile.objects.create(person=checker, languages=["EN", "fr-CA"])
    assert [fitness.reads(checker, each) for each in (foreign, unknown, region)] == [False, True, True]
    assert [taken(checker), taken(checker), taken(checker)] == [unknown, region, None]
    assert taken(make_person("checker")) == foreign


def test_the_language_of_a_case_is_its_articles() -> None:
    review = Walk().review
    assert review.language == ""
    claim = make_claim(make_article(language="pt-BR"))
    triage.open_cases()
    assert claim.review.language == "pt-BR"


def test_cases_of_ones_topics_are_offered_first_then_the_others() -> None:
    topic, other = Topic.objects.create(name="Harbour"), Topic.objects.create(name="Tides")
    urgent, mine, also = queued(0.9), queued(0.4), queued(0.3)
    urgent.topics.add(other)
    mine.topics.add(topic)
    also.topics.add(topic, other)
    checker = make_person("checker")
    Profile.objects.create(person=checker).topics.add(topic)
    soon = queued(0.0, deadline=read_clock())
    assert [taken(checker) for _ in range(5)] == [soon, mine, also, urgent, None]


@pytest.mark.parametrize("kind", ["speaker", "outlet", "outlet of a case that joined"])
def test_a_conflict_of_interest_keeps_a_case_from_somebody_until_it_ends(kind: str) -> None:
    review, checker, editor = queued(), make_person("checker"), make_person("editor")
    parties: dict[str, object] = {}
    if kind == "speaker":
        parties["speaker"] = said_by(review, "Ada Quillfeather")
    elif kind == "outlet":
        parties["outlet"] = printed_by(review, "Port Gazette")
    else:
        joined = Walk().review
        parties["outlet"] = printed_by(joined, "Port Gazette")
        triage.mark_duplicate(joined, make_person("intake"), joined.revision, review)
        review = now(review)
    conflict = Conflict.objects.create(person=checker, reason="We are related.", **parties)
    assert taken(checker) is None
    assert refused(lambda: assignment.take(review, checker)) == "conflict"
    assert refused(lambda: assignment.assign(review, editor, checker)) == "conflict"
    assert now(review).state == State.QUEUED
    conflict.ended_at = read_clock()
    conflict.save()
    assert taken(checker) == review


def test_whoever_is_away_today_takes_nothing_and_is_given_nothing() -> None:
    review, checker, editor = queued(), make_person("checker"), make_person("editor")
    today = timezone.localdate()
    absence = Absence.objects.create(person=checker, since=today, until=today)
    assert refused(lambda: taking.take_next(checker)) == "absence"
    assert refused(lambda: assignment.take(review, checker)) == "absence"
    assert refused(lambda: assignment.assign(review, editor, checker)) == "absence"
    absence.since = absence.until = today + timedelta(days=1)
    absence.save()
    assert taken(checker) == review


def test_whoever_has_as_many_as_they_take_on_takes_no_more_but_can_be_given_one() -> None:
    first, second, third = queued(), queued(), queued()
    checker = make_person("checker")
    Profile.objects.create(person=checker, capacity=1)
    assert taken(checker) == first
    assert refused(lambda: taking.take_next(checker)) == "capacity"
    assert refused(lambda: assignment.take(second, checker)) == "capacity"
    assignment.assign(third, make_person("editor"), checker)
    assignment.give_back(first, checker, now(first).revision, "hand_back", "Too much.")
    assignment.give_back(third, checker, now(third).revision, "hand_back", "Too much.")
    assert taken(checker) == second


@pytest.mark.parametrize("role", ["editor", "intake", "publisher", ""])
def test_only_active_checkers_take(role: str) -> None:
    queued()
    assert refused(lambda: taking.take_next(make_person(*filter(None, [role])))) == "role"
    left = make_person("checker")
    left.is_active = False
    assert refused(lambda: taking.take_next(left)) == "role"


# What differs between any two rows: keys, times, chance, and what is chained or hashed from those.
NOT_COMPARED = {
    *("id", "public", "review", "duty", "event", "claim", "wording", "since", "opened_at", "until", "at"),
    *("salt", "payload_hash", "prev_hash", "hash", "priority", "opened_at"),
}


def compared(rows: Iterable[models.Model]) -> list[dict[str, object]]:
    """Return what rows say, without what differs between any two."""
    return [
        {each.name: each.value_from_object(row) for each in row._meta.concrete_fields if each.name not in NOT_COMPARED}
        for row in rows
    ]


def written_of(review: Review) -> list[list[dict[str, object]]]:
    """Return all that taking a case wrote, table by table."""
    event = ReviewEvent.objects.filter(review=review).order_by("-seq")[:1]
    return [
        compared([now(review)]),
        compared(Duty.objects.filter(review=review)),
        compared(Turn.objects.filter(review=review)),
        compared(event),
        compared(EventPayload.objects.filter(event__in=[each.pk for each in event])),
        compared(UnsealedEvent.objects.filter(event__in=[each.pk for each in event])),
    ]


@pytest.mark.parametrize("minutes", [None, 45])
def test_take_next_writes_row_by_row_what_taking_the_case_by_name_writes(minutes: int | None) -> None:
    if minutes:
        Desk.objects.update_or_create(pk=1, defaults={"turn_minutes": minutes})
    named, picked, checker = queued(0.1), queued(0.2), make_person("checker")
    assert taken(checker) == picked
    assignment.take(named, checker)
    assert written_of(picked) == written_of(named)
    for review in (named, picked):
        turn = Turn.objects.get(review=review)
        length = timedelta(minutes=minutes or Desk().turn_minutes)
        assert abs(turn.until - turn.opened_at - length) < timedelta(seconds=1)
        event = ReviewEvent.objects.filter(review=review).latest("seq")
        assert payload_hash(bytes(event.payload.salt), event.payload.body) == bytes(event.payload_hash)
    assert list(faults()) == []


def test_what_take_next_returns_is_what_is_stored() -> None:
    review, checker = queued(), make_person("checker")
    begun = taking.take_next(checker)
    assert begun is not None
    assert (begun.review, begun.revision) == (review.pk, now(review).revision)
    assert begun.until == Turn.objects.get().until


def test_a_refused_take_leaves_nothing_behind() -> None:
    review, checker = queued(), make_person("checker")
    Profile.objects.create(person=checker, capacity=0)
    events = ReviewEvent.objects.count()
    for act in (lambda: taking.take_next(checker), lambda: assignment.take(review, checker)):
        with pytest.raises(Refused):
            act()
    assert (ReviewEvent.objects.count(), Duty.objects.filter(person=checker).count()) == (events, 0)
    assert now(review).revision == review.revision
