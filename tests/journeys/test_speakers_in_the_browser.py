"""Speakers in a real browser: a suggestion taken, one described, two joined by a search, and parted."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Speaker
from claims.speakers import join, keep_apart
from tests.factories import make_article, make_claim
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from verification.review.triage import open_cases

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def furnished() -> Speaker:
    """Store speakers in every state; return one that stands for others."""
    long = "Joint Lakeland-and-Port-Example Commission for the Upkeep of Moles, Lamps and Harbour Bars of the North"
    names = ["Ada Quill", "A. Quill", "Warden Ada Quill", "Harbour Board of Port Example", "HBPE", "Peter Lowell", long]
    rows = {name: Speaker.objects.create(name=name) for name in names}
    for number, row in enumerate(rows.values()):
        make_claim(make_article(f"Forty lamps were lit on mole {number}."), speaker=row)
    open_cases()
    board, editor = rows["Harbour Board of Port Example"], make_person("editor", name="Bea Mole")
    Speaker.objects.filter(pk=board.pk).update(
        kind="organisation", role="port authority", aliases=["the Board"], same_as=["https://board.example/about/us"]
    )
    join(rows["HBPE"], board, editor, "Its initials, on its own letters.")
    keep_apart(rows["Peter Lowell"], board, editor, "A man, and the board he sits on.")
    return board


def test_the_pages_of_speakers_hold(page_of: PageOf, live_server: LiveServer) -> None:
    board = furnished()
    page = page_of(make_person("editor"))
    page.goto(live_server.url + reverse("admin:speakers"))
    inspect(page, "speakers")
    page.goto(f"{live_server.url}{reverse('admin:speaker', args=[board.pk])}?sought=quill")
    inspect(page, "speaker")
    page.get_by_role("textbox", name="Also called").fill("Ada Quill")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_have_text("“Ada Quill” is a speaker of its own: join the two.")
    inspect(page, "speaker-refused")
    page.goto(live_server.url + reverse("admin:speaker", args=[Speaker.objects.get(name="HBPE").pk]))
    inspect(page, "speaker-joined")
    checker = page_of(make_person("checker"))
    checker.goto(live_server.url + reverse("admin:speaker", args=[board.pk]))
    inspect(checker, "speaker-looked-at")


@pytest.mark.parametrize("scripts", [True, False])
def test_two_are_joined_described_and_parted(page_of: PageOf, live_server: LiveServer, scripts: bool) -> None:
    furnished()
    page = page_of(make_person("editor"), java_script_enabled=scripts)
    page.goto(live_server.url + reverse("admin:index"))
    page.get_by_role("navigation", name="Sidebar").get_by_role("link", name="Speakers").click()
    page.get_by_role("button", name="Join A. Quill, Ada Quill").click()
    expect(page.get_by_text("“A. Quill” is joined to “Ada Quill”.")).to_be_visible()
    page.get_by_role("button", name="Not the same Ada Quill, Warden Ada Quill").click()
    expect(page.get_by_role("heading", name="One speaker, or two?")).to_have_count(0)
    page.get_by_role("link", name="Ada Quill", exact=True).click()
    page.get_by_label("What it is").select_option("person")
    page.get_by_role("textbox", name="Role").fill("harbour warden")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("searchbox", name="Words of its name").fill("lowell")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name="Peter Lowell").check()
    page.get_by_label("Why").fill("A test of the door.")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_text("“Peter Lowell” is joined to “Ada Quill”.")).to_be_visible()
    page.get_by_role("button", name="Part Peter Lowell, Ada Quill").click()
    expect(page.get_by_text("“Peter Lowell” and “Ada Quill” are two again.")).to_be_visible()
    joined = Speaker.objects.filter(joined_to__isnull=False).values_list("name", flat=True)
    assert set(joined) == {"A. Quill", "HBPE"}
