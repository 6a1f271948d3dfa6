"""The whole job through five people's eyes, on a desk that runs: from a pasted article to a corrected verdict."""

import json
import re
import urllib.error
import urllib.request

import feedparser
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.inspecting import inspect
from tests.journeys.running import RunningDesk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

ARTICLE = """Sluice charges will not rise, Arkwright says

By Odile Marrable

PELLWICK, 22 May 2031 – Prime Minister Helen Arkwright went back to the quay on Thursday to talk about the lake.

“We have full agreement on every point, and all of it has been signed,” Arkwright told traders at the fish market.

The traders asked for a date. She named none.
"""
SAID = "We have full agreement on every point"
WORDING = "Arkwright said that there is full agreement on every point and that she signed all of it."

ONCE = "Accepted once, however often the button is pressed."


class Person:
    """Somebody at their own browser."""

    def __init__(self, name: str, page: Page, desk: RunningDesk) -> None:
        """Log in with the password that the first start printed."""
        self.name, self.page, self.site = name, page, desk.address
        page.goto(f"{self.site}/admin/login/")
        page.get_by_label("Username:").fill(name)
        page.get_by_label("Password:").fill(desk.log_ins[name])
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"{self.site}/admin/")

    def open(self, path: str) -> int:
        """Type an address in; return what the server answers."""
        answer = self.page.goto(f"{self.site}{path}")
        assert answer is not None
        return answer.status

    def press(self, name: str) -> None:
        """Press a button, whose name may end with the key that does the same."""
        self.page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}( \S)?$")).first.click()

    def reads(self, text: str) -> None:
        """Expect a text on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()


def feeds_of(desk: RunningDesk) -> dict[str, list[tuple[str, str, str]]]:
    """Return id, title and words of every entry, feed by feed."""
    atom = feedparser.parse(f"{desk.address}/checks/feed.atom")
    rss = feedparser.parse(f"{desk.address}/checks/feed.rss")
    assert not atom.bozo, atom.get("bozo_exception")
    assert not rss.bozo, rss.get("bozo_exception")
    with urllib.request.urlopen(f"{desk.address}/checks/feed.json") as answer:
        items = json.load(answer)["items"]
    return {
        "atom": [(each.id, each.title, str(each)) for each in atom.entries],
        "rss": [(each.id, each.title, str(each)) for each in rss.entries],
        "json": [(each["id"], each["title"], json.dumps(each, ensure_ascii=False)) for each in items],
    }


def hand_in(intake: Person) -> None:
    """Paste the article, watch the machine at work, and accept the claim in triage, reworded."""
    intake.open("/admin/claims/submission/add/")
    inspect(intake.page, "intake")
    intake.page.get_by_label("Text", exact=True).fill(ARTICLE)
    intake.press("Hand in")
    decide = intake.page.get_by_role("link", name=re.compile(r"Decide \d+ claims?"))
    expect(decide).to_be_visible(timeout=60_000)
    expect(intake.page.get_by_role("link", name="Look again")).to_have_count(0, timeout=60_000)
    inspect(intake.page, "submission")
    decide.click()
    intake.page.get_by_role("link", name=SAID).first.click()
    inspect(intake.page, "triage")
    expect(intake.page.get_by_label(re.compile("^Wording"))).to_have_value(re.compile(SAID))
    intake.page.get_by_label(re.compile("^Wording")).fill(WORDING)
    intake.page.get_by_label("Reason").fill("A head of government, in quotation marks.")
    intake.press("Accept")
    intake.reads("Queued")


def find(person: Person) -> str:
    """Find the case by the search in the page's head; return its path."""
    person.open("/admin/")
    person.page.get_by_role("searchbox", name=re.compile("Search")).first.fill("signed all of it")
    person.page.keyboard.press("Enter")
    person.page.get_by_role("link", name=WORDING).click()
    return person.page.url.removeprefix(person.site)


def assign(editor: Person, case: str, to: str) -> None:
    """Give the case to a checker, with a note."""
    editor.open(case)
    inspect(editor.page, "case-queued")
    editor.page.get_by_text("Assign …").click()
    form = editor.page.locator("details[open]")
    option = form.get_by_role("option", name=to).get_attribute("value")
    form.get_by_label("To").select_option(option)
    form.get_by_label("Note").fill("The quay transcript, please.")
    form.get_by_role("button", name="Assign").click()
    editor.reads("Researching")


def judge(checker: Person, case: str, shot: str, reasoning: str = "The transcript has other words [1].") -> None:
    """Pick the transcript as evidence, answer what the quote check asks, and submit."""
    page = checker.page
    checker.open(case)
    checker.reads("Remarks by Prime Minister")
    card = page.get_by_role("article").filter(has_text="Remarks by Prime Minister").first
    card.get_by_label("Evidence").check()
    card.get_by_text("Refutes").click()
    card.get_by_label(re.compile("What source")).select_option(label="where it was said")
    page.locator(".ro-scale").get_by_role("radio", name="False").check()
    page.get_by_label("Looked for support as well: none found").check()
    page.get_by_label("Reasoning").fill(reasoning)
    page.get_by_label("Why this sourcing is enough").fill("It is the speaker’s own transcript.")
    checker.press("Save draft")
    checker.reads("Draft saved.")
    for question in page.get_by_role("group").filter(has=page.get_by_label("Changes the meaning")).all():
        question.get_by_label("Changes the meaning").check()
    inspect(page, shot)
    page.get_by_role("button", name=re.compile("^Submit")).click()
    checker.reads("Your judgment is in.")


def draft(checker: Person, case: str, headline: str, change: str = "") -> None:
    """Write what readers get, and send it to sign-off."""
    checker.open(case)
    checker.page.get_by_role("link", name="Write the text").click()
    checker.page.get_by_label("Headline").fill(headline)
    checker.page.get_by_label("Explanation").fill("The transcript of the quay has other words [1].")
    if change:
        checker.page.get_by_label(re.compile("What changes, and why")).fill(change)
    inspect(checker.page, "draft-correction" if change else "draft")
    checker.press("Save and send to sign-off")
    checker.reads("Sign-off")


def sign_off(editor: Person, case: str, shot: str) -> None:
    """Approve as somebody who had no other part."""
    editor.open(f"{case.removesuffix('change/')}sign-off/")
    inspect(editor.page, shot)
    editor.press("Approve")
    editor.reads("Approved")


def publish(publisher: Person, case: str, shot: str) -> None:
    """Put the approved version out."""
    publisher.open(f"{case.removesuffix('change/')}publish/")
    inspect(publisher.page, shot)
    publisher.page.get_by_label("I have read it").check()
    publisher.press("Publish")
    publisher.reads("Published")


def refused(person: Person, case: str, *pages: str) -> None:
    """Expect that pages typed in by hand do nothing for this person: 403, or the page without its button."""
    for page in pages:
        status = person.open(f"{case.removesuffix('change/')}{page}/")
        buttons = ("Approve", "Publish", "Save and send to sign-off", "Decide", "Open it again")
        shown = [name for name in buttons if person.page.get_by_role("button", name=name, exact=True).count()]
        assert status == 403 or not shown, (person.name, page, shown)


def test_an_article_becomes_a_published_and_then_a_corrected_verdict(desk: RunningDesk, open_page: OpenPage) -> None:
    names = ("intake", "checker", "checker2", "editor", "publisher")
    intake, checker, second, editor, publisher = (Person(name, open_page(), desk) for name in names)

    hand_in(intake)
    case = find(editor)
    refused(intake, case, "sign-off", "publish", "correct", "adjudicate")
    assign(editor, case, "Jonas Tarrant")
    refused(second, case, "draft", "sign-off", "publish")

    judge(checker, case, "case-judging")
    editor.open(case)
    editor.press("Second check")
    second.open(case)
    second.press("Take the second check")
    second.open(case)
    assert "The transcript has other words" not in second.page.content()
    judge(second, case, "case-second-check", "Quite other words stand there [1].")

    draft(checker, case, "Arkwright did not say that all of it was signed")
    refused(checker, case, "sign-off", "publish")
    refused(publisher, case, "sign-off", "draft")
    sign_off(editor, case, "sign-off")
    refused(editor, case, "publish")
    refused(intake, case, "publish")
    publish(publisher, case, "publish")

    for entries in feeds_of(desk).values():
        assert [title for _id, title, _words in entries if "all of it was signed" in title]
    before = feeds_of(desk)

    editor.open(f"{case.removesuffix('change/')}correct/")
    editor.page.get_by_label(re.compile("^Correction")).check()
    editor.page.get_by_role("textbox", name="Reason").fill("The day of the remarks was wrong.")
    inspect(editor.page, "correct")
    editor.press("Open it again")
    editor.reads("Queued")
    second.open(case)
    second.press("Take it")
    judge(second, case, "case-correcting", "The transcript of the quay has other words [1].")
    editor.open(case)
    editor.press("No second check")
    note = "The first version gave the wrong day for the remarks."
    draft(second, case, "Arkwright did not say that all of it was signed", note)
    sign_off(editor, case, "sign-off-correction")
    publish(publisher, case, "publish-correction")

    after = feeds_of(desk)
    for kind, entries in after.items():
        (entry,) = [each for each in entries if "all of it was signed" in each[1]]
        assert entry[0] in [each[0] for each in before[kind]], kind
        assert note in entry[2], kind
    publisher.open("/checks/")
    inspect(publisher.page, "checks")
    publisher.page.get_by_role("link", name="Arkwright did not say that all of it was signed").first.click()
    publisher.reads(note)
    inspect(publisher.page, "check")


def test_a_button_pressed_twice_and_a_form_sent_again_do_nothing_twice(desk: RunningDesk, open_page: OpenPage) -> None:
    intake = Person("intake", open_page(), desk)
    accept = re.compile("^Accept( a)?$")
    intake.open("/admin/verification/review/triage/")
    intake.page.get_by_role("link", name=re.compile("order", re.I)).first.click()
    other = intake.page.context.new_page()
    other.goto(intake.page.url)
    for page in (intake.page, other):
        page.get_by_label(re.compile("^Wording")).fill(ONCE)
    intake.page.get_by_role("button", name=accept).dblclick()
    expect(intake.page.get_by_text(ONCE).first).to_be_visible()
    other.get_by_role("button", name=accept).click()
    other.wait_for_load_state()
    intake.page.go_back()
    case = other.locator(".ro-found > li").filter(has_text=ONCE)
    expect(case).to_have_count(1)
    case.get_by_role("link", name=re.compile(r"^R-\d+$")).click()
    expect(other.get_by_text("put it into the queue")).to_have_count(1)


def test_a_stranger_gets_the_public_pages_and_nothing_of_the_desk(desk: RunningDesk, page: Page) -> None:
    answered = page.goto(f"{desk.address}/checks/")
    assert answered is not None
    assert answered.status == 200
    for path in ("/admin/", "/admin/verification/review/", "/admin/verification/review/1/change/"):
        page.goto(f"{desk.address}{path}")
        assert "/admin/login/" in page.url, path
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(f"{desk.address}/checks/00000000-0000-0000-0000-000000000000/")
    assert answer.value.code == 404
