"""Public pages on paper: what is printed has every address in full, nothing to press, and no sheet half empty."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cases import make_document
from tests.verification.publishing.rows import CHECK, SAID, Piece, make_case, publish, set_desk
from verification.models import Publication, Role, Stance, VerdictPackage
from verification.review.checkpoints import make_checkpoint
from verification.review.sealing import seal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARAGRAPH = (
    "The warden spoke twice of the lamps that evening, and both times said that nobody would be asked to pay for them,"
    " whatever the harbour board might think of it in the new year. Nothing else differs from what was printed [1]."
)


def sheets_of(page: Page, address: str) -> list[str]:
    """Print a page on A4; return each sheet's text without its gaps, for an address may be broken anywhere."""
    page.goto(address)
    printed = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return ["".join(sheet.extract_text().split()) for sheet in printed.pages]


def packaged(publication: Publication) -> Publication:
    """Give a published version a package, as far as its page tells of it."""
    seal()
    head = make_checkpoint()
    assert head is not None
    VerdictPackage.objects.create(verdict=publication.verdict, sha256="ab" * 32, size=60_000, checkpoint=head)
    return publication


@pytest.fixture(autouse=True)
def _public_address(settings: Settings, tmp_path: Path) -> None:
    settings.STATE_DIR, settings.LOG_KEY = tmp_path, ""
    settings.PUBLIC_URL = "https://checks.example"


def test_a_printed_check_says_where_each_link_leads_and_has_nothing_to_press(
    page: Page, live_server: LiveServer
) -> None:
    set_desk(name="The Quay Desk", homepage="https://quay.example/")
    second = packaged(publish(publish().review, 2))
    path = f"/checks/{second.review.public}/"
    text = "".join(sheets_of(page, live_server.url + path))
    own = [path + rest for rest in ("v2/package/", "v1/", "reach/")]
    for address in (*own, "/checks/verify_readout.pyz", "/checks/log/"):
        assert f"<https://checks.example{address}>" in text, address
    for address in ("https://port.example/remarks", "https://lantern.example/lamps", "https://quay.example/"):
        assert f"<{address}>" in text, address
    for words in ("Takeitwithyou", "Embedthis", "Somethingwrong?", "Allversions", "Atomfeed", "Factchecks"):
        assert words not in text, words
    assert "TheQuayDesk<" in text
    old = "".join(sheets_of(page, f"{live_server.url}{path}v1/"))
    assert f"whichreplacedit<https://checks.example{path}>" in old


def test_a_printed_list_has_the_address_of_each_check_and_no_ways_to_browse(
    page: Page, live_server: LiveServer
) -> None:
    checks = [publish().review for _each in range(3)]
    text = "".join(sheets_of(page, f"{live_server.url}/checks/"))
    for review in checks:
        assert f"<https://checks.example/checks/{review.public}/>" in text
    for words in ("Browse", "Feeds", "JSONFeed", "Anyrating"):
        assert words not in text, words


def test_a_check_of_three_paragraphs_takes_two_sheets(page: Page, live_server: LiveServer) -> None:
    figures = make_document(f"{PARAGRAPH} " * 3, tier=2, title="Figures of the northern mole")
    remarks = make_document(SAID, url="https://port.example/remarks")
    pieces = [Piece(remarks, quote_check=CHECK), Piece(figures, Role.CONTEXT, Stance.SILENT)]
    publication = packaged(publish(pieces=pieces, explanation="\n\n".join([PARAGRAPH] * 3)))
    sheets = sheets_of(page, f"{live_server.url}/checks/{publication.review.public}/")
    assert len(sheets) == 2


def test_a_long_passage_begins_below_its_heading_and_runs_on_to_the_next_sheet(
    page: Page, live_server: LiveServer
) -> None:
    record = make_document(" ".join(f"{number}. {PARAGRAPH}" for number in range(1, 21)), title="The whole evening")
    publication = publish(make_case(), pieces=[Piece(record)])
    first, second, *_rest = sheets_of(page, f"{live_server.url}/checks/{publication.review.public}/")
    assert "1.Thewholeevening" in first
    assert "1.Thewardenspoke" in first
    assert "3.Thewardenspoke" in first
    assert "20.Thewardenspoke" in second
