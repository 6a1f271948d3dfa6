"""An article out of a PDF."""

from datetime import date

import pytest

from claims.capture.errors import DamagedInput, EncryptedInput, TextlessInput
from claims.capture.readable import read
from tests.claims.capture.pdf_files import locked, pdf

HEAD = [
    "MINISTRY OF BRIDGES",
    "For Immediate Release",
    "14 March 2023",
    "Minister welcomes the agreement on new crossings",
]
PROSE = [
    "The six river towns agreed on Tuesday to open 1,200 new crossings this year, en-",
    "ding a dispute that has kept lorries waiting since the spring floods. The build-up",
    "of traffic was “a disgrace to us all,” said Jane Roe, the Minister for Bridges.",
    "The toll falls from 4.50 to 3.20 crowns in June, the mayor of Upper Ford said, and",
    "the ferries go on.",
    "“Nobody should wait an hour to cross forty metres of water, and nobody will from the",
    "first of June,” Roe said after nine hours of talks. The towns fear a further build-",
    "up of lorries at night.",
]  # fmt: skip


def test_lines_become_paragraphs_and_broken_words_are_mended() -> None:
    article = read(pdf([HEAD + PROSE]), "application/pdf")
    assert article.text.split("\n\n") == [
        "The six river towns agreed on Tuesday to open 1,200 new crossings this year, ending a dispute that has kept "
        "lorries waiting since the spring floods. The build-up of traffic was “a disgrace to us all,” said Jane Roe, "
        "the Minister for Bridges. The toll falls from 4.50 to 3.20 crowns in June, the mayor of Upper Ford said, and "
        "the ferries go on.",
        "“Nobody should wait an hour to cross forty metres of water, and nobody will from the first of June,” Roe said "
        "after nine hours of talks. The towns fear a further build-up of lorries at night.",
    ]


def test_headline_and_date_of_a_release_are_read() -> None:
    article = read(pdf([HEAD + PROSE]), None, filename="release.pdf")
    assert article.title == "Minister welcomes the agreement on new crossings"
    assert (article.published, article.published_precision) == (date(2023, 3, 14), "day")
    assert article.language == "en"


def test_a_title_in_the_file_counts_only_where_the_page_shows_it() -> None:
    assert read(pdf([HEAD + PROSE], title="Microsoft Word - draft final 3")).title == HEAD[3]
    assert read(pdf([HEAD + PROSE], title="Ministry of Bridges")).title == "Ministry of Bridges"


def test_page_numbers_and_repeated_heads_are_dropped() -> None:
    towns = ("Upper Ford", "Lower Ford", "Old Bridge", "Ferry Lane")
    pages = [
        [
            f"Ministry of Bridges, annex {number}",
            f"{town} held its council on Tuesday evening in the hall, and heard this:",
            *PROSE[:5],
            f"{town} will report on the matter to the ministry every six months.",
            f"Page {number} of 4",
        ]
        for number, town in enumerate(towns, start=1)
    ]
    text = read(pdf(pages)).text
    assert "annex" not in text
    assert "Page" not in text
    assert all(f"{town} held its council" in text and f"{town} will report" in text for town in towns)


def test_what_a_browser_prints_round_a_page_is_dropped_and_is_no_date() -> None:
    lines = ["3/14/23, 5:45 PM River towns", *PROSE, "https://gazette.example/crossings 1/1"]
    article = read(pdf([lines]))
    assert article.text.startswith("The six river towns")
    assert "https" not in article.text
    assert article.published is None


def test_a_sentence_goes_on_over_the_page() -> None:
    assert "the ferries go on." in read(pdf([PROSE[:4], PROSE[4:]])).text


def test_a_scan_is_refused() -> None:
    with pytest.raises(TextlessInput, match="text recognition"):
        read(pdf([[], ["7"]]))


def test_a_pdf_that_wants_a_password_is_refused_and_one_that_does_not_is_read() -> None:
    body = pdf([HEAD + PROSE])
    with pytest.raises(EncryptedInput, match="password"):
        read(locked(body, "secret", "owner"))
    assert read(locked(body, "", "owner")).title == HEAD[3]


@pytest.mark.parametrize("keep", [20, 300, 900])
def test_a_damaged_pdf_is_refused_in_one_sentence(keep: int) -> None:
    with pytest.raises((DamagedInput, TextlessInput)) as refused:
        read(pdf([HEAD + PROSE])[:keep])
    assert str(refused.value).count(". ") == 0
