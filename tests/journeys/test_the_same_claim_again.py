"""The same claim again, in a real browser: shown with its answer, confirmed by one key, read on the case, taken out."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Outlet, Submission
from tests.cases import make_run, now
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.verification.admin.test_triage_same_claim import AGAIN, FELL, ROSE, crowd, printed, published
from verification.models import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_is_shown_confirmed_read_and_taken_out(page_of: PageOf, live_server: LiveServer) -> None:
    crowd()
    walk = published()
    printed(FELL)
    printed(ROSE.replace("4.1", "4.3"))
    gull = Outlet.objects.create(name="Gull Gazette")
    address = {"outlet": gull, "url": "https://gull.example/rates"}
    article, review = printed(AGAIN, published="2031-06-04T00:00Z", published_precision="day", **address)
    make_run(review.claim)
    submission = Submission.objects.create(person=walk.intake, article=article)

    page = page_of(walk.intake)
    page.goto(live_server.url + reverse("admin:claims_submission_change", args=[submission.pk]))
    expect(page.get_by_role("heading", name="Already checked")).to_be_visible()
    inspect(page, "handed-in-checked-before")
    page.goto(live_server.url + reverse("admin:triage_article", args=[article.public]))
    known = page.get_by_role("region", name="Checked before")
    expect(known.get_by_role("link", name="Public page")).to_be_visible()
    expect(page.get_by_role("region", name="May be the same")).to_contain_text("One says rose, the other fell")
    inspect(page, "triage-checked-before")
    page.locator("h1").click()
    page.keyboard.press("d")
    expect(page.get_by_text(f"part of {walk.review.number} now")).to_be_visible()
    inspect(page, "triage-joined")

    page = page_of(walk.editor)
    page.goto(live_server.url + reverse("admin:verification_review_changelist") + "?state=published")
    expect(page.get_by_text("+1 appearance")).to_be_visible()
    case = live_server.url + reverse("admin:verification_review_change", args=[walk.review.pk])
    page.goto(case)
    expect(page.get_by_role("region", name="Also appears in")).to_contain_text("Gull Gazette")
    inspect(page, "case-also-appears-in")
    page.goto(live_server.url + reverse("public:check", args=[walk.review.public]))
    expect(page.get_by_text("and 1 other")).to_be_visible()
    page.goto(case)
    page.get_by_role("button", name=re.compile("Not the same claim")).click()
    expect(page.get_by_text(f"{review.number} left {walk.review.number}")).to_be_visible()
    inspect(page, "case-parted")
    assert now(review).state == State.TRIAGE
