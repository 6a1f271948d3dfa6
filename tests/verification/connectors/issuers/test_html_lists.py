"""The connector for web pages that list documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest

from claims.capture.asking import Answer, Ask, Interrupted, NotAsExpected
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import BadConfiguration, SourceEntry, Window
from verification.connectors.issuers.html_lists import HtmlLists

LIST = "https://lake.example/news/"
SAID: dict[str, Any] = {
    "lists": [LIST],
    "item": "main li",
    "title": "h2",
    "date": "time",
    "category": "a[rel=tag]",
    "body": "article .text",
    "without": [".share"],
    "strip": ["This page is kept as it was."],
    "zone": "America/New_York",
}


def listed(*items: str, following: str = "") -> Reply:
    """Return a list page of these entries' markup."""
    link = f'<link rel="next" href="{following}">' if following else ""
    entries = "".join(f"<li>{each}</li>" for each in items)
    return Reply(
        f"<html><head>{link}</head><body><nav><li>Home</li></nav><main><ul>{entries}</ul></main></body></html>"
    )


def item(number: int, stamp: str) -> str:
    """Return the markup of one entry."""
    return (
        f'<h2><a href="/news/{number}/">Notice&nbsp;{number}</a></h2><a rel="tag" href="/tag/">Harbour</a>'
        f'<time datetime="{stamp}">a day</time>'
    )


def document(number: int) -> Reply:
    """Return the page of an entry."""
    return Reply(
        f'<html lang="en"><head><title>Notice {number} | Lake</title><meta property="article:modified_time"'
        f' content="2031-09-09T09:00:00Z"></head><body><p>Menu and more</p><article><h1>Notice {number}</h1>'
        f'<div class="text"><p>This page is kept as it was. Links may not work.</p><p>Notice {number}</p>'
        f'<p>The mole has {number} lamps.</p><p class="share">Share this with captains</p><p>###</p></div></article>'
        "</body></html>"
    )


SITE = {
    LIST: listed(item(4, "2031-05-04T23:30:00-04:00"), item(3, "2031-05-03"), following="/news/page/2/"),
    f"{LIST}page/2/": listed(item(2, "2031-05-02"), following="/news/page/3/"),
    f"{LIST}page/3/": listed(item(1, "2031-05-01")),
    **{f"{LIST}{number}/": document(number) for number in range(1, 5)},
}
ADDRESSES = [f"{LIST}{number}/" for number in range(4, 0, -1)]


class TestHtmlLists(ConnectorContract):
    connector = HtmlLists({**SAID, "pages": 2})
    site: ClassVar[Mapping[str, Reply]] = SITE
    shows: ClassVar[Mapping[str, list[str]]] = {"poll": ADDRESSES[:3], "list_by_date": ADDRESSES}


def test_an_entry_tells_what_the_list_does() -> None:
    entry = HtmlLists(SAID).poll(Replay(SITE)).entries[0]
    assert (entry.url, entry.title, entry.memo) == (ADDRESSES[0], "Notice 4", {"categories": ["Harbour"]})
    assert (entry.published, entry.offset, entry.date_origin) == (
        datetime(2031, 5, 5, 3, 30, tzinfo=UTC),
        -240,
        "time element",
    )


def test_a_page_is_read_by_its_selectors_and_dated_by_the_list_where_it_is_silent() -> None:
    connector = HtmlLists(SAID)
    text = connector.fetch(Replay(SITE), connector.poll(Replay(SITE)).entries[0]).text
    assert isinstance(text, SourceText)
    assert (text.text, text.title) == ("The mole has 4 lamps.", "Notice 4")
    assert (text.published, text.date_origin) == (datetime(2031, 5, 5, 3, 30, tzinfo=UTC), "time element")


def test_a_page_that_is_built_otherwise_is_read_if_its_title_is_the_lists_and_else_is_none() -> None:
    connector = HtmlLists(SAID)
    entry = connector.poll(Replay(SITE)).entries[0]
    words = " ".join(f"Captain {number} lit a lamp on the mole." for number in range(40))
    rebuilt = f"<html><body><main><h1>Notice 4</h1><p>{words}</p></main></body></html>"
    text = connector.fetch(Replay({entry.url: Reply(rebuilt)}), entry).text
    assert isinstance(text, SourceText)
    assert text.text.startswith("Captain 0 lit a lamp")
    for body in (rebuilt.replace("Notice 4", "Technical Difficulties"), f"<html><p>{words}</p></html>"):
        with pytest.raises(NotAsExpected):
            connector.fetch(Replay({entry.url: Reply(body)}), entry)


def test_days_are_those_of_the_source_and_walking_ends_before_the_first_of_them() -> None:
    replay = Replay(SITE)
    days = Window(date(2031, 5, 3), date(2031, 5, 4))
    first = HtmlLists(SAID).list_by_date(replay, days)
    assert [entry.url for entry in first.entries] == ADDRESSES[:2]
    second = HtmlLists(SAID).list_by_date(replay, days, first.next_cursor)
    assert (second.entries, second.next_cursor) == ((), None)
    assert replay.urls == [LIST, f"{LIST}page/2/"]


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        ("day-month-year", "04.05.2031, 17:30", date(2031, 5, 4)),
        ("day-month-year", "Issued 4/5/2031", date(2031, 5, 4)),
        ("month-day-year", "4/5/2031", date(2031, 4, 5)),
        ("month-day-year", "Sept. 15, 2026", date(2026, 9, 15)),
        ("written", "4/5/2031", None),
        ("written", "Den 4. Mai 2031", date(2031, 5, 4)),
        ("written", "soon", None),
        ("day-month-year", "31/02/2031", None),
    ],
)
def test_a_date_in_figures_is_read_only_in_an_order_that_is_said(order: str, text: str, day: date | None) -> None:
    page = listed(f'<h2><a href="/n/">N</a></h2><time>{text}</time>')
    (entry,) = HtmlLists({**SAID, "date_order": order}).poll(Replay({LIST: page})).entries
    assert (entry.published.date() if entry.published else None) == day


def test_an_address_tells_the_day_only_where_the_desk_says_so() -> None:
    page = listed('<a href="/2031/05/04/lamps/">Lamps</a>', '<a href="/2031/13/04/oil/">Oil</a>')
    said = {"lists": [LIST], "item": "main li"}
    assert [entry.published for entry in HtmlLists(said).poll(Replay({LIST: page})).entries] == [None, None]
    lamps, oil = HtmlLists({**said, "dated_addresses": True}).poll(Replay({LIST: page})).entries
    assert (lamps.published, lamps.precision, lamps.date_origin) == (datetime(2031, 5, 4, tzinfo=UTC), "day", "address")
    assert oil.published is None


def test_a_list_without_entries_is_empty_only_where_it_says_so() -> None:
    nothing = Reply("<html><main><p class='none'>Nothing found</p></main></html>")
    with pytest.raises(NotAsExpected):
        HtmlLists(SAID).poll(Replay({LIST: nothing}))
    connector = HtmlLists({**SAID, "empty": ".none"})
    assert connector.poll(Replay({LIST: nothing})).outcome is Outcome.EMPTY
    assert connector.list_by_date(Replay({LIST: nothing}), Window(date(2031, 5, 4))).outcome is Outcome.EMPTY


def test_numbered_pages_end_with_a_page_that_is_not_there_and_not_with_one_that_fails() -> None:
    connector = HtmlLists({**SAID, "numbered": "https://lake.example/news/?p={page}"})
    site = {LIST: listed(item(4, "2031-05-04")), "https://lake.example/news/?p=2": listed(item(3, "2031-05-03"))}
    cursors: list[str | None] = [None]
    shown: list[SourceEntry] = []
    while len(cursors) == 1 or cursors[-1]:
        page = connector.list_by_date(Replay(site), Window(), cursors[-1])
        shown += page.entries
        cursors.append(page.next_cursor)
    assert [entry.url for entry in shown] == ADDRESSES[:2]
    broken = {**site, "https://lake.example/news/?p=3": Reply("", status=502)}
    with pytest.raises(Interrupted) as told:
        connector.list_by_date(Replay(broken), Window(), cursors[2])
    assert told.value.outcome is Outcome.FAILED


def test_a_list_that_fails_is_put_off_until_the_others_are_through() -> None:
    other = "https://lake.example/orders/"
    connector = HtmlLists({**SAID, "lists": [other, LIST]})
    page = connector.list_by_date(Replay(SITE), Window(), None)
    shown = [entry.url for entry in page.entries]
    for _more in range(2):
        page = connector.list_by_date(Replay(SITE), Window(), page.next_cursor)
        shown += [entry.url for entry in page.entries]
    assert shown == ADDRESSES
    with pytest.raises(Interrupted):
        connector.list_by_date(Replay(SITE), Window(), page.next_cursor)
    mended = connector.list_by_date(Replay({**SITE, other: listed(item(9, "2031-05-09"))}), Window(), page.next_cursor)
    assert [entry.url for entry in mended.entries] == [f"{LIST}9/"]
    assert mended.next_cursor is None


@dataclass
class LongList:
    """A list of 5,000 entries, three a day, newest first, ten on each page."""

    asked: int = 0
    newest: date = date(2031, 5, 4)

    def __call__(self, ask: Ask) -> Answer:
        """Answer for a page of it."""
        self.asked += 1
        number = int(ask.url.partition("/page/")[2].strip("/") or 1)
        if number > 500:
            return Reply("", status=404).answer(ask)
        places = range((number - 1) * 10, number * 10)
        entries = [item(place, (self.newest - timedelta(days=place // 3)).isoformat()) for place in places]
        following = f"/news/page/{number + 1}/" if number < 500 else ""
        return listed(*entries, following=following).answer(ask)


@pytest.mark.parametrize("back", [0, 1, 30, 400, 1000, 1600, 1666])
def test_a_day_long_past_is_found_without_walking_to_it(back: int) -> None:
    site = LongList()
    day = site.newest - timedelta(days=back)
    window = Window(day - timedelta(days=1), day + timedelta(days=1))
    page = HtmlLists(SAID).list_by_date(Replay(instead=site), window)
    assert page.entries
    asked = site.asked
    shown = [*page.entries]
    while page.next_cursor:
        page = HtmlLists(SAID).list_by_date(Replay(instead=site), window, page.next_cursor)
        shown += page.entries
    places = [place for place in range(5000) if abs((site.newest - timedelta(days=place // 3) - day).days) <= 1]
    assert [entry.url for entry in shown] == [f"{LIST}{place}/" for place in places]
    assert asked <= 8


def test_a_day_before_the_first_entry_is_looked_for_once() -> None:
    site = LongList()
    page = HtmlLists(SAID).list_by_date(Replay(instead=site), Window(date(2001, 1, 1), date(2001, 1, 3)))
    assert (page.entries, page.next_cursor, page.outcome) == ((), None, Outcome.EMPTY)
    assert site.asked < 25


def test_a_page_that_fails_while_a_day_is_looked_for_ends_the_search_as_that() -> None:
    site = LongList()

    def failing(ask: Ask) -> Answer:
        return site(ask) if site.asked < 2 else Reply("", status=503).answer(ask)

    with pytest.raises(Interrupted) as told:
        HtmlLists(SAID).list_by_date(Replay(instead=failing), Window(date(2030, 1, 1), date(2030, 1, 3)))
    assert told.value.outcome is Outcome.THROTTLED


def test_numbered_pages_are_told_with_their_place() -> None:
    with pytest.raises(BadConfiguration) as told:
        HtmlLists({**SAID, "numbered": "https://lake.example/news/?p=2"})
    assert told.value.setting == "numbered"
