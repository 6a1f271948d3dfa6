"""The connector for any feed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import ClassVar

import pytest

from claims.capture.asking import Answer, Ask, Interrupted
from claims.capture.outcome import Outcome
from tests.verification.connectors.issuers.replaying import Replay, Reply
from tests.verification.connectors.issuers.test_contract import ConnectorContract
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import BadConfiguration, Page, SourceEntry, Window
from verification.connectors.issuers.feeds import Feeds

NEWS, NOTICES = "https://lake.example/news/feed/", "https://lake.example/notices/feed/"


def feed(*items: str) -> Reply:
    """Return a feed of these items' fields."""
    return Reply(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Lake</title><language>en</language>{''.join(f'<item>{each}</item>' for each in items)}"
        "</channel></rss>",
        "application/rss+xml; charset=UTF-8",
        headers=(("ETag", '"1"'),),
    )


def item(number: int, day: int, text: str = "The ferry sails at noon.") -> str:
    """Return the fields of one item of May 2031."""
    return (
        f"<title>\nNotice&#160;{number}\n</title><link>https://lake.example/notice/{number}/</link>"
        f'<guid isPermaLink="false">lake-{number}</guid><pubDate>{day:02} May 2031 23:30:00 -0400</pubDate>'
        f"<description>Notice {number} in short</description>"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>"
    )


def page(number: int) -> Reply:
    """Return the page of a notice."""
    return Reply(
        f"<html><head><title>Notice {number}</title></head><body><nav>Home</nav>"
        f"<main><h1>Notice {number}</h1>"
        f"<p>By order of the Warden, lamp {number} is lit until dawn on the northern mole.</p></main></body></html>"
    )


PAGES = {f"https://lake.example/notice/{number}/": page(number) for number in range(1, 7)}
SITE = {
    NEWS: feed(item(6, 6), item(5, 5)),
    f"{NEWS}?paged=2": feed(item(4, 4)),
    NOTICES: feed(item(3, 3)),
    f"{NOTICES}?paged=2": feed(item(2, 2), item(1, 1)),
    **PAGES,
}


class TestFeeds(ConnectorContract):
    connector = Feeds({"feeds": [NEWS, NOTICES], "pages": 2, "paged": True, "body": "main"})
    site: ClassVar[Mapping[str, Reply]] = SITE
    shows: ClassVar[Mapping[str, list[str]]] = {
        "poll": ["lake-6", "lake-5", "lake-4", "lake-3", "lake-2", "lake-1"],
        "list_by_date": ["lake-6", "lake-5", "lake-3", "lake-4", "lake-2", "lake-1"],
    }


class TestFeedsReadAlone(ConnectorContract):
    connector = Feeds({"feeds": [NEWS], "inline": True})
    site: ClassVar[Mapping[str, Reply]] = SITE
    shows: ClassVar[Mapping[str, list[str]]] = {"poll": ["lake-6", "lake-5"], "list_by_date": ["lake-6", "lake-5"]}


def entry_of(reply: Reply, **configuration: object) -> SourceEntry:
    """Return the first entry of a feed."""
    return Feeds({"feeds": [NEWS], **configuration}).poll(Replay({NEWS: reply})).entries[0]


def test_an_entry_tells_what_the_item_does() -> None:
    entry = entry_of(feed(item(4, 4)))
    assert (entry.stable_id, entry.title, entry.snippet) == ("lake-4", "Notice 4", "Notice 4 in short")
    assert (entry.published, entry.precision, entry.offset, entry.date_origin) == (
        datetime(2031, 5, 5, 3, 30, tzinfo=UTC),
        "second",
        -240,
        "pubDate",
    )
    assert (entry.language, entry.inline) == ("en", None)


def test_an_edited_text_changes_the_fingerprint_and_nothing_else_does() -> None:
    before = entry_of(feed(item(4, 4)))
    assert entry_of(feed(item(4, 4))).fingerprint == before.fingerprint
    assert entry_of(feed(item(4, 4), item(9, 9))).fingerprint == before.fingerprint
    assert entry_of(feed(item(4, 4, "The ferry sails at one."))).fingerprint != before.fingerprint
    spaced = item(4, 4).replace("<p>The ferry", "<p class='x'>\nThe  ferry")
    assert entry_of(feed(spaced)).fingerprint == before.fingerprint


def test_a_feed_that_carries_the_text_is_read_alone_and_one_without_any_gives_its_title() -> None:
    connector = Feeds({"feeds": [NEWS], "inline": True})
    replay = Replay({NEWS: feed(item(4, 4), "<title>\nContracts for May 4</title><guid>9</guid><description/>")})
    full, bare = connector.poll(replay).entries
    asked = list(replay.asked)
    read = [connector.fetch(replay, entry) for entry in (full, bare)]
    assert replay.asked == asked
    assert [each.inline for each in read] == [True, True]
    texts = [each.text for each in read]
    assert [text.text for text in texts if isinstance(text, SourceText)] == [
        "The ferry sails at noon.",
        "Contracts for May 4",
    ]
    assert isinstance(texts[0], SourceText)
    assert (texts[0].body, texts[0].url) == (b"<p>The ferry sails at noon.</p>", "https://lake.example/notice/4/")


def test_a_feed_is_asked_with_validators_and_one_that_has_not_changed_is_not_read_on_from() -> None:
    unchanged = Reply(status=304)
    replay = Replay({**SITE, NEWS: unchanged})
    connector = Feeds({"feeds": [NEWS], "pages": 2, "paged": True})
    page = connector.poll(replay)
    assert (page.entries, page.next_cursor, page.outcome) == ((), None, Outcome.NOT_MODIFIED)
    assert [ask.conditional for ask in replay.asked] == [True]


def test_a_feed_without_items_is_empty_and_one_that_is_silent_too_long_is_stale() -> None:
    connector = Feeds({"feeds": [NEWS], "stale_days": 30})
    assert connector.poll(Replay({NEWS: feed()})).outcome is Outcome.EMPTY

    def polled(day: datetime) -> Page:
        def answered(ask: Ask) -> Answer:
            return replace(SITE[NEWS].answer(ask), taken_at=day)

        return connector.poll(Replay(instead=answered))

    assert polled(datetime(2031, 6, 1, tzinfo=UTC)).outcome is Outcome.OK
    stale = polled(datetime(2031, 7, 1, tzinfo=UTC))
    assert (stale.outcome, len(stale.entries)) == (Outcome.STALE, 2)
    assert "2031-05-07" in str(stale.sentence)


def test_a_feed_that_fails_hides_nothing_of_the_others_and_is_told_in_the_end() -> None:
    connector = Feeds({"feeds": ["https://lake.example/gone/", NEWS, NOTICES]})
    replay = Replay(SITE)
    first = connector.poll(replay)
    second = connector.poll(replay, first.next_cursor)
    assert [entry.stable_id for entry in (*first.entries, *second.entries)] == ["lake-6", "lake-5", "lake-3"]
    with pytest.raises(Interrupted) as told:
        connector.poll(replay, second.next_cursor)
    assert told.value.outcome is Outcome.NOT_FOUND


def test_a_feed_is_walked_back_to_a_day_and_no_further() -> None:
    connector = Feeds({"feeds": [NEWS], "paged": True})
    replay = Replay({**SITE, f"{NEWS}?paged=3": feed(item(1, 1))})
    days = Window(date(2031, 5, 5), date(2031, 5, 5))
    first = connector.list_by_date(replay, days)
    assert [entry.stable_id for entry in first.entries] == ["lake-5"]
    second = connector.list_by_date(replay, days, first.next_cursor)
    assert (second.entries, second.next_cursor) == ((), None)
    assert f"{NEWS}?paged=3" not in replay.urls


def test_a_feed_that_does_not_reach_back_to_a_day_never_says_that_there_was_nothing() -> None:
    connector = Feeds({"feeds": [NEWS]})
    window = Window(date(2031, 4, 1), date(2031, 4, 30))
    page = connector.list_by_date(Replay(SITE), window)
    assert page.next_cursor
    with pytest.raises(Interrupted) as told:
        connector.list_by_date(Replay(SITE), window, page.next_cursor)
    assert told.value.outcome is Outcome.FAILED
    assert "does not reach back to 2031-04-01" in str(told.value.sentence)
    reached = connector.list_by_date(Replay(SITE), Window(date(2031, 5, 6)))
    assert (len(reached.entries), reached.next_cursor) == (1, None)


def test_a_setting_that_cannot_be_used_is_told_by_its_name() -> None:
    for said, name in (
        ({}, "feeds"),
        ({"feeds": [NEWS], "body": "main >"}, "body"),
        ({"feeds": [NEWS], "zone": "Lake/Port"}, "zone"),
        ({"feeds": [NEWS], "zone": "../etc"}, "zone"),
        ({"feeds": [NEWS], "pages": 0}, "pages"),
        ({"feeds": [NEWS], "without": ["nav", "]"]}, "without"),
    ):
        with pytest.raises(BadConfiguration) as told:
            Feeds(said)
        assert told.value.setting == name


@pytest.mark.parametrize("past_the_end", [feed(), feed(item(1, 1))])
def test_a_list_whose_pages_go_on_for_ever_ends_where_they_show_nothing_new(past_the_end: Reply) -> None:
    site = {NEWS: feed(item(2, 2)), f"{NEWS}?paged=2": feed(item(1, 1))}
    replay = Replay({**site, **{f"{NEWS}?paged={number}": past_the_end for number in range(3, 9)}})
    connector = Feeds({"feeds": [NEWS], "paged": True})
    shown, cursor = [], None
    while True:
        page = connector.list_by_date(replay, Window(date(2031, 4, 1)), cursor)
        shown += [entry.stable_id for entry in page.entries]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert shown == ["lake-2", "lake-1"]
    assert replay.urls == [NEWS, f"{NEWS}?paged=2", f"{NEWS}?paged=3"]
