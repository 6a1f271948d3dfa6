"""An article out of what somebody pasted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.capture.pasted import read_plain

FIRST = (
    "The six river towns agreed on Tuesday to open 1,200 new crossings this year, ending a dispute that has kept "
    "lorries waiting at the fords since the spring floods."
)
SECOND = "“Nobody should wait an hour to cross forty metres of water,” said Jane Roe, the Minister for Bridges."
THIRD = "The mayor of Upper Ford, John Doe, said the toll would fall from 4.50 to 3.20 crowns, “at last.”"

PASTED = f"""News   /   Rivers   /   Crossings   /   Editor's Choice

River towns agree on crossings after nine hours of talks

Minister for Bridges Jane Roe

{FIRST}

{SECOND}

A lorry at the Upper Ford on Monday (Photo by Ford Gazette)

{THIRD}

\u00a0


Ford Gazette’s website can also be accessed at the following alternate addresses:

www.fordgazette.example

SHARE THIS ARTICLE
Ford Gazette News App
"""


def test_the_page_round_a_pasted_article_is_dropped() -> None:
    article = read_plain(PASTED)
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert article.title == "River towns agree on crossings after nine hours of talks"
    assert article.outlet == "Ford Gazette"
    assert article.byline is None
    assert article.published is None


def test_author_and_full_date_below_the_headline_are_read() -> None:
    article = read_plain(
        f"River towns agree on crossings\n\nBy Jane Doe and Max Roe\n\nPublished: 14 March 2023\n\n{FIRST}\n\n{SECOND}"
    )
    assert article.byline == "Jane Doe and Max Roe"
    assert article.published is not None
    assert (article.published.value, article.published.precision) == (date(2023, 3, 14), "day")
    assert article.published_origin == "byline"
    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_a_headline_that_holds_a_date_stays_a_headline() -> None:
    title = "Press Conference by Minister for Bridges Jane Roe, 14 March 2023"
    article = read_plain(f"{title}\n\nTown Hall, Upper Ford\n\n{FIRST}\n\n{SECOND}")
    assert article.title == title
    assert article.published is None


@pytest.mark.parametrize(
    "line", ["Monday", "Updated: 15 March 2023", "Yesterday at 5 pm", "14 March", "© 14 March 2023"]
)
def test_a_weekday_or_an_update_is_no_date(line: str) -> None:
    assert read_plain(f"River towns agree on new crossings\n\n{line}\n\n{FIRST}\n\n{SECOND}").published is None


def test_the_day_a_page_was_copied_is_not_its_date() -> None:
    menu = "\n".join(["Rivers", "Roads", "Sport", "Weather", "Contact"])
    article = read_plain(f"Friday, 17 March 2023\n{menu}\n\nRiver towns agree on crossings\n\n{FIRST}\n\n{SECOND}")
    assert article.title == "River towns agree on crossings"
    assert article.published is None


def test_an_agency_dateline_names_the_agency_and_the_day() -> None:
    article = read_plain(f"UPPER FORD, March 14, 2023 (Fordpress) - {FIRST}\n\n{SECOND}")
    assert article.outlet == "Fordpress"
    assert article.published is not None
    assert (article.published.value, article.published_origin) == (date(2023, 3, 14), "dateline")
    assert article.text.startswith("UPPER FORD, March 14, 2023 (Fordpress) - The six river towns")


def test_a_dateline_without_a_year_gives_no_date() -> None:
    assert read_plain(f"UPPER FORD, March 14 (Fordpress) — {FIRST}\n\n{SECOND}").published is None


def test_a_rights_notice_names_the_outlet() -> None:
    assert (
        read_plain(f"{FIRST}\n\n{SECOND}\n\n© 2023 The Ford Gazette. All rights reserved.").outlet == "The Ford Gazette"
    )


def test_a_standfirst_too_long_for_a_caption_is_kept() -> None:
    standfirst = (
        "After nine hours of talks the minister and six mayors have settled a dispute over tolls, ferries and the "
        "use of the old ford at night"
    )
    article = read_plain(f"River towns agree on new crossings\n\n{standfirst}\n\n{FIRST}\n\n{SECOND}")
    assert article.text.startswith(standfirst)


def test_other_articles_below_the_text_are_cut_off() -> None:
    other = "The ferry company said on Monday that it would raise its fares by a tenth before the summer begins."
    article = read_plain(f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\nMost read\n\n{other}")
    assert other not in article.text
    assert article.text.endswith(THIRD)


def test_lines_without_gaps_are_paragraphs() -> None:
    assert read_plain(f"River towns agree on new crossings\n{FIRST}\n{SECOND}\n{THIRD}").text.count("\n\n") == 2


def test_short_answers_and_lists_between_paragraphs_stay() -> None:
    text = f"{FIRST}\n\n“No,” she said.\n\n- 300 crossings in June\n\n- 900 by the end of the year\n\n{SECOND}"
    assert read_plain(text).text == text


def test_a_transcript_keeps_every_turn() -> None:
    turns = [
        "MS. ROE: Good morning, everyone, and thank you for coming to the town hall on such a day.",
        "Q Thank you.",
        "Q Is the toll going up?",
        "MS. ROE: No. It falls to 3.20 crowns, as the six towns agreed with us on Tuesday evening.",
        "Q When?",
        "MS. ROE: In June.",
    ]
    assert read_plain("\n\n".join(turns)).text == "\n\n".join(turns)


@pytest.mark.parametrize("text", ["Upper Ford 12\nLower Ford 9\nOld Bridge 4", "rain\non the ford\nand no ferry"])
def test_a_list_or_a_poem_is_kept_as_it_is(text: str) -> None:
    article = read_plain(text)
    assert article.text.split("\n\n") == text.split("\n")
    assert article.title is None


def test_one_sentence_is_an_article_without_a_title() -> None:
    article = read_plain("The toll falls to 3.20 crowns in June.")
    assert (article.text, article.title) == ("The toll falls to 3.20 crowns in June.", None)


def test_a_document_of_its_own_keeps_its_headings() -> None:
    text = f"MINISTRY OF BRIDGES\n\nMinister welcomes the new crossings\n\n{FIRST}\n\nWhat happens next\n\n{SECOND}"
    article = read_plain(text, whole=True)
    assert article.title == "Minister welcomes the new crossings"
    assert "What happens next" in article.text
    assert "What happens next" not in read_plain(text).text


@given(st.text(st.sampled_from("ab .\n\t/|©“”-–1(A,:?\u00a0"), max_size=300))
def test_no_text_breaks_the_rules_and_words_are_never_made_up(text: str) -> None:
    article = read_plain(text)
    for part in (article.title, article.byline, article.outlet):
        assert part is None or part in " ".join(text.replace("\u00a0", " ").split()) or part in text
