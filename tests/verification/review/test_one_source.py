"""Two documents that are one source do not pass the gate as two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, finding, make_candidate, make_document, make_run
from verification.models import Candidate, Role, Stance
from verification.review import gate, judgments
from verification.review.gate import one_source_each
from verification.review.judgments import Pick

AGREED = "The two ports will share forty lamps."


def submitted_keys(walk: Walk, *candidates: Candidate) -> set[str]:
    """Save a judgment on these candidates; return the gate's lines that it has not met."""
    picks = [Pick(each, Role.TESTS_CLAIM, Stance.REFUTES) for each in candidates]
    draft = finding(walk.review, picks=picks, sourcing_reason="")
    judgment = judgments.save(walk.review, walk.checker, draft, seen=walk.judgment().revision)
    return {item.key for item in gate.unmet(judgments.facts_of(judgment))}


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


@pytest.mark.django_db
def test_two_accounts_of_their_own_are_two_sources(walk: Walk) -> None:
    claim = walk.review.claim
    run = make_run(claim)
    ours = make_candidate(claim, make_document("We keep the lamps."), run)
    theirs = make_candidate(
        claim, make_document("They keep them."), run, rank=2, counterpart_of=ours, agreed_text=False
    )
    assert "sourcing" not in submitted_keys(walk, ours, theirs)


@pytest.mark.django_db
def test_two_accounts_that_repeat_an_agreed_text_are_one(walk: Walk) -> None:
    claim = walk.review.claim
    run = make_run(claim)
    ours = make_candidate(claim, make_document(AGREED), run)
    theirs = make_candidate(claim, make_document(AGREED), run, rank=2, counterpart_of=ours, agreed_text=True)
    assert "sourcing" in submitted_keys(walk, ours, theirs)
    third = make_candidate(claim, make_document("The gazette says otherwise."), run, rank=3)
    assert "sourcing" not in submitted_keys(walk, ours, theirs, third)


@pytest.mark.django_db
def test_copies_of_one_text_are_one_source_whichever_of_them_is_picked(walk: Walk) -> None:
    claim = walk.review.claim
    first, second, third = (make_document(AGREED) for _number in range(3))
    make_candidate(claim, first, also_at=[second.pk, third.pk])
    picked = [make_candidate(claim, document) for document in (second, third)]
    assert "sourcing" in submitted_keys(walk, *picked)


@pytest.mark.django_db
def test_what_is_one_source_costs_one_query_and_none_for_a_single_one(
    walk: Walk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from verification.review.one_source import counted_as

    with django_assert_num_queries(1):
        counted_as(walk.review.claim_id, {1, 2})
    with django_assert_num_queries(0):
        counted_as(walk.review.claim_id, {1})


@given(st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=4), max_size=8))
def test_groups_that_share_a_document_are_one_and_others_are_not(groups: list[list[int]]) -> None:
    stands = one_source_each(groups)
    for group in groups:
        assert len({stands[document] for document in group}) == 1
    apart = [set(group) for group in groups]
    while any(one is not other and one & other for one in apart for other in apart):
        one, other = next((a, b) for a in apart for b in apart if a is not b and a & b)
        apart = [each for each in apart if each is not one and each is not other] + [one | other]
    assert len({*stands.values()}) == len(apart)
