"""NATO's addresses, old and new, and its feed. What stands in them is ours."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar

from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import SourceText
from verification.connectors.issuers.nato import FEED, Nato

OLD = "https://www.nato.int/cps/en/natohq/news_192578.htm"
NEW = "https://www.nato.int/en/news-and-events/articles/news/2026/02/28/warden-visits-the-northern-mole"
HEADER = "28 Feb. 2022 - | Last updated: 01 Mar. 2022 19:02"


def page(title: str, *paragraphs: str) -> Reply:
    """Return a page."""
    written = "".join(f"<p>{each}</p>" for each in paragraphs)
    return Reply(f"<html lang='en'><body><article><h1>{title}</h1>{written}</article></body></html>")


WORDS = (
    "The Warden took part in a call on lamps with captains of six harbours, and thanked each of them for their oil.",
    "They agreed to light every mole by midsummer.",
)
SITE = {
    FEED: Reply(
        '<rss version="2.0"><channel><title>NATO</title><language>en</language>'
        f"<item><title>Warden takes part in call with captains</title><link>{OLD}?selectedLocale=en</link>"
        f"<guid>{OLD}</guid><pubDate>28 Feb. 2022 12:00:00 GMT</pubDate><description>In short</description></item>"
        f"<item><title>Warden visits</title><link>{NEW}</link><pubDate>28 Feb. 2026 09:30:00 GMT</pubDate></item>"
        "</channel></rss>",
        "text/xml",
    ),
    OLD: page("Warden takes part in call with captains", HEADER, *WORDS),
    NEW: page("Warden visits the northern mole", *WORDS),
}
PATH = NEW.removeprefix("https://www.nato.int")


class TestNato(ConnectorContract):
    connector = Nato({})
    site: ClassVar[Mapping[str, Reply]] = SITE
    shows: ClassVar[Mapping[str, list[str]]] = {"poll": ["news_192578", PATH]}
    named: ClassVar[Mapping[str, str]] = {
        "At nato.int/cps/en/natohq/news_192578.htm?selectedLocale=en, they say.": "news_192578",
        f"({NEW})": PATH,
    }


def test_a_dotted_month_of_the_feed_is_read_with_its_time() -> None:
    old, new = Nato({}).poll(Replay(SITE)).entries
    assert (old.published, old.precision, old.url) == (datetime(2022, 2, 28, 12, tzinfo=UTC), "second", OLD)
    assert old.memo["guid"] == OLD
    assert new.language == "en"


def test_a_page_is_dated_by_its_header_and_never_by_its_last_update() -> None:
    connector = Nato({})
    entry = connector.resolve(Replay(SITE), OLD)
    assert (entry.published, entry.precision) == (datetime(2022, 2, 28, tzinfo=UTC), "day")
    assert entry.title == "Warden takes part in call with captains"
    for markup in (SITE[OLD], Reply(str(SITE[OLD].body).replace(f"<p>{HEADER}</p>", f"<div class='x'>{HEADER}</div>"))):
        text = connector.fetch(Replay({OLD: markup}), entry).text
        assert isinstance(text, SourceText)
        assert (text.text, text.published) == ("\n\n".join(WORDS), datetime(2022, 2, 28, tzinfo=UTC))


def test_a_present_address_tells_the_day_where_its_page_does_not() -> None:
    entry = Nato({}).resolve(Replay(SITE), NEW)
    assert (entry.published, entry.date_origin) == (datetime(2026, 2, 28, tzinfo=UTC), "address")


def test_another_language_is_another_document() -> None:
    french = OLD.replace("/en/", "/fr/")
    (named,) = Nato({}).recognise(f"Voir {french}")
    entry = Nato({}).resolve(Replay({french: SITE[OLD]}), named)
    assert (named, entry.stable_id) == (french, "fr/news_192578")


def test_a_feed_that_is_gone_is_told() -> None:
    assert Nato({}).poll(Replay({FEED: Reply("<rss><channel/></rss>", "text/xml")})).outcome is Outcome.EMPTY
    assert Nato({"feeds": [f"{FEED}?x"]}).examples()[0] == f"{FEED}?x"
