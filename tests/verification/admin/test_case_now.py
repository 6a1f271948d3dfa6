"""While a case's page is open it is told who else is there, how far searches are, and that the case moved on."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from claims import work
from tests.cases import Walk, make_document, now
from tests.verification.admin.test_case_page import as_person, page_of
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexDocument
from verification.models import Candidate, Document, Presence, SearchRun, Turn
from verification.people.presence import HERE, KEPT, be_here, sweep_presence
from verification.research.stretch import SEARCH_LIVE
from verification.review import assignment
from verification.review.triage import RESEARCH

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk(second_check=True).accepted().taken()


def ask(walk: Walk, person: User, **fields: Any) -> dict[str, Any]:
    values = {"revision": now(walk.review).revision} | fields
    answer = as_person(person).post(reverse("admin:case_now", args=[walk.review.pk]), values)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def test_colleagues_who_have_a_case_open_see_each_other(walk: Walk) -> None:
    assert ask(walk, walk.checker)["here"].strip() == ""
    assert "Cato Lamp has this case open too" in ask(walk, walk.editor)["here"]
    assert "Edda Quay has this case open too" in ask(walk, walk.checker)["here"]


def test_a_blind_second_checker_does_not_learn_who_judged_first(walk: Walk) -> None:
    walk.proposed()
    ask(walk, walk.checker)
    here = ask(walk, walk.second)["here"]
    assert "a checker has this case open too" in here
    assert "Cato" not in here


def test_whoever_left_is_told_of_no_more_and_forgotten_after_a_day(walk: Walk) -> None:
    be_here(walk.review, walk.editor)
    Presence.objects.update(seen_at=timezone.now() - HERE - timedelta(seconds=5))
    assert be_here(walk.review, walk.checker) == []
    Presence.objects.filter(person=walk.editor).update(seen_at=timezone.now() - KEPT - timedelta(hours=1))
    assert sweep_presence() == 1
    assert Presence.objects.get().person == walk.checker


def test_a_case_that_moved_on_is_told(walk: Walk) -> None:
    seen = now(walk.review).revision
    assert "moved on" not in ask(walk, walk.checker, revision=seen)["here"]
    assignment.pause(now(walk.review), walk.checker, seen, "await_source", "The minutes of the board.")
    assert "This case has moved on" in ask(walk, walk.checker, revision=seen)["here"]


def test_a_turn_that_ends_within_the_hour_is_told(walk: Walk) -> None:
    assert "your turn ends" not in ask(walk, walk.checker)["here"]
    Turn.objects.update(until=timezone.now() + timedelta(minutes=20))
    assert "your turn ends at" in ask(walk, walk.checker)["here"]
    assert "your turn ends" not in ask(walk, walk.editor)["here"]


def test_a_search_under_way_is_shown_and_can_be_called_off(walk: Walk) -> None:
    work.cancel(RESEARCH, [walk.review.claim_id], "nobody")
    assert ask(walk, walk.checker)["busy"] is False
    work.uncancel(RESEARCH, [walk.review.claim_id])
    told = ask(walk, walk.checker)
    assert told["busy"] is True
    assert "The library is being searched" in told["searches"]
    cancel = reverse("admin:case_search_cancel", args=[walk.review.pk])
    assert as_person(walk.checker).post(cancel).status_code == 302
    told = ask(walk, walk.checker, watched="1")
    assert told["busy"] is False
    assert "ended early" in told["searches"]
    as_person(walk.checker).post(reverse("admin:case_search", args=[walk.review.pk]))
    assert ask(walk, walk.checker)["busy"] is True


def test_what_live_sources_answered_is_told_as_it_comes(walk: Walk) -> None:
    work.enlist(SEARCH_LIVE, [walk.review.claim_id])
    source = make_document().source
    for outcome in ("OK", "FAILED"):
        SearchRun.objects.create(
            claim=walk.review.claim,
            source=source,
            query={},
            documents=3,
            step="list",
            outcome=outcome,
            started_at=timezone.now(),
        )
    told = ask(walk, walk.checker)["searches"]
    assert "2 of 3 answered" in told
    assert "Failed" in told


def test_precedents_and_the_next_case_come_once_with_the_first_answer(walk: Walk) -> None:
    other = Walk().accepted()
    assignment.take(other.review, walk.checker, other.review.revision)
    told = ask(walk, walk.checker, first="1")
    assert page_of(other.review) in told["neighbours"]
    assert "beside" in told
    assert "beside" not in ask(walk, walk.checker)


def indexed(text: str) -> Document:
    document = make_document(text)
    PostgresIndex().add([IndexDocument(document.pk, document.title or "", document.text, "en")])
    return document


def test_the_library_is_asked_in_ones_own_words_and_what_is_new_stands_first(walk: Walk) -> None:
    document = indexed("The breakwater committee met in the granary on the ninth of May.")
    client = as_person(walk.checker)
    find = reverse("admin:case_find", args=[walk.review.pk])
    page = client.post(find, {"words": "breakwater committee granary"}, follow=True)
    assert "1 new" in page.content.decode()
    first = page.context["shown"][0]
    assert first.candidate.document == document
    assert first.tells
    run = SearchRun.objects.get(step="own_words")
    assert run.query["words"] == "breakwater committee granary"
    assert not run.is_live
    client.post(find, {"words": "granary committee"})
    assert Candidate.objects.filter(document=document).count() == 2
    assert [card.candidate.document for card in client.get(page_of(walk.review)).context["cards"]].count(document) == 1


def test_nothing_found_in_ones_own_words_is_on_record(walk: Walk) -> None:
    find = reverse("admin:case_find", args=[walk.review.pk])
    page = as_person(walk.checker).post(find, {"words": "zyzzyva quokka"}, follow=True).content.decode()
    assert "holds nothing for “zyzzyva quokka”" in page
    assert SearchRun.objects.get(step="own_words").outcome == "EMPTY"
    assert as_person(walk.checker).post(find, {"words": " "}, follow=True).status_code == 200
    assert SearchRun.objects.filter(step="own_words").count() == 1


def test_only_whoever_has_the_case_or_an_editor_searches_and_calls_off(walk: Walk) -> None:
    for name in ("case_find", "case_search_cancel"):
        url = reverse(f"admin:{name}", args=[walk.review.pk])
        assert as_person(walk.second).post(url, {"words": "granary"}).status_code == 403
