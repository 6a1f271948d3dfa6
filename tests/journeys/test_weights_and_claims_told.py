"""Triage with all that a claim can tell, and the weights, in a real browser and in all four ways of looking."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Appearance, Article, Claim, Outlet, Speaker, Weighing
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from tests.verification.admin.articles_with_claims import make_article_with
from verification.models import Review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def article_that_tells() -> Article:
    """Make an article whose first claim has everything a claim can have, one that is strong, and two opinions."""
    article, cases = make_article_with(6, outlet=Outlet.objects.create(name="Gull Gazette"), language="en")
    told: list[dict[str, object]] = [
        {
            "asserts": ["quantity", "prediction"],
            "standalone": "The harbour board of Port 0 will have bought lamp number 0 by 4 May 2099.",
            "due": date(2099, 5, 4),
            "score": 0.62,
            "features": {"figure": 0.9, "named_source": 1.0},
            "speaker": Speaker.objects.create(name="Ada Quillfeather"),
            "reasons": [{"msgid": f"reason number {n}", "params": {}} for n in range(5)],
            "parts": [
                {"start": 0, "end": 9, "exact": "The board of Port 0", "asserts": ["event"], "wording": None},
                {"start": 9, "end": 20, "exact": "bought lamp number 0", "asserts": ["event"], "wording": None},
            ],
        },
        {
            "score": 0.84,
            "asserts": ["trend"],
            "features": {"trend": 0.9},
            "standalone": "It was the first lamp in 2031.",
        },
        {"score": 0.4, "features": {"when": 0.3}, "asserts": ["event"]},
        {"kind": Claim.Kind.OPINION},
        {"kind": Claim.Kind.OPINION},
    ]
    for review, fields in zip(cases, told, strict=False):
        Claim.objects.filter(pk=review.claim_id).update(**fields)
    chain = [{"mention": "officials", "speaker": None, "start": 0, "end": 3, "cue": "said"}]
    Appearance.objects.filter(claim=cases[0].claim).update(
        mention="the warden", mention_start=0, mention_end=3, chain=chain
    )
    return article


def test_a_claim_that_tells_everything_is_decided(page_of: PageOf, live_server: LiveServer) -> None:
    article = article_that_tells()
    page = page_of(make_person("intake", name="Ines Mole"))
    address = reverse("admin:triage_article", args=[article.public])
    page.goto(f"{live_server.url}{reverse('admin:triage')}")
    inspect(page, "triage-list-told")
    page.goto(f"{live_server.url}{address}")
    page.get_by_text("more reasons").click()
    page.get_by_text("2 opinions: nothing in them").click()
    inspect(page, "triage-told")
    page.keyboard.press("v")
    expect(page.get_by_label("Wording that stands alone")).to_have_value(
        "The harbour board of Port 0 will have bought lamp number 0 by 4 May 2099."
    )
    inspect(page, "triage-wording-taken-over")
    page.get_by_role("link", name="Divide it into these parts").click()
    expect(page.get_by_label("Parts", exact=False).first).to_have_value("The board of Port 0\nbought lamp number 0")
    page.goto(f"{live_server.url}{address}?asserts=quantity")
    inspect(page, "triage-one-kind")
    page.goto(f"{live_server.url}{address}")
    page.get_by_text("2 opinions: nothing in them").click()
    page.get_by_role("button", name="Set all 2 aside").click()
    expect(page.get_by_text("2 opinions are set aside as not checkable.")).to_be_visible()
    assert Review.objects.filter(state="not_checkable").count() == 2


def weigh(page: Page, address: str) -> None:
    """Let lamps count much more, look at it, and save it."""
    page.goto(address)
    page.get_by_label("Topic", exact=True).first.fill("Lamps")
    page.get_by_label("Words or phrases").first.fill("lamp number 2, lamp number 3")
    page.get_by_label("Counts").first.select_option("2")
    page.get_by_label("Comparisons and trends").select_option("0.5")
    page.get_by_role("button", name="See what changes").click()
    expect(page.get_by_text("nothing is saved yet")).to_be_visible()


def test_weights_are_looked_at_and_saved(page_of: PageOf, live_server: LiveServer) -> None:
    article_that_tells()
    page = page_of(make_person("editor", name="Edda Quay"))
    address = f"{live_server.url}{reverse('admin:weights')}"
    page.goto(address)
    inspect(page, "weights")
    weigh(page, address)
    inspect(page, "weights-looked-at")
    page.get_by_label("Words or phrases").first.fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Name at least one word")).to_be_visible()
    inspect(page, "weights-refused")
    page.get_by_label("Words or phrases").first.fill("lamp number 2")
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("are being weighed again")).to_be_visible()
    inspect(page, "weights-saved")


def test_both_pages_work_without_script(page_of: PageOf, live_server: LiveServer) -> None:
    article = article_that_tells()
    page = page_of(make_person("editor", name="Edda Quay"), java_script_enabled=False)
    weigh(page, f"{live_server.url}{reverse('admin:weights')}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("are being weighed again")).to_be_visible()
    assert Weighing.objects.get().topics[0]["points"] == 2
    page.goto(f"{live_server.url}{reverse('admin:triage_article', args=[article.public])}")
    page.get_by_role("button", name="Use this wording").click()
    expect(page.get_by_text("nothing is saved yet")).to_be_visible()
    page.get_by_label("Check it on").fill("")
    page.get_by_role("button", name="Accept", exact=False).last.click()
    expect(page.get_by_text("is accepted and waits in the queue")).to_be_visible()
    assert Review.objects.filter(wording__startswith="The harbour board of Port 0 will have").exists()
