"""What a search suggests is stored beside what it found, once, and never changed."""

import pytest
from django.db import Error, connection, transaction
from pytest_django import DjangoAssertNumQueries

from tests.cases import RECORD, make_candidate, make_document, make_run
from tests.factories import make_claim
from verification.matching.quotes import check_quote
from verification.matching.stored_checks import quote_check_json
from verification.matching.suggesting import SUGGESTING_VERSION
from verification.models import Candidate, SearchRun, Suggestion
from verification.ranking.query import ClaimQuery
from verification.research.suggesting import suggest_for

pytestmark = pytest.mark.django_db

QUOTED = "We bought forty lamps for the northern mole, and every captain will pay a penny for them"
QUERY = ClaimQuery(f"“{QUOTED}”", (QUOTED,), "Ada Quillfeather")


def run_of(**fields: object) -> SearchRun:
    return make_run(make_claim(), **fields)


def found(run: SearchRun, text: str, title: str, rank: int = 1) -> Candidate:
    check = quote_check_json(check_quote(QUOTED, text))
    return make_candidate(run.claim, make_document(text, title=title), run, quote_check=check, rank=rank)


def test_each_candidate_has_at_most_one_with_reasons_and_version() -> None:
    run = run_of()
    own = found(run, RECORD, "Remarks by Warden Quillfeather")
    far = found(run, "The gulls of the bay were counted by a school class.", "Bay notes", 2)
    (made,) = suggest_for(run, QUERY, [own, far])
    stored = Suggestion.objects.get()
    assert (stored.pk, stored.candidate, stored.search_run) == (made.pk, own, run)
    assert (stored.kind, stored.confidence, stored.version) == ("altered_quotation", 0.85, SUGGESTING_VERSION)
    assert [reason["msgid"] for reason in stored.reasons] == [
        "a negation was added or lost",
        "“all”, “nearly”, “some” or their like differ",
        "it is the speaker’s own record",
    ]


def test_a_search_of_the_library_that_found_nothing_says_so_and_one_of_a_single_document_does_not() -> None:
    nothing = run_of(outcome="EMPTY")
    assert [(each.kind, each.candidate) for each in suggest_for(nothing, QUERY, [])] == [("not_found", None)]
    alone = run_of(source=make_document().source)
    far = found(alone, "The gulls of the bay were counted by a school class.", "Bay notes")
    assert suggest_for(alone, QUERY, [far]) == []


def test_candidates_cost_no_queries_of_their_own(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    run = run_of()
    many = [found(run, f"{RECORD} {rank}", "Remarks by Warden Quillfeather", rank) for rank in range(1, 9)]
    fresh = list(Candidate.objects.filter(pk__in=[each.pk for each in many]))
    with django_assert_num_queries(2):
        assert len(suggest_for(run, QUERY, fresh)) == 8


def test_nobody_changes_a_suggestion_afterwards() -> None:
    suggest_for(run_of(outcome="EMPTY"), QUERY, [])
    for sql in ("UPDATE verification_suggestion SET confidence = 1", "DELETE FROM verification_suggestion"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
