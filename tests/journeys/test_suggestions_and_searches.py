"""A case where nothing was found, from its search record to readers, and the page that holds suggestions to account."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.cases import Walk, make_candidate, make_document, make_run, now
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from tests.verification.admin.test_suggestions_page import ALTERED, judged, suggested, taken
from verification.admin.suggestions.precision import FEWEST
from verification.models import Stance, State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_search_record_is_attached_and_goes_out_to_readers(live_server: LiveServer, page_of: PageOf) -> None:
    walk = Walk().accepted().taken()
    claim = walk.review.claim
    run = make_run(claim, documents=14396, query={"text": claim.text, "figures": ["40"], "said": "2031-05-04"})
    for rank in (1, 2, 3):
        make_candidate(claim, make_document(f"Notice {rank} of the harbour.", title=f"Notice {rank}"), run, rank=rank)
    make_run(claim, outcome="EMPTY", documents=14390)
    make_run(claim, outcome="FAILED", documents=0, error="OperationalError('the index was away')")
    page = page_of(walk.checker)
    page.goto(f"{live_server.url}{reverse('admin:verification_review_change', args=[walk.review.pk])}")
    asked = page.get_by_role("listitem").filter(has_text="3 passages came back")
    asked.get_by_label("Attach").check()
    page.get_by_label("No primary record").check()
    page.get_by_label("Looked for support as well").check()
    page.get_by_label("Looked for what refutes it").check()
    page.get_by_role("textbox", name="Reasoning").fill("We looked in the whole library [1].")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Search record attached")).to_be_visible()
    inspect(page, "case-searched")
    asked.get_by_role("link", name="Search record").click()
    expect(page.get_by_role("heading", name="What was looked for")).to_be_visible()
    inspect(page, "search-record")
    page.go_back()
    page.get_by_role("button", name="Submit").click()
    assert now(walk.review).state == State.DRAFTING
    walk.review = now(walk.review)
    page.goto(f"{live_server.url}{reverse('admin:case_draft', args=[walk.review.pk])}")
    inspect(page, "draft-searched")
    walk.drafted(
        headline="No record shows it", explanation="We looked in the whole library [1]."
    ).approved().published()
    page.goto(f"{live_server.url}{reverse('public:check', args=[walk.review.public])}")
    expect(page.get_by_text("3 passages came back, none of them is evidence here")).to_be_visible()
    inspect(page, "check-searched")


def test_the_page_of_suggestions_holds(live_server: LiveServer, page_of: PageOf) -> None:
    for number in range(FEWEST + 1):
        walk, candidate = taken("supported")
        judged(walk, candidate, Stance.REFUTES if number == 0 else Stance.SUPPORTS).drafted().approved()
    walk, candidate = taken(
        "altered_quotation", quote_check=ALTERED | {"start": 0, "end": 9, "before": "", "after": ""}
    )
    judged(walk, candidate, Stance.MIXED, "harmless").drafted().approved()
    suggested(make_run(walk.review.claim, outcome="EMPTY"), "not_found")
    page = page_of(make_person("editor"))
    page.goto(f"{live_server.url}{reverse('admin:suggestions')}")
    inspect(page, "suggestions")
