"""Automatic assignment: shared out by weight, within what people take on, and to those whom a case suits."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from verification.models import Absence, Conflict, Duty, Hat, Profile, Review, Topic
from verification.review.spreading import Hand, Waiting, deal, shares, spread

# Weight, how many are open, how many they take on.
HANDS = st.tuples(st.integers(0, 5), st.integers(0, 4), st.none() | st.integers(0, 6))


def people(*made: tuple[int, int, int | None]) -> list[Hand]:
    return [Hand(number, weight, open_, most) for number, (weight, open_, most) in enumerate(made, start=1)]


def cases(count: int, **fields: object) -> list[Waiting]:
    return [Waiting(number, **fields) for number in range(101, 101 + count)]  # type: ignore[arg-type]


def to(hands: list[Hand], waiting: list[Waiting]) -> list[int | None]:
    return [each.person for each in deal(waiting, hands)]


@pytest.mark.parametrize(
    ("made", "count", "expected"),
    [
        ([(3, 0, None), (2, 0, None), (1, 0, None)], 7, [4, 2, 1]),
        ([(1, 0, None), (1, 0, None), (1, 0, None)], 2, [1, 1, 0]),
        ([(1, 2, None), (1, 1, None)], 1, [0, 1]),
        ([(1, 0, 1), (1, 0, None)], 6, [1, 5]),
        ([(5, 3, 3), (1, 0, None)], 4, [0, 4]),
        ([(0, 0, None), (1, 0, 2)], 5, [0, 2]),
        ([], 5, []),
    ],
)
def test_cases_are_shared_by_weight_within_what_people_take_on(
    made: list[tuple[int, int, int | None]], count: int, expected: list[int]
) -> None:
    assert list(shares(count, people(*made)).values()) == expected


@given(st.lists(HANDS, max_size=6), st.integers(0, 20))
def test_nobody_gets_more_than_they_take_on_and_no_case_waits_while_somebody_has_room(
    made: list[tuple[int, int, int | None]], count: int
) -> None:
    hands = people(*made)
    given_out = Counter(to(hands, cases(count)))
    for hand in hands:
        assert given_out[hand.person] <= (count if hand.free is None else hand.free)
        assert hand.weight or not given_out[hand.person]
    rooms = [count if hand.free is None else hand.free for hand in hands if hand.weight]
    assert given_out[None] == max(0, count - sum(rooms))
    assert {person: given_out[person] for person in shares(count, hands)} == shares(count, hands)


def test_a_case_few_can_read_is_not_crowded_out_by_one_that_anybody_can() -> None:
    hands = [Hand(1, capacity=1), Hand(2, capacity=1, languages=frozenset({"en"}))]
    assert to(hands, [Waiting(101, "en"), Waiting(102, "pt")]) == [2, 1]


def test_a_case_goes_to_who_knows_its_topic_with_the_reason() -> None:
    hands = [Hand(1), Hand(2, open=3, capacity=8, topics=frozenset({7}), languages=frozenset({"pt"}), weight=2)]
    (dealt,) = deal([Waiting(101, "pt", {7: "harbours", 8: "trade"})], hands)
    assert dealt.person == 2
    assert [str(each) for each in dealt.reasons] == [
        "knows harbours",
        "reads pt",
        "4 open with it, of 8",
        "weight 2",
    ]


@pytest.mark.parametrize(
    ("case", "hands", "why"),
    [
        (Waiting(101), [], "no checker is here"),
        (Waiting(101), [Hand(1, weight=0)], "no checker is here"),
        (Waiting(101), [Hand(1, open=2, capacity=2)], "as many cases as they take on"),
        (Waiting(101, "pt"), [Hand(1, languages=frozenset({"en"}))], "nobody who is here reads pt"),
        (Waiting(101, barred=frozenset({1})), [Hand(1)], "another part"),
        (Waiting(101, speaker=5), [Hand(1, avoids_speakers=frozenset({5}))], "conflict of interest"),
        (Waiting(101, outlets=frozenset({5})), [Hand(1, avoids_outlets=frozenset({5}))], "conflict of interest"),
    ],
)
def test_a_case_for_nobody_says_why(case: Waiting, hands: list[Hand], why: str) -> None:
    (dealt,) = deal([case], hands)
    assert dealt.person is None
    assert why in str(dealt.reasons[0])


@pytest.mark.django_db
def test_a_desk_is_read_with_all_that_keeps_people_from_cases() -> None:
    desk = FullDesk()
    review = desk.queued(priority=0.5)
    Review.objects.filter(pk=review.pk).update(language="pt-BR")
    topic = Topic.objects.create(name="harbours")
    review.topics.add(topic)
    names = ("away", "avoids speaker", "avoids outlet", "submitter", "reads German", "no share", "full", "suits")
    who = {name: make_person("checker") for name in names}
    for person in (desk.checker, desk.other):
        person.groups.clear()
    today = timezone.localdate()
    Absence.objects.create(person=who["away"], since=today - timedelta(days=1), until=today)
    Conflict.objects.create(person=who["avoids speaker"], speaker=review.claim.speaker, reason="A cousin.")
    outlet = review.claim.appearances.get().article.outlet
    Conflict.objects.create(person=who["avoids outlet"], outlet=outlet, reason="Once worked there.")
    speaker, ended = review.claim.speaker, timezone.now()
    Conflict.objects.create(person=who["suits"], speaker=speaker, reason="It is over.", ended_at=ended)
    Duty.objects.create(review=review, cycle=1, person=who["submitter"], hat=Hat.SUBMITTER)
    Profile.objects.create(person=who["reads German"], languages=["de"])
    Profile.objects.create(person=who["no share"], weight=0)
    Profile.objects.create(person=who["full"], capacity=0)
    profile = Profile.objects.create(person=who["suits"], languages=["pt"], weight=3)
    profile.topics.add(topic)
    (proposal,) = spread(10)
    assert (proposal.review, proposal.person) == (review, who["suits"])
    assert [str(each) for each in proposal.reasons] == [
        "knows harbours",
        "reads pt",
        "1 open with it",
        "weight 3",
    ]


@pytest.mark.django_db
def test_what_is_due_within_a_day_goes_first_then_what_is_urgent() -> None:
    desk = FullDesk()
    at = timezone.now()
    low, high = desk.queued(priority=0.2), desk.queued(priority=0.9)
    soon = desk.queued(priority=0.1, deadline=at + timedelta(hours=5))
    later = desk.queued(priority=0.3, deadline=at + timedelta(days=5))
    assert [each.review for each in spread(10)] == [soon, high, later, low]
    assert [each.review for each in spread(2)] == [soon, high]
    assert spread(10) == spread(10)
