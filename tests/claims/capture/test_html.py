"""An article out of a page: its text, and what the page says of itself."""

import json
from datetime import UTC, date, datetime

import pytest

from claims.capture.readable import Readable, read

FIRST = (
    "The six river towns agreed on Tuesday to open 1,200 new crossings this year, ending a dispute that has kept "
    "lorries waiting at the fords since the spring floods. The towns will publish the figures every six months."
)
SECOND = (
    "“Nobody should wait an hour to cross forty metres of water,” said Jane Roe, the Minister for Bridges, after the "
    "meeting at the town hall of Upper Ford. She thanked the mayors for nine hours of patience."
)
THIRD = (
    "The mayor of Upper Ford, John Doe, said the toll would fall from 4.50 to 3.20 crowns in June, and that the "
    "ferries would run until the last of the new crossings had been opened to lorries."
)
TITLE = "River towns agree on new crossings"
ARTICLE = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(head: str = "", about: str = "", body: str = ARTICLE, lang: str = ' lang="en"') -> Readable:
    html = f"""<!DOCTYPE html><html{lang}><head>{head}</head><body>
    <nav><a href="/">Home</a> <a href="/rivers">Rivers</a></nav>
    <article><h1>{TITLE}</h1>{about}{body}</article>
    <footer>© 2019 Ford Gazette · 1 January 2019</footer></body></html>"""
    return read(html.encode(), "text/html", url="https://gazette.example/2018/05/06/crossings")


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def test_the_text_is_the_article_without_headline_and_navigation() -> None:
    assert page().text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert page().title == TITLE
    assert page().language == "en"


def test_what_the_page_does_not_say_is_unknown() -> None:
    article = page()
    assert (article.outlet, article.byline, article.canonical_url) == (None, None, None)
    assert (article.published, article.published_precision, article.published_origin) == (None, None, None)


def test_the_date_in_the_address_or_in_prose_is_not_the_articles() -> None:
    assert page(body=f"{ARTICLE}<p>The old bridge fell on 14 March 1921, the mayor said.</p>").published is None


def test_open_graph_states_title_outlet_date_and_address() -> None:
    article = page(
        f'<meta property="og:title" content="{TITLE} | Ford Gazette">'
        '<meta property="og:site_name" content="Ford Gazette">'
        '<meta property="article:published_time" content="2023-03-14T17:45:43Z">'
        '<meta property="article:modified_time" content="2023-03-15T09:00:00Z">'
        '<link rel="canonical" href="/rivers/crossings?a=1#top">'
    )
    assert (article.title, article.outlet) == (TITLE, "Ford Gazette")
    assert article.published == datetime(2023, 3, 14, 17, 45, 43, tzinfo=UTC)
    assert (article.published_precision, article.published_origin) == ("second", "article:published_time")
    assert article.canonical_url == "https://gazette.example/rivers/crossings?a=1"


def test_json_ld_states_authors_publisher_and_date() -> None:
    graph = [
        {"@type": "Organization", "@id": "#gazette", "name": "Ford Gazette"},
        {"@type": "Person", "@id": "#jane", "name": "Jane Doe"},
        {"@type": "NewsArticle", "headline": "Another headline", "datePublished": "2001-01-01"},
        {
            "@type": ["NewsArticle"],
            "headline": TITLE,
            "datePublished": "2023-03-14T17:45-05:00",
            "author": [{"@id": "#jane"}, {"@type": "Person", "name": "By Max Roe"}],
            "publisher": {"@id": "#gazette"},
        },
    ]
    article = page(ld(**{"@graph": graph}))
    assert (article.byline, article.outlet) == ("Jane Doe, Max Roe", "Ford Gazette")
    assert article.published is not None
    assert article.published.isoformat() == "2023-03-14T17:45:00-05:00"
    assert (article.published_precision, article.published_origin) == ("minute", "json-ld")


@pytest.mark.parametrize(
    "script", ["{not json", "[" * 100_000, '{"@type": "NewsArticle", "author": 7}', "null", '"x"', ""]
)
def test_damaged_json_ld_is_passed_over(script: str) -> None:
    assert page(f'<script type="application/ld+json">{script}</script>').text.startswith("The six river towns")


@pytest.mark.parametrize(
    ("about", "published", "precision", "origin"),
    [
        (
            '<time datetime="2023-03-14T17:45:00+01:00">Tue</time>',
            "2023-03-14T17:45:00+01:00",
            "second",
            "time element",
        ),
        ('<p><time datetime="2023-03-14">Tuesday</time></p>', "2023-03-14", "day", "time element"),
        ('<b itemprop="datePublished" content="2023-03-14">Tue</b>', "2023-03-14", "day", "itemprop datePublished"),
        ('<div class="article-date">Published 14 March 2023, 5 pm</div>', "2023-03-14", "day", "byline"),
        ("<div>Tuesday, 14 March 2023</div>", "2023-03-14", "day", "byline"),
    ],
)
def test_a_visible_date_by_the_headline_is_read(about: str, published: str, precision: str, origin: str) -> None:
    article = page(about=about)
    assert article.published is not None
    assert article.published.isoformat() == published
    assert (article.published_precision, article.published_origin) == (precision, origin)


@pytest.mark.parametrize(
    "about",
    [
        '<div class="article-date">Tuesday</div>',
        '<div class="date-modified">15 March 2023</div>',
        '<p class="date">Last updated 15 March 2023</p>',
        '<time class="updated" datetime="2023-03-15">Wednesday</time>',
        "<p>Updated <time datetime='2023-03-15'>15 March</time></p>",
        '<aside><time datetime="2023-03-01">Another article</time></aside>',
        '<div class="date">3/4/2023</div>',
    ],
)
def test_a_weekday_an_update_or_another_articles_date_is_not_read(about: str) -> None:
    assert page(about=about).published is None


def test_a_time_element_keeps_its_time_though_its_line_shows_a_day() -> None:
    about = '<div class="date"><time datetime="2023-03-14T17:45:43Z">14 March 2023</time></div>'
    assert page(about=about).published_precision == "second"


def test_a_byline_by_the_headline_is_read_and_not_the_outlets_name() -> None:
    head = '<meta property="og:site_name" content="Ford Gazette"><meta name="author" content="Ford Gazette">'
    assert page(head, '<p class="byline">By Jane Doe</p>').byline == "Jane Doe"
    assert page(head).byline is None


def test_prompts_and_credits_inside_the_article_are_dropped() -> None:
    body = (
        f"<p>{FIRST}</p><p>Read more: Ferries to stop in June</p><p>{SECOND}</p><p>Photo: Jane Roe</p><p>{THIRD}</p>"
        "<p>Sign up for our newsletter</p>"
    )
    assert page(body=body).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_standfirst_that_the_pages_description_repeats_is_kept() -> None:
    lead = "Nine hours of talks ended with lower tolls and a promise to publish the figures twice a year"
    head = f'<meta name="description" content="{lead}">'
    html = (
        f"<html lang=en><head>{head}</head><body><article><header><h1>{TITLE}</h1>"
        f'<div class="teaser"><p>{lead}</p></div></header>{ARTICLE}</article></body></html>'
    )
    assert read(html.encode(), "text/html").text == f"{lead}\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_description_that_is_not_on_the_page_is_not_made_part_of_it() -> None:
    lead = "Nine hours of talks ended with lower tolls and a promise to publish the figures twice a year"
    assert lead not in page(f'<meta name="description" content="{lead}">').text


def test_quotation_elements_get_the_marks_a_browser_draws() -> None:
    text = page(
        body=f"<p>{FIRST}</p><p>{SECOND}</p><p>He said <q>the toll will <b>fall</b></q> by a third in June.</p>"
    ).text
    assert "“the toll will fall”" in text


def test_quotation_marks_and_spelling_stay_as_printed() -> None:
    odd = (
        "“We’ll see,” she said — 'perhaps' – of the build-up… and of the naïve plan that nobody had read before Monday."
    )
    assert odd in page(body=f"{ARTICLE}<p>{odd}</p>").text


def test_a_language_the_words_show_wins_over_a_wrong_attribute() -> None:
    german = (
        "<p>Die sechs Städte am Fluss haben sich am Dienstag darauf geeinigt, dass in diesem Jahr 1.200 neue Übergänge "
        "geöffnet werden. Das sagte die Ministerin nach der Sitzung im Rathaus, und die Maut wird im Juni sinken.</p>"
    )
    assert page(body=german * 2).language == "de"


def test_a_language_is_unknown_where_nothing_tells() -> None:
    assert page(body="<p>" + "Ford Roe Doe Bridge Town Toll " * 20 + "</p>", lang="").language is None


def test_a_page_in_another_encoding_is_read_by_its_own_word() -> None:
    words = "Мост открыт. " * 40
    html = f'<html><head><meta charset="windows-1251"></head><body><article><p>{words}</p></article></body></html>'
    assert read(html.encode("cp1251"), "text/html").text.startswith("Мост открыт.")
    assert read(html.encode("cp1251"), "text/html").language is None


def test_a_fragment_of_a_page_is_read() -> None:
    assert read(f"<p>{FIRST}</p>".encode(), "text/html").text == FIRST


def test_a_piece_of_a_page_is_read_whole() -> None:
    piece = f"<p>Office of the Minister</p><p>{FIRST}</p><ul><li>one crossing<li>two crossings</ul><table><tr><td>toll"
    assert read(piece.encode(), "text/html").text.split("\n\n") == [
        "Office of the Minister",
        FIRST,
        "one crossing",
        "two crossings",
        "toll",
    ]


def test_a_short_page_is_read() -> None:
    html = f"<html><body><h1>{TITLE}</h1><p>The toll falls in June.</p></body></html>"
    article = read(html.encode(), "text/html")
    assert (article.title, article.text) == (TITLE, "The toll falls in June.")


def test_precision_never_exceeds_what_is_stated() -> None:
    assert page('<meta name="dcterms.date" content="2023-03">').published == date(2023, 3, 1)
    assert page('<meta name="dcterms.date" content="2023-03">').published_precision == "month"
    assert page('<meta name="date" content="2023-03-14T17:45:00">').published_precision == "day"
