"""What live sources were asked for a claim, on its case: told step by step, asked again, attached, never in the way."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims import work
from claims.models import Claim, Work
from tests.cases import Walk, make_candidate, make_run
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, send, text_of, told
from tests.verification.admin.sources_at_hand import make_source
from verification.models import SearchRun, Source
from verification.research.stretch import SEARCH_LIVE

pytestmark = pytest.mark.django_db
WHY = [{"msgid": "%(who)s took part: their own institution may have told of it", "params": {"who": "the board"}}]


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


def live(walk: Walk, source: Source, **fields: Any) -> SearchRun:
    """Store one question of a search plan to a live source."""
    query = {"why": WHY, "phrase": "every captain will pay", "days": ["2031-05-03", "2031-05-07"]}
    values: dict[str, Any] = {"step": "phrase", "documents": 3, "outcome": "OK", "query": query}
    return make_run(walk.review.claim, source=source, **values | fields)


def panel_of(walk: Walk) -> str:
    page = text_of(walk, "case_file", walk.checker)
    found = re.search(r'<section class="ro-panel" id="live".*?</section>', page, re.S)
    assert found
    return " ".join(found[0].split())


def test_each_question_is_told_with_its_step_reason_and_outcome(walk: Walk) -> None:
    board, quay = make_source(enabled=True), make_source("Quay Office", enabled=True)
    live(walk, board, since=datetime(2031, 5, 3, tzinfo=UTC))
    live(walk, quay, step="list", outcome="REFUSED", documents=0, error="It asks whether one is a robot.")
    panel = panel_of(walk)
    for words in ("Answered", "searched for words", "the board took part", "These very words: every captain will pay"):
        assert words in panel
    for words in ("Days: 3 May 2031 – 7 May 2031", "3 entries shown", "Refused", "It asks whether one is a robot."):
        assert words in panel
    assert f'href="{page_of(walk.review, "verification_review_change")}#sources">hand it in' in panel
    assert panel.index("Quay Office") < panel.index("Harbour Board"), "newest first"


def test_whoever_has_the_case_has_live_sources_asked_and_is_told_while_they_are(walk: Walk) -> None:
    assert "This desk asks no live source" in panel_of(walk)
    make_source(enabled=True, speaks_for="Harbour Board", also_called=["Port Example", "the harbour board"])
    Claim.objects.update(said=datetime(2031, 5, 4, tzinfo=UTC), said_precision="day")
    assert "No live source was asked for this claim yet." in panel_of(walk)
    answer = send(walk.checker, walk.review, "case_search_live")
    assert "Live sources are being asked" in told(answer)
    assert answer["Location"].endswith("/file/#live")
    assert Work.objects.filter(work.OPEN, kind=SEARCH_LIVE, subject=walk.review.claim_id).count() == 1
    panel = panel_of(walk)
    assert "Live sources are being asked since" in panel
    assert "<button" not in panel
    assert as_person(make_person("checker")).post(page_of(walk.review, "case_search_live")).status_code == 403


def test_a_search_that_could_ask_nobody_says_so(walk: Walk) -> None:
    make_source(enabled=True, configuration={})
    assert "No source that is switched on could be asked" in told(send(walk.checker, walk.review, "case_search_live"))
    assert not Work.objects.filter(kind=SEARCH_LIVE).exists()


def test_many_live_questions_hide_no_passage_of_the_library(
    walk: Walk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    source = make_source(enabled=True)
    for _number in range(70):
        live(walk, source, outcome="EMPTY", documents=0)
    browser = as_person(walk.checker)
    text_of(walk, "verification_review_change", walk.checker)  # whoever has the case opens a draft with it
    with django_assert_max_num_queries(20):
        page = browser.get(page_of(walk.review, "verification_review_change")).content.decode()
    assert "no captain will pay a penny for them" in page
    assert "library asked once" in page
    assert "30 questions to live sources" in page
    article = walk.review.claim.appearances.get().article
    sheet = as_person(walk.intake).get(reverse("admin:triage_article", args=[article.public])).content.decode()
    assert "Nothing was found in the library" not in sheet


@pytest.mark.parametrize(
    ("outcome", "may", "words"),
    [
        ("EMPTY", True, "nothing found."),
        ("NOT_PUBLISHED", True, "not published there."),
        ("REFUSED", False, "refused to answer. This is not “nothing found”."),
        ("THROTTLED", False, "asked to wait. This is not “nothing found”."),
    ],
)
def test_only_what_answered_can_be_attached_as_evidence_of_having_looked(
    walk: Walk, outcome: str, may: bool, words: str
) -> None:
    run = live(walk, make_source(enabled=True), outcome=outcome, documents=0)
    page = " ".join(text_of(walk, "verification_review_change", walk.checker).split())
    assert words in page
    assert (f'name="attach" value="{run.pk}"' in page) is may


def test_the_record_of_a_live_search_says_what_was_asked_and_why(walk: Walk) -> None:
    run = live(walk, make_source(enabled=True), outcome="NOT_PUBLISHED", documents=0)
    make_candidate(walk.review.claim)
    page = " ".join(text_of(walk, "case_file", walk.checker).split())
    address = reverse("admin:search_record", args=[walk.review.pk, run.pk])
    assert address in page
    record = " ".join(as_person(walk.checker).get(address).content.decode().split())
    for words in ("Not published there.", "the board took part", "3 May 2031 – 7 May 2031", "every captain will pay"):
        assert words in record
    assert "document could have answered" not in record
