"""Any issuer whose web pages list what it published: read by CSS selectors, walked by date."""

from collections.abc import Mapping, Sequence
from typing import Any

from claims.capture.asking import Answer, Fetch
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.issuers.contract import (
    BadConfiguration,
    Connector,
    Fetched,
    Page,
    Setting,
    SourceEntry,
    Window,
)
from verification.connectors.issuers.list_pages import ListRules, read_list
from verification.connectors.issuers.local_days import ZONE, zone_of
from verification.connectors.issuers.pages import PAGE_SETTINGS, PageRules, fetch_document
from verification.connectors.issuers.polling import poll_in_turn
from verification.connectors.issuers.selecting import Pick, css
from verification.connectors.issuers.walking import DatedList, walk
from verification.connectors.issuers.written_days import ORDER

FOLLOWING = "link[rel~=next], a[rel~=next]"


class HtmlLists(Connector):
    """Pages that list documents, newest first."""

    key = "html_list"
    title = words("Web pages that list documents")
    summary = words(
        "Reads lists of documents on web pages by CSS selectors that the desk sets, page after page back to the day "
        "that is asked for, and the page of each entry. For issuers without a feed."
    )
    quirks = (
        words(
            "Lists have to be newest first. Where their pages are numbered, days long past are looked for, and not "
            "walked to."
        ),
        words(
            "A page that fails is never taken for the end of a list, and neither is one on which nothing is an entry: "
            "its layout may have changed. What a list shows that has ended or is empty can be told by a selector."
        ),
        words("An entry is known by its address."),
    )
    settings = (
        Setting(
            "lists", words("Lists"), words("Addresses of their first pages, a line each."), kind="urls", required=True
        ),
        Setting(
            "item",
            words("Entry"),
            words("CSS selector of what holds one entry, such as “main li.news”."),
            required=True,
        ),
        Setting("link", words("Link"), words("CSS selector of its link, in the entry. Empty: its first link.")),
        Setting(
            "title", words("Title"), words("CSS selector of its title, in the entry. Empty: the text of the link.")
        ),
        Setting("date", words("Date"), words("CSS selector of its date, in the entry. Empty: the list has none.")),
        ORDER,
        Setting(
            "dated_addresses",
            words("Dates in addresses"),
            words("Addresses are filed under the day of publication, as in /2031/05/04/. Other dates come first."),
            kind="flag",
            default=False,
        ),
        Setting("category", words("Categories"), words("CSS selector of its categories, in the entry.")),
        Setting(
            "next",
            words("Next page"),
            words("CSS selector of the link to the next page."),
            default=FOLLOWING,
        ),
        Setting(
            "numbered",
            words("Numbered pages"),
            words(
                "Where no link leads to the next page: the address of page {page} of the list, such as "
                "https://lake.example/news?page={page}. The first page is 1. For one list only."
            ),
        ),
        Setting(
            "empty",
            words("Nothing there"),
            words("CSS selector of what a page shows that has no entries, such as “.no-results”."),
        ),
        Setting(
            "pages",
            words("Pages read"),
            words("How many pages of each list are read when it is looked at for what is new."),
            kind="number",
            default=1,
        ),
        ZONE,
        *PAGE_SETTINGS,
    )
    hand_book = "§10"

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        """Read the configuration. Raises `BadConfiguration`."""
        super().__init__(configuration)
        said = self.configuration
        self._zone = zone_of("zone", said["zone"])
        self._pages = PageRules.of(said)
        self._rules = ListRules(
            css("item", said["item"]),
            self._pick("link"),
            self._pick("title"),
            self._pick("date"),
            self._pick("category"),
            self._pick("next"),
            self._pick("empty"),
            said["date_order"],
            said["dated_addresses"],
        )
        numbered = said["numbered"]
        if numbered and ("{page}" not in numbered or len(said["lists"]) > 1):
            raise BadConfiguration(
                "numbered",
                words("Numbered pages are those of one list, whose address holds {page} in place of the number."),
            )

    def poll(self, fetch: Fetch, cursor: str | None = None) -> Page:
        """Return what the next list shows on its first pages."""
        return poll_in_turn(fetch, self.configuration["lists"], self._read, cursor, None)

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return what the next page of each list shows of these days."""
        lists = [DatedList(first, self.configuration["numbered"]) for first in self.configuration["lists"]]
        return walk(fetch, lists, lambda answer: read_list(answer, self._rules), window, cursor, self._zone)

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the page of an entry."""
        return fetch_document(fetch, entry, self._pages)

    def examples(self) -> Sequence[str]:
        """Return the lists."""
        return list(self.configuration["lists"])

    def _pick(self, name: str) -> Pick | None:
        written = self.configuration[name]
        return css(name, written) if written else None

    def _read(self, answer: Answer, behind: int) -> tuple[Page, str | None]:
        listed = read_list(answer, self._rules)
        following = listed.next_url
        if following is None and self.configuration["numbered"]:
            following = self.configuration["numbered"].replace("{page}", str(behind + 2))
        outcome = Outcome.OK if listed.entries else Outcome.EMPTY
        goes_on = behind + 1 < self.configuration["pages"] and listed.entries
        return Page(listed.entries, None, outcome, None, (answer,)), following if goes_on else None
