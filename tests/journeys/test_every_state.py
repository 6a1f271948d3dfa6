"""Every state a case can stand in, and everybody's home, inspected on the running sample desk."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage
from tests.journeys.inspecting import faults_of
from tests.journeys.running import RunningDesk
from tests.journeys.test_the_whole_job import Person
from verification.models import State

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# Walked through by the whole job, which inspects their pages as they are worked on.
SEEN = {State.QUEUED, State.RESEARCHING, State.SIGN_OFF, State.APPROVED}


def test_the_page_of_a_case_in_every_state_has_no_fault(desk: RunningDesk, open_page: OpenPage) -> None:
    editor = Person("editor", open_page(), desk)
    faults: list[str] = []
    for state in State:
        if state in SEEN:
            continue
        editor.open(f"/admin/verification/review/?state={state}")
        link = editor.page.locator("#result_list .ro-claim a, #result_list a.ro-claim").first
        link.click()
        expect(editor.page.get_by_role("heading", name="Sources")).to_be_visible()
        faults += faults_of(editor.page, f"case-{state}")
    assert faults == []


def test_everybodys_home_has_no_fault(desk: RunningDesk, open_page: OpenPage) -> None:
    faults: list[str] = []
    for name in desk.log_ins:
        person = Person(name, open_page(), desk)
        faults += faults_of(person.page, f"home-{name}")
    assert faults == []


def test_archived_copies_and_the_plan_of_a_case_have_no_fault(desk: RunningDesk, open_page: OpenPage) -> None:
    editor = Person("editor", open_page(), desk)
    faults: list[str] = []
    for name, path in (
        ("copy-document", "/admin/verification/review/copies/document/1/?start=10&end=90"),
        ("copy-article", "/admin/verification/review/copies/article/1/"),
        ("plan", "/admin/verification/review/22/plan/"),
        ("reword", "/admin/verification/review/22/reword/"),
        ("adjudicate", "/admin/verification/review/5/adjudicate/"),
    ):
        assert editor.open(path) == 200, path
        faults += faults_of(editor.page, name)
    assert faults == []


def test_escape_closes_a_question_and_keeps_the_place(desk: RunningDesk, open_page: OpenPage) -> None:
    editor = Person("editor", open_page(), desk)
    editor.open("/admin/verification/review/22/change/")
    question = editor.page.locator("details.ro-ask-first").filter(has_text="Recall")
    question.locator("summary").click()
    expect(question).to_have_attribute("open", "")
    editor.page.keyboard.press("Escape")
    expect(question).not_to_have_attribute("open", "")
    expect(question.locator("summary")).to_be_focused()
