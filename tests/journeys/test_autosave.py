"""A judgment that saves itself: said while it is typed, stopped by a conflict or a log-out, and nothing is lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cases import Walk, finding, make_candidate, now
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from verification.models import Draft
from verification.review import assignment, judgments

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Of our own keys alone: the framework's script for the theme asks for its own without a guard.
KEEPS_NOTHING = """for (const act of ["getItem", "setItem", "removeItem"]) {
  const acts = Storage.prototype[act];
  Storage.prototype[act] = function (key, ...more) {
    if (key.startsWith("readout.")) throw new DOMException("blocked", "SecurityError");
    return acts.call(this, key, ...more);
  };
}"""
SAVED = re.compile(r"Saved \d\d:\d\d")


def open_case(page: Page, site: LiveServer, walk: Walk, name: str = "verification_review_change") -> None:
    page.goto(f"{site.url}{reverse(f'admin:{name}', args=[walk.review.pk])}")


def line(page: Page) -> Locator:
    return page.locator("[data-autosave-line]")


def test_a_judgment_saves_itself_and_its_marks_are_shown(live_server: LiveServer, page_of: PageOf) -> None:
    walk = Walk().accepted().taken()
    page = page_of(walk.checker)
    open_case(page, live_server, walk)
    page.get_by_role("checkbox", name="Evidence", exact=True).check()
    reasoning = page.get_by_label("Reasoning")
    reasoning.fill("The record says otherwise")
    reasoning.select_text()
    page.keyboard.press("Control+b")
    expect(reasoning).to_have_value("**The record says otherwise**")
    expect(line(page)).to_have_text(SAVED, timeout=10_000)
    assert walk.judgment().reasoning == "**The record says otherwise**"
    assert walk.judgment().evidence.count() == 1
    page.get_by_text("What it will look like").click()
    expect(page.locator("#reasoning-shown strong")).to_have_text("The record says otherwise")
    for name in ("Italic", "Link", "List", "Quotation"):
        page.get_by_role("button", name=name, exact=True).click()
    inspect(page, "case-autosaved")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    expect(page.get_by_role("button", name="Put it back into the form")).to_have_count(0)


def test_a_judgment_saved_elsewhere_stops_it_and_both_versions_are_shown(
    live_server: LiveServer, page_of: PageOf
) -> None:
    walk = Walk().accepted().taken()
    page = page_of(walk.checker)
    open_case(page, live_server, walk)
    judgments.save(walk.review, walk.checker, finding(walk.review), seen=walk.judgment().revision)
    page.get_by_label("Reasoning").fill("Quite another reading.")
    expect(line(page)).to_contain_text("was saved from another window meanwhile", timeout=10_000)
    expect(line(page)).to_contain_text("Press the button that saves")
    assert walk.judgment().reasoning == "The record says otherwise [1]."
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_label("Reasoning")).to_have_value("Quite another reading.")
    expect(page.get_by_text("The record says otherwise [1].").first).to_be_visible()


def test_who_is_logged_out_keeps_what_was_typed_and_puts_it_back(live_server: LiveServer, page_of: PageOf) -> None:
    walk = Walk().accepted().taken()
    page = page_of(walk.checker)
    open_case(page, live_server, walk)
    sessions, cookies = list(Session.objects.all()), page.context.cookies()
    Session.objects.all().delete()
    page.get_by_label("Reasoning").fill("Two hours of work.")
    expect(line(page)).to_contain_text("you are logged out", timeout=10_000)
    assert walk.judgment().reasoning == ""
    Session.objects.bulk_create(sessions)
    page.context.clear_cookies()
    for cookie in cookies:
        page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": live_server.url}])
    page.reload()
    expect(line(page)).to_contain_text("could not be saved, and is kept in this tab")
    page.get_by_label("Reasoning").fill("")
    page.get_by_role("button", name="Put it back into the form").click()
    expect(page.get_by_label("Reasoning")).to_have_value("Two hours of work.")
    expect(line(page)).to_have_text(SAVED, timeout=10_000)
    assert walk.judgment().reasoning == "Two hours of work."


def test_what_was_typed_just_before_leaving_is_saved(live_server: LiveServer, page_of: PageOf) -> None:
    walk = Walk().accepted().taken()
    make_candidate(walk.review.claim)
    page = page_of(walk.checker)
    open_case(page, live_server, walk)
    page.get_by_label("Reasoning").fill("The last word.")
    page.get_by_role("link", name="Queue").first.click()
    expect(page.get_by_role("heading", name="Queue").or_(page.locator("#changelist")).first).to_be_visible()
    open_case(page, live_server, walk)
    expect(page.get_by_label("Reasoning")).to_have_value("The last word.")


def test_a_text_saves_itself_too(live_server: LiveServer, page_of: PageOf) -> None:
    walk = Walk().accepted().taken().proposed()
    page = page_of(walk.checker)
    open_case(page, live_server, walk, "case_draft")
    page.get_by_label("Headline").fill("No: the record says otherwise")
    expect(line(page)).to_have_text(SAVED, timeout=10_000)
    assert Draft.objects.get().headline == "No: the record says otherwise"
    page.get_by_role("button", name="Save and send to sign-off").click()
    expect(page.get_by_text("Saved and sent to sign-off.")).to_be_visible()


def test_without_a_script_the_button_saves(live_server: LiveServer, page_of: PageOf) -> None:
    walk = Walk().accepted().taken()
    page = page_of(walk.checker, java_script_enabled=False)
    open_case(page, live_server, walk)
    expect(page.get_by_role("toolbar")).to_have_count(0)
    page.get_by_label("Reasoning").fill("**Plainly** typed.")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("What it will look like").click()
    expect(page.locator("#reasoning-shown strong")).to_have_text("Plainly")


def test_in_a_browser_that_keeps_nothing_keys_and_saving_work_and_keys_can_be_switched_off(
    live_server: LiveServer, page_of: PageOf
) -> None:
    walk = Walk().accepted().taken()
    page = page_of(walk.checker)
    page.add_init_script(KEEPS_NOTHING)
    open_case(page, live_server, walk)
    page.keyboard.press("j")
    page.keyboard.press("e")
    evidence = page.get_by_role("checkbox", name="Evidence", exact=True)
    expect(evidence).to_be_checked()
    page.get_by_role("button", name="Switch keys off").click()
    page.keyboard.press("e")
    expect(evidence).to_be_checked()
    expect(page.get_by_role("button", name="Switch keys on")).to_be_visible()
    page.get_by_label("Reasoning").fill("The record says otherwise.")
    expect(line(page)).to_have_text(SAVED, timeout=10_000)


def test_ctrl_and_enter_on_a_source_submits_the_judgment_and_searches_nothing(
    live_server: LiveServer, page_of: PageOf
) -> None:
    walk = Walk().accepted().taken()
    make_candidate(walk.review.claim)
    page = page_of(walk.checker)
    open_case(page, live_server, walk)
    page.keyboard.press("j")
    expect(page.locator("[data-item].is-on")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Saved, not submitted.")).to_be_visible()


def test_what_was_typed_for_a_step_outlives_the_log_in_but_not_the_step(
    live_server: LiveServer, page_of: PageOf
) -> None:
    walk = Walk().accepted()
    page = page_of(walk.editor)
    open_case(page, live_server, walk, "case_hold")
    reason = page.locator("#reason")
    reason.fill("The office is shut until Monday.")
    session = next(each["value"] for each in page.context.cookies() if each["name"] == "sessionid")
    page.context.clear_cookies(name="sessionid")
    reason.press("Control+Enter")
    expect(page.get_by_label("Username:")).to_be_visible()
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    open_case(page, live_server, walk, "case_hold")
    expect(line(page)).to_contain_text("was not sent, and is kept in this tab")
    page.get_by_role("button", name="Put it back into the form").click()
    expect(reason).to_have_value("The office is shut until Monday.")
    inspect(page, "step-kept")
    reason.press("Control+Enter")
    expect(page.get_by_text("The case is on hold.")).to_be_visible()
    assignment.resume(walk.review, walk.editor, now(walk.review).revision, "release")
    open_case(page, live_server, walk, "case_hold")
    expect(line(page)).to_be_empty()
