"""The newsroom guide: read on the desk, and true: the script takes its pictures, its keys are those of the pages."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.journeys.pictures import PICTURES, WIDTHS
from tests.people import make_person
from tests.verification.admin.opening import as_person
from verification.admin import keys
from verification.admin.deciding import adjudicating, releasing, writing
from verification.admin.keys import Key
from verification.admin.queue import changelist as queue
from verification.admin.settings.guide import GUIDE, read_page
from verification.admin.triage import page as triage

DOCS = Path(settings.BASE_DIR) / "docs"
TEXT = (DOCS / f"{GUIDE}.md").read_text(encoding="utf-8")


def keys_of(part: object) -> Iterator[Key]:
    """Yield every key of a page's module, or of a part of it, however they are grouped there."""
    if isinstance(part, Key):
        yield part
    elif isinstance(part, ModuleType):
        for value in vars(part).values():
            if isinstance(value, Key | tuple):
                yield from keys_of(value)
    elif isinstance(part, tuple):
        for each in part:
            yield from keys_of(each)


PLACES: dict[str, object] = {
    "everywhere": keys.EVERYWHERE,
    "lists": keys.LISTS,
    "queue": queue,
    "triage": triage,
    "judging": keys.JUDGING,
    "two judgments": adjudicating,
    "drafting": writing,
    "sign-off": releasing,
    "publishing": releasing,
}


@pytest.fixture
def browser(db: None) -> Client:
    return as_person(make_person("checker"))


def test_every_key_of_the_guides_table_is_one_of_its_page() -> None:
    rows = re.findall(r"^\| ([\w -]+) \| ((?:`[^`]+`[ –]*)+) \|", TEXT, re.MULTILINE)
    assert {where for where, _caps in rows} == set(PLACES)
    for where, caps in rows:
        known = {cap for key in keys_of(PLACES[where]) for cap in key.caps}
        told = set(re.findall(r"`([^`]+)`", caps))
        assert told <= known, f"{where}: {told - known}"


def test_every_picture_of_the_documentation_is_taken_by_the_script() -> None:
    taken = {f"{name}{ending}" for name, person, *_rest in PICTURES for ending in ([""] if person else WIDTHS)}
    for page in DOCS.glob("*.md"):
        shown = set(re.findall(r"\(images/([\w-]+)\.png\)", page.read_text(encoding="utf-8")))
        assert shown <= taken, f"{page.name}: {shown - taken}"


def test_every_link_between_the_pages_leads_to_a_heading_that_is_there() -> None:
    headings = {
        page.name: set(re.findall(r'<h\d id="([\w-]+)"', read_page(page.read_text("utf-8"))[2]))
        for page in DOCS.glob("*.md")
    }
    for page in DOCS.glob("*.md"):
        for name, there in re.findall(r"\]\(([\w-]+\.md)?#([\w-]+)\)", page.read_text(encoding="utf-8")):
            assert there in headings[name or page.name], f"{page.name}: {name}#{there}"
        for name in re.findall(r"\]\(([\w-]+\.md)", page.read_text(encoding="utf-8")):
            assert name in headings, f"{page.name}: {name}"


def test_everybody_with_a_log_in_reads_the_guide_with_its_pictures(browser: Client) -> None:
    page = browser.get(reverse("admin:guide")).content.decode()
    assert '<h2 id="the-second-check-blind">The second check, blind</h2>' in page
    assert f'<img src="{reverse("admin:guide_picture", args=["queue"])}" alt="The queue: ' in page
    assert f'href="{reverse("admin:guide_page", args=["people"])}#invitations"' in page
    picture = browser.get(reverse("admin:guide_picture", args=["queue"]))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert picture.content[:4] == b"\x89PNG"
    assert Client().get(reverse("admin:guide")).status_code == 302


def test_every_page_of_the_documentation_is_read_on_the_desk_and_no_other_file(browser: Client) -> None:
    for path in DOCS.glob("*.md"):
        answer = browser.get(reverse("admin:guide_page", args=[path.stem]))
        assert answer.status_code == 200, path.name
        assert answer.context["title"]
    for name in ("README", "nothing"):
        assert browser.get(reverse("admin:guide_page", args=[name])).status_code == 404
        assert browser.get(reverse("admin:guide_picture", args=[name])).status_code == 404


def test_a_page_holds_no_markup_but_what_the_documentation_needs() -> None:
    text = "# Title\n\n## One *two*\n\n<script>x</script> [a](javascript:x) [b](../README.md) ![c](images/none.png)\n"
    title, sections, html = read_page(text)
    assert (title, sections) == ("Title", [("one-two", "One two")])
    assert "<script" not in html
    assert "href" not in html
    assert "<img" not in html
    assert "Title" not in html
