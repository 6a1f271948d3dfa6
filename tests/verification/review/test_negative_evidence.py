"""A record of not finding as evidence: attached, cited, frozen with the version, and held to by the database."""

import json
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.cases import Walk, finding, make_candidate, make_document, make_run, now
from tests.factories import make_claim
from tests.verification.admin.opening import as_person, page_of, second_version, text_of
from verification.models import Hat, Rating, ReviewEvent, SearchEvidence, SearchRun, State, Verdict, VerdictSearch
from verification.review import adjudication, afterwards, assignment, drafting, judgments
from verification.review.gate import Facts, Piece, unmet
from verification.review.judgments import Finding, deciding_judgment
from verification.review.refusals import Unmet

pytestmark = pytest.mark.django_db

WHY = "We looked in the whole library for the lamps of the northern mole [1]. There is nothing."
TEXT = {"headline": "No record shows who pays for the lamps", "explanation": "We looked [1], and found nothing."}


def no_record(*searches: SearchRun, reasoning: str = WHY) -> Finding:
    return Finding(
        Rating.objects.get(scale__in_use=True, value=0),
        reasoning,
        none_supports=True,
        none_refutes=True,
        searches=searches,
    )


def searched(walk: Walk, outcome: str = "EMPTY", **fields: object) -> SearchRun:
    return make_run(walk.review.claim, outcome=outcome, documents=14396, **fields)


def submit(walk: Walk, found: Finding, hat: str = Hat.FIRST) -> Walk:
    person = walk.checker if hat == Hat.FIRST else walk.second
    seen = walk.judgment(person, hat).revision
    judgments.submit(walk.review, person, found, seen=seen, case_seen=walk.review.revision)
    walk.review = now(walk.review)
    return walk


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


def facts(**fields: Any) -> Facts:
    values: dict[str, Any] = {
        "rated": True,
        "beside_scale": True,
        "pieces": (),
        "none_supports": True,
        "none_refutes": True,
        "searches": (1,),
        "open_warnings": 0,
        "reasoning": WHY,
        "sourcing_reason": "",
    }
    return Facts(**values | fields)


def test_beside_the_scale_the_gate_wants_a_search_record_and_its_citation() -> None:
    assert unmet(facts()) == []
    assert [item.key for item in unmet(facts(searches=()))] == ["searched", "reasoning"]
    assert [item.key for item in unmet(facts(reasoning="We looked."))] == ["reasoning"]
    assert [item.key for item in unmet(facts(reasoning="We looked [2]."))] == ["reasoning"]
    assert "searched" not in [item.key for item in unmet(facts(beside_scale=False, searches=()))]


@pytest.mark.parametrize(
    ("stance", "ticked", "told"),
    [
        ("refutes", {"none_supports": True, "none_refutes": False}, None),
        ("supports", {"none_supports": False, "none_refutes": True}, None),
        ("mixed", {"none_supports": False, "none_refutes": False}, None),
        ("silent", {"none_supports": True, "none_refutes": True}, None),
        ("refutes", {"none_supports": True, "none_refutes": True}, "Something that refutes it is picked"),
        ("supports", {"none_supports": True, "none_refutes": True}, "Something that supports it is picked"),
        ("mixed", {"none_supports": False, "none_refutes": True}, "Something that refutes it is picked"),
        ("silent", {"none_supports": True, "none_refutes": False}, "or tick that none was found"),
    ],
)
def test_nobody_says_that_nothing_was_found_beside_what_they_picked(
    stance: str, ticked: dict[str, bool], told: str | None
) -> None:
    piece = Piece(number=1, stance=stance, archived=True, anchored=True, tier=0, source=1)
    found = [item for item in unmet(facts(pieces=(piece,), **ticked)) if item.key == "both_sides"]
    assert [told in str(item.how) for item in found if told] == ([True] if told else [])
    assert bool(found) is bool(told)


def test_no_record_found_is_not_submitted_without_a_search_that_came_back(walk: Walk) -> None:
    searched(walk)
    with pytest.raises(Unmet, match="Attach a search that came back"):
        submit(walk, no_record())
    assert now(walk.review).state == State.RESEARCHING


@pytest.mark.parametrize("of", ["a search that failed", "another claim"])
def test_what_did_not_come_back_or_is_of_another_claim_cannot_be_attached(walk: Walk, of: str) -> None:
    run = searched(walk, "FAILED") if of == "a search that failed" else make_run(make_claim(), outcome="EMPTY")
    with pytest.raises(Unmet, match="Only a search for this claim that came back"):
        submit(walk, no_record(run))
    assert not SearchEvidence.objects.exists()


def test_a_search_record_is_numbered_after_the_passages_and_attached_once(walk: Walk) -> None:
    older, newer = searched(walk), searched(walk)
    submit(
        walk,
        finding(walk.review, reasoning="It differs [1], and nothing bears it out [3].", searches=[newer, older, newer]),
    )
    kept = [(record.number, record.search_run_id) for record in walk.judgment().searches.all()]
    assert kept == [(2, newer.pk), (3, older.pk)]
    event = ReviewEvent.objects.select_related("payload").get(review=walk.review, verb="propose")
    told = json.loads(event.payload.body)["searches"]
    assert told[1] == {"number": 3, "search": str(older.public), "outcome": "EMPTY", "documents": 14396}


def test_it_goes_out_with_the_version_and_readers_are_told(walk: Walk, client: Client) -> None:
    run = searched(walk)
    submit(walk, no_record(run)).drafted(**TEXT).approved()
    verdict = Verdict.objects.get()
    assert [(each.number, each.search_run_id) for each in verdict.searches.all()] == [(1, run.pk)]
    shown = text_of(walk, "case_publish", walk.publisher)
    walk.published()
    public = client.get(reverse("public:check", args=[walk.review.public])).content.decode()
    for text in (shown, public):
        assert '<li id="e1">' in text
        assert 'href="#e1" aria-label="Evidence [1]"' in text
        assert "14,396 documents could have answered" in text
        assert "nothing found" in text
        assert text.count("14,396") == 1, "an attached search is told once"


def test_a_number_that_neither_evidence_nor_search_has_is_told_before_it_goes_out(walk: Walk) -> None:
    submit(walk, no_record(searched(walk)))
    with pytest.raises(Unmet, match=r"no evidence of this number: \[2\]"):
        walk.drafted(**TEXT | {"explanation": "We looked [1], twice [2]."})


def test_passages_that_came_back_and_test_nothing_are_counted(walk: Walk, client: Client) -> None:
    run = searched(walk, "OK")
    for rank in (1, 2):
        make_candidate(walk.review.claim, make_document(f"Notice {rank} of the harbour."), run, rank=rank)
    submit(walk, no_record(run)).drafted(**TEXT).approved().published()
    address = reverse("public:check", args=[walk.review.public])
    assert "2 passages came back, none of them is evidence here" in client.get(address).content.decode()


def differing() -> tuple[Walk, SearchRun]:
    """Walk a case to adjudication: False against no record found."""
    walk = Walk(second_check=True).accepted().taken().proposed()
    run = searched(walk)
    assignment.take(walk.review, walk.second, verb="take_second")
    walk.review = now(walk.review)
    return submit(walk, no_record(run), Hat.SECOND), run


def test_whoever_decides_sees_the_records_and_takes_those_of_both() -> None:
    walk, run = differing()
    text = text_of(walk, "case_adjudicate", walk.editor)
    assert "14,396 documents: nothing found" in text
    adjudication.adjudicate(
        walk.review,
        walk.editor,
        walk.review.revision,
        Rating.objects.get(scale__in_use=True, value=0),
        "Nothing tests it.",
    )
    decided = deciding_judgment(now(walk.review))
    assert decided is not None
    assert [(each.number, each.search_run_id) for each in decided.searches.all()] == [(2, run.pk)]


def test_without_a_record_of_either_side_nobody_decides_beside_the_scale() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    assignment.take(walk.review, walk.second, verb="take_second")
    walk.review = now(walk.review)
    submit(walk, finding(walk.review, 3), Hat.SECOND)
    with pytest.raises(Unmet, match="Neither judgment has a search record"):
        adjudication.adjudicate(
            walk.review, walk.editor, walk.review.revision, Rating.objects.get(scale__in_use=True, value=0), "Nothing."
        )
    assert now(walk.review).state == State.ADJUDICATION


def test_a_returned_judgment_and_a_correction_keep_their_records(walk: Walk) -> None:
    run = searched(walk)
    submit(walk, no_record(run)).drafted(**TEXT)
    judgments.return_to_research(walk.review, walk.editor, walk.review.revision, "Look once more.")
    walk.review = now(walk.review)
    assert walk.judgment().searches.get().search_run == run
    submit(walk, no_record(run))
    drafting.send_to_sign_off(walk.review, walk.checker, walk.review.revision)
    walk.review = now(walk.review)
    walk.approved().published()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "update", "A notice came in.")
    walk.review = now(walk.review)
    walk.taken()
    assert walk.judgment().searches.get().search_run == run


def refused(verdict: Verdict, run: SearchRun, number: int) -> None:
    with pytest.raises(Error), transaction.atomic():
        VerdictSearch.objects.create(verdict=verdict, search_run=run, number=number)


def test_the_database_keeps_other_searches_from_a_version_and_adds_none_to_one_that_is_out(walk: Walk) -> None:
    walk.proposed().drafted().approved()
    verdict, run = Verdict.objects.get(), searched(walk)
    refused(verdict, make_run(make_claim(), outcome="EMPTY"), 2)
    refused(verdict, searched(walk, "FAILED"), 2)
    refused(verdict, run, 1)
    VerdictSearch.objects.create(verdict=verdict, search_run=run, number=2)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM verification_verdictsearch")
    walk.published()
    refused(verdict, run, 3)


def test_the_form_attaches_what_came_back_and_offers_nothing_that_failed(walk: Walk) -> None:
    run, failed = searched(walk), searched(walk, "FAILED")
    client, page = as_person(walk.checker), page_of(walk.review, "verification_review_change")
    text = client.get(page).content.decode()
    assert f'name="attach" value="{run.pk}"' in text
    assert f'name="attach" value="{failed.pk}"' not in text
    form = {
        "revision": walk.review.revision,
        "judgment_revision": walk.judgment().revision,
        "rating": Rating.objects.get(scale__in_use=True, value=0).pk,
        "reasoning": WHY,
        "none_supports": "on",
        "none_refutes": "on",
        "attach": [run.pk, failed.pk, "9" * 30, "²"],
        "submit": "1",
    }
    client.post(page_of(walk.review, "case_judge"), form)
    assert [each.search_run for each in walk.judgment().searches.all()] == [run]
    assert now(walk.review).state == State.DRAFTING
    assert "14,396 documents" in text_of(walk, "case_draft", walk.editor)
    assert "Search records: 1" in client.get(page).content.decode()


def test_of_two_windows_both_attachments_are_shown(walk: Walk) -> None:
    older, newer = searched(walk), searched(walk)
    client, page = as_person(walk.checker), page_of(walk.review, "case_judge")
    form = {"revision": walk.review.revision, "judgment_revision": 0, "reasoning": WHY, "attach": [older.pk]}
    for _time in range(2):
        answer = client.post(page, form, follow=True)
    assert "nothing was done twice" in answer.content.decode()
    answer = client.post(page, form | {"attach": [newer.pk]})
    assert answer.status_code == 409
    assert answer.content.decode().count("<li>[1] Search: the whole library") == 2
    assert walk.judgment().searches.get().search_run == older


def test_numbers_stay_with_the_searches_when_another_is_attached(walk: Walk) -> None:
    older, newer = searched(walk), searched(walk)
    client = as_person(walk.checker)
    form = {"revision": walk.review.revision, "judgment_revision": 0, "reasoning": WHY, "attach": [newer.pk]}
    client.post(page_of(walk.review, "case_judge"), form)
    form |= {"judgment_revision": 1, "attach": [older.pk, newer.pk], f"search-number-{newer.pk}": 1}
    client.post(page_of(walk.review, "case_judge"), form)
    assert [each.search_run for each in walk.judgment().searches.all()] == [newer, older]


def test_a_search_record_says_in_words_what_was_asked_and_what_came_back(walk: Walk) -> None:
    asked = {"text": "Forty lamps", "quotations": ["no captain"], "said": "2031-05-04", "speaker": None, "dialect": "x"}
    lead = {"name": "Otto Weir", "office": "Minister", "institution": "Port Authority", "found": []}
    run = searched(walk, "OK", query=asked, versions={"ranking": "7"}, leads=[lead])
    make_candidate(walk.review.claim, make_document(title="Notice 9"), run)
    text = as_person(walk.intake).get(page_of(walk.review, "search_record", run.pk)).content.decode()
    for part in ("Forty lamps", "no captain", "4 May 2031", "dialect", "ranking 7", "Notice 9", "1 passage came back"):
        assert part in text, part
    assert "Minister Otto Weir, Port Authority</span>: none in the library" in text
    other = Walk().review
    assert as_person(walk.intake).get(page_of(other, "search_record", run.pk)).status_code == 404


def test_a_second_version_is_shown_at_sign_off_with_its_records(walk: Walk) -> None:
    run = searched(walk)
    submit(walk, no_record(run)).drafted(**TEXT).approved().published()
    make_candidate(walk.review.claim)
    second_version(walk)
    assert "Every number the text cites" in text_of(walk, "case_sign_off", walk.editor)
