"""Any issuer that has a feed: RSS, Atom or JSON Feed."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from claims.capture.asking import Answer, Fetch
from claims.capture.feeds import ACCEPT
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.issuers.contract import Connector, Fetched, Page, Setting, SourceEntry, Window
from verification.connectors.issuers.feed_entries import feed_entry, feed_in, silent
from verification.connectors.issuers.local_days import ZONE, zone_of
from verification.connectors.issuers.pages import PAGE_SETTINGS, PageRules, fetch_document
from verification.connectors.issuers.polling import poll_in_turn
from verification.connectors.issuers.walking import DatedList, Listed, walk

PAGED = re.compile(r"[?&]paged=(\d{1,5})(?=&|$)")


class Feeds(Connector):
    """Feeds show what is newest; those of WordPress, and some others, can be paged back."""

    key = "feed"
    title = words("Feed")
    summary = words(
        "Follows any number of feeds (RSS, Atom, JSON Feed) with conditional requests, and reads the page of each "
        "item, or the text that the feed carries where the pages cannot be had. Where a feed can be paged back, it is "
        "also listed by date."
    )
    quirks = (
        words("An item is known by its guid, also where its address changes; without one by its address."),
        words(
            "Dates are trusted in this order: published, pubDate, dc:date, updated. A feed that gives only the last "
            "says when an item was changed; that is told with the date."
        ),
        words("A feed that answers without a single item is empty, and is asked in full again."),
        words("A feed that breaks off, or a web page in its place, is a failure: nothing of it is taken."),
        words("Addresses of feeds are not guessed: take them from the pages that name them."),
    )
    settings = (
        Setting("feeds", words("Feeds"), words("Their addresses, a line each."), kind="urls", required=True),
        Setting(
            "pages",
            words("Pages read"),
            words(
                "How many pages of each feed are read when it has changed: more than one where a page shows less than "
                "is published between two looks."
            ),
            kind="number",
            default=1,
        ),
        Setting(
            "paged",
            words("Can be paged back"),
            words(
                "Older items can be had as ?paged=2, …, as WordPress has it, where the feed itself names no older page."
            ),
            kind="flag",
            default=False,
        ),
        Setting(
            "inline",
            words("Read from the feed alone"),
            words("The documents are what the feed carries; their pages are not fetched."),
            kind="flag",
            default=False,
        ),
        Setting(
            "stale_days",
            words("Silent after days"),
            words("A feed that shows nothing newer than so many days is told to be stale. Empty: never."),
            kind="number",
        ),
        ZONE,
        *PAGE_SETTINGS,
    )
    hand_book = "§10.1"

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        """Read the configuration. Raises `BadConfiguration`."""
        super().__init__(configuration)
        self._rules = PageRules.of(self.configuration)
        self._zone = zone_of("zone", self.configuration["zone"])

    def poll(self, fetch: Fetch, cursor: str | None = None) -> Page:
        """Return what the next feed, or the next page of one, shows."""
        return poll_in_turn(fetch, self.configuration["feeds"], self._read, cursor, ACCEPT)

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return what the next page of each feed shows of these days.

        A feed that does not reach back to the window's first day raises `Interrupted` in the end: what it does not show
        may have been published all the same.
        """
        pages = "{feed}{mark}paged={{page}}" if self.configuration["paged"] else None
        lists = [
            DatedList(feed, pages.format(feed=feed, mark="&" if "?" in feed else "?") if pages else None)
            for feed in self.configuration["feeds"]
        ]
        return walk(fetch, lists, self._listed, window, cursor, self._zone, accept=ACCEPT, complete=False)

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the page of an item, or what the feed carries of it."""
        return fetch_document(fetch, entry, self._rules)

    def examples(self) -> Sequence[str]:
        """Return the feeds."""
        return list(self.configuration["feeds"])

    def _listed(self, answer: Answer) -> Listed:
        feed = feed_in(answer)
        inline = self.configuration["inline"]
        return Listed(answer, tuple(feed_entry(item, answer.url, inline=inline) for item in feed.items), feed.next_url)

    def _read(self, answer: Answer, behind: int) -> tuple[Page, str | None]:
        listed = self._listed(answer)
        following = listed.next_url
        if following is None and self.configuration["paged"]:
            following = older_page(answer.ask.url)
        outcome, sentence = (Outcome.OK, None) if listed.entries else (Outcome.EMPTY, words("The feed has no items."))
        if not behind and (quiet := silent(listed.entries, answer.taken_at, self.configuration["stale_days"])):
            outcome, sentence = Outcome.STALE, quiet
        goes_on = behind + 1 < self.configuration["pages"] and listed.entries
        return Page(listed.entries, None, outcome, sentence, (answer,)), following if goes_on else None


def older_page(url: str) -> str:
    """Return the page of a WordPress feed that is older than the one at an address (`?paged=2` after the first)."""
    found = PAGED.search(url)
    if found:
        return f"{url[: found.start(1)]}{int(found[1]) + 1}{url[found.end(1) :]}"
    return f"{url}{'&' if '?' in url else '?'}paged=2"
