"""A check's card on somebody else's page, in a real browser: it shows, runs nothing, and follows the correction."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_httpserver import HTTPServer

from tests.journeys.inspecting import complaints_of, inspect
from tests.verification.publishing.rows import publish, set_desk
from tests.verification.publishing.samples import HOSTILE
from verification.publishing.embedding.frame import Size
from verification.publishing.reach import embeds
from verification.publishing.reach.embeds import embeds_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOREIGN = """<!DOCTYPE html><html lang="en"><head><title>Gull Gazette</title><link rel="icon" href="data:,"></head>
<body><main><h1>What the harbour said</h1>{frame}</main></body></html>"""


def snippet_of(page: Page, check: str) -> str:
    """Take the snippet from the check's page, as somebody who embeds it does."""
    page.goto(check)
    return page.get_by_label("Embed this").input_value()


def test_a_card_on_a_foreign_page_shows_and_follows_the_correction(
    page: Page, live_server: LiveServer, httpserver: HTTPServer
) -> None:
    embeds._noted.clear()
    first = publish(headline="Seven o’clock, the transcript has")
    frame = snippet_of(page, f"{live_server.url}/checks/{first.review.public}/")
    httpserver.expect_request("/story").respond_with_data(FOREIGN.format(frame=frame), content_type="text/html")
    foreign = httpserver.url_for("/story")
    page.goto(foreign)
    card = page.frame_locator("iframe")
    expect(card.get_by_text("Seven o’clock, the transcript has")).to_be_visible()
    expect(card.get_by_text("False", exact=True)).to_be_visible()
    # The stylesheet is there, though the frame is shut off from everything.
    assert card.locator("h1").evaluate("part => getComputedStyle(part).fontSize") == "20px"
    assert card.locator("body").evaluate("() => document.scripts.length") == 0
    assert page.context.cookies() == []
    inspect(page, "embedded-card")
    assert [(each.origin, each.version) for each in embeds_of(first.review_id)] == [(foreign[: -len("/story")], 1)]
    publish(first.review, 2, headline="Five o’clock, the transcript has")
    page.goto(foreign)
    expect(card.get_by_text("Five o’clock, the transcript has")).to_be_visible()
    expect(card.get_by_text("Misleading")).to_be_visible()
    expect(card.get_by_text("Corrected on")).to_be_visible()
    assert [each.version for each in embeds_of(first.review_id)] == [2]
    with page.context.expect_page() as opened:
        card.get_by_role("link", name="Read the whole check").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(first.review.wording)
    assert opened.value.evaluate("() => window.opener") is None
    assert complaints_of(page) == []


def test_the_card_itself_is_sound_in_each_of_its_states(page: Page, live_server: LiveServer) -> None:
    set_desk(sample=True, name="The Mole Lantern")
    cards = {
        "false": publish(),
        "corrected": publish(publish().review, 2),
        "beside-the-scale": publish(value=0, pieces=[], claimant=None),
        "withdrawn": publish(publish().review, change="void", change_note="The transcript was of another day."),
    }
    for name, publication in cards.items():
        page.goto(f"{live_server.url}/checks/{publication.review.public}/embed/")
        inspect(page, f"card-{name}")


def test_hostile_words_run_nothing_in_the_card(page: Page, live_server: LiveServer) -> None:
    for name, text in HOSTILE.items():
        publication = publish(headline=text, claim_text=text, claimant=text[:200])
        page.goto(f"{live_server.url}/checks/{publication.review.public}/embed/")
        inspect(page, f"card-hostile-{name.replace(' ', '-')}")


def test_on_a_phone_a_card_fits_its_frame_and_in_a_lower_one_its_desk_and_link_stay_in_sight(
    page: Page, live_server: LiveServer
) -> None:
    set_desk(sample=True, name="The Mole Lantern")
    claim = "The harbour board and the captains had ended their quarrel over the lamps of the mole, after a call"
    headline = "No record says that the board and the captains have ended their quarrel"
    words: dict[str, Any] = {"claim_text": claim, "headline": headline}
    publication = publish(publish(**words).review, 2, **words)
    address = f"{live_server.url}/checks/{publication.review.public}/embed/"
    scale, link = page.locator(".card-rating small"), page.get_by_role("link", name="Read the whole check")
    page.set_viewport_size({"width": 358, "height": Size().height})
    page.goto(address)
    assert page.evaluate("document.scrollingElement.scrollHeight") == Size().height
    expect(scale).to_be_hidden()
    for width, height in ((300, 260), (600, 200)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.scrollingElement.scrollHeight") > height
        for part in (link, page.get_by_text("The Mole Lantern")):
            expect(part).to_be_in_viewport(ratio=1)
    expect(scale).to_be_visible()
