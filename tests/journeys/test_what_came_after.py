"""The pages of what comes after a verdict, and of the legal read before it, inspected as whoever works on them."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cases import Walk, now
from tests.journeys.conftest import OpenPage, PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from verification.review import afterwards, drafting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_on(page: Page, site: LiveServer, name: str, walk: Walk) -> None:
    page.goto(f"{site.url}{reverse(f'admin:{name}', args=[walk.review.pk])}")


def test_a_text_is_read_by_a_lawyer_and_edited_by_an_editor_on_pages_that_hold(
    live_server: LiveServer, page_of: PageOf
) -> None:
    walk = Walk().accepted().taken().proposed()
    text = {"headline": "No: the record says otherwise", "explanation": "The transcript differs a lot [1]."}
    drafting.write(walk.review, walk.checker, 0, **text)
    checker, lawyer = page_of(walk.checker), page_of(make_person("legal", name="Lex Anchor"))
    open_on(checker, live_server, "case_draft", walk)
    checker.get_by_role("button", name="Ask for a legal read").click()
    expect(checker.get_by_text("Ask for a legal read: done.")).to_be_visible()
    lawyer.goto(f"{live_server.url}/admin/")
    expect(lawyer.get_by_role("heading", name="Legal read")).to_be_visible()
    lawyer.get_by_role("link", name=walk.review.wording).click()
    lawyer.get_by_role("link", name="Legal read …").click()
    lawyer.get_by_label("It has to change").check()
    lawyer.get_by_role("button", name="Record it").click()
    expect(lawyer.get_by_text("Say what has to change.")).to_be_visible()
    inspect(lawyer, "legal-read-refused")
    lawyer.get_by_role("textbox", name="Note").fill("“A lot” is an opinion.")
    lawyer.get_by_role("button", name="Record it").click()
    expect(lawyer.get_by_text("Recorded, and shown beside the text.")).to_be_visible()
    inspect(lawyer, "case-as-a-lawyer")

    editor = page_of(walk.editor)
    open_on(editor, live_server, "case_draft", walk)
    expect(editor.get_by_text("“A lot” is an opinion.")).to_be_visible()
    editor.get_by_label("Explanation").fill("The transcript differs [1].")
    editor.get_by_role("button", name="Save and send to sign-off").click()
    expect(editor.get_by_text("Saved and sent to sign-off.")).to_be_visible()
    signer = page_of(make_person("editor", name="Egon Pier"))
    open_on(signer, live_server, "case_sign_off", walk)
    expect(signer.get_by_text("written by Cato Lamp, edited by Edda Quay")).to_be_visible()
    inspect(signer, "sign-off-copy-edited")
    open_on(lawyer, live_server, "case_legal_read", walk)
    inspect(lawyer, "legal-read")


def test_what_is_published_is_edited_dated_and_challenged_on_pages_that_hold(
    live_server: LiveServer, page_of: PageOf, open_page: OpenPage
) -> None:
    walk = Walk().accepted().taken()
    afterwards.set_dates(walk.review, walk.checker, walk.review.revision, date(2031, 5, 12), None)
    walk.review = now(walk.review)
    walk.proposed().drafted().approved().published()
    editor, reader = page_of(walk.editor), open_page()
    open_on(editor, live_server, "case_minor_edit", walk)
    inspect(editor, "minor-edit")
    editor.get_by_label("Explanation").fill("The transcript does not differ [1].")
    editor.get_by_label("What was put right").fill("A word was missing.")
    editor.get_by_role("button", name="See what changes").click()
    expect(editor.get_by_text("A negation differs")).to_be_visible()
    inspect(editor, "minor-edit-asked")
    editor.get_by_label("I looked at it: the meaning stays.").check()
    editor.get_by_role("button", name="Put it out").click()
    expect(editor.get_by_text("Edited: version 2 is out.")).to_be_visible()

    open_on(editor, live_server, "case_dates", walk)
    editor.get_by_label("To be looked at again on").fill("2001-01-01")
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_text("This day has passed")).to_be_visible()
    inspect(editor, "dates-refused")

    open_on(editor, live_server, "case_challenge", walk)
    inspect(editor, "challenge")
    editor.get_by_label("A reader").check()
    editor.get_by_label("What may be wrong").fill("The gauge was moved in that year.")
    editor.get_by_label("How to answer them").fill("reader@mole.example")
    editor.get_by_role("button", name="Record the challenge").click()
    expect(editor.get_by_text("says that it is being looked at again")).to_be_visible()
    open_on(editor, live_server, "case_file", walk)
    expect(editor.get_by_text("reader@mole.example")).to_be_visible()
    inspect(editor, "case-file-challenged")
    editor.get_by_role("link", name="Record another challenge").click()
    inspect(editor, "challenge-again")

    reader.goto(f"{live_server.url}/checks/{walk.review.public}/")
    expect(reader.get_by_text("This check has been challenged")).to_be_visible()
    expect(reader.get_by_text("as of 12 May 2031")).to_be_visible()
    inspect(reader, "public-challenged")
