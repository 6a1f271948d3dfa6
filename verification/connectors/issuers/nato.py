"""NATO: news, speeches and texts, under the addresses before and after the redesign of 2025."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlsplit

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, NotAsExpected, needed
from claims.capture.feed_dates import read_stamp
from claims.capture.feeds import ACCEPT
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.fields import clean_id
from verification.connectors.issuers.contract import Connector, Fetched, Page, Setting, SourceEntry
from verification.connectors.issuers.feed_entries import feed_entry, feed_in
from verification.connectors.issuers.pages import PageRules, page_document
from verification.connectors.issuers.polling import poll_in_turn
from verification.connectors.issuers.recognising import Reader, named_in
from verification.connectors.issuers.shapes import Shape, Trial
from verification.connectors.issuers.written_days import day_in_address

SITE = "https://www.nato.int"
FEED = f"{SITE}/cps/rss/en/natohq/rssFeed.xsl/rssFeed.xml"
KNOWN = f"{SITE}/cps/en/natohq/news_192578.htm"
"""A page that the hand-book names."""

LEGACY = re.compile(
    r"(?:https?://)?(?:www\.)?nato\.int/cps/([a-z]{2})/natohq/((?:news|opinions|official_texts)_\d{1,9})\.htm",
    re.IGNORECASE,
)
PRESENT = re.compile(
    r"(?:https?://)?(?:www\.)?nato\.int(/[a-z]{2}/news-and-events/[a-z-]+/[a-z-]+/20\d\d/\d\d/\d\d/[\w%-]+)",
    re.IGNORECASE,
)
HEADER = re.compile(
    r"(?P<published>\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})\s*-?\s*\|?\s*"
    r"Last updated:?\s*(?P<updated>\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}(?: \d{1,2}:\d\d)?)"
)
"""The line at the top of a legacy page: “28 Feb. 2022 - | Last updated: 01 Mar. 2022 19:02”."""

TOP = 4
"""Paragraphs among which that line stands."""


class Nato(Connector):
    """What NATO publishes, by its feed and by addresses that a text names."""

    key = "nato"
    title = words("NATO")
    summary = words(
        "Follows NATO’s feed and reads the pages it names; finds a document by its address, the numbered one from "
        "before 2025 or the present one with its date."
    )
    quirks = (
        words("The feed is that of the former site, and may be gone: set another one if there is."),
        words(
            "A document from before the redesign of 2025 has two addresses that do not name each other: they are two "
            "entries. Where the numbered one is gone, archives of the web have it."
        ),
        words(
            "Dates have a dotted month (“28 Feb. 2022”). A page’s “last updated” is never taken for its publication."
        ),
        words("No list by date is known: the present site builds its lists in the browser."),
    )
    settings = (Setting("feeds", words("Feeds"), words("Their addresses, a line each."), kind="urls", default=(FEED,)),)
    hand_book = "§5.3"
    shapes: ClassVar[tuple[Shape, ...]] = ()
    trial = Trial(identifier=KNOWN)

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        """Read the configuration. Raises `BadConfiguration`."""
        super().__init__(configuration)
        self._rules = PageRules()

    def poll(self, fetch: Fetch, cursor: str | None = None) -> Page:
        """Return what the next feed shows."""
        return poll_in_turn(fetch, self.configuration["feeds"], _read_feed, cursor, ACCEPT)

    def recognise(self, text: str) -> Sequence[str]:
        """Return the addresses of documents that a text names, in full."""
        return named_in(text, READERS)

    def resolve(self, fetch: Fetch, identifier: str) -> SourceEntry:
        """Return the document at an address."""
        filed = day_in_address(identifier)
        entry = _known(
            SourceEntry(
                identifier,
                identifier,
                published=filed.at if filed else None,
                precision=filed.precision if filed else None,
                date_origin="address" if filed else None,
            )
        )
        answer = needed(fetch(Ask(identifier)))
        read = self._read(answer, entry)
        if isinstance(read, Skipped):
            raise Interrupted(Outcome.EMPTY, read.reason, answer)
        if read.published is None:
            raise NotAsExpected(answer, words("%(url)s has no date, and NATO’s pages have one.", url=answer.url))
        return replace(
            entry,
            title=read.title,
            published=read.published,
            precision=read.precision,
            offset=read.offset,
            date_origin=read.date_origin,
            language=read.language,
        )

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the page of an entry."""
        answer = needed(fetch(Ask(entry.url)))
        return Fetched(self._read(answer, entry), answer)

    def examples(self) -> Sequence[str]:
        """Return the feeds, and a page that the hand-book names."""
        return [*self.configuration["feeds"], KNOWN]

    def _read(self, answer: Answer, entry: SourceEntry) -> SourceText | Skipped:
        """Return a page's document. What its header tells of its day counts where nothing finer is known."""
        read = page_document(answer, entry, self._rules)
        if isinstance(read, Skipped):
            return read
        blocks = read.text.split("\n\n")
        header = next((found for block in blocks[:TOP] if (found := HEADER.match(block))), None)
        header = header or HEADER.search(answer.text())
        kept = [block for number, block in enumerate(blocks) if number >= TOP or not HEADER.match(block)]
        if not kept:
            return Skipped(read.stable_id, words("It holds no text."))
        stamp = read_stamp(header["published"]) if header else None
        text = replace(read, text="\n\n".join(kept))
        if stamp is None or text.precision in {"minute", "second"}:
            return text
        return replace(text, published=stamp.at, precision=stamp.precision, offset=None, date_origin="header")


def _legacy(found: re.Match[str]) -> str:
    return f"{SITE}/cps/{found[1].lower()}/natohq/{found[2].lower()}.htm"


def _present(found: re.Match[str]) -> str:
    return f"{SITE}{found[1]}"


READERS: tuple[Reader, ...] = ((LEGACY, _legacy), (PRESENT, _present))


def _known(entry: SourceEntry) -> SourceEntry:
    """Return an entry under the number or the path that its address has."""
    memo = dict(entry.memo) | ({"guid": entry.stable_id} if entry.stable_id != entry.url else {})
    if legacy := LEGACY.match(entry.url):
        language, number = legacy[1].lower(), legacy[2].lower()
        named = number if language == "en" else f"{language}/{number}"
        return replace(entry, stable_id=named, url=_legacy(legacy), language=language, memo=memo)
    path = urlsplit(entry.url).path.rstrip("/")
    language = path.split("/")[1] if PRESENT.match(entry.url) else entry.language or "en"
    return replace(entry, stable_id=clean_id(path or entry.url), language=language, memo=memo)


def _read_feed(answer: Answer, _behind: int) -> tuple[Page, str | None]:
    items = [item for item in feed_in(answer).items if item.url]
    entries = tuple(_known(feed_entry(item, answer.url, inline=False)) for item in items)
    return Page(entries, None, Outcome.OK if entries else Outcome.EMPTY, None, (answer,)), None
