"""Turns change hands without a detour through the queue, and can be put off; drafts stay with who wrote them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.cases import Walk, finding, now
from tests.people import make_person
from verification.admin.case.timeline import payload_of
from verification.models import Absence, Desk, Duty, Hat, Judgment, ReviewEvent, State, Turn
from verification.review import assignment, handing, judgments
from verification.review.proof import faults
from verification.review.refusals import Moved, NotYours, Unmet
from verification.review.standing import standing_of

pytestmark = pytest.mark.django_db

WHY = "The archive opens tomorrow."


def on_desk(**fields: object) -> Walk:
    """Walk a case to the first checker's desk, with a draft."""
    walk = Walk().accepted().taken()
    judgments.save(walk.review, walk.checker, finding(walk.review, 4, **fields), seen=walk.judgment().revision)
    return walk


def hand_over(walk: Walk, actor: User, to: User, note: str = "You know the port.") -> None:
    handing.hand_over(walk.review, actor, to, walk.review.revision, note)
    walk.review = now(walk.review)


def last_event(walk: Walk) -> tuple[ReviewEvent, dict[str, object]]:
    event = ReviewEvent.objects.filter(review=walk.review).order_by("-seq")[0]
    return event, payload_of(event) or {}


def turn_of(walk: Walk, hat: str = Hat.FIRST) -> Turn:
    return Turn.objects.get(review=walk.review, hat=hat, closed_at__isnull=True)


def second_check() -> Walk:
    """Walk a case to a second check that its second checker has taken."""
    walk = Walk(second_check=True).accepted().taken().proposed()
    assignment.take(walk.review, walk.second, verb="take_second")
    walk.review = now(walk.review)
    return walk


def test_a_case_that_is_handed_over_goes_on_from_the_draft_which_stays_with_who_wrote_it() -> None:
    walk = on_desk()
    hand_over(walk, walk.checker, walk.second)
    copied, kept = walk.judgment(walk.second), walk.judgment()
    assert copied.reasoning == kept.reasoning == "The record says otherwise [1]."
    assert copied.rating == kept.rating
    assert [piece.exact for piece in copied.evidence.all()] == [piece.exact for piece in kept.evidence.all()] != []
    assert standing_of(walk.review).holds(walk.second.pk, Hat.FIRST)
    assert Turn.objects.get(duty__person=walk.checker).closed_as == Turn.End.HANDED_OVER
    event, told = last_event(walk)
    assert (event.verb, event.to_state) == ("hand_over", State.RESEARCHING)
    assert told == {"to": walk.second.pk, "note": "You know the port."}
    with pytest.raises(NotYours, match="has this case now"):
        judgments.save(walk.review, walk.checker, finding(walk.review), seen=kept.revision)
    walk.checker = walk.second
    assert walk.proposed().drafted().approved().published().verdict.checked_by == "Sela Rope"
    assert list(faults()) == []


def test_a_draft_of_ones_own_is_not_overwritten_when_a_case_comes_back() -> None:
    walk = on_desk()
    hand_over(walk, walk.checker, walk.second)
    seen = walk.judgment(walk.second).revision
    judgments.save(walk.review, walk.second, finding(walk.review, 2, reasoning="Another look [1]."), seen=seen)
    hand_over(walk, walk.second, walk.checker)
    assert walk.judgment().reasoning == "The record says otherwise [1]."
    hand_over(walk, walk.editor, walk.second)
    assert walk.judgment(walk.second).reasoning == "Another look [1]."


def test_what_nobody_saved_yet_is_replaced_by_the_newer_draft() -> None:
    walk = on_desk()
    hand_over(walk, walk.checker, walk.second)
    hand_over(walk, walk.second, walk.checker)
    newer = finding(walk.review, 1, reasoning="It was the other mole [1].")
    judgments.save(walk.review, walk.checker, newer, seen=walk.judgment().revision)
    hand_over(walk, walk.checker, walk.second)
    copied = walk.judgment(walk.second)
    assert copied.reasoning == "It was the other mole [1]."
    assert copied.evidence.count() == 1


def test_a_case_that_waits_goes_on_waiting_on_the_other_desk() -> None:
    walk = on_desk()
    assignment.pause(walk.review, walk.checker, walk.review.revision, "await_source", "The board was asked.")
    walk.review = now(walk.review)
    hand_over(walk, walk.checker, walk.second)
    assert walk.review.state == State.AWAITING_SOURCE
    assert turn_of(walk).paused_at is not None
    Turn.objects.filter(pk=turn_of(walk).pk).update(paused_at=F("paused_at") - timedelta(days=3))
    assignment.resume(walk.review, walk.second, walk.review.revision)
    assert turn_of(walk).until - timezone.now() > timedelta(days=3)


def test_a_case_is_handed_over_only_to_somebody_who_may_have_it() -> None:
    walk = on_desk()
    away, submitter, left = make_person("checker"), make_person("checker"), make_person("checker")
    today = timezone.localdate()
    Absence.objects.create(person=away, since=today, until=today)
    Duty.objects.create(review=walk.review, cycle=1, person=submitter, hat=Hat.SUBMITTER)
    User.objects.filter(pk=left.pk).update(is_active=False)
    left.refresh_from_db()
    for person, why in (
        (away, "is away until"),
        (submitter, "another part in this case"),
        (left, "not a checker"),
        (walk.publisher, "not a checker"),
    ):
        with pytest.raises(NotYours, match=why):
            handing.hand_over(walk.review, walk.checker, person, walk.review.revision)
    with pytest.raises(Unmet, match="has this case already"):
        handing.hand_over(walk.review, walk.editor, walk.checker, walk.review.revision)
    with pytest.raises(NotYours, match="has this case now"):
        handing.hand_over(walk.review, walk.second, walk.second, walk.review.revision)
    assert turn_of(walk).duty.person == walk.checker


def test_a_case_that_moved_meanwhile_is_not_handed_over() -> None:
    walk = on_desk()
    seen = walk.review.revision
    assignment.give_back(walk.review, walk.checker, seen, "hand_back", "I am away.")
    with pytest.raises(Moved, match="Cato Lamp was here"):
        handing.hand_over(walk.review, walk.editor, walk.second, seen)
    assert not Turn.objects.filter(closed_at__isnull=True).exists()


def test_a_turn_is_put_off_by_so_many_hours_of_elapsed_time() -> None:
    walk = on_desk()
    before = turn_of(walk).until
    handing.postpone(walk.review, walk.checker, walk.review.revision, 5, WHY)
    turn = turn_of(walk)
    assert (turn.until - before, turn.postponed) == (timedelta(hours=5), 1)
    event, told = last_event(walk)
    assert event.verb == "postpone"
    assert told == {"hours": 5, "until": turn.until.isoformat(), "reason": WHY}


@pytest.mark.parametrize(
    ("ends", "put_off"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),  # clocks go back
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 2, 30, tzinfo=UTC)),  # clocks go forward
    ],
)
def test_hours_are_as_long_on_a_night_on_which_clocks_are_changed(
    settings: Settings, ends: datetime, put_off: datetime
) -> None:
    settings.TIME_ZONE = "Europe/Lisbon"
    timezone.deactivate()
    walk = on_desk()
    Turn.objects.filter(pk=turn_of(walk).pk).update(until=ends)
    handing.postpone(walk.review, walk.checker, walk.review.revision, 2, WHY)
    assert turn_of(walk).until == put_off
    assert datetime.fromisoformat(str(last_event(walk)[1]["until"])) == put_off


def test_a_checker_puts_a_turn_off_as_often_as_the_desk_allows_and_an_editor_always() -> None:
    Desk.objects.create(postponements=1)
    walk = on_desk()
    handing.postpone(walk.review, walk.checker, walk.review.revision, 1, WHY)
    with pytest.raises(NotYours, match="ask an editor"):
        handing.postpone(walk.review, walk.checker, now(walk.review).revision, 1, WHY)
    handing.postpone(walk.review, walk.editor, now(walk.review).revision, 1, WHY)
    assert turn_of(walk).postponed == 2
    walk.review = now(walk.review)
    hand_over(walk, walk.checker, walk.second)
    handing.postpone(walk.review, walk.second, walk.review.revision, 1, WHY)  # a new turn is counted anew
    with pytest.raises(NotYours, match="has this case now"):
        handing.postpone(walk.review, walk.checker, now(walk.review).revision, 1, WHY)


@pytest.mark.parametrize("hours", [-1, 0, 9, 10**9])
def test_hours_that_are_no_turn_are_refused(hours: int) -> None:
    walk = on_desk()
    with pytest.raises(Unmet, match="between 1 and 8 hours"):
        handing.postpone(walk.review, walk.checker, walk.review.revision, hours, WHY)


def test_a_second_check_is_put_off_by_who_has_it_and_not_when_nobody_has() -> None:
    walk = second_check()
    before = turn_of(walk, Hat.SECOND).until
    handing.postpone(walk.review, walk.second, walk.review.revision, 2, WHY, verb="postpone_second")
    assert turn_of(walk, Hat.SECOND).until - before == timedelta(hours=2)
    assignment.give_back(walk.review, walk.second, now(walk.review).revision, "hand_back_second", "I am away.")
    with pytest.raises(NotYours, match="Nobody has the second check now"):
        handing.postpone(walk.review, walk.editor, now(walk.review).revision, 2, WHY, verb="postpone_second")


def test_a_second_check_is_given_and_given_anew_once_it_was_recalled() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    third = make_person("checker")
    with pytest.raises(NotYours, match="another part in this case"):
        handing.assign_second(walk.review, walk.editor, walk.checker, walk.review.revision)
    handing.assign_second(walk.review, walk.editor, walk.second, walk.review.revision, "Blind, please.")
    walk.review = now(walk.review)
    assert last_event(walk)[1] == {"to": walk.second.pk, "note": "Blind, please."}
    assert (turn_of(walk, Hat.SECOND).given_by, turn_of(walk, Hat.SECOND).note) == (walk.editor, "Blind, please.")
    with pytest.raises(NotYours, match="recall it first"):
        handing.assign_second(walk.review, walk.editor, third, walk.review.revision)
    assignment.give_back(walk.review, walk.editor, walk.review.revision, "recall_second", "She is ill.")
    handing.assign_second(walk.review, walk.editor, third, now(walk.review).revision)
    assert standing_of(now(walk.review)).holds(third.pk, Hat.SECOND)
    assert Judgment.objects.filter(hat=Hat.SECOND).count() == 0


def test_somebody_who_is_away_is_given_nothing() -> None:
    walk = Walk().accepted()
    today = timezone.localdate()
    Absence.objects.create(person=walk.checker, since=today, until=today + timedelta(days=2))
    with pytest.raises(NotYours, match="is away until"):
        assignment.assign(walk.review, walk.editor, walk.checker)
