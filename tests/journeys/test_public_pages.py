"""The public pages in a real browser: no fault that axe finds, nothing refused by the policy, in all four ways."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cases import make_document
from tests.journeys.inspecting import inspect
from tests.people import make_person
from tests.verification.publishing.rows import CHECK, SAID, Piece, make_case, publish, see_in, set_desk
from tests.verification.publishing.samples import HOSTILE
from verification.index.collection import PUBLIC
from verification.index.rebuilding import rebuild
from verification.models import DeskText, Publication, Role, Stance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def corrected_check() -> Publication:
    """Publish a check with two pieces of evidence, seen in two newspapers, and correct it."""
    review = publish().review
    see_in(review, "Gull Gazette")
    record = make_document(
        SAID,
        url="https://port.example/remarks",
        published=datetime(2031, 5, 4, 22, 9, tzinfo=UTC),
        published_precision="minute",
        published_offset=-300,
    )
    figures = make_document("There were forty lamps.", tier=2, title="Figures of the northern mole")
    pieces = [Piece(record, quote_check=CHECK), Piece(figures, Role.CONTEXT, Stance.SILENT)]
    return publish(review, 2, pieces=pieces, said=datetime(2031, 5, 4, tzinfo=UTC), said_precision="day")


def test_every_public_page_is_sound(page: Page, live_server: LiveServer) -> None:
    home = f"{live_server.url}/checks/"
    page.goto(home)
    inspect(page, "public-nothing-yet")
    set_desk(sample=True, names_public=True, licence="Text under CC BY 4.0", homepage="https://lantern.example/")
    for value in (5, 4, 3, 1):
        publish(value=value)
    withdrawn = publish(publish().review, change="void", change_note="The transcript was of another day.")
    publish(value=0, pieces=[], claimant=None)
    corrected = corrected_check()
    for text in ("Of no party.", "Of **no** party at all.\n\n- none"):
        DeskText.objects.create(kind="ethics", text=text, by=make_person("editor"))
    rebuild(collection=PUBLIC)
    case = f"{home}{corrected.review.public}/"
    for name, address in {
        "public-list": home,
        "public-found": f"{home}?q=captain&rating=False",
        "public-none-found": f"{home}?q=zebra",
        "public-check": case,
        "public-old-version": f"{case}v1/",
        "public-withdrawn": f"{home}{withdrawn.review.public}/",
        "public-corrections": f"{home}corrections/",
        "public-how": f"{home}how/",
        "public-narrowed": f"{home}?q=captain&since=2001-05-04&until=nonsense&language=en",
        "public-speakers": f"{home}speakers/",
        "public-topics-none": f"{home}topics/",
        "public-outlets": f"{home}outlets/",
        "public-about": f"{home}about/",
        "public-policy": f"{home}about/ethics/",
        "public-policy-before": f"{home}about/ethics/v1/",
        "public-report": f"{case}report/",
        "public-report-thanks": f"{case}report/thanks/",
    }.items():
        page.goto(address)
        inspect(page, name)


def test_hostile_words_break_no_page_and_run_nothing(page: Page, live_server: LiveServer) -> None:
    for name, text in HOSTILE.items():
        document = make_document(text, title=text, url="javascript:alert(1)")
        check = {"class": "altered", "flags": [], "diff": [{"op": "replace", "quote": text, "source": text}]}
        words: dict[str, Any] = {"headline": text, "explanation": text, "claim_text": text, "claimant": text[:200]}
        review = publish(make_case(title=text), pieces=[Piece(document, quote_check=check)], **words).review
        page.goto(f"{live_server.url}/checks/{review.public}/")
        inspect(page, f"public-hostile-{name.replace(' ', '-')}")
    page.goto(f"{live_server.url}/checks/")
    inspect(page, "public-hostile-list")


def test_a_reader_finds_a_check_by_its_words_and_its_correction(page: Page, live_server: LiveServer) -> None:
    first = publish(headline="Seven o’clock, the transcript has")
    publish(first.review, 2, headline="Five o’clock, the transcript has", change_note="The hour was wrong.")
    publish(headline="Another check")
    rebuild(collection=PUBLIC)
    page.goto(f"{live_server.url}/checks/")
    page.get_by_label("Search fact checks").fill("five o’clock")
    page.get_by_label("Rating", exact=True).select_option("Misleading")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Another check")).to_have_count(0)
    page.get_by_role("link", name=first.review.wording).first.click()
    expect(page.get_by_text("The hour was wrong.").first).to_be_visible()
    page.get_by_role("link", name="as it was published").click()
    expect(page.get_by_text("Seven o’clock, the transcript has").first).to_be_visible()
    page.get_by_role("link", name="Read version 2, which replaced it").click()
    expect(page.get_by_text("Five o’clock, the transcript has").first).to_be_visible()


def test_on_a_phone_a_link_that_stands_alone_is_as_high_as_a_finger_needs(page: Page, live_server: LiveServer) -> None:
    set_desk(licence="Text under CC BY 4.0", homepage="https://lantern.example/")
    check = f"/checks/{corrected_check().review.public}/"
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/checks/?language=en", check, "/checks/topics/", "/checks/corrections/"):
        page.goto(live_server.url + path)
        links = page.locator(".ro-links a, .ro-meta a, .pub-kicker a, .pub-chips a, .pub-foot a").all()
        assert links, path
        for link in links:
            box = link.bounding_box()
            assert box is not None
            assert box["height"] >= 24, (path, link.text_content())
