"""What comes back by itself: on its day, once, whoever else is sweeping, whatever is wrong with its neighbour."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from claims.models.clock import read_clock
from tests.cases import Walk, now
from verification.models import ReplyRequest, Review, ReviewEvent, State, Turn
from verification.review import assignment, challenges, holding, replies, returning, triage
from verification.review.proof import faults
from verification.review.refusals import Unmet
from verification.review.transitions import Actor

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def later(hours: int = 1) -> datetime:
    """Return a time ahead."""
    return read_clock() + hours * HOUR


def let_pass(review: Review, field: str) -> None:
    """Let a case's day be over."""
    Review.objects.filter(pk=review.pk).update(**{field: read_clock() - HOUR})


def verbs(review: Review) -> list[str]:
    """Return the verbs of a case's log."""
    return list(ReviewEvent.objects.filter(review=review).order_by("seq").values_list("verb", flat=True))


def test_a_case_on_hold_comes_back_on_its_day_and_its_turn_runs_on() -> None:
    walk = Walk().accepted().taken()
    holding.hold(walk.review, walk.editor, walk.review.revision, "The board meets first.", later())
    assert returning.sweep().back == 0
    Turn.objects.filter(review=walk.review).update(paused_at=read_clock() - 3 * HOUR)
    until = Turn.objects.get(review=walk.review).until
    let_pass(walk.review, "held_until")
    assert returning.sweep().back == 1
    review, turn = now(walk.review), Turn.objects.get(review=walk.review)
    assert (review.state, review.held_from, review.held_until) == (State.RESEARCHING, "", None)
    assert turn.paused_at is None
    assert timedelta(0) < turn.until - until - 3 * HOUR < HOUR
    assert returning.sweep().back == 0
    assert verbs(review)[-2:] == ["hold", "hold_ended"]
    assert list(faults()) == []


def test_what_awaited_something_before_the_hold_awaits_it_still() -> None:
    walk = Walk().accepted().taken()
    assignment.pause(walk.review, walk.checker, walk.review.revision, "await_source", "Asked.")
    holding.hold(walk.review, walk.editor, now(walk.review).revision, "First things first.", later())
    let_pass(walk.review, "held_until")
    returning.sweep()
    assert now(walk.review).state == State.AWAITING_SOURCE
    assert Turn.objects.get(review=walk.review).paused_at is not None


@pytest.mark.parametrize("verb", ["release", "withdraw"])
def test_whatever_takes_a_case_off_hold_its_day_is_forgotten(verb: str) -> None:
    walk = Walk().accepted()
    held = holding.hold(walk.review, walk.editor, walk.review.revision, "Not yet.", later()).review
    if verb == "release":
        assignment.resume(held, walk.editor, held.revision, "release")
    else:
        assignment.end(held, walk.editor, held.revision, "withdraw", "Nobody asks any more.")
    assert now(held).held_until is None


def test_a_day_that_has_passed_holds_nothing() -> None:
    walk = Walk().accepted()
    with pytest.raises(Unmet, match="has passed"):
        holding.hold(walk.review, walk.editor, walk.review.revision, "Not yet.", read_clock() - HOUR)
    assert now(walk.review).state == State.QUEUED


def test_a_claim_about_the_future_waits_for_its_day_in_the_very_transaction_that_accepts_it() -> None:
    walk = Walk()
    day = later(48)
    triage.accept(walk.review, walk.intake, walk.review.revision, why="A promise.", not_before=day)
    review = now(walk.review)
    assert (review.state, review.held_from, review.held_until) == (State.ON_HOLD, State.QUEUED, day)
    assert verbs(review)[-2:] == ["accept", "hold"]
    let_pass(review, "held_until")
    returning.sweep()
    assert now(review).state == State.QUEUED


def test_a_claim_is_not_accepted_for_a_day_that_has_passed() -> None:
    walk = Walk()
    with pytest.raises(Unmet), transaction.atomic():
        triage.accept(walk.review, walk.intake, walk.review.revision, not_before=read_clock() - HOUR)
    assert now(walk.review).state == State.TRIAGE


def test_what_is_published_is_looked_at_anew_when_its_review_date_comes() -> None:
    walk = Walk()
    walk.to_publication()
    let_pass(walk.review, "review_on")
    assert returning.sweep().due == 1
    review = now(walk.review)
    assert (review.state, review.cycle, review.change, review.review_on) == (State.QUEUED, 2, "update", None)
    assert review.publication is not None
    assert returning.sweep().due == 0


def test_a_challenged_case_waits_until_the_doubt_is_answered() -> None:
    walk = Walk()
    walk.to_publication()
    challenges.challenge(
        walk.review, Actor(walk.checker), walk.review.revision, "colleague", "A second record differs."
    )
    let_pass(walk.review, "review_on")
    assert returning.sweep().due == 0
    challenges.reaffirm(walk.review, walk.editor, now(walk.review).revision, "The record was corrected.")
    assert returning.sweep().due == 1


def asked(walk: Walk, **fields: object) -> ReplyRequest:
    """Ask the harbour board, with a deadline that is over by now."""
    review = now(walk.review)
    request = replies.ask_reply(review, walk.checker, review.revision, "Harbour board", "e-mail", "How many?", later())
    ReplyRequest.objects.filter(pk=request.pk).update(deadline=read_clock() - HOUR, **fields)
    return request


def test_silence_is_told_once_the_deadline_has_passed_and_moves_nobodys_form() -> None:
    walk = Walk().accepted().taken()
    request, seen = asked(walk), now(walk.review).revision
    assert returning.sweep().silent == 1
    request.refresh_from_db()
    assert request.outcome == ReplyRequest.Outcome.SILENT
    assert request.settled_at is not None
    assert returning.sweep().silent == 0
    assert verbs(walk.review).count("reply_overdue") == 1
    assert now(walk.review).revision == seen
    assert list(faults()) == []


def test_a_withdrawn_cases_requests_wait_until_it_is_reopened() -> None:
    walk = Walk().accepted().taken()
    request = asked(walk)
    review = now(walk.review)
    assignment.end(review, walk.editor, review.revision, "withdraw", "The article is gone.")
    assert returning.sweep().silent == 0
    request.refresh_from_db()
    assert request.outcome == ReplyRequest.Outcome.OPEN


def test_one_case_that_cannot_come_back_keeps_no_other_waiting(caplog: pytest.LogCaptureFixture) -> None:
    walks = [Walk().accepted() for _number in range(3)]
    for walk in walks:
        holding.hold(walk.review, walk.editor, walk.review.revision, "Not yet.", later())
        let_pass(walk.review, "held_until")
    # A state that no line of the log may lead to from here: the database refuses this one.
    Review.objects.filter(pk=walks[0].review.pk).update(held_from=State.PUBLISHED, held_until=read_clock() - 9 * HOUR)
    assert returning.sweep().back == 2
    assert [now(walk.review).state for walk in walks] == [State.ON_HOLD, State.QUEUED, State.QUEUED]
    assert f"Could not bring back {walks[0].review.pk}" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_bring_each_case_back_once() -> None:
    walks = [Walk().accepted() for _number in range(4)]
    for walk in walks:
        holding.hold(walk.review, walk.editor, walk.review.revision, "Not yet.", later())
        let_pass(walk.review, "held_until")
    told: list[int] = []

    def sweep() -> None:
        try:
            told.append(returning.sweep().back)
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(told) == 4
    assert [verbs(walk.review).count("hold_ended") for walk in walks] == [1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_case_that_somebody_has_locked_is_passed_over() -> None:
    walk = Walk().accepted()
    holding.hold(walk.review, walk.editor, walk.review.revision, "Not yet.", later())
    let_pass(walk.review, "held_until")
    swept: list[int] = []

    def sweep() -> None:
        try:
            swept.append(returning.sweep().back)
        finally:
            connection.close()

    with transaction.atomic():
        Review.objects.select_for_update().get(pk=walk.review.pk)
        thread = threading.Thread(target=sweep)
        thread.start()
        thread.join(timeout=20)
    assert swept == [0]
    assert returning.sweep().back == 1
