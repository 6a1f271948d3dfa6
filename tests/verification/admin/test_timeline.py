"""A case's log in words: complete, newest first, silent about what a blind second check must not know."""

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, case, finding, now
from tests.people import make_person
from tests.walls import tamper
from verification.admin.case.timeline import ABOUT_JUDGMENTS, SENTENCES, Line, timeline
from verification.models import Hat, Review, ReviewEvent, State
from verification.review import afterwards, assignment, judgments, triage
from verification.review.log import erase_payload
from verification.review.states import STEPS

pytestmark = pytest.mark.django_db


def lines(person: User, review: Review) -> list[Line]:
    return timeline(person, now(review))


def shown(person: User, review: Review) -> str:
    return render_to_string("desk/timeline.html", {"lines": lines(person, review)})


def line_of(person: User, review: Review, verb: str) -> Line:
    seq = ReviewEvent.objects.filter(review=review, verb=verb).order_by("-seq")[0].seq
    return next(line for line in lines(person, review) if line.seq == seq)


def test_every_step_that_is_logged_has_its_sentence() -> None:
    assert {step.verb for step in STEPS} - {"write"} <= set(SENTENCES)
    assert set(ABOUT_JUDGMENTS) <= set(SENTENCES)


def test_a_published_case_tells_its_whole_life_newest_first() -> None:
    walk = Walk()
    walk.to_publication()
    found = lines(walk.editor, walk.review)
    assert [line.seq for line in found] == list(range(8, 0, -1))
    assert [str(line.text) for line in found] == [
        "<b>Piet Tide</b> published version 1",
        "<b>Edda Quay</b> signed it off",
        "<b>Cato Lamp</b> sent the text to sign-off",
        "No second check follows",
        "<b>Cato Lamp</b> submitted the first judgment",
        "<b>Cato Lamp</b> took the case",
        "<b>Ines Mole</b> put it into the queue",
        "<b>Readout</b> found the claim",
    ]
    assert line_of(walk.editor, walk.review, "propose").facts == ("Rating: False", "Evidence: 1")
    assert line_of(walk.editor, walk.review, "propose").quotes == ("The record says otherwise [1].",)
    assert line_of(walk.editor, walk.review, "accept").quotes == ("It names a figure.",)


def test_who_it_was_given_to_what_it_repeats_and_how_it_is_planned_are_told() -> None:
    walk = Walk().accepted()
    triage.plan(walk.review, walk.editor, walk.review.revision, priority=0.5, deadline=None, second_check=True)
    review = now(walk.review)
    assignment.assign(review, walk.editor, walk.checker, seen=review.revision, note="You know the port.")
    planned, given = line_of(walk.editor, review, "plan"), line_of(walk.editor, review, "assign")
    assert str(planned.text) == "<b>Edda Quay</b> planned it: priority 50 · no deadline · with a second check"
    assert str(given.text) == "<b>Edda Quay</b> gave it to <b>Cato Lamp</b>"
    assert given.quotes == ("You know the port.",)
    other = case()
    triage.mark_duplicate(other, walk.editor, other.revision, review)
    assert review.number in str(line_of(walk.editor, other, "duplicate").text)
    third = case()
    triage.reword(third, walk.editor, third.revision, "Forty ships called.")
    assert line_of(walk.editor, third, "reword").quotes == (f"“{third.wording}” became “Forty ships called.”",)


def test_a_judgment_is_hidden_while_a_blind_second_check_is_open() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    for person in (walk.second, walk.editor, make_person("auditor")):
        line = line_of(person, walk.review, "propose")
        assert (line.facts, line.quotes) == ((), ())
        assert line.kept == "Hidden until the second check is over."
        assert "otherwise" not in shown(person, walk.review)
        assert "False" not in shown(person, walk.review)
    assert "otherwise" in shown(walk.checker, walk.review)
    assignment.pause(walk.review, walk.editor, walk.review.revision, "hold", "Legal reads it.")
    assert now(walk.review).state == State.ON_HOLD
    assert "otherwise" not in shown(walk.second, walk.review)


def test_both_judgments_are_told_once_both_are_in() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    assignment.take(walk.review, walk.second, verb="take_second")
    review = now(walk.review)
    seen = walk.judgment(walk.second, Hat.SECOND).revision
    judgments.submit(review, walk.second, finding(review, 3), seen=seen, case_seen=review.revision)
    assert line_of(walk.second, review, "propose").facts[0] == "Rating: False"
    assert line_of(walk.checker, review, "differ").facts[0] == "Rating: Missing context"


def test_what_hung_on_an_earlier_judgment_of_the_cycle_is_hidden_too() -> None:
    walk = Walk().accepted().taken().proposed().drafted(headline="No: it is false")
    judgments.return_to_research(walk.review, walk.editor, walk.review.revision, "“False” is too harsh.")
    review = now(walk.review)
    triage.plan(review, walk.editor, review.revision, priority=0.5, deadline=None, second_check=True)
    walk.review = now(review)
    walk.proposed(value=2)
    assert walk.review.state == State.SECOND_CHECK
    text = shown(walk.second, walk.review)
    for secret in ("too harsh", "it is false", "otherwise", "Misleading"):
        assert secret not in text
    assert "too harsh" in shown(walk.editor, walk.review)


def test_an_earlier_cycle_is_public_and_stays_told() -> None:
    walk = Walk(second_check=True)
    walk.accepted()
    Review.objects.filter(pk=walk.review.pk).update(second_check=False)
    walk.review = now(walk.review)
    walk.taken().proposed().drafted().approved().published()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    Review.objects.filter(pk=walk.review.pk).update(second_check=True)
    walk.review = now(walk.review)
    walk.taken().proposed(value=2)
    assert walk.review.state == State.SECOND_CHECK
    text = shown(walk.second, walk.review)
    assert "Rating: False" in text
    assert "Misleading" not in text
    assert "opened another cycle: correction" in text


def test_what_was_erased_is_told_as_erased() -> None:
    walk = Walk().accepted()
    event = ReviewEvent.objects.get(review=walk.review, verb="accept")
    erase_payload(event, actor=f"user:{walk.editor.pk}", reason="It named a minor.")
    line = line_of(walk.editor, walk.review, "accept")
    assert (line.quotes, line.kept) == ((), "What this entry said was erased.")
    assert str(line_of(walk.editor, walk.review, "payload_erased").text) == "<b>Edda Quay</b> erased what entry 2 said"


@pytest.mark.django_db(transaction=True)
def test_an_unknown_actor_and_an_unknown_verb_do_not_break_it() -> None:
    walk = Walk().accepted()
    tamper("UPDATE verification_reviewevent SET actor = 'user:987654', verb = 'sang {aloud}' WHERE verb = 'accept'")
    assert str(lines(walk.editor, walk.review)[0].text) == "<b>somebody</b>: Sang {aloud}"


def test_hostile_words_are_shown_and_never_run() -> None:
    walk = Walk().accepted().taken()
    walk.checker.first_name = "<img src=x>"
    walk.checker.save()
    assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "<script>{who}</script>%(x)s")
    text = shown(walk.editor, walk.review)
    assert "<script>" not in text
    assert "<img" not in text
    assert "&lt;script&gt;{who}&lt;/script&gt;%(x)s" in text


def test_a_long_life_costs_no_more_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    walk = Walk().accepted()
    for number in range(5):
        review = now(walk.review)
        assignment.assign(review, walk.editor, walk.checker, seen=review.revision)
        review = now(walk.review)
        assignment.give_back(review, walk.checker, review.revision, "hand_back", f"Time {number}.")
    review = now(walk.review)
    with django_assert_num_queries(2):
        assert len(timeline(walk.editor, review)) == 12
