"""The queue by search, by views that are kept, by columns and by keys."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.verification.admin.full_desk import FullDesk
from verification.models import Absence, Profile, State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = reverse("admin:verification_review_changelist")


def test_a_search_is_mended_kept_as_a_view_and_worked_through_by_keys(page_of: PageOf, live_server: LiveServer) -> None:
    desk = FullDesk()
    desk.every_state()
    Profile.objects.create(person=desk.other, capacity=1)
    today = timezone.localdate()
    Absence.objects.create(person=desk.checker, since=today, until=today + timedelta(days=3))
    page = page_of(desk.editor)
    page.goto(live_server.url + QUEUE)
    page.keyboard.press("/")
    page.keyboard.type("sate:queued sort:due")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“sate:queued” is not understood: write state:queued")).to_be_visible()
    page.get_by_text("All that the search understands").click()
    inspect(page, "queue-search-told")
    page.get_by_label("Search the queue").fill("state:queued sort:due")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_text("is not understood")).to_have_count(0)

    page.get_by_text("Columns", exact=True).click()
    for column in ("Topics", "Opened", "Legal read", "Cycle"):
        page.get_by_label(column, exact=True).check()
    inspect(page, "queue-columns-chosen")
    page.get_by_role("button", name="Keep these columns").click()
    expect(page.get_by_role("columnheader", name="Legal read")).to_be_visible()
    expect(page.get_by_label("Search the queue")).to_have_value("state:queued sort:due")
    inspect(page, "queue-with-more-columns")

    page.get_by_text("Save this view…").click()
    page.get_by_label("Name", exact=True).fill("Due first")
    page.get_by_label("among the tabs of the whole desk").check()
    inspect(page, "queue-view-named")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Due first")).to_have_attribute("aria-current", "page")
    with page.expect_download() as handed:
        page.get_by_role("link", name="CSV").click()
    lines = list(csv.reader(io.StringIO(handed.value.path().read_text("utf-8-sig"))))
    state = lines[0].index("state")
    assert {line[state] for line in lines[1:]} == {"Queued"}

    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("a")
    page.keyboard.type("Sela")
    expect(page.locator("#would-have")).to_have_text(re.compile(r"Sela Rope would have \d+ open, and takes on 1\."))
    inspect(page, "queue-chosen")
    page.get_by_label("Colleague").select_option(label="Cato Lamp, 2 open, away until " + _day())
    expect(page.locator("#would-have")).to_contain_text("choose somebody else")
    first = page.locator("[data-item]").first
    number = first.get_attribute("id") or "no number"
    first.locator("[data-open]").focus()
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/change/$"))
    assert number in page.title() or number in page.content()

    page.goto(live_server.url + QUEUE)
    page.get_by_role("link", name="Due first").click()
    page.get_by_role("link", name="Change this view…").click()
    page.get_by_label("Name", exact=True).fill("By deadline")
    inspect(page, "queue-view-change")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="By deadline")).to_be_visible()
    page.get_by_role("link", name="Change this view…").click()
    page.get_by_text("Delete this view…").click()
    inspect(page, "queue-view-delete")
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("“By deadline” is deleted.")).to_be_visible()
    expect(page.get_by_role("link", name="By deadline")).to_have_count(0)


def test_a_box_above_the_list_takes_what_is_typed_and_closes(page_of: PageOf, live_server: LiveServer) -> None:
    desk = FullDesk()
    desk.queued("Forty lamps were lit")
    page = page_of(desk.editor)
    page.goto(live_server.url + QUEUE)
    columns, view = page.locator("details.ro-columns"), page.locator("details.ro-keep")
    columns.locator("summary").click()
    view.locator("summary").press("Enter")  # the other box lies above it
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    expect(columns).not_to_have_attribute("open", "")
    page.keyboard.type("just a test")
    expect(page.get_by_label("Name", exact=True)).to_have_value("just a test")
    expect(page.locator("[data-item].is-on")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(view).not_to_have_attribute("open", "")
    expect(view.locator("summary")).to_be_focused()
    columns.locator("summary").click()
    expect(columns).to_have_attribute("open", "")
    page.get_by_role("heading", name="Queue", exact=True).click()
    expect(columns).not_to_have_attribute("open", "")


def test_what_could_not_be_given_stays_ticked_beside_what_was_typed(page_of: PageOf, live_server: LiveServer) -> None:
    desk = FullDesk()
    review = desk.queued("Forty lamps were lit")
    page = page_of(desk.editor)
    page.goto(live_server.url + QUEUE)
    page.get_by_label("Note").fill("Ask the board.")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("Tick the cases first.")).to_be_visible()
    page.get_by_label(f"Select {review.number}").check()
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("Choose the checker whom the cases go to.")).to_be_visible()
    expect(page.get_by_label(f"Select {review.number}")).to_be_checked()
    expect(page.get_by_text("1 of 1 selected")).to_be_visible()
    inspect(page, "queue-not-given")
    page.get_by_label("Colleague").select_option(str(desk.checker.pk))
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("1 case is with Cato Lamp now.")).to_be_visible()
    assert review.duties.get(hat="first").turns.get().note == "Ask the board."


def test_searching_keeping_and_choosing_need_no_script(page_of: PageOf, live_server: LiveServer) -> None:
    desk = FullDesk()
    desk.queued("Forty lamps were lit")
    desk.queued("Dues fell")
    page = page_of(desk.checker, java_script_enabled=False)
    page.goto(live_server.url + reverse("admin:index"))
    page.get_by_role("searchbox", name="Search the cases").fill("lamps state:queued")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Forty lamps were lit")).to_be_visible()
    expect(page.get_by_role("link", name="Dues fell")).to_have_count(0)
    page.get_by_text("Save this view…").click()
    page.get_by_label("Name", exact=True).fill("Lamps")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Lamps", exact=True)).to_be_visible()
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("Due", exact=True).uncheck()
    page.get_by_role("button", name="Keep these columns").click()
    expect(page.get_by_role("columnheader", name="Due")).to_have_count(0)
    assert State.QUEUED in page.get_by_label("Search the queue").input_value()


def _day() -> str:
    return f"{timezone.localdate() + timedelta(days=3):%-d %b %Y}"
