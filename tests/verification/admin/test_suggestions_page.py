"""The machine's suggestions held to account: right, wrong or undecided by what was approved, and nothing else."""

from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, finding, make_candidate, make_document, make_run, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, second_version
from verification.admin.suggestions.account import account
from verification.admin.suggestions.precision import FEWEST, Share
from verification.models import Candidate, Hat, Rating, Role, SearchRun, Source, Stance, Suggestion
from verification.review import adjudication, assignment, drafting, judgments
from verification.review.judgments import Pick

pytestmark = pytest.mark.django_db

ALTERED = {"class": "altered", "flags": ["negation", "number"], "similarity": 0.9, "diff": []}
TEXT = {"headline": "No record shows who pays", "explanation": "We looked [1]."}


def suggested(about: Candidate | SearchRun, kind: str) -> Suggestion:
    candidate = about if isinstance(about, Candidate) else None
    run = about.search_run if isinstance(about, Candidate) else about
    reasons = [{"msgid": "the figures agree, in a sentence like the claim’s", "params": {}}]
    return Suggestion.objects.create(
        search_run=run, candidate=candidate, kind=kind, confidence=0.6, reasons=reasons, version="1"
    )


def taken(kind: str = "", **candidate: Any) -> tuple[Walk, Candidate]:
    """Walk a case to its checker, with one suggestion about its candidate."""
    walk = Walk()
    found = make_candidate(walk.review.claim, **candidate)
    if kind:
        suggested(found, kind)
    return walk.accepted().taken(), found


def judged(walk: Walk, candidate: Candidate, stance: str, answer: str = "") -> Walk:
    key = f"{candidate.document_id}:"
    answers = {f"{key}negation": answer, f"{key}number": "harmless"} if answer else {}
    walk.proposed(picks=[Pick(candidate, Role.TESTS_CLAIM, stance)], answers=answers)
    return walk


def outcome(kind: str | None = None, source: str | None = None) -> tuple[int, int, int]:
    """Return how many of a group were made, decided and right."""
    row = next((row for row in account().rows if (row.kind, row.source) == (kind, source)), None)
    return (row.made, row.share.of, row.share.right) if row else (0, 0, 0)


@pytest.mark.parametrize(
    ("kind", "stance", "right"),
    [
        ("supported", Stance.SUPPORTS, 1),
        ("supported", Stance.REFUTES, 0),
        ("supported", Stance.MIXED, 0),
        ("supported", Stance.SILENT, 0),
        ("contradicted", Stance.REFUTES, 1),
        ("contradicted", Stance.SUPPORTS, 0),
    ],
)
def test_the_stance_that_was_approved_says_whether_it_was_right(kind: str, stance: str, right: int) -> None:
    walk, candidate = taken(kind)
    judged(walk, candidate, stance).drafted()
    assert outcome(kind) == (1, 0, 0), "a judgment alone decides nothing"
    walk.approved()
    assert outcome(kind) == (1, 1, right)
    assert outcome(kind, "Port Example") == outcome(None, "Port Example") == outcome() == (1, 1, right)
    assert [each.stances for each in account().wrong] == ([] if right else [(stance,)])


@pytest.mark.parametrize(
    ("answer", "stance", "right"), [("meaning", Stance.SUPPORTS, 1), ("harmless", Stance.REFUTES, 0)]
)
def test_an_altered_quotation_is_judged_by_the_answer_to_its_warning(answer: str, stance: str, right: int) -> None:
    walk, candidate = taken("altered_quotation", quote_check=ALTERED)
    judged(walk, candidate, stance, answer).drafted().approved()
    assert outcome("altered_quotation") == (1, 1, right)


@pytest.mark.parametrize(
    ("stance", "decided"), [(Stance.MIXED, (1, 1)), (Stance.SUPPORTS, (1, 0)), (Stance.SILENT, (0, 0))]
)
def test_where_an_adjudicator_decided_the_stance_says_it(stance: str, decided: tuple[int, int]) -> None:
    walk = Walk(second_check=True)
    candidate = make_candidate(walk.review.claim, quote_check=ALTERED)
    suggested(candidate, "altered_quotation")
    judged(walk.accepted().taken(), candidate, stance, "meaning")
    assignment.take(walk.review, walk.second, verb="take_second")
    walk.review = now(walk.review)
    key = f"{candidate.document_id}:"
    found = finding(
        walk.review,
        3,
        picks=[Pick(candidate, Role.TESTS_CLAIM, stance)],
        answers={f"{key}negation": "harmless", f"{key}number": "harmless"},
    )
    seen = walk.judgment(walk.second, Hat.SECOND).revision
    judgments.submit(walk.review, walk.second, found, seen=seen, case_seen=walk.review.revision)
    walk.review = now(walk.review)
    assert outcome("altered_quotation") == (1, 0, 0), "nothing of two open judgments shows"
    suggested(make_candidate(walk.review.claim, candidate.document), "supported")  # too late for either of them
    adjudication.adjudicate(
        walk.review, walk.editor, walk.review.revision, Rating.objects.get(scale__in_use=True, value=2), "Both have it."
    )
    walk.review, walk.editor = now(walk.review), make_person("editor")
    verdicts_by = make_person("editor")
    draft = drafting.draft_of(walk.review, verdicts_by)
    drafting.write(walk.review, verdicts_by, draft.revision, headline="It differs", explanation="The transcript [1].")
    drafting.send_to_sign_off(walk.review, verdicts_by, walk.review.revision)
    walk.review = now(walk.review)
    walk.approved()
    assert (outcome("altered_quotation"), outcome("supported")) == ((1, *decided), (0, 0, 0))


def test_not_found_is_right_without_evidence_and_wrong_where_the_library_held_some() -> None:
    walk, candidate = taken()
    run = make_run(walk.review.claim, outcome="EMPTY")
    suggested(run, "not_found")
    assert outcome("not_found", "") == (1, 0, 0)
    none = finding(walk.review, 0, picks=[], searches=[run], reasoning="Nothing [1].")
    seen = walk.judgment().revision
    judgments.submit(walk.review, walk.checker, none, seen=seen, case_seen=walk.review.revision)
    walk.review = now(walk.review)
    walk.drafted(**TEXT).approved().published()
    assert outcome("not_found", "") == (1, 1, 1)
    make_candidate(walk.review.claim, candidate.document, make_run(walk.review.claim, source=candidate.document.source))
    second_version(walk).approved()
    assert outcome("not_found", "") == (1, 1, 0), "the newest approved version counts"


def test_what_came_in_after_the_search_does_not_make_it_wrong() -> None:
    walk, _candidate = taken()
    suggested(make_run(walk.review.claim, outcome="EMPTY"), "not_found")
    later = make_candidate(walk.review.claim, make_document(), make_run(walk.review.claim, source=Source.objects.get()))
    judged(walk, later, Stance.SUPPORTS).drafted().approved()
    assert outcome("not_found") == (1, 0, 0)


def test_a_passage_that_nobody_picked_is_not_decided() -> None:
    walk, _candidate = taken("supported")
    walk.proposed().drafted().approved()
    assert outcome("supported") == (1, 0, 0)


def test_only_what_the_checker_had_before_them_counts() -> None:
    walk, candidate = taken("contradicted")
    newer = make_candidate(walk.review.claim, candidate.document)
    suggested(newer, "supported")
    judged(walk, newer, Stance.SUPPORTS).drafted()
    later = make_candidate(walk.review.claim, candidate.document)
    suggested(later, "contradicted")
    walk.approved()
    assert (outcome("supported"), outcome("contradicted")) == ((1, 1, 1), (0, 0, 0))


@pytest.mark.parametrize("end", ["withdrawn", "void"])
def test_what_does_not_stand_decides_nothing(end: str) -> None:
    walk, candidate = taken("supported")
    judged(walk, candidate, Stance.SUPPORTS).drafted().approved()
    if end == "withdrawn":
        assignment.end(walk.review, walk.editor, walk.review.revision, "withdraw", "The article was withdrawn.")
    else:
        walk.published()
        second_version(walk, "void").approved()
    assert outcome("supported") == (1, 0, 0)


def test_the_page_says_so_in_plain_words_with_the_interval_and_too_few_as_too_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = as_person(make_person("checker"))
    assert "Nothing has been suggested yet." in client.get(reverse("admin:suggestions")).content.decode()
    for number in range(FEWEST):
        walk, candidate = taken("supported")
        judged(walk, candidate, Stance.REFUTES if number == 0 else Stance.SUPPORTS).drafted().approved()
    walk, candidate = taken("contradicted")
    judged(walk, candidate, Stance.REFUTES).drafted().approved()
    with django_assert_max_num_queries(10):
        text = client.get(reverse("admin:suggestions")).content.decode()
    assert "88 %</b>" in text
    assert "between 53 and 98" in text
    assert "too few to say" in text
    assert "Decided: refutes; rated “False”" in text
    assert "Perhaps supported" in text


@pytest.mark.parametrize(
    ("role", "status"), [("intake", 403), ("publisher", 403), ("auditor", 200), ("administrator", 200)]
)
def test_the_page_is_for_those_who_judge_and_oversee(role: str, status: int) -> None:
    assert as_person(make_person(role)).get(reverse("admin:suggestions")).status_code == status


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_interval_holds_the_share_and_narrows_with_more(right: int, wrong: int) -> None:
    share = Share(right, right + wrong)
    assert 0.0 <= share.low <= share.value + 1e-9
    assert share.value - 1e-9 <= share.high <= 1.0
    more = Share(10 * right, 10 * (right + wrong))
    assert more.high - more.low <= share.high - share.low + 1e-9


def test_every_group_is_counted_once() -> None:
    taken("supported")
    rows = account().rows
    assert len({(row.kind, row.source) for row in rows}) == len(rows)
