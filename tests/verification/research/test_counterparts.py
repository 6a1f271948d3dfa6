"""The other side's own account is found by who took part, within a few days, and never proposed twice."""

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.translation import tell
from tests.cases import make_run
from tests.factories import make_claim
from tests.verification.index.library import add_to_library
from tests.verification.research.sample_pair import EARLIER, GAZETTE, OURS, REMARKS, THEIRS, add_page, moved
from verification.index.postgres import PostgresIndex
from verification.models import Document, Source
from verification.ranking.query import ClaimQuery
from verification.ranking.ranked import RankedCandidate
from verification.research.counterparts import Accounts, leads_json, look_for_accounts
from verification.research.storing import store_candidates

pytestmark = pytest.mark.django_db

CLAIM = ClaimQuery(text="The two leaders agreed that the Brackholt Sluice will open again on 1 June.")


def ranked(*documents: Document) -> list[RankedCandidate]:
    return [RankedCandidate(each.pk, 0, 80, 9.0 - place, (), None) for place, each in enumerate(documents)]


def look(*documents: Document) -> Accounts:
    return look_for_accounts(CLAIM, ranked(*documents), PostgresIndex())


def reasons(accounts: Accounts) -> str:
    return " · ".join(map(str, accounts.found[0].candidate.reasons))


def test_each_side_of_the_sample_call_leads_to_the_other() -> None:
    add_page(EARLIER)
    add_page(GAZETTE)
    add_page(REMARKS)
    ours, theirs = add_page(OURS), add_page(THEIRS)
    for first, other in ((ours, theirs), (theirs, ours)):
        accounts = look(first)
        assert [(found.candidate.document_id, found.of, found.agreed) for found in accounts.found] == [
            (other.pk, first.pk, False)
        ]
    assert "the other side’s own account: Prime Minister Helen Arkwright, Corravane, took part" in reasons(accounts)
    assert "published the same day" in reasons(accounts)
    passage = look(ours).found[0].candidate
    assert "No date for opening the sluice" in theirs.text[passage.start : passage.end]


def test_a_counterpart_that_is_ranked_already_is_marked_and_not_proposed_again() -> None:
    ours, theirs = add_page(OURS), add_page(THEIRS)
    accounts = look(ours, theirs)
    assert [(found.candidate.document_id, found.of) for found in accounts.found] == [(theirs.pk, ours.pk)]
    assert accounts.found[0].candidate.score == 8.0
    assert {lead.name: lead.found for lead in accounts.leads} == {
        "Viktor Lindemar": (theirs.pk,),
        "Helen Arkwright": (ours.pk,),
    }


def test_what_was_looked_for_in_vain_is_told_as_it_was_written() -> None:
    accounts = look(add_page(OURS))
    assert not accounts.found
    assert leads_json(accounts.leads) == [
        {"name": "Viktor Lindemar", "office": "President", "institution": "Drennick", "found": []}
    ]


def test_an_account_of_another_week_is_another_event() -> None:
    ours, theirs = add_page(OURS), add_page(THEIRS)
    theirs.published = moved(theirs, 9)
    theirs.save()
    assert not look(ours).found


def test_an_account_without_a_date_is_found_and_that_is_told() -> None:
    ours, theirs = add_page(OURS), add_page(THEIRS)
    theirs.published = theirs.published_precision = None
    theirs.save()
    assert look(ours).found[0].candidate.document_id == theirs.pk
    assert "the day of one of the two is not known" in reasons(look(ours))


def test_a_superseded_account_is_no_longer_one() -> None:
    ours, theirs = add_page(OURS), add_page(THEIRS)
    theirs.superseded_at = theirs.published
    theirs.save()
    assert not look(ours).found


def test_two_accounts_that_repeat_an_agreed_text_are_told_to_be_one_source() -> None:
    ours = add_page(OURS)
    other = Source.objects.create(name="Presidency of Drennick", tier=1)
    agreed = add_to_library(
        ours.text,
        "Readout of the Call between President Lindemar and Prime Minister Arkwright of Corravane",
        source=other,
        published=ours.published,
        published_precision="day",
    )
    accounts = look(ours)
    assert [(found.candidate.document_id, found.agreed) for found in accounts.found] == [(agreed.pk, True)]
    assert "one source" in reasons(accounts)


def test_a_document_far_from_the_claims_day_leads_nowhere() -> None:
    ours = add_page(OURS)
    add_page(THEIRS)
    assert ours.published is not None
    day = moved(ours, 40).date()
    claim = ClaimQuery(text=CLAIM.text, said=day, said_precision="day")
    assert look_for_accounts(claim, ranked(ours), PostgresIndex()) == Accounts()


def test_the_library_is_asked_a_few_times_however_much_it_holds(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    ours = add_page(OURS)
    add_page(THEIRS)
    for number in range(30):
        add_to_library(f"Notice {number} to shipping on Lake Ellowen.", "Notice to Shipping")
    with django_assert_max_num_queries(24):
        look(ours)


def test_an_office_alone_does_not_make_another_countrys_account_ones_own() -> None:
    ours, theirs = add_page(OURS), add_page(THEIRS)
    Source.objects.create(name="Prime Minister’s Office of Vale", tier=1)
    theirs.source = Source.objects.get(name="Prime Minister’s Office of Vale")
    theirs.save()
    accounts = look(ours)
    assert not accounts.found
    assert [lead.name for lead in accounts.leads if lead.found] == []


def test_a_colleague_whom_another_source_speaks_for_is_a_lead_too() -> None:
    opening = (
        "President Elena Marsh and Secretary of State Ada Quill met today with Chancellor Tomas Lindqvist of Karsland."
    )
    first, second = (
        Source.objects.create(name=name, tier=1) for name in ("Office of the Warden", "Department of State")
    )
    ours = add_to_library(opening, "Readout of President Marsh’s Meeting with Chancellor Lindqvist", source=first)
    theirs = add_to_library(
        "Secretary of State Ada Quill met today with Chancellor Tomas Lindqvist, together with President Marsh.",
        "Secretary Quill’s Meeting with Karslandic Chancellor Lindqvist",
        source=second,
    )
    Document.objects.filter(pk=ours.pk).update(kind="readout")
    accounts = look(ours)
    assert [found.candidate.document_id for found in accounts.found] == [theirs.pk]
    assert "another participant’s own account: Secretary of State Ada Quill took part" in reasons(accounts)
    assert {lead.name: bool(lead.found) for lead in accounts.leads} == {"Ada Quill": True, "Tomas Lindqvist": False}


def test_a_counterpart_that_was_ranked_already_is_stored_in_its_place_with_why_it_is_one() -> None:
    ours, theirs = add_page(OURS), add_page(THEIRS)
    found = ranked(ours, theirs)
    run = make_run(make_claim())
    first, other = store_candidates(run, CLAIM, found, look_for_accounts(CLAIM, found, PostgresIndex()))
    assert (first.document, other.document, other.counterpart_of) == (ours, theirs, first)
    assert (other.rank, other.score, other.role) == (2, 8.0, "tests_claim")
    assert "took part" in str(tell(other.reasons))
    assert "took part" not in str(tell(first.reasons))
