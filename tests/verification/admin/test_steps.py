"""Steps that one button does, and rewording: done once, told when they cannot be done, nothing typed is lost."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, send, told
from verification.admin.case.head import TAKES
from verification.models import Review, ReviewEvent, State
from verification.review import afterwards, assignment, challenges, drafting, triage
from verification.review.comments import comment
from verification.review.pressing import VERBS
from verification.review.states import STEPS
from verification.review.transitions import Actor

pytestmark = pytest.mark.django_db

WHY = "The board was asked for its figures."


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


def logged(review: Review, verb: str) -> int:
    return ReviewEvent.objects.filter(review=review, verb=verb).count()


def test_every_step_without_a_form_has_its_verb() -> None:
    assert {step.verb for step in STEPS if not step.form and not step.by_service} - TAKES == set(VERBS)


def _published(walk: Walk) -> None:
    walk.proposed().drafted().approved().published()


def _awaiting(walk: Walk) -> None:
    assignment.pause(walk.review, walk.checker, walk.review.revision, "await_source", WHY)


def _on_hold(walk: Walk) -> None:
    assignment.pause(walk.review, walk.editor, walk.review.revision, "hold", WHY)


def _challenged(walk: Walk) -> None:
    _published(walk)
    challenges.challenge(walk.review, Actor(walk.checker), walk.review.revision, "reader", WHY)


def _correcting(walk: Walk) -> None:
    _published(walk)
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", WHY)


def _proposed_undecided(walk: Walk) -> None:
    Review.objects.filter(pk=walk.review.pk).update(second_check=None)
    walk.review = now(walk.review)
    walk.proposed()


def _taken_twice(walk: Walk) -> None:
    Review.objects.filter(pk=walk.review.pk).update(second_check=True)
    walk.review = now(walk.review)
    walk.proposed()
    assignment.take(walk.review, walk.second, verb="take_second")


def _declined(walk: Walk) -> None:
    walk.review = Walk().review
    triage.set_aside(walk.review, walk.intake, walk.review.revision, "decline", WHY)


def _accepted(walk: Walk) -> None:
    walk.review = Walk().review
    triage.accept(walk.review, walk.intake, walk.review.revision, why=WHY)


def _withdrawn(walk: Walk) -> None:
    assignment.end(walk.review, walk.editor, walk.review.revision, "withdraw", WHY)


def _to_be_read(walk: Walk) -> None:
    walk.proposed()
    drafting.ask_legal_read(walk.review, walk.checker, walk.review.revision)


def _nothing(walk: Walk) -> None:
    pass


ROADS: list[tuple[str, Callable[[Walk], object], str, str]] = [
    ("hand_back", _nothing, "checker", State.QUEUED),
    ("recall", _nothing, "editor", State.QUEUED),
    ("hand_back_second", _taken_twice, "second", State.SECOND_CHECK),
    ("recall_second", _taken_twice, "editor", State.SECOND_CHECK),
    ("await_source", _nothing, "checker", State.AWAITING_SOURCE),
    ("await_reply", _nothing, "checker", State.AWAITING_REPLY),
    ("resume", _awaiting, "checker", State.RESEARCHING),
    ("release", _on_hold, "editor", State.RESEARCHING),
    ("withdraw", _nothing, "editor", State.WITHDRAWN),
    ("abandon", _correcting, "editor", State.PUBLISHED),
    ("reconsider", _declined, "intake", State.TRIAGE),
    ("undo_accept", _accepted, "intake", State.TRIAGE),
    ("pass_on", _proposed_undecided, "editor", State.DRAFTING),
    ("ask_second", _proposed_undecided, "editor", State.SECOND_CHECK),
    ("return_to_drafting", lambda walk: walk.proposed().drafted(), "editor", State.DRAFTING),
    ("return_to_research", lambda walk: walk.proposed().drafted(), "editor", State.RESEARCHING),
    ("reaffirm", _challenged, "editor", State.PUBLISHED),
    ("reopen", _withdrawn, "editor", State.QUEUED),
    ("ask_legal_read", lambda walk: walk.proposed(), "checker", State.DRAFTING),
    ("drop_legal_read", _to_be_read, "editor", State.DRAFTING),
]


@pytest.mark.parametrize(("verb", "road", "who", "state"), ROADS, ids=[road[0] for road in ROADS])
def test_a_step_is_done_logged_and_told_and_done_once(
    walk: Walk, verb: str, road: Callable[[Walk], object], who: str, state: str
) -> None:
    road(walk)
    review, person = now(walk.review), getattr(walk, who)
    before = logged(review, verb)
    answer = send(person, review, "case_do", verb, reason=WHY)
    assert answer.status_code == 302
    assert now(review).state == state
    assert told(answer).endswith("done.") or walk.review.number in told(answer)
    again = send(person, review, "case_do", verb, reason=WHY, revision=review.revision)
    assert again.status_code == 302
    assert logged(review, verb) == before + 1


def test_each_verb_of_the_table_is_walked_here() -> None:
    assert {road[0] for road in ROADS} == set(VERBS)


def test_a_double_click_is_told_and_sent_on(walk: Walk) -> None:
    seen = walk.review.revision
    first = send(walk.checker, walk.review, "case_do", "hand_back", reason=WHY, revision=seen)
    assert told(first) == f"{walk.review.number} is back in the queue."
    again = send(walk.checker, walk.review, "case_do", "hand_back", reason=WHY, revision=seen)
    assert again.status_code == 302
    assert told(again) == "This was done already; nothing was done twice."
    assert logged(walk.review, "hand_back") == 1


def test_a_second_click_is_told_as_one_though_a_colleague_commented_in_between(walk: Walk) -> None:
    seen = walk.review.revision
    send(walk.checker, walk.review, "case_do", "hand_back", reason=WHY)
    comment(walk.review, walk.editor, "A pity.")
    again = send(walk.checker, walk.review, "case_do", "hand_back", reason=WHY, revision=seen)
    assert told(again) == "This was done already; nothing was done twice."


def test_a_reason_is_kept_when_the_case_moved_meanwhile_and_can_be_sent_again(walk: Walk) -> None:
    seen = walk.review.revision
    triage.plan(walk.review, walk.editor, seen, priority=0.9, deadline=None, second_check=False)
    answer = send(walk.checker, walk.review, "case_do", "hand_back", reason=WHY, revision=seen)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Edda Quay was here" in text
    assert WHY in text
    assert "readonly" not in text
    assert now(walk.review).state == State.RESEARCHING
    assert f'name="revision" value="{now(walk.review).revision}"' in text
    assert send(walk.checker, walk.review, "case_do", "hand_back", reason=WHY).status_code == 302
    assert now(walk.review).state == State.QUEUED


def test_a_reason_that_can_no_longer_be_used_is_still_shown(walk: Walk) -> None:
    seen = walk.review.revision
    assignment.end(walk.review, walk.editor, seen, "withdraw", "Nobody needs it.")
    answer = send(walk.checker, walk.review, "case_do", "hand_back", reason=WHY, revision=seen)
    assert answer.status_code == 409
    assert WHY in answer.content.decode()
    assert "readonly" in answer.content.decode()


def test_another_reason_from_another_window_is_no_repetition(walk: Walk) -> None:
    seen = walk.review.revision
    send(walk.checker, walk.review, "case_do", "hand_back", reason=WHY, revision=seen)
    answer = send(walk.checker, walk.review, "case_do", "hand_back", reason="I am ill.", revision=seen)
    assert answer.status_code == 409
    assert "I am ill." in answer.content.decode()


def test_a_missing_reason_is_told(walk: Walk) -> None:
    answer = send(walk.checker, walk.review, "case_do", "hand_back", reason=" ")
    assert answer.status_code == 302
    assert told(answer) == "Say why, in one sentence."
    assert now(walk.review).state == State.RESEARCHING


def test_a_step_is_posted_and_is_a_step(walk: Walk) -> None:
    client = as_person(walk.checker)
    answer = client.get(page_of(walk.review, "case_do", "hand_back"))
    assert (answer.status_code, answer["Location"]) == (302, page_of(walk.review, "verification_review_change"))
    assert client.put(page_of(walk.review, "case_do", "hand_back")).status_code == 405
    for unknown in ("explode", "write", "propose", "turn_ran_out"):
        assert send(walk.checker, walk.review, "case_do", unknown).status_code == 404
    gone = Review(pk=walk.review.pk + 999)
    assert client.post(page_of(gone, "case_do", "hand_back")).status_code == 404


@pytest.mark.parametrize("role", ["intake", "publisher", "auditor", "administrator", ""])
def test_steps_and_rewording_are_refused_to_other_roles_also_by_address(walk: Walk, role: str) -> None:
    person = make_person(role)
    assert send(person, walk.review, "case_do", "hand_back", reason=WHY).status_code == 403
    if role != "intake":
        assert as_person(person).get(page_of(walk.review, "case_reword")).status_code == 403
    assert now(walk.review).state == State.RESEARCHING


def test_a_checker_who_does_not_have_the_case_is_told_who_has(walk: Walk) -> None:
    answer = send(walk.second, walk.review, "case_do", "hand_back", reason=WHY)
    assert answer.status_code == 409
    assert "Cato Lamp has this case now." in answer.content.decode()


def test_hostile_words_are_shown_and_never_run(walk: Walk) -> None:
    hostile = "</textarea><script>alert(1)</script>\x00"
    answer = send(walk.second, walk.review, "case_do", "hand_back", reason=hostile)
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;alert(1)" in answer.content.decode()
    assert send(walk.checker, walk.review, "case_do", "hand_back", reason=hostile).status_code == 302
    text = as_person(walk.checker).get(page_of(walk.review, "verification_review_change")).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_page_of_rewording_shows_what_the_article_says(
    walk: Walk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(walk.checker)
    with django_assert_max_num_queries(20):
        text = client.get(page_of(walk.review, "case_reword")).content.decode()
    assert f"<mark>{walk.review.claim.text}</mark>" in text
    assert f">\n{walk.review.wording}</textarea>" in text


def test_a_claim_is_reworded_once(walk: Walk) -> None:
    seen = walk.review.revision
    for _time in range(2):
        answer = send(walk.checker, walk.review, "case_reword", wording="Forty ships called in spring.", revision=seen)
        assert answer.status_code == 302
    assert told(answer) == "This was done already; nothing was done twice."
    assert now(walk.review).wording == "Forty ships called in spring."
    assert logged(walk.review, "reword") == 1


def test_two_wordings_are_both_shown_and_the_later_is_saved_only_knowingly(walk: Walk) -> None:
    seen = walk.review.revision
    triage.reword(walk.review, walk.editor, seen, "Forty ships called in spring.")
    answer = send(walk.checker, walk.review, "case_reword", wording="Fifty ships called in spring.", revision=seen)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Edda Quay was here" in text
    assert "<del>Forty</del> ships" in text
    assert "<ins>Fifty</ins> ships" in text
    assert ">\nFifty ships called in spring.</textarea>" in text
    assert now(walk.review).wording == "Forty ships called in spring."
    assert send(walk.checker, walk.review, "case_reword", wording="Fifty ships called in spring.").status_code == 302
    assert now(walk.review).wording == "Fifty ships called in spring."


def test_a_wording_for_a_case_that_is_judged_meanwhile_is_not_lost(walk: Walk) -> None:
    seen = walk.review.revision
    walk.proposed()
    answer = send(walk.checker, walk.review, "case_reword", wording="Fifty ships called.", revision=seen)
    assert answer.status_code == 409
    assert "Fifty ships called." in answer.content.decode()
    assert "readonly" in answer.content.decode()
    away = as_person(walk.checker).get(page_of(walk.review, "case_reword"))
    assert (away.status_code, "does not apply" in told(away)) == (302, True)


def test_an_empty_wording_is_told(walk: Walk) -> None:
    answer = send(walk.checker, walk.review, "case_reword", wording=" ")
    assert answer.status_code == 409
    assert "Write the claim as one sentence that stands alone." in answer.content.decode()


def test_a_checker_without_the_case_sees_why_the_wording_is_not_theirs(walk: Walk) -> None:
    text = as_person(walk.second).get(page_of(walk.review, "case_reword")).content.decode()
    assert "The wording is changed by an editor, or by whoever has the case." in text
    assert "Save the wording" not in text
