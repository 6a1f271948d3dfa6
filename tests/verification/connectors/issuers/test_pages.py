"""The documents of entries: web pages, PDFs, texts, and answers that are none of them."""

from datetime import UTC, datetime

import pytest

from claims.capture.asking import Ask, NotAsExpected
from tests.claims.capture.pdf_files import pdf
from tests.verification.connectors.issuers.replaying import Reply
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.issuers.contract import SourceEntry
from verification.connectors.issuers.pages import PageRules, page_document
from verification.connectors.issuers.selecting import css

URL = "https://lake.example/notices/1"
LISTED = SourceEntry(
    "lake-1",
    URL,
    title="On Lamps",
    published=datetime(2031, 5, 4, 9, 30, tzinfo=UTC),
    precision="minute",
    offset=60,
    date_origin="pubDate",
)
MAIN = PageRules(css("body", "main"))


def read(reply: Reply, entry: SourceEntry = LISTED, rules: PageRules = MAIN) -> SourceText | Skipped:
    """Return what is read of an answer."""
    return page_document(reply.answer(Ask(URL)), entry, rules)


def page(head: str = "", main: str = "<p>The mole has forty lamps.</p>") -> Reply:
    """Return a web page."""
    return Reply(f"<html><head><title>On Lamps</title>{head}</head><body><main>{main}</main></body></html>")


@pytest.mark.parametrize(
    ("head", "entry", "at", "origin"),
    [
        (
            '<meta property="article:published_time" content="2031-05-04T08:00:00+02:00">',
            LISTED,
            datetime(2031, 5, 4, 6, tzinfo=UTC),
            "article:published_time",
        ),
        ('<meta name="dcterms.issued" content="2031-05-03">', LISTED, LISTED.published, "pubDate"),
        ('<meta property="article:modified_time" content="2031-06-01T08:00:00Z">', LISTED, LISTED.published, "pubDate"),
        (
            '<script type="application/ld+json">{"@type": "Report", "datePublished": "2031-05-03T08:00:00Z"}</script>',
            SourceEntry("lake-1", URL, title="On Lamps"),
            datetime(2031, 5, 3, 8, tzinfo=UTC),
            "json-ld",
        ),
        ("", SourceEntry("lake-1", URL, title="On Lamps"), None, None),
    ],
)
def test_of_two_dates_the_finer_counts_and_a_change_is_no_publication(
    head: str, entry: SourceEntry, at: datetime | None, origin: str | None
) -> None:
    text = read(page(head), entry)
    assert isinstance(text, SourceText)
    assert (text.published, text.date_origin) == (at, origin)


def test_a_day_of_the_page_counts_more_than_the_time_of_a_change_in_the_list() -> None:
    changed = SourceEntry(
        "lake-1", URL, "On Lamps", datetime(2031, 6, 1, 8, tzinfo=UTC), "second", 0, date_origin="updated"
    )
    text = read(page('<meta name="dcterms.issued" content="2031-05-03">'), changed)
    assert isinstance(text, SourceText)
    assert (text.published, text.date_origin) == (datetime(2031, 5, 3, tzinfo=UTC), "dcterms.issued")


def test_a_pdf_is_read_with_its_pages_and_the_title_of_the_list() -> None:
    text = read(Reply(pdf([["The mole has forty lamps and six captains."]]), "application/pdf"))
    assert isinstance(text, SourceText)
    assert (text.title, text.stable_id, text.published) == ("On Lamps", "lake-1", LISTED.published)
    assert [place["page"] for place in text.places] == [1]


def test_an_address_is_written_as_the_page_itself_writes_it_and_else_where_it_led() -> None:
    tracked = SourceEntry("lake-1", f"{URL}?utm_source=feed", title="On Lamps")
    own, other = (page(f'<link rel="canonical" href="{href}">') for href in (URL, "https://lake.example/"))
    moved = Reply(page().body, url="https://archive.example/notices/1")
    found = [read(own, tracked), read(other), read(moved)]
    assert [text.url for text in found if isinstance(text, SourceText)] == [
        URL,
        URL,
        "https://archive.example/notices/1",
    ]


def test_notices_and_a_repeated_title_and_date_are_left_out_of_the_text() -> None:
    main = (
        "<p>Kept  as it was.&nbsp;Links may not work.</p><h1>On Lamps</h1><p>May 4, 2031</p><p>For  immediate use:</p>"
        "<aside><p>More</p></aside><p>On Lamps, the Warden said:</p><p>###</p>"
    )
    rules = PageRules(css("body", "main"), (css("without", "aside"),), ("Kept as it was.",))
    text = read(page(main=main), rules=rules)
    assert isinstance(text, SourceText)
    assert text.text == "For immediate use:\n\nOn Lamps, the Warden said:"


@pytest.mark.parametrize(
    "reply",
    [
        Reply("{}", "application/json"),
        Reply("<rss/>", "text/xml"),
        Reply("", "text/html"),
        Reply("<html><body><p>Technical Difficulties. Please try again later.</p></body></html>"),
        Reply("<html><head><title>Verify that you are human</title></head><body><p>Wait.</p></body></html>"),
    ],
)
def test_an_answer_that_is_no_document_of_the_source_is_a_failure(reply: Reply) -> None:
    for entry in (LISTED, SourceEntry("lake-1", URL)):
        with pytest.raises(NotAsExpected):
            read(reply, entry)


def test_what_holds_no_text_is_passed_over_with_the_reason() -> None:
    for reply in (
        Reply(b"\x89PNG\r\n\x1a\n" + bytes(50), "application/octet-stream"),
        Reply(b"%PDF-1.4 x", "application/pdf"),
    ):
        passed = read(reply)
        assert isinstance(passed, Skipped)
        assert str(passed.reason)
