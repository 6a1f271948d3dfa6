"""The connector for any sitemap."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import pytest

from claims.capture.asking import Interrupted
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.issuers.contract import Window
from verification.connectors.issuers.sitemaps import Sitemaps, words_in_address

INDEX = "https://lake.example/sitemap_index.xml"
PART = "https://lake.example/post-sitemap{}.xml"
PRESS = "https://lake.example/press/2031/{}/"
SAID: dict[str, Any] = {
    "sitemaps": [INDEX],
    "include": ["*/press/*"],
    "exclude": ["*/draft-*"],
    "dated_addresses": True,
}


def sitemap(*pages: tuple[str, str], index: bool = False) -> Reply:
    """Return a sitemap of pairs of address and time."""
    root, each = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = [f"<loc>{url}</loc>{lastmod and f'<lastmod>{lastmod}</lastmod>'}" for url, lastmod in pages]
    inner = "".join(f"<{each}>{entry}</{each}>" for entry in entries)
    return Reply(f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>', "text/xml")


def document(title: str) -> Reply:
    """Return a page."""
    words = "The mole has forty lamps, says the Warden of it."
    return Reply(f"<html><body><article><h1>{title}</h1><p>{words}</p></article></body></html>")


LAMPS, OIL, FOG = (PRESS.format(each) for each in ("05/04/remarks-on-lamps", "04/01/oil-for-lamps", "03/20/fog"))
SITE = {
    INDEX: sitemap(
        (PART.format(2), "2031-05-05T08:00:00Z"),
        (PART.format(1), "2031-04-02T08:00:00Z"),
        (PART.format(0), "2030-01-01"),
        index=True,
    ),
    PART.format(2): sitemap((LAMPS, "2031-05-05T08:00:00Z"), ("https://lake.example/about/", "2031-05-05")),
    PART.format(1): sitemap((OIL, "2031-04-02T08:00:00Z"), (FOG, ""), (PRESS.format("04/01/draft-x"), "2031-04-02")),
    PART.format(0): sitemap((PRESS.format("old"), "2030-01-01")),
    LAMPS: document("Remarks on Lamps"),
    OIL: document("Oil for Lamps"),
    FOG: document("Fog"),
}


class TestSitemaps(ConnectorContract):
    connector = Sitemaps(SAID)
    site: ClassVar[Mapping[str, Reply]] = SITE
    window = Window(date(2031, 3, 1), date(2031, 5, 31))
    shows: ClassVar[Mapping[str, list[str]]] = {"list_by_date": [OIL, FOG, LAMPS]}


def test_a_page_is_told_by_its_address_and_by_when_it_was_modified_which_is_no_publication() -> None:
    page = Sitemaps(SAID).list_by_date(Replay(SITE), Window(date(2031, 5, 1)))
    (entry,) = page.entries
    assert (entry.title, entry.snippet) == (None, "remarks on lamps")
    assert (entry.published, entry.precision, entry.date_origin) == (datetime(2031, 5, 4, tzinfo=UTC), "day", "address")
    assert entry.updated == datetime(2031, 5, 5, 8, tzinfo=UTC)
    undated = Sitemaps({"sitemaps": [PART.format(1)]}).list_by_date(Replay(SITE), Window())
    assert [each.published for each in undated.entries] == [None, None, None]


def test_sitemaps_in_which_nothing_was_modified_since_are_not_asked_for() -> None:
    replay = Replay(SITE)
    connector = Sitemaps(SAID)
    window = Window(date(2031, 4, 2), date(2031, 4, 2))
    first = connector.list_by_date(replay, window)
    connector.list_by_date(replay, window, first.next_cursor)
    assert replay.urls == [INDEX, PART.format(1), PART.format(2)]


def test_pages_modified_before_the_first_day_are_left_out_and_undated_ones_kept() -> None:
    said = {"sitemaps": [PART.format(1)]}
    page = Sitemaps(said).list_by_date(Replay(SITE), Window(date(2031, 4, 10), date(2031, 4, 20)))
    assert [entry.url for entry in page.entries] == [FOG]


def test_a_news_sitemap_is_listed_by_its_dates() -> None:
    news = (
        '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc>https://lake.example/a</loc><n:news><n:publication><n:language>en</n:language></n:publication>"
        "<n:publication_date>2031-05-04T23:30:00-04:00</n:publication_date><n:title>Lamps</n:title></n:news></url>"
        "<url><loc>https://lake.example/b</loc><n:news><n:publication_date>2031-05-05</n:publication_date></n:news></url>"
        "</urlset>"
    )
    said = {"sitemaps": [INDEX], "zone": "America/New_York"}
    page = Sitemaps(said).list_by_date(Replay({INDEX: Reply(news, "text/xml")}), Window(None, date(2031, 5, 4)))
    (entry,) = page.entries
    assert (entry.title, entry.language, entry.offset, entry.date_origin) == ("Lamps", "en", -240, "publication_date")


def test_a_sitemap_that_fails_is_put_off_until_the_others_were_read() -> None:
    site = {**SITE, PART.format(1): Reply("", status=500)}
    connector, window = Sitemaps(SAID), Window(date(2031, 3, 1))
    first = connector.list_by_date(Replay(site), window)
    assert [entry.url for entry in first.entries] == [LAMPS]
    with pytest.raises(Interrupted) as told:
        connector.list_by_date(Replay(site), window, first.next_cursor)
    assert told.value.outcome is Outcome.FAILED
    assert len(connector.list_by_date(Replay(SITE), window, first.next_cursor).entries) == 2


def test_indexes_that_lead_to_each_other_end_as_a_failure() -> None:
    circle = Replay({INDEX: sitemap((INDEX, ""), index=True)})
    with pytest.raises(Interrupted) as told:
        Sitemaps(SAID).list_by_date(circle, Window())
    assert told.value.outcome is Outcome.FAILED
    assert len(circle.asked) == 3


def test_an_index_of_nothing_is_empty() -> None:
    page = Sitemaps(SAID).list_by_date(Replay({INDEX: sitemap(index=True)}), Window())
    assert (page.outcome, page.next_cursor) == (Outcome.EMPTY, None)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/press/2031/05/04/remarks-by-the-warden/", "remarks by the warden"),
        ("/press/on_lamps.html", "on lamps"),
        ("/press/2031/36480/", "press"),
        ("/a/%C3%B6l-und-licht", "öl und licht"),
        ("/", ""),
    ],
)
def test_the_words_of_an_address_stand_in_for_a_title(path: str, said: str) -> None:
    assert words_in_address(f"https://lake.example{path}") == said
