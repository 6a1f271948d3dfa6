"""Two sides' accounts of one event, as a checker reads them beside each other."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.cases import Walk, make_candidate, make_run
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.verification.research.sample_pair import OURS, THEIRS, add_page
from verification.models import Candidate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def stored(walk: Walk, *, agreed: bool) -> Candidate:
    """Store the sample's two accounts as candidates, and a lead that led nowhere."""
    claim = walk.review.claim
    lead = {"name": "Petra Solberg", "office": "Secretary General", "institution": "Northern Compact", "found": []}
    run = make_run(claim, leads=[lead])
    ours = make_candidate(claim, add_page(OURS), run)
    theirs = add_page(THEIRS)
    return make_candidate(claim, theirs, run, rank=2, counterpart_of=ours, agreed_text=agreed)


def test_the_accounts_are_read_side_by_side(page_of: PageOf, live_server: LiveServer) -> None:
    walk = Walk().accepted().taken()
    theirs = stored(walk, agreed=False)
    page = page_of(walk.checker)
    page.goto(live_server.url + reverse("admin:case_accounts", args=[walk.review.pk, theirs.pk]))
    expect(page.get_by_role("row", name="accounts differ").first).to_contain_text("No date for opening the sluice")
    inspect(page, "accounts")


def test_an_agreed_text_is_told_to_be_one_source(page_of: PageOf, live_server: LiveServer) -> None:
    walk = Walk().accepted().taken()
    theirs = stored(walk, agreed=True)
    page = page_of(walk.checker)
    page.goto(live_server.url + reverse("admin:case_accounts", args=[walk.review.pk, theirs.pk]))
    expect(page.get_by_text("One source.")).to_be_visible()
    inspect(page, "accounts-agreed")
