"""An editor gives cases out from the queue, a checker takes the next one; both begin at home."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from verification.models import Desk, State, Turn
from verification.review.sealing import seal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOME = reverse("admin:index")
QUEUE = reverse("admin:verification_review_changelist")


def test_an_editor_gives_cases_out(page_of: PageOf, live_server: LiveServer) -> None:
    desk = FullDesk()
    cases = desk.every_state()
    page = page_of(desk.editor)
    page.goto(live_server.url + HOME)
    inspect(page, "home-editor")
    page.get_by_role("link", name="in the queue").last.click()
    expect(page.get_by_role("heading", name="Queue", exact=True)).to_be_visible()
    page.wait_for_load_state()
    inspect(page, "queue-unassigned")
    for state in ("queued", "second_check"):
        page.get_by_role("checkbox", name=f"Select {cases[state].number}", exact=True).check()
    page.get_by_label("Colleague").select_option(label="Sela Rope, 1 open")
    page.get_by_placeholder("Note (optional)").fill("Before noon, please.")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_text("1 case is with Sela Rope now.")).to_be_visible()
    expect(page.get_by_text(f"{cases['second_check'].number}: ")).to_be_visible()
    page.wait_for_load_state()
    inspect(page, "queue-given")
    page.goto(f"{live_server.url}{QUEUE}?state=any")
    inspect(page, "queue")
    page.goto(f"{live_server.url}{QUEUE}?q=no+such+words")
    inspect(page, "queue-empty")
    page.goto(live_server.url + reverse("admin:plan", args=[cases["queued"].pk]))
    page.get_by_label("Priority").fill("101")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("less than or equal to 100")).to_be_visible()
    page.wait_for_load_state()
    inspect(page, "plan-refused")
    page.goto(live_server.url + reverse("admin:assign", args=[cases["queued"].pk]))
    inspect(page, "assign-refused")


def test_a_checker_takes_the_next_case_by_a_key(page_of: PageOf, live_server: LiveServer) -> None:
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"sample": True})
    desk = FullDesk()
    desk.every_state()
    page = page_of(desk.checker)
    page.goto(live_server.url + HOME)
    inspect(page, "home-checker")
    page.keyboard.press("t")
    page.wait_for_url(re.compile(r"/change/$"))
    expect(page.get_by_text("is yours until")).to_be_visible()
    page.goto(live_server.url + QUEUE)
    inspect(page, "queue-checker")
    page.keyboard.press("/")
    page.keyboard.type("tt harbour")  # a key that is typed takes nothing
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"q=tt\+harbour"))
    assert Turn.objects.filter(duty__person=desk.checker, closed_at__isnull=True).count() == 3


def test_a_case_is_taken_from_its_line_without_a_script(page_of: PageOf, live_server: LiveServer) -> None:
    desk = FullDesk()
    review = desk.queued()
    page = page_of(desk.checker, java_script_enabled=False)
    page.goto(live_server.url + QUEUE)
    page.get_by_role("button", name="Take it").first.click()
    expect(page.get_by_text(f"{review.number} is yours until")).to_be_visible()
    review.refresh_from_db()
    assert review.state == State.RESEARCHING


@pytest.mark.parametrize("roles", [("intake",), ("auditor",), ("intake", "checker", "editor", "publisher", "auditor")])
def test_every_home_holds(page_of: PageOf, live_server: LiveServer, roles: tuple[str, ...]) -> None:
    FullDesk().every_state()
    seal()
    page = page_of(make_person(*roles))
    page.goto(live_server.url + HOME)
    inspect(page, f"home-{roles[0] if len(roles) == 1 else 'all'}")
