"""Two people at one case: they see each other, talk, look for more, and learn that the case moved on."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims import work
from tests.cases import Walk, make_candidate, make_document, make_run, now
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from verification.index.postgres import PostgresIndex
from verification.index.protocol import IndexDocument
from verification.people.presence import be_here
from verification.review import assignment
from verification.review.triage import RESEARCH

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walk(live_server: LiveServer) -> Walk:
    walk = Walk().accepted().taken()
    work.cancel(RESEARCH, [walk.review.claim_id], "nobody")
    run = make_run(walk.review.claim)
    make_candidate(walk.review.claim, run=run)
    make_candidate(walk.review.claim, run=run, rank=2)
    document = make_document("The breakwater committee met in the granary.", title="Minutes of the committee")
    PostgresIndex().add([IndexDocument(document.pk, "Minutes of the committee", document.text, "en")])
    return walk


def open_case(page: Page, site: LiveServer, walk: Walk) -> None:
    page.goto(f"{site.url}{reverse('admin:verification_review_change', args=[walk.review.pk])}")


def test_two_people_see_each_other_and_talk(walk: Walk, page_of: PageOf, live_server: LiveServer) -> None:
    editor, checker = page_of(walk.editor), page_of(walk.checker)
    open_case(editor, live_server, walk)
    open_case(checker, live_server, walk)
    expect(checker.get_by_text("Edda Quay has this case open too")).to_be_visible()
    checker.keyboard.press("c")
    checker.keyboard.type(f"@{walk.editor.username}, the second one is a copy.")
    checker.keyboard.press("Control+Enter")
    expect(checker.get_by_text("Told of it: Edda Quay.")).to_be_visible()
    expect(checker.get_by_text("the second one is a copy.").first).to_be_visible()
    assignment.pause(now(walk.review), walk.checker, now(walk.review).revision, "await_source", "The minutes.")
    editor.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(editor.get_by_text("This case has moved on since you opened it.")).to_be_visible()
    inspect(editor, "case-moved-on")


def test_more_is_found_in_ones_own_words_and_a_search_is_called_off(
    walk: Walk, page_of: PageOf, live_server: LiveServer
) -> None:
    page = page_of(walk.checker)
    open_case(page, live_server, walk)
    page.keyboard.press("f")
    page.keyboard.type("breakwater committee granary")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 new, which stand first")).to_be_visible()
    expect(page.locator("[data-item]").first).to_contain_text("Minutes of the committee")
    page.get_by_role("button", name="Ask the library again").click()
    expect(page.get_by_text("The library is being searched")).to_be_visible()
    inspect(page, "case-searching")
    page.get_by_role("button", name="Call the search off").click()
    expect(page.get_by_text("The search is called off.")).to_be_visible()
    expect(page.get_by_role("button", name="Call the search off")).to_be_hidden()


def test_keys_act_on_the_source_one_is_at_never_while_typing_and_can_be_switched_off(
    walk: Walk, page_of: PageOf, live_server: LiveServer
) -> None:
    page = page_of(walk.checker)
    open_case(page, live_server, walk)
    first, second = page.locator("[data-item]").nth(0), page.locator("[data-item]").nth(1)
    for key in ("j", "j", "m"):
        page.keyboard.press(key)
    expect(second).to_be_focused()
    expect(second.get_by_role("radio", name="Mixed")).to_be_checked()
    expect(second.get_by_role("checkbox", name="Evidence")).to_be_checked()
    page.keyboard.press("k")
    expect(first).to_be_focused()
    page.keyboard.press("w")
    page.keyboard.type("jkersmn")
    expect(page.locator("#reasoning")).to_have_value("jkersmn")
    expect(first.get_by_role("checkbox", name="Evidence")).not_to_be_checked()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    inspect(page, "keys")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Switch keys off").click()
    page.keyboard.press("e")
    expect(first.get_by_role("checkbox", name="Evidence")).not_to_be_checked()
    page.get_by_role("button", name="Switch keys on").click()
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url(f"**{reverse('admin:verification_review_changelist')}")


def press(page: Page, key: str, **held: bool) -> None:
    """Send a key as keyboards and input methods do that Playwright has none of."""
    page.evaluate(
        "([key, held]) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }))",
        [key, held],
    )


def test_keys_leave_an_input_method_alone_reach_altgr_and_send_no_form_whose_button_is_off(
    walk: Walk, page_of: PageOf, live_server: LiveServer
) -> None:
    page = page_of(walk.checker)
    open_case(page, live_server, walk)
    press(page, "]", ctrlKey=True, altKey=True, modifierAltGraph=True)
    expect(page.locator("[name=none_refutes]")).to_be_checked()
    press(page, "[", altKey=True)
    expect(page.locator("[name=none_supports]")).not_to_be_checked()
    comment = page.locator("#comment-text")
    comment.fill("Half a word")
    press(page, "Escape", isComposing=True)
    expect(comment).to_be_focused()
    page.locator("#comment button").evaluate("button => { button.disabled = true }")
    for held in ({"isComposing": True}, {}):
        press(page, "Enter", ctrlKey=True, **held)
    expect(comment).to_have_value("Half a word")
    page.reload()
    expect(page.get_by_text("Half a word")).to_have_count(0)


def test_what_has_the_focus_is_not_replaced_under_it(walk: Walk, page_of: PageOf, live_server: LiveServer) -> None:
    page = page_of(walk.checker)
    open_case(page, live_server, walk)
    assignment.pause(now(walk.review), walk.checker, now(walk.review).revision, "await_source", "The minutes.")
    look = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(look)
    link = page.get_by_role("link", name="Show it as it stands now")
    link.focus()
    be_here(walk.review, walk.editor)
    with page.expect_response("**/now/"):
        page.evaluate(look)
    expect(link).to_be_focused()
    link.blur()
    page.evaluate(look)
    expect(page.get_by_text("Edda Quay has this case open too")).to_be_visible()


def test_what_is_seldom_wanted_lies_behind_more(walk: Walk, page_of: PageOf, live_server: LiveServer) -> None:
    page = page_of(walk.checker)
    open_case(page, live_server, walk)
    step = page.get_by_role("link", name="As-of day and review date")
    expect(step).to_be_hidden()
    page.get_by_text("More …").click()
    expect(step).to_be_visible()
    inspect(page, "case-more")
    page.keyboard.press("Escape")
    expect(step).to_be_hidden()
