"""The administrator logs in and looks at what was found."""

import os
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims import work
from claims.models import Work
from tests.factories import make_claim
from verification.review.triage import open_cases

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_administrator_finds_the_claim_its_case_and_its_work(page: Page, live_server: LiveServer) -> None:
    get_user_model().objects.create_superuser(username="administrator", password="a lamp on the mole")
    claim = make_claim()
    open_cases()
    page.goto(live_server.url)
    page.get_by_label("Username:").fill("administrator")
    page.get_by_label("Password:").fill("a lamp on the mole")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("navigation", name="Sidebar").get_by_role("link", name="Queue").click()
    page.get_by_role("link", name="1 Triage").click()
    expect(page.get_by_role("link", name=claim.text)).to_be_visible()
    page.get_by_role("link", name=claim.text).click()
    expect(page.get_by_role("list", name="Where this case stands").get_by_text("Triage")).to_be_visible()
    # Facts are shown, not edited.
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "case.png", full_page=True)


def test_quarantined_work_is_tried_again_from_the_list(page: Page, live_server: LiveServer) -> None:
    get_user_model().objects.create_superuser(username="administrator", password="a lamp on the mole")
    work.enlist("tests.nothing", [7])
    lease = work.take(Work.objects.get().pk)
    assert lease is not None
    work.fail(lease, "no such page", permanent=True)
    page.goto(f"{live_server.url}/admin/claims/work/")
    page.get_by_label("Username:").fill("administrator")
    page.get_by_label("Password:").fill("a lamp on the mole")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("no such page")).to_be_visible()
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_label("Action:").select_option(label="Try the quarantined ones again")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    expect(page.get_by_text("1 is due again.")).to_be_visible()
    assert work.take(Work.objects.get().pk) is not None
