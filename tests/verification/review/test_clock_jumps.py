"""The machine's clock jumps ahead and back: the log goes on, seals go on, and nothing that was written is lost."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from claims.models.clock import read_clock
from tests.cases import Walk, finding, now
from tests.factories import open_review
from tests.verification.review.log_lines import log_line, told
from tests.walls import tamper, walls_down
from verification.models import ReplyRequest, ReviewEvent, Seal, SealEntry, State, Turn, UnsealedEvent
from verification.review import assignment, judgments, replies, returning
from verification.review.log_format import GENESIS, EventFields, event_hash, seal_hash
from verification.review.sealing import seal

pytestmark = pytest.mark.django_db(transaction=True)

AHEAD = timedelta(days=400)


def sealed_ahead() -> Seal:
    """Store what a sealer makes while the clock is four hundred days ahead."""
    (event,) = UnsealedEvent.objects.select_related("event")
    at, digest = read_clock() + AHEAD, bytes(event.event.hash)
    with walls_down("seal", "sealentry"), transaction.atomic():
        made = Seal.objects.create(
            number=1, at=at, events=1, prev_hash=GENESIS, hash=seal_hash(1, at, GENESIS, [digest])
        )
        SealEntry.objects.create(seal=made, position=0, event=event.event, event_hash=digest)
        event.delete()
    return made


def test_a_clock_that_was_put_back_does_not_keep_new_events_from_being_sealed() -> None:
    review = open_review()
    first = sealed_ahead()
    for _ in range(2):
        log_line(review)
        made = seal()
        assert made is not None
        assert made.at == first.at
    assert told() == ""


def test_a_seal_takes_over_the_time_of_the_one_before_and_nothing_later() -> None:
    open_review()
    first = sealed_ahead()
    for at in (first.at + timedelta(seconds=1), first.at - timedelta(seconds=1)):
        digest = seal_hash(2, at, bytes(first.hash), [])
        with pytest.raises(DatabaseError, match="follows the one before"), transaction.atomic():
            Seal.objects.create(number=2, at=at, events=0, prev_hash=bytes(first.hash), hash=digest)


def test_a_first_seal_of_a_time_to_come_is_refused() -> None:
    at = read_clock() + AHEAD
    with pytest.raises(DatabaseError, match="follows the one before"), transaction.atomic():
        Seal.objects.create(number=1, at=at, events=0, prev_hash=GENESIS, hash=seal_hash(1, at, GENESIS, []))


def logged_ahead(event: ReviewEvent) -> None:
    """Let an event have been logged while the clock was ahead."""
    at = event.at + AHEAD
    line = EventFields(
        str(event.review.public), event.seq, at, event.cycle, event.actor, event.verb, event.from_state, event.to_state,
        bytes(event.payload_hash), "", bytes(event.prev_hash),
    )  # fmt: skip
    tamper(
        f"UPDATE verification_reviewevent SET at = '{at.isoformat()}',"
        f" hash = decode('{event_hash(line).hex()}', 'hex') WHERE id = {event.pk}"
    )


def test_an_event_with_an_earlier_time_than_the_one_before_it_follows_it_all_the_same() -> None:
    review = open_review()
    ahead = log_line(review)
    logged_ahead(ahead)
    after = log_line(review)
    ahead.refresh_from_db()
    assert after.seq == ahead.seq + 1
    assert after.at < ahead.at
    assert bytes(after.prev_hash) == bytes(ahead.hash)
    assert seal() is not None
    assert told() == ""


def test_a_turn_that_a_jump_ran_out_returns_the_case_and_keeps_the_draft() -> None:
    walk = Walk().accepted().taken()
    judgments.save(walk.review, walk.checker, finding(walk.review), seen=walk.judgment().revision)
    opened = Turn.objects.get(review=walk.review)
    # Taken while the clock was right, read while it is ahead: to the desk it is long over.
    Turn.objects.filter(pk=opened.pk).update(until=opened.until - AHEAD)
    assert assignment.close_run_out() == 1
    walk.review = now(walk.review)
    assert (walk.review.state, Turn.objects.get(pk=opened.pk).closed_as) == (State.QUEUED, Turn.End.RAN_OUT)
    walk.taken()
    assert walk.judgment().reasoning == "The record says otherwise [1]."
    assert Turn.objects.get(review=walk.review, closed_at__isnull=True).until > read_clock()
    walk.proposed()
    assert told() == ""


def test_a_turn_that_was_opened_ahead_ends_late_and_loses_nothing() -> None:
    walk = Walk().accepted().taken()
    opened = Turn.objects.get(review=walk.review)
    Turn.objects.filter(pk=opened.pk).update(opened_at=opened.opened_at + AHEAD, until=opened.until + AHEAD)
    assert assignment.close_run_out() == 0
    assignment.pause(walk.review, walk.checker, walk.review.revision, "await_source", "The archive was asked.")
    walk.review = now(walk.review)
    # Paused while it was ahead, resumed once it is right: the time of the pause is less than nothing.
    Turn.objects.filter(pk=opened.pk).update(paused_at=read_clock() + AHEAD)
    assignment.resume(walk.review, walk.checker, walk.review.revision)
    turn = Turn.objects.get(pk=opened.pk)
    assert turn.paused_at is None
    assert timedelta(0) < turn.until - read_clock() <= timedelta(minutes=480)
    walk.review = now(walk.review)
    walk.proposed()
    assert told() == ""


def test_a_deadline_that_a_jump_overran_is_told_and_the_answer_is_kept_all_the_same() -> None:
    walk = Walk().accepted().taken()
    deadline = read_clock() + timedelta(hours=24)
    request = replies.ask_reply(
        walk.review, walk.checker, walk.review.revision, "Harbour board", "e-mail", "How many lamps burn?", deadline
    )
    ReplyRequest.objects.filter(pk=request.pk).update(deadline=deadline - AHEAD)
    assert returning.sweep().silent == 1
    walk.review = now(walk.review)
    replies.record_reply(walk.review, walk.checker, walk.review.revision, request, "answered", "Thirty-eight.")
    request.refresh_from_db()
    assert (request.outcome, request.answer) == ("answered", "Thirty-eight.")
    assert told() == ""
