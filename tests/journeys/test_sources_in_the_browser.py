"""Sources in a real browser: added, tried out, switched on; handed in where refused; what a case shows of them."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import ArchiveMeasure, HostLane, Outlet, OutletFeed, OutletItem, RobotsFile
from tests.cases import Walk, make_run
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from tests.replay.answering import Reply
from tests.verification.admin.sources_at_hand import SAVED, briefing_room, make_item, make_source
from verification.models import Source, SourceItem, SourceRun

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REFUSED = "https://quay.example/feed asks whether one is a robot, and lets no program in."


@pytest.fixture
def administrator() -> User:
    return make_person("administrator", name="Adda Key")


def open_at(page: Page, live_server: LiveServer, name: str, *args: object) -> None:
    page.goto(live_server.url + reverse(f"admin:{name}", args=args))


def furnished() -> Source:
    """Store sources in every plight, with visits, entries and the lanes of their hosts."""
    now = timezone.now()
    board = make_source(
        enabled=True,
        outcome="OK",
        asked_at=now,
        newest_at=now,
        speaks_for="Harbour Board of Port Example",
        also_called=["the board"],
        zone="Europe/Lisbon",
        licence="Open licence",
        next_at=now + timedelta(hours=1),
    )
    make_source("Quay Office", enabled=True, outcome="REFUSED", sentence=REFUSED, failures=3, tier=2)
    make_source("Lighthouse Service", enabled=True, outcome="STALE", sentence="Nothing new for 30 days.")
    make_source("Pilots", connector="import", configuration={})
    for number, (outcome, sentence) in enumerate((("OK", ""), ("THROTTLED", "In a minute."), ("NOT_MODIFIED", ""))):
        begun = now - timedelta(hours=number, seconds=7)
        SourceRun.objects.create(
            source=board, verb="poll", outcome=outcome, sentence=sentence, requests=2, shown=10, started_at=begun
        )
    for number, state in enumerate(SourceItem.State.values):
        refused = state == SourceItem.State.PASSED
        make_item(
            board,
            number,
            state=state,
            outcome="REFUSED" if refused else "",
            sentence="It refuses programs." if refused else "",
        )
    HostLane.objects.create(host="board.example", crawl_delay_ms=10_000, spent=7, day=now.date())
    HostLane.objects.create(host="quay.example", closed_until=now + timedelta(hours=9), closed_because=REFUSED)
    body = "User-agent: *\nCrawl-delay: 10\nDisallow: /private/\n"
    kept = {"answer": "rules", "status": 200, "expires_at": now + timedelta(hours=20)}
    RobotsFile.objects.create(origin="https://board.example", body=body, **kept)
    ArchiveMeasure.objects.create(pk=ArchiveMeasure.ONLY, bytes=12 * 10**9, files=4321)
    feed = OutletFeed.objects.create(
        outlet=Outlet.objects.create(name="The Mole Post"),
        url="https://mole-post.example/a/rather/long/address/of/a/feed/that/has/to/be/broken/somewhere.xml",
        enabled=True,
        outcome="FAILED",
        sentence="The feed breaks off.",
    )
    for number, state in enumerate(OutletItem.State.values):
        OutletItem.objects.create(
            feed=feed, item_id=str(number), url=f"https://mole-post.example/{number}", state=state
        )
    return board


def test_every_page_about_sources_holds(page_of: PageOf, live_server: LiveServer, administrator: User) -> None:
    board, page = furnished(), page_of(administrator)
    entry = board.items.get(state=SourceItem.State.PASSED)
    feed, host = OutletFeed.objects.get(), HostLane.objects.get(host="board.example")
    open_at(page, live_server, "source_host", host.pk)
    page.get_by_label("Seconds between two requests").fill("12.5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Changed its pace.")).to_be_visible()
    open_at(page, live_server, "source_feed", feed.pk)
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("Switched off.", exact=True)).to_be_visible()
    for name, args in (
        ("verification_source_changelist", ()),
        ("verification_source_change", (board.pk,)),
        ("verification_source_change", (Source.objects.get(name="Quay Office").pk,)),
        ("verification_source_change", (Source.objects.get(name="Pilots").pk,)),
        ("source_entries", (board.pk,)),
        ("source_entry", (board.pk, entry.pk)),
        ("source_outlets", ()),
        ("source_feed", (feed.pk,)),
        ("source_hosts", ()),
        ("source_host", (host.pk,)),
        ("source_catalogue", ()),
        ("source_new", ("html_list",)),
    ):
        open_at(page, live_server, name, *args)
        inspect(page, f"{name}-{'-'.join(map(str, args))}")
    editor = page_of(make_person("editor"))
    open_at(editor, live_server, "verification_source_change", board.pk)
    expect(editor.get_by_text("set by administrators")).to_be_visible()
    inspect(editor, "source-looked-at")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_source_is_added_without_code_tried_out_and_switched_on(
    page_of: PageOf, live_server: LiveServer, administrator: User, scripts: bool
) -> None:
    page = page_of(administrator, java_script_enabled=scripts)
    with briefing_room(12) as site:
        open_at(page, live_server, "index")
        page.get_by_role("navigation", name="Sidebar").get_by_role("link", name="Sources").click()
        page.get_by_role("link", name="Add a source").click()
        page.get_by_role("link", name="Feed", exact=True).click()
        page.get_by_role("textbox", name="Name").fill("Briefing room")
        page.get_by_role("button", name="Add to this desk").click()
        expect(page.get_by_text("Fill in “Feeds”.")).to_be_visible()
        if scripts:
            inspect(page, "source-refused")
        page.get_by_role("textbox", name="Feeds").fill(site.address("/briefing-room/feed/"))
        page.get_by_role("button", name="Try it").click()
        expect(page.get_by_role("status")).to_contain_text("10 entries would come.")
        expect(page.get_by_text("Both agreed that forty lamps burn there")).to_be_visible()
        if scripts:
            inspect(page, "source-tried")
        assert page.get_by_role("textbox", name="Name").input_value() == "Briefing room"
        page.get_by_role("button", name="Add to this desk").click()
        expect(page.get_by_text("Added, switched off.")).to_be_visible()
        page.get_by_role("button", name="Switch on").click()
        expect(page.get_by_text("Switched on: it is asked now")).to_be_visible()
        expect(page.get_by_role("button", name="Switch off")).to_be_visible()
    source = Source.objects.get()
    assert (source.name, source.enabled) == ("Briefing room", True)


def test_a_refusal_while_trying_is_one_sentence_and_what_was_refused_is_handed_in(
    page_of: PageOf, live_server: LiveServer, administrator: User, tmp_path: Path
) -> None:
    page = page_of(administrator)
    with briefing_room() as site:
        site.answers["/briefing-room/feed/"] = Reply(b"<html>Are you a robot?</html>", status=403)
        board = make_source(configuration={"feeds": [site.address("/briefing-room/feed/")]})
        open_at(page, live_server, "verification_source_change", board.pk)
        page.get_by_role("button", name="Try it").click()
        expect(page.get_by_role("status")).to_contain_text("Refused")
        expect(page.get_by_text("A refusal stands")).to_be_visible()
        inspect(page, "source-refuses")
    make_item(board, state=SourceItem.State.PASSED, outcome="REFUSED", sentence="It refuses programs.")
    open_at(page, live_server, "verification_source_change", board.pk)
    page.get_by_role("link", name="Hand its page in").click()
    file = tmp_path / "saved.html"
    file.write_bytes(SAVED)
    page.get_by_label("File (HTML").set_input_files(file)
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("is archived and in the library")).to_be_visible()
    inspect(page, "source-handed-in")


def test_a_case_shows_what_live_sources_were_asked(page_of: PageOf, live_server: LiveServer) -> None:
    walk = Walk().accepted().taken()
    board = make_source(enabled=True, speaks_for="Harbour Board")
    why = [{"msgid": "it is named in the claim", "params": {}}]
    asked = {"source": board, "step": "list", "query": {"why": why, "days": ["2031-05-03", None]}}
    make_run(walk.review.claim, **asked)
    make_run(walk.review.claim, **asked | {"outcome": "REFUSED", "documents": 0, "error": REFUSED})
    page = page_of(walk.checker)
    open_at(page, live_server, "verification_review_change", walk.review.pk)
    page.get_by_text("2 questions to live sources").click()
    inspect(page, "case-asked-live")
    page.get_by_role("link", name="Case file").click()
    panel = page.get_by_role("region", name="Live sources")
    expect(panel).to_contain_text(REFUSED)
    expect(panel.get_by_role("button", name="Search live sources")).to_be_visible()
    inspect(page, "live-sources")
    panel.get_by_role("link", name="Search record").first.click()
    expect(page.get_by_text("Refused to answer.")).to_be_visible()
    inspect(page, "live-search-record")
