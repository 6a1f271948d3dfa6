"""The White House, today's site and the frozen copies of former ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, needed
from claims.capture.feeds import ACCEPT
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.contract import SourceText
from verification.connectors.issuers.contract import (
    BadConfiguration,
    Connector,
    Fetched,
    Page,
    Setting,
    SourceEntry,
    Window,
)
from verification.connectors.issuers.feed_entries import feed_entry, feed_in
from verification.connectors.issuers.feeds import older_page
from verification.connectors.issuers.list_pages import read_list
from verification.connectors.issuers.local_days import zone_of
from verification.connectors.issuers.pages import PageRules, page_document
from verification.connectors.issuers.polling import poll_in_turn
from verification.connectors.issuers.recognising import named_in
from verification.connectors.issuers.walking import DatedList, Listed, walk
from verification.connectors.issuers.whitehouse_entries import era_at, known, path_of, reader
from verification.connectors.issuers.whitehouse_eras import ERAS
from verification.connectors.issuers.written_days import day_in_address

WASHINGTON = "America/New_York"
VIDEO_ONLY = words(
    "The White House has published no transcripts of remarks since April 2025: briefings are video only. Look in the "
    "Compilation of Presidential Documents, or hand in a transcript of the recording."
)


class WhiteHouse(Connector):
    """Statements, remarks, briefings and orders of one presidency."""

    key = "whitehouse"
    title = words("White House")
    summary = words(
        "Follows the feeds of today’s White House, lists by date what it and the frozen copies of former presidencies "
        "published, and finds the copy of a document by the address it was first published at."
    )
    quirks = (
        words(
            "A document is known by the path of its first address, which the frozen copies keep: feed, list and copy "
            "show the same one."
        ),
        words(
            "Kinds are told by how titles begin, after no-break spaces and word joiners are made plain, else by the "
            "section. Background calls name no speaker, and are marked."
        ),
        words(
            "The feed of executive orders holds orders that the feed above it does not: both are followed. All feeds "
            "change their ETag together: what is new is told by the items."
        ),
        words(
            "Since April 2025 there are no transcripts of remarks. Days without any document since then are answered "
            "with “not published”, not with “nothing found”."
        ),
        words("Copies at the National Archives carry a notice on each page, which is left out of the text."),
        words("Of the Obama site no lists are known: its documents are found by their addresses."),
        words("Each change of administration rebuilds the site: a page that is built otherwise fails loudly."),
    )
    settings = (
        Setting(
            "era",
            words("Presidency"),
            words("Whose site it is. Make a source of each that matters."),
            kind="choice",
            default="current",
            choices=tuple((era.key, str(era.label)) for era in ERAS.values()),
        ),
        Setting(
            "sections",
            words("Sections"),
            words("Paths of the lists to read, such as /briefings-statements/, a line each. Empty: the usual ones."),
            kind="texts",
            default=(),
        ),
        Setting(
            "pages",
            words("Pages read"),
            words("How many pages of each feed are read when it has changed (thirty items on each)."),
            kind="number",
            default=1,
        ),
    )
    hand_book = "§1"

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        """Read the configuration. Raises `BadConfiguration`."""
        super().__init__(configuration)
        self._era = ERAS[self.configuration["era"]]
        self._zone = zone_of("zone", WASHINGTON)
        for section in self.configuration["sections"]:
            if section not in self._era.sections:
                raise BadConfiguration(
                    "sections",
                    words(
                        "“%(section)s” is no section of this site that is known: %(known)s.",
                        section=section,
                        known=", ".join(self._era.sections) or "–",
                    ),
                )

    def poll(self, fetch: Fetch, cursor: str | None = None) -> Page:
        """Return what the next feed shows; of a copy that is frozen only that it still answers."""
        if self._era.is_current:
            feeds = [f"{self._era.copy}{feed}" for feed in self._era.feeds]
            return poll_in_turn(fetch, feeds, self._read_feed, cursor, ACCEPT)
        answer = needed(fetch(Ask(self.examples()[0])))
        if self._lists():
            self._read_list(answer)
        frozen = words("This copy is frozen: nothing new appears on it. List it back by date to fill the library.")
        return Page((), None, Outcome.EMPTY, frozen, (answer,))

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return what the next page of each list shows of these days of Washington."""
        lists = [DatedList(url) for url in self._lists()]
        if not lists:
            raise Interrupted(
                Outcome.FAILED, words("No list of this copy is known: name documents by their addresses.")
            )
        page = walk(fetch, lists, self._read_list, window, cursor, self._zone)
        last = self._era.last_transcript
        if last is None or window.since is None or window.since <= last:
            return page
        outcome = Outcome.NOT_PUBLISHED if page.outcome is Outcome.EMPTY else page.outcome
        return replace(page, outcome=outcome, sentence=VIDEO_ONLY)

    def recognise(self, text: str) -> Sequence[str]:
        """Return the first addresses of this presidency's documents that a text names, by them or by a copy's."""
        return named_in(text, [reader(self._era)])

    def resolve(self, fetch: Fetch, identifier: str) -> SourceEntry:
        """Return the document that was first published at an address."""
        path = path_of(identifier)
        if path is None:
            raise Interrupted(Outcome.NOT_FOUND, words("%(url)s is no address of the White House.", url=identifier))
        filed = day_in_address(identifier)
        entry = SourceEntry(
            identifier,
            identifier,
            published=filed.at if filed else None,
            precision=filed.precision if filed else None,
            date_origin="address" if filed else None,
        )
        named = known(entry, self._era) or entry
        answer = self._answer(fetch, named)
        read = page_document(answer, named, self._rules(answer))
        if not isinstance(read, SourceText):
            raise Interrupted(Outcome.EMPTY, read.reason, answer)
        told = replace(
            entry,
            title=read.title,
            published=read.published,
            precision=read.precision,
            offset=read.offset,
            date_origin=read.date_origin,
        )
        return known(told, self._era) or told

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return a document: its copy, and where that is not there what its first address leads to."""
        answer = self._answer(fetch, entry)
        return Fetched(page_document(answer, entry, self._rules(answer)), answer)

    def examples(self) -> Sequence[str]:
        """Return the feeds and lists."""
        feeds = [f"{self._era.copy}{feed}" for feed in self._era.feeds]
        return [*feeds, *self._lists()] or [f"{self._era.copy}/the-press-office"]

    def _answer(self, fetch: Fetch, entry: SourceEntry) -> Answer:
        answer = fetch(Ask(entry.url))
        if answer.outcome is Outcome.NOT_FOUND and entry.original_url not in (None, entry.url, entry.url + "/"):
            answer = fetch(Ask(entry.original_url or entry.url))
        return needed(answer)

    def _rules(self, answer: Answer) -> PageRules:
        return era_at(answer.url, self._era).page_rules

    def _lists(self) -> list[str]:
        return [f"{self._era.copy}{path}" for path in self.configuration["sections"] or self._era.lists]

    def _known(self, entries: Iterable[SourceEntry]) -> tuple[SourceEntry, ...]:
        return tuple(found for entry in entries if (found := known(entry, self._era)))

    def _read_list(self, answer: Answer) -> Listed:
        listed = read_list(answer, self._era.list_rules)
        return replace(listed, entries=self._known(listed.entries))

    def _read_feed(self, answer: Answer, behind: int) -> tuple[Page, str | None]:
        items = [item for item in feed_in(answer).items if item.url]
        entries = self._known(feed_entry(item, answer.url, inline=False) for item in items)
        outcome = Outcome.OK if entries else Outcome.EMPTY
        goes_on = behind + 1 < self.configuration["pages"] and entries
        return Page(entries, None, outcome, None, (answer,)), older_page(answer.ask.url) if goes_on else None
