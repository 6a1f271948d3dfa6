"""Two judgments side by side: decided once, without names, nothing typed is lost."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, finding, make_candidate, make_document, make_run, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, send, told
from verification.admin.deciding.adjudicating import SOURCE_KEYS
from verification.models import Candidate, Hat, Rating, ReviewEvent, Role, Stance, State
from verification.review import adjudication, assignment, judgments
from verification.review.judgments import Pick, deciding_judgment

pytestmark = pytest.mark.django_db

ALTERED = {
    "class": "altered",
    "flags": ["negation"],
    "similarity": 0.9,
    "start": 0,
    "end": 10,
    "before": "",
    "after": ".",
    "diff": [
        {"op": "replace", "quote": "every ", "source": "no "},
        {"op": "equal", "quote": "captain", "source": "captain"},
    ],
}
WHY = "Judgment B reads it as it was heard."


def differing(*, attaches: bool = False, **second: Any) -> Walk:
    """Walk a case to adjudication: False against Missing context. The second may attach a search that found nothing.

    What `second` gives of the second judgment may be a function of the walk.
    """
    walk = Walk(second_check=True)
    candidate = make_candidate(walk.review.claim, make_document("Lamps burn."), quote_check=ALTERED)
    key = f"{candidate.document_id}:negation"
    picks = [Pick(candidate, Role.TESTS_CLAIM, Stance.REFUTES, "The second sentence.")]
    walk.accepted().taken().proposed(picks=picks, answers={key: "meaning"})
    assignment.take(walk.review, walk.second, verb="take_second")
    walk.review = now(walk.review)
    values = {
        "reasoning": "Heard otherwise [1].",
        "picks": [Pick(candidate, Role.TESTS_CLAIM, Stance.MIXED)],
        "answers": {key: "harmless"},
        "searches": [make_run(walk.review.claim, outcome="EMPTY")] if attaches else [],
    }
    values |= {name: value(walk) if callable(value) else value for name, value in second.items()}
    judgments.submit(
        walk.review,
        walk.second,
        finding(walk.review, 3, **values),
        seen=walk.judgment(walk.second, Hat.SECOND).revision,
        case_seen=walk.review.revision,
    )
    walk.review = now(walk.review)
    assert walk.review.state == State.ADJUDICATION
    return walk


def rating(value: int) -> int:
    return Rating.objects.get(scale__in_use=True, value=value).pk


def test_both_judgments_stand_side_by_side_without_names(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    walk = differing()
    client = as_person(walk.editor)
    with django_assert_max_num_queries(20):
        text = client.get(page_of(walk.review, "case_adjudicate")).content.decode()
    assert "Two checkers differ by 2 steps." in text
    assert "They rest on the same sources and read them differently." in text
    for part in (
        "The record says otherwise [1].",
        "Heard otherwise [1].",
        "The second sentence.",
        "A negation was added",
    ):
        assert part in text
    assert "changes the meaning" in text
    assert "does not change the meaning" in text
    assert "answers differ" in text
    assert "<del>every</del>" in text
    assert "Cato Lamp" not in text
    assert "Sela Rope" not in text


def test_each_source_that_has_a_number_has_its_key_in_the_bar() -> None:
    walk = differing(
        picks=lambda walk: [_pick(make_candidate(walk.review.claim, make_document(f"Bill {n}."))) for n in (1, 2)]
    )
    page = as_person(walk.editor).get(page_of(walk.review, "case_adjudicate"))
    assert [key.press for key in page.context["page_keys"] if str(key.label) == "open a source"] == ["1 2 3"]
    assert 'data-key="3"' in page.content.decode()
    assert [len(keys) for keys in SOURCE_KEYS] == [0] + 9 * [1]


def _pick(candidate: Candidate) -> Pick:
    return Pick(candidate, Role.TESTS_CLAIM, Stance.MIXED)


def test_sources_that_only_one_side_has_and_a_rating_beside_the_scale_are_told() -> None:
    walk = differing(
        attaches=True,
        rating=Rating.objects.get(scale__in_use=True, value=0),
        picks=[],
        reasoning="Nothing was found [1].",
    )
    text = as_person(walk.editor).get(page_of(walk.review, "case_adjudicate")).content.decode()
    assert "one rating stands beside the scale" in text
    assert "They do not rest on the same sources." in text
    assert "the other left it out" in text
    assert "left it out" in text
    assert "was not asked" in text


def test_a_decision_is_made_once_and_goes_on_to_the_text() -> None:
    walk = differing()
    seen = walk.review.revision
    for _time in range(2):
        answer = send(walk.editor, walk.review, "case_adjudicate", rating=rating(2), reason=WHY, revision=seen)
        assert answer.status_code == 302
    assert told(answer) == "This was done already; nothing was done twice."
    review = now(walk.review)
    assert review.state == State.DRAFTING
    decided = deciding_judgment(review)
    assert decided is not None
    assert (decided.rating_id, decided.reasoning, decided.evidence.count()) == (rating(2), WHY, 1)
    assert ReviewEvent.objects.filter(review=review, verb="adjudicate").count() == 1


def test_a_decision_without_rating_or_reason_is_told_and_keeps_the_rest() -> None:
    walk = differing()
    for chosen in ("", "x", "9" * 5000, "0"):
        answer = send(walk.editor, walk.review, "case_adjudicate", rating=chosen, reason=WHY)
        assert answer.status_code == 409
        assert "Choose a rating." in answer.content.decode()
        assert WHY in answer.content.decode()
    answer = send(walk.editor, walk.review, "case_adjudicate", rating=rating(2), reason="", whose="second")
    assert 'value="second" checked' in answer.content.decode()
    assert "Say why, so that both checkers can follow it." in answer.content.decode()
    assert f'value="{rating(2)}" required checked' in answer.content.decode()
    assert now(walk.review).state == State.ADJUDICATION


def test_who_decided_second_is_told_and_their_reason_kept() -> None:
    walk = differing()
    seen = walk.review.revision
    adjudication.adjudicate(
        walk.review, walk.editor, seen, Rating.objects.get(scale__in_use=True, value=2), "Both have a point."
    )
    other = make_person("editor", name="Otto Weir")
    answer = send(other, walk.review, "case_adjudicate", rating=rating(1), reason=WHY, revision=seen)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Edda Quay was here" in text
    assert WHY in text
    assert "readonly" in text
    judgments.return_to_research(now(walk.review), walk.editor, now(walk.review).revision, "Look again.")
    answer = send(other, walk.review, "case_adjudicate", rating=rating(1), reason=WHY, revision=seen)
    assert (answer.status_code, WHY in answer.content.decode()) == (409, True)


def test_whoever_judged_sees_why_they_may_not_decide() -> None:
    walk = differing()
    walk.checker.groups.add(*walk.editor.groups.all())
    text = as_person(walk.checker).get(page_of(walk.review, "case_adjudicate")).content.decode()
    assert "You are this case’s first checker: somebody else has to do this." in text
    assert "Decide</button>" not in text
    answer = send(walk.checker, walk.review, "case_adjudicate", rating=rating(1), reason=WHY)
    assert (answer.status_code, WHY in answer.content.decode()) == (409, True)
    assert now(walk.review).state == State.ADJUDICATION


@pytest.mark.parametrize("role", ["intake", "checker", "publisher", "auditor", "administrator", ""])
def test_only_editors_decide(role: str) -> None:
    walk = differing()
    person = make_person(role)
    assert as_person(person).get(page_of(walk.review, "case_adjudicate")).status_code == 403
    assert send(person, walk.review, "case_adjudicate", rating=rating(1), reason=WHY).status_code == 403


def test_a_case_that_is_not_to_be_decided_sends_back_and_says_why() -> None:
    walk = Walk().accepted()
    answer = as_person(walk.editor).get(page_of(walk.review, "case_adjudicate"))
    assert (answer.status_code, "does not apply" in told(answer)) == (302, True)
