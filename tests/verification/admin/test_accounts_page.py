"""Two accounts of one event beside each other: on their own page, and as a panel of the case's page."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, make_candidate, make_run
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of
from tests.verification.research.sample_pair import OURS, THEIRS, add_page
from verification.admin.case.accounts import Panel, counterparts_of, lead_in_words
from verification.models import Candidate, SearchRun

pytestmark = pytest.mark.django_db

LEADS: list[dict[str, Any]] = [
    {"name": "Viktor Lindemar", "office": "President", "institution": "Drennick", "found": [1]},
    {"name": "Petra Solberg", "office": "Secretary General", "institution": "Northern Compact", "found": []},
    {"name": "Foreign Minister of Vale", "office": "Foreign Minister", "institution": "Vale", "found": []},
    {"name": "Ada Quill", "office": None, "institution": None, "found": []},
]


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


def pair(walk: Walk, **fields: object) -> tuple[Candidate, Candidate]:
    """Store the sample's two accounts as candidates of a case's claim, the second as the first's counterpart."""
    claim = walk.review.claim
    run = make_run(claim, leads=LEADS)
    ours = make_candidate(claim, add_page(OURS), run)
    return ours, make_candidate(claim, add_page(THEIRS), run, rank=2, counterpart_of=ours, **fields)


def panel(walk: Walk) -> Panel | None:
    found = Candidate.objects.filter(claim=walk.review.claim).select_related("document__source", "counterpart_of")
    runs = SearchRun.objects.filter(claim=walk.review.claim).order_by("-pk")
    return counterparts_of(found.order_by("rank"), runs, "The Brackholt Sluice will open again on 1 June.")


def opened(walk: Walk, candidate: Candidate) -> str:
    answer = as_person(walk.checker).get(page_of(walk.review, "case_accounts", candidate.pk))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_lays_the_accounts_side_by_side(walk: Walk) -> None:
    ours, theirs = pair(walk)
    text = opened(walk, theirs)
    assert "Prime Minister’s Office of Corravane" in text
    assert "Presidency of Drennick" in text
    assert '<b class="ro-differs">No</b> date for' in text
    assert "accounts differ<br>only one of them denies or rules something out" in text
    assert "in both" in text
    assert "not mentioned" in text
    assert "2 named, the same" in text
    assert f"copies/document/{ours.document_id}/" in text
    assert "One source." not in text


def test_two_that_repeat_an_agreed_text_are_told_to_be_one_source(walk: Walk) -> None:
    _ours, theirs = pair(walk, agreed_text=True)
    assert "Both repeat an agreed text: they count as one, not as two." in opened(walk, theirs)


def test_only_a_counterpart_of_this_case_has_such_a_page(walk: Walk) -> None:
    ours, theirs = pair(walk)
    other = Walk().accepted()
    client = as_person(walk.checker)
    assert client.get(page_of(walk.review, "case_accounts", ours.pk)).status_code == 404
    assert client.get(page_of(other.review, "case_accounts", theirs.pk)).status_code == 404


def test_who_may_not_open_cases_is_told_so(walk: Walk) -> None:
    _ours, theirs = pair(walk)
    nobody = make_person(name="Nell Foam")
    assert as_person(nobody).get(page_of(walk.review, "case_accounts", theirs.pk)).status_code == 403


def test_the_panel_shows_a_few_rows_and_whose_account_is_missing(walk: Walk) -> None:
    _ours, theirs = pair(walk)
    shown = panel(walk)
    assert shown is not None
    assert shown.pair is not None
    assert len(shown.pair.rows) == 6
    assert shown.missing == (
        "Secretary General Petra Solberg, Northern Compact",
        "Foreign Minister of Vale",
        "Ada Quill",
    )
    text = render_to_string("desk/case_accounts.html", {"accounts": shown, "review": walk.review})
    assert page_of(walk.review, "case_accounts", theirs.pk) in text
    assert "Both accounts in full" in text
    assert "accounts differ" in text
    assert "own account looked for, not in the library" in text


def test_the_panel_costs_one_query_and_nothing_where_there_is_no_counterpart(
    walk: Walk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pair(walk)
    found = list(Candidate.objects.filter(claim=walk.review.claim).select_related("document", "counterpart_of"))
    with django_assert_num_queries(1):
        counterparts_of(found, [], walk.review.wording)
    with django_assert_num_queries(0):
        assert counterparts_of(found[:1], [], walk.review.wording) is None


def test_a_lead_is_told_as_the_document_writes_it() -> None:
    assert [lead_in_words(lead) for lead in LEADS] == [
        "President Viktor Lindemar, Drennick",
        "Secretary General Petra Solberg, Northern Compact",
        "Foreign Minister of Vale",
        "Ada Quill",
    ]
