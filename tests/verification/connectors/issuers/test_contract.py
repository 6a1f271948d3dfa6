"""What every connector keeps to. A connector's own tests inherit `ConnectorContract` and name a site it reads:

class TestPrice(ConnectorContract):
    connector = PriceBoard({"board": "grain"})
    site = {"https://board.example/api?page=1": Reply('{"items": […]}', "application/json")}
    shows = {"list_by_date": ["grain-12", "grain-11"]}
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, Later
from claims.capture.outcome import ANSWERED, Outcome
from claims.capture.urls import parse_url
from claims.wording import Words, words
from tests.verification.connectors.issuers.replaying import Replay, Reply
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.issuers.contract import (
    Connector,
    Lists,
    Page,
    Polls,
    Query,
    Resolves,
    Searches,
    SourceEntry,
    Window,
)
from verification.connectors.issuers.registry import CONNECTORS

Question = Callable[[Fetch, str | None], Page]

MOST_PAGES = 40
GARBAGE = {
    "nothing": Reply(b"", "application/json"),
    "blanks": Reply(b" \n ", "text/xml"),
    "a page of a firewall": Reply("<html><body><h1>Technical Difficulties</h1><p>Try later.</p></body></html>"),
    "that page as JSON": Reply("<html><body><h1>Technical Difficulties</h1></body></html>", "application/json"),
    "null": Reply("null", "application/json"),
    "a list": Reply("[]", "application/json"),
    "a list of numbers": Reply("[1, null, [], {}]", "application/json"),
    "an object": Reply("{}", "application/json"),
    "an object of another shape": Reply('{"results": 7, "items": "x", "count": null}', "application/json"),
    "an error message": Reply('{"code": "rest_error", "message": "No."}', "application/json"),
    "half an object": Reply('{"results": [{"id": ', "application/json"),
    "a deep object": Reply("[" * 100_000, "application/json"),
    "half a feed": Reply('<?xml version="1.0"?><rss><channel><item><title>Ha', "application/rss+xml"),
    "bytes": Reply(bytes(range(256)) * 40, "application/octet-stream"),
    "broken UTF-8": Reply(b'{"title": "\xff\xfe"}\x00', "application/json; charset=utf-8"),
}
FAILING = {
    Outcome.NOT_FOUND: Reply("Gone.", status=404),
    Outcome.REFUSED: Reply("No.", status=403),
    Outcome.THROTTLED: Reply("Slow down.", status=429),
    Outcome.FAILED: Reply("Broken.", status=500),
}


def unreached(ask: Ask) -> Answer:
    """Answer as a host that nobody could be reached at: no status, no body."""
    return Answer(ask, Outcome.FAILED, ask.url, sentence=words("Nobody answered."))


class ConnectorContract:
    """Inherit it with a connector that is configured, and a site on which it finds something."""

    connector: ClassVar[Connector]
    site: ClassVar[Mapping[str, Reply]]
    shows: ClassVar[Mapping[str, Sequence[str]]]
    """The stable ids that a question finds on the site, by capability, over all its pages, in order."""
    window: ClassVar[Window] = Window()
    query: ClassVar[Query] = Query(phrase="the lamp is lit", words=("lamp",))
    named: ClassVar[Mapping[str, str]] = {}
    """Texts that name a document of the site, and its stable id (only who can `resolve`)."""

    def questions(self) -> dict[str, Question]:
        """Return what can be asked page by page, by capability."""
        connector = self.connector
        asked: dict[str, Question] = {}
        if isinstance(connector, Searches):
            asked["search"] = lambda fetch, cursor: connector.search(fetch, self.query, self.window, cursor)
        if isinstance(connector, Lists):
            asked["list_by_date"] = lambda fetch, cursor: connector.list_by_date(fetch, self.window, cursor)
        if isinstance(connector, Polls):
            asked["poll"] = connector.poll
        return asked

    def pages(self, question: Question, fetch: Fetch) -> Iterator[tuple[str | None, Page]]:
        """Yield every page with the cursor that it was asked by."""
        cursor = None
        for _number in range(MOST_PAGES):
            page = question(fetch, cursor)
            yield cursor, page
            cursor = page.next_cursor
            if cursor is None:
                return
        pytest.fail("the pages do not end")

    def entries(self) -> list[SourceEntry]:
        """Return everything that the site shows, and what its texts name."""
        fetch = Replay(self.site)
        found = [
            entry
            for question in self.questions().values()
            for _cursor, page in self.pages(question, fetch)
            for entry in page.entries
        ]
        return [*found, *self.resolved(fetch)]

    def resolved(self, fetch: Fetch) -> list[SourceEntry]:
        """Return the entries of the documents that `named` texts name."""
        connector = self.connector
        if not isinstance(connector, Resolves):
            return []
        return [connector.resolve(fetch, each) for text in self.named for each in connector.recognise(text)]

    def test_what_the_source_shows_is_found_in_its_order(self) -> None:
        for name, question in self.questions().items():
            pages = list(self.pages(question, Replay(self.site)))
            assert [entry.stable_id for _cursor, page in pages for entry in page.entries] == list(self.shows[name]), (
                name
            )
            assert all(page.outcome in ANSWERED | {Outcome.STALE} for _cursor, page in pages)

    def test_a_document_that_a_text_names_is_recognised_and_resolved(self) -> None:
        connector = self.connector
        assert isinstance(connector, Resolves) == bool(self.named)
        assert [entry.stable_id for entry in self.resolved(Replay(self.site))] == list(self.named.values())
        if isinstance(connector, Resolves):
            assert not connector.recognise("Nobody named a document here, on 24 January, at 5:09 p.m.")

    def test_entries_can_be_stored_and_say_no_more_than_the_source_does(self) -> None:
        for entry in self.entries():
            assert 0 < len(entry.stable_id) <= 500
            assert entry.stable_id == entry.stable_id.strip()
            assert parse_url(entry.url).href
            assert entry.title is None or entry.title == " ".join(entry.title.split())
            assert SourceEntry.from_json(entry.to_json()) == entry
            assert (entry.published is None) == (entry.precision is None) == (entry.date_origin is None)
            for at in filter(None, (entry.published, entry.updated)):
                assert at.utcoffset() is not None
            if entry.published and entry.precision in {"day", "month", "year"}:
                assert entry.published.astimezone(UTC).time() == datetime.min.time()
            assert entry.tier is None or 0 <= entry.tier <= 5

    def test_the_same_page_gives_the_same_entries_also_to_a_worker_that_comes_later(self) -> None:
        assert [entry.fingerprint for entry in self.entries()] == [entry.fingerprint for entry in self.entries()]
        for question in self.questions().values():
            for cursor, page in self.pages(question, Replay(self.site)):
                again = question(Replay(self.site), cursor)
                assert (again.entries, again.next_cursor) == (page.entries, page.next_cursor)

    def test_a_document_is_exactly_the_bytes_that_came_back(self) -> None:
        found = {entry.stable_id: entry for entry in self.entries()}
        for entry in found.values():
            fetched = self.connector.fetch(Replay(self.site), entry)
            assert isinstance(fetched.text, SourceText), entry.url
            assert fetched.text.stable_id == entry.stable_id
            assert fetched.text.text.strip()
            if fetched.inline:
                assert entry.inline is not None or fetched.answer is not None
            else:
                assert fetched.answer is not None
                assert fetched.text.body == fetched.answer.body

    @pytest.mark.parametrize("outcome", FAILING)
    def test_a_failure_is_told_as_what_it_is_and_never_as_an_empty_list(self, outcome: Outcome) -> None:
        for name, question in self.questions().items():
            with pytest.raises(Interrupted) as told:
                question(Replay(instead=FAILING[outcome].answer), None)
            assert told.value.outcome is outcome, name
        for entry in self.entries():
            if entry.inline is None:
                with pytest.raises(Interrupted) as told:
                    self.connector.fetch(Replay(instead=FAILING[outcome].answer), entry)
                assert told.value.outcome is outcome

    def test_a_host_that_nobody_reached_and_one_that_must_not_be_asked_yet_are_told(self) -> None:
        def later(ask: Ask) -> Answer:
            raise Later(30, words("Not yet."))

        for question in self.questions().values():
            with pytest.raises(Interrupted) as told:
                question(Replay(instead=unreached), None)
            assert told.value.outcome is Outcome.FAILED
            with pytest.raises(Later):
                question(Replay(instead=later), None)

    @pytest.mark.parametrize("garbage", GARBAGE)
    def test_garbage_raises_nothing_else_and_shows_nothing(self, garbage: str) -> None:
        for question in self.questions().values():
            try:
                page = question(Replay(instead=GARBAGE[garbage].answer), None)
            except Interrupted as told:
                assert isinstance(told.sentence, Words)
            else:
                assert not page.entries
                assert page.outcome in {Outcome.EMPTY, Outcome.STALE, Outcome.NOT_PUBLISHED} or page.next_cursor
        for entry in self.entries()[:3]:
            try:
                fetched = self.connector.fetch(Replay(instead=GARBAGE[garbage].answer), entry)
            except Interrupted as told:
                assert isinstance(told.sentence, Words)
            else:
                assert isinstance(fetched.text, SourceText | Skipped)

    def test_a_page_that_fails_is_not_the_end_and_is_gone_on_from(self) -> None:
        for question in self.questions().values():
            pages = list(self.pages(question, Replay(self.site)))
            for cursor, page in pages[1:]:
                with pytest.raises(Interrupted):
                    question(Replay(instead=FAILING[Outcome.FAILED].answer), cursor)
                assert question(Replay(self.site), cursor).entries == page.entries

    def test_the_addresses_that_a_probe_asks_are_addresses(self) -> None:
        examples = self.connector.examples()
        assert examples
        assert [parse_url(url).href for url in examples] == list(examples)


@pytest.mark.parametrize("connector", CONNECTORS.values(), ids=list(CONNECTORS))
def test_a_connector_says_what_it_is_and_what_it_asks_for(connector: type[Connector]) -> None:
    assert CONNECTORS[connector.key] is connector
    assert all(str(told).strip() for told in (connector.title, connector.summary, connector.hand_book))
    names = [setting.name for setting in connector.settings]
    assert len(set(names)) == len(names)
    for setting in connector.settings:
        assert str(setting.label).strip()
        assert setting.help is not None and str(setting.help).strip()
        assert not (setting.required and setting.default is not None)
        assert bool(setting.choices) == (setting.kind in {"choice", "choices"})
