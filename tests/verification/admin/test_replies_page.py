"""Whom the desk asked for a reply, on its page, in the case file and beside the text."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models.clock import read_clock
from tests.cases import Walk, make_candidate, make_document, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, send, text_of, told
from verification.models import ReplyRequest, ReviewEvent, State
from verification.review import replies

pytestmark = pytest.mark.django_db

QUESTION = "How many lamps burn on the northern mole?"


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


def later(days: int = 2) -> str:
    """Return a time as a browser's picker sends it."""
    return (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def request_of(**fields: object) -> dict[str, object]:
    """Return the form of a request as a browser sends it."""
    return {
        "do": "ask",
        "asked": "Harbour board",
        "channel": "e-mail",
        "question": QUESTION,
        "deadline": later(),
    } | fields


def asked(walk: Walk, name: str = "Harbour board") -> ReplyRequest:
    """Ask for a reply by the verb."""
    review = now(walk.review)
    deadline = read_clock() + timedelta(days=2)
    request = replies.ask_reply(review, walk.checker, review.revision, name, "e-mail", QUESTION, deadline)
    walk.review = now(review)
    return request


def test_a_request_is_noted_and_listed_with_its_deadline(walk: Walk) -> None:
    answer = send(walk.checker, walk.review, "case_replies", **request_of())
    assert (answer.status_code, answer.url) == (302, page_of(walk.review, "case_replies"))
    page = text_of(walk, "case_replies", walk.checker)
    assert "Harbour board" in page
    assert QUESTION in page
    assert "no answer yet" in page
    assert "in 2 days" not in page
    assert "answer by" in page
    assert now(walk.review).state == State.RESEARCHING


def test_whoever_asks_can_pause_and_go_on_with_the_answer(walk: Walk) -> None:
    send(walk.checker, walk.review, "case_replies", **request_of(pause="on"))
    assert now(walk.review).state == State.AWAITING_REPLY
    letter = make_document("Thirty-eight lamps burn.", kind="correspondence", title="Letter of the board")
    make_candidate(walk.review.claim, letter)
    assert "Letter of the board" in text_of(walk, "case_replies", walk.checker)
    request = ReplyRequest.objects.get()
    recorded = {"outcome": "answered", "answer": "Thirty-eight.", "document": letter.pk, "go_on": "on"}
    send(walk.checker, walk.review, "case_replies", do=f"record:{request.public}", **recorded)
    request.refresh_from_db()
    assert (request.answer, request.document) == ("Thirty-eight.", letter)
    assert now(walk.review).state == State.RESEARCHING
    page = text_of(walk, "case_file", walk.editor)
    assert "Thirty-eight." in page
    assert "Letter of the board" in page


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"deadline": "2001-01-01T10:00"}, "has passed"),
        ({"deadline": "soon"}, "Write it as a day and a time"),
        ({"asked": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_with_a_request_is_told_and_all_of_it_is_kept(
    walk: Walk, wrong: dict[str, str], why: str
) -> None:
    answer = send(walk.checker, walk.review, "case_replies", **request_of(**wrong))
    html = answer.content.decode()
    assert answer.status_code == 400
    assert why in html
    assert QUESTION in html
    assert not ReplyRequest.objects.exists()


@pytest.mark.parametrize("pause", [{}, {"pause": "on"}])
def test_the_same_request_twice_is_one(walk: Walk, pause: dict[str, str]) -> None:
    form = request_of(revision=walk.review.revision, **pause)
    send(walk.checker, walk.review, "case_replies", **form)
    assert "nothing was done twice" in told(send(walk.checker, walk.review, "case_replies", **form))
    assert ReplyRequest.objects.count() == 1


def test_the_same_answer_twice_is_one_and_another_is_told_and_kept(walk: Walk) -> None:
    request = asked(walk)
    form = {"do": f"record:{request.public}", "outcome": "answered", "answer": "Thirty-eight."}
    form |= {"revision": str(walk.review.revision)}
    send(walk.checker, walk.review, "case_replies", **form)
    assert "nothing was done twice" in told(send(walk.checker, walk.review, "case_replies", **form))
    answer = send(walk.checker, walk.review, "case_replies", **form | {"answer": "Forty, they say now."})
    assert answer.status_code == 409
    assert "Forty, they say now." in answer.content.decode()
    assert ReviewEvent.objects.filter(review=walk.review, verb="record_reply").count() == 1


def test_an_answer_without_words_is_refused_in_its_own_form(walk: Walk) -> None:
    request = asked(walk)
    answer = send(walk.checker, walk.review, "case_replies", do=f"record:{request.public}", outcome="answered")
    assert answer.status_code == 409
    assert "Write what they answered" in answer.content.decode()


def test_another_cases_request_is_none_of_this_one(walk: Walk) -> None:
    request = asked(Walk().accepted().taken())
    for public in (request.public, "nonsense"):
        form = {"do": f"record:{public}", "outcome": "declined"}
        assert send(walk.checker, walk.review, "case_replies", **form).status_code == 404


def test_whoever_judges_blind_reads_that_somebody_was_asked_and_nothing_of_what() -> None:
    walk = Walk(second_check=True).accepted().taken()
    request = asked(walk)
    review = now(walk.review)
    replies.record_reply(review, walk.checker, review.revision, request, "answered", "We were wrong.")
    walk.review = now(walk.review)
    walk.proposed()
    for name in ("case_replies", "case_file", "verification_review_change"):
        page = text_of(walk, name, walk.second)
        assert QUESTION not in page
        assert "We were wrong." not in page
    assert "Harbour board" in text_of(walk, "case_file", walk.second)


def test_an_auditor_reads_the_page_and_asks_nobody(walk: Walk) -> None:
    asked(walk)
    auditor = make_person("auditor")
    page = text_of(walk, "case_replies", auditor)
    assert "Ask somebody" not in page
    assert "Record it" not in page
    assert send(auditor, walk.review, "case_replies", **request_of()).status_code == 403


def test_beside_the_text_stands_a_sentence_for_readers_and_a_warning_while_a_request_is_open(walk: Walk) -> None:
    request = asked(walk)
    asked(walk, "Captain Rope")
    review = now(walk.review)
    replies.record_reply(review, walk.checker, review.revision, request, "declined")
    walk.review = now(walk.review)
    walk.proposed()
    page = text_of(walk, "case_draft", walk.checker)
    assert "One request for a reply is still open:" in page
    assert "Captain Rope" in page
    assert "We asked Harbour board for comment on" in page
    walk.drafted()
    assert "One request for a reply is still open:" in text_of(walk, "case_sign_off", walk.editor)


def test_a_text_that_nobody_was_asked_about_says_nothing_of_replies(walk: Walk) -> None:
    page = as_person(walk.checker).get(page_of(walk.proposed().review, "case_draft")).content.decode()
    assert "Right of reply" not in page
