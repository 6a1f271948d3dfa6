"""The right of reply: who was asked, what they said, and that neither is lost or told too early."""

from datetime import timedelta

import pytest

from claims.models.clock import read_clock
from tests.cases import Walk, make_document, now
from tests.people import make_person
from verification.models import EventPayload, ReplyRequest, Review, ReviewEvent, State, Turn
from verification.review import assignment, holding, replies
from verification.review.proof import faults
from verification.review.refusals import Moved, NotYours, Unmet

pytestmark = pytest.mark.django_db

Outcome = ReplyRequest.Outcome
HOUR = timedelta(hours=1)


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


def ask(walk: Walk, *, question: str = "How many lamps burn?", pause_turn: bool = False) -> ReplyRequest:
    """Ask the harbour board."""
    review, deadline = now(walk.review), read_clock() + 24 * HOUR
    return replies.ask_reply(
        review, walk.checker, review.revision, " Harbour  board ", "e-mail", question, deadline, pause_turn=pause_turn
    )


def payload(review: Review, verb: str) -> str:
    """Return what the newest line of this verb says."""
    event = ReviewEvent.objects.filter(review=review, verb=verb).order_by("-seq")[0]
    return EventPayload.objects.get(event=event).body


def test_whom_the_desk_asked_is_kept_with_the_question_and_the_deadline(walk: Walk) -> None:
    request = ask(walk)
    assert (request.asked, request.channel, request.outcome) == ("Harbour board", "e-mail", Outcome.OPEN)
    assert (request.by, request.cycle) == (walk.checker, 1)
    told = payload(walk.review, "ask_reply")
    assert str(request.public) in told
    assert request.deadline.isoformat() in told
    assert now(walk.review).state == State.RESEARCHING
    assert list(faults()) == []


def test_a_question_never_stands_in_the_log_where_a_blind_checker_could_read_it(walk: Walk) -> None:
    ask(walk, question="We hold this to be false: why did you say it?")
    assert "false" not in payload(walk.review, "ask_reply")


def test_the_turn_can_pause_until_there_is_an_answer(walk: Walk) -> None:
    request = ask(walk, pause_turn=True)
    assert now(walk.review).state == State.AWAITING_REPLY
    assert Turn.objects.get(review=walk.review).paused_at is not None
    assert "Harbour board was asked" in payload(walk.review, "await_reply")
    review = now(walk.review)
    replies.record_reply(review, walk.checker, review.revision, request, "answered", "Thirty-eight.")
    assert now(walk.review).state == State.AWAITING_REPLY
    other = ask(walk)
    review = now(walk.review)
    replies.record_reply(review, walk.checker, review.revision, other, "declined", go_on=True)
    assert now(walk.review).state == State.RESEARCHING
    assert Turn.objects.get(review=walk.review).paused_at is None


@pytest.mark.parametrize(
    ("missing", "guard"), [({"asked": " "}, "asked"), ({"question": ""}, "question"), ({"hours": -1}, "deadline")]
)
def test_an_incomplete_request_is_refused_with_what_it_lacks(
    walk: Walk, missing: dict[str, object], guard: str
) -> None:
    given = {"asked": "Harbour board", "question": "How many?", "hours": 1} | missing
    deadline = read_clock() + int(str(given["hours"])) * HOUR
    with pytest.raises(Unmet) as refused:
        replies.ask_reply(
            walk.review,
            walk.checker,
            walk.review.revision,
            str(given["asked"]),
            "e-mail",
            str(given["question"]),
            deadline,
        )
    assert refused.value.refusal.guard == guard
    assert not ReplyRequest.objects.exists()


def test_an_answer_is_filed_with_its_document(walk: Walk) -> None:
    request, letter = ask(walk), make_document("Thirty-eight lamps burn.", kind="correspondence")
    review = now(walk.review)
    replies.record_reply(review, walk.checker, review.revision, request, "answered", "Thirty-eight.", letter)
    request.refresh_from_db()
    assert (request.outcome, request.answer, request.document) == (Outcome.ANSWERED, "Thirty-eight.", letter)
    assert str(letter.public) in payload(review, "record_reply")


def test_an_answer_that_comes_after_the_deadline_takes_the_place_of_silence(walk: Walk) -> None:
    request = ask(walk)
    ReplyRequest.objects.filter(pk=request.pk).update(deadline=read_clock() - HOUR)
    assert replies.keep_silence(now(walk.review), request.pk)
    review = now(walk.review)
    replies.record_reply(review, walk.editor, review.revision, request, "answered", "We were at sea.")
    request.refresh_from_db()
    assert request.outcome == Outcome.ANSWERED


def test_an_answer_is_recorded_once(walk: Walk) -> None:
    request = ask(walk)
    for answer, refused in (("Thirty-eight.", False), ("Forty.", True)):
        review = now(walk.review)
        try:
            replies.record_reply(review, walk.checker, review.revision, request, "answered", answer)
        except Moved:
            assert refused
    request.refresh_from_db()
    assert request.answer == "Thirty-eight."
    assert ReviewEvent.objects.filter(verb="record_reply").count() == 1


@pytest.mark.parametrize(("outcome", "answer"), [("answered", " "), ("silent", ""), ("perhaps", "x")])
def test_what_is_no_answer_is_not_recorded_as_one(walk: Walk, outcome: str, answer: str) -> None:
    request = ask(walk)
    review = now(walk.review)
    with pytest.raises(Unmet):
        replies.record_reply(review, walk.checker, review.revision, request, outcome, answer)


def test_an_answer_is_recorded_while_a_case_is_on_hold_and_after_publication() -> None:
    walk = Walk().accepted().taken()
    request, later = ask(walk), ask(walk)
    walk.review = now(walk.review)
    held = holding.hold(walk.review, walk.editor, walk.review.revision, "Not yet.", read_clock() + HOUR).review
    replies.record_reply(held, walk.editor, held.revision, request, "declined")
    held = now(held)
    assert (held.state, held.held_from) == (State.ON_HOLD, State.RESEARCHING)
    assert held.held_until is not None
    assignment.resume(held, walk.editor, held.revision, "release")
    walk.review = now(held)
    walk.proposed().drafted().approved().published()
    replies.record_reply(walk.review, walk.editor, walk.review.revision, later, "answered", "We stand by it.")
    assert now(walk.review).state == State.PUBLISHED


def test_somebody_without_a_part_in_the_case_asks_nobody(walk: Walk) -> None:
    deadline = read_clock() + HOUR
    with pytest.raises(NotYours):
        replies.ask_reply(walk.review, walk.second, walk.review.revision, "The board", "letter", "Why?", deadline)


def test_what_was_asked_and_answered_is_hidden_from_whoever_judges_blind() -> None:
    walk = Walk(second_check=True).accepted().taken()
    request = ask(walk)
    walk.review = now(walk.review)
    walk.proposed()
    found = replies.replies_of(walk.review)
    assert replies.may_read(walk.second, walk.review, found) == set()
    assert replies.may_read(walk.editor, walk.review, found) == set()
    assert replies.may_read(walk.checker, walk.review, found) == {request.pk}


def test_an_editor_reads_questions_while_no_second_check_is_open(walk: Walk) -> None:
    request = ask(walk)
    assert replies.may_read(make_person("editor"), walk.review, replies.replies_of(walk.review)) == {request.pk}


@pytest.mark.parametrize(
    ("outcome", "answer", "sentence"),
    [
        (
            "answered",
            "Thirty-eight.",
            "We asked Harbour board for comment on 4 May 2031. The answer: “Thirty-eight.”",
        ),
        ("declined", "", "We asked Harbour board for comment on 4 May 2031; they declined to comment."),
        ("silent", "", "We asked Harbour board for comment on 4 May 2031; there was no answer by 5 May 2031."),
    ],
)
def test_readers_can_be_told_in_a_sentence(outcome: str, answer: str, sentence: str) -> None:
    request = ReplyRequest(asked="Harbour board", outcome=outcome, answer=answer)
    assert str(replies.sentence(request, "4 May 2031", "5 May 2031")) == sentence
    assert replies.sentence(ReplyRequest(asked="Harbour board"), "4 May 2031", "5 May 2031") is None
