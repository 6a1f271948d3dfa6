"""The desk's own past in a real browser: handed in, shown in triage, cited, told when a rating breaks with it.

And sources that are no page: a letter that is filed, a recording that is led into.
"""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.cases import Walk, make_run
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from tests.verification.admin.test_filing_sources import TALK, WORDS
from tests.verification.review.test_precedents import AGAIN, DAY, ROSE, case_of, crowd, earlier
from verification.models import EarlierCheck

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = (
    "Three lanterns out of five, because the board counted only the lamps of the northern mole and none of the others"
)


def test_a_past_is_handed_in_cited_and_shown_as_precedent(
    page_of: PageOf, live_server: LiveServer, tmp_path: Path
) -> None:
    crowd()
    file = tmp_path / "old.csv"
    rows = [
        f"{ROSE.replace(',', ' ')},Ada Mole,{LONG.replace(',', ' ')},https://gull.example/rates,2019-06-02",
        "Dark,,,,",
    ]
    file.write_text("claim,claimant,rating,url,date\n" + "\n".join(rows))
    page = page_of(make_person("editor"))
    page.goto(live_server.url + reverse("admin:index"))
    page.get_by_role("link", name="Earlier checks").click()
    page.get_by_label("File (ClaimReview").set_input_files(file)
    page.get_by_label("Publisher, for checks").fill("Gull Gazette")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("status")).to_contain_text("1 added, 0 known already, 1 could not be read.")
    expect(page.get_by_role("status")).to_contain_text("old.csv:3: It has no rating in words.")
    inspect(page, "earlier-checks")
    page.get_by_role("searchbox", name="Words in claim").fill("ada northern")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_text("Three lanterns out of five")).to_be_visible()
    page.get_by_role("link", name="Details").click()
    expect(page.get_by_role("button", name="Take it out")).to_be_visible()
    inspect(page, "earlier-check")

    earlier(
        published=DAY, published_precision="day", title="No, it fell", rating_value=1, rating_worst=1, rating_best=5
    )
    review = case_of(AGAIN, "Warden Quillfeather")
    make_run(review.claim)
    article = review.claim.appearances.get().article
    page.goto(live_server.url + reverse("admin:triage_article", args=[article.public]))
    known = page.get_by_role("region", name="Checked before this desk")
    expect(known.get_by_role("link", name="No, it fell")).to_be_visible()
    inspect(page, "triage-checked-before-this-desk")
    known.get_by_role("link", name="Cite it as the reason to decline").first.click()
    assert "https://gull.example/" in page.locator("#id_reason").input_value()
    page.goto(live_server.url + reverse("admin:case_file", args=[review.pk]))
    expect(page.get_by_role("region", name="Precedents")).to_contain_text("the same claim, likeness")
    inspect(page, "precedents")
    assert EarlierCheck.objects.filter(publisher="Gull Gazette").exists()


def test_a_letter_is_filed_and_a_recording_added(page_of: PageOf, live_server: LiveServer) -> None:
    walk = Walk().accepted().taken()
    page = page_of(walk.checker)
    page.goto(live_server.url + reverse("admin:verification_review_change", args=[walk.review.pk]))
    page.get_by_text("Other …").click()
    page.get_by_role("link", name="File a letter or e-mail …").click()
    page.get_by_label("What readers are told it is").fill("Letter from the board")
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("Paste its text, or choose a file")).to_be_visible()
    inspect(page, "file-a-letter")
    page.get_by_role("textbox", name="From whom", exact=True).fill("Ada Mole")
    page.get_by_label("Text", exact=True).fill(WORDS)
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("“Letter from the board” is archived")).to_be_visible()
    page.get_by_text("Other …").click()
    page.get_by_role("link", name="Add a recording …").click()
    inspect(page, "add-a-recording")
    page.get_by_label("What readers are told it is").fill("Briefing")
    page.get_by_label("Address of the recording").fill("https://port.example/briefing")
    page.get_by_label("Text", exact=True).fill(TALK)
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_role("link", name="at 00:12:29")).to_be_visible()
    inspect(page, "case-with-places")
