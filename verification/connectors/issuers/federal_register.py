"""The Federal Register of the United States, by its API: orders, proclamations, rules and notices."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from claims.capture.asking import Ask, Fetch, Interrupted, needed
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.dates import read_date
from verification.connectors.issuers.contract import Connector, Fetched, Page, Query, Setting, SourceEntry, Window
from verification.connectors.issuers.federal_register_entries import (
    FIELDS,
    FILED,
    TYPES,
    entry_of,
    filed_entry,
    text_of,
)
from verification.connectors.issuers.federal_register_lists import (
    cited,
    documents,
    issued,
    none_called,
    numbered,
    page_of,
)
from verification.connectors.issuers.federal_register_names import CITATION, ISSUED, NUMBER, recognised
from verification.connectors.issuers.json_answers import JSON, address, asked, record_of, term_of
from verification.connectors.issuers.shapes import Shape, Trial

PRESIDENTIAL = "PRESDOCU"
SIGNED_BEFORE = timedelta(days=30)
"""A document of the President is printed days after it was signed, seldom a month."""

PER_PAGE = 100
SOME_DAYS = 500
"""Documents of all kinds, with which no issue is missed."""


class FederalRegister(Connector):
    """Asked by date of signing where there is one, because that is the day people speak of."""

    key = "federal_register"
    title = words("Federal Register (United States)")
    summary = words(
        "Asks the API of the Federal Register for documents of the President (executive orders, proclamations, "
        "memoranda) and, where a desk says so, for rules, proposed rules and notices: the newest, those of a day, "
        "those that hold a phrase, and one by its number, its order or proclamation number, its citation or its "
        "address. The text is the register’s own plain text, with its printed pages."
    )
    quirks = (
        words(
            "A presidential document is printed days after it was signed. What is listed by date is asked for up to "
            "%(days)s days later, and kept where the day of signing fits; that day is the date of the entry.",
            days=SIGNED_BEFORE.days,
        ),
        words(
            "A parameter that is not written as conditions[…] is ignored in silence, and everything comes back: only "
            "such parameters are sent, and an answer with dates outside the window that was asked for counts as failed."
        ),
        words(
            "Nothing found is an answer without results. The count stops at %(count)s: then the page says so.",
            count="10,000",
        ),
        words("The next page is the address that the answer gives, followed as it is written."),
        words(
            "Numbers of documents were given twice before 2016: until then the day of publication is part of the name."
        ),
        words(
            "A citation (“89 FR 30046”) is looked up by halving the year, because the API has no search for it: some "
            "ten requests. Several documents that begin on one page are told, not chosen from."
        ),
        words("The website asks robots to prove that they are human; that page is told as a refusal and never read."),
        words("In the public domain. The daily issue comes about 6 a.m. Eastern Time."),
    )
    settings = (
        Setting(
            "types",
            words("Kinds of documents"),
            words("What is asked for. Rules and notices are a hundred a day."),
            kind="choices",
            default=(PRESIDENTIAL,),
            choices=tuple((code, label) for code, label in TYPES.items()),
        ),
        Setting(
            "agencies",
            words("Agencies"),
            words("Short names of agencies as in the register’s addresses, a line each; empty for all."),
            kind="texts",
            default=(),
        ),
        Setting(
            "public_inspection",
            words("Public inspection"),
            words("Also show what is filed and not printed yet. The hand-book gives no sample of these answers."),
            kind="flag",
            default=False,
        ),
    )
    hand_book = "§2.2"
    api: ClassVar[str] = "https://www.federalregister.gov/api/v1"
    shapes = (
        Shape(
            "/documents.json",
            {
                "": "count results? total_pages? next_page_url? previous_page_url? description?",
                "results[]": " ".join(FIELDS),
            },
            trimmed=False,
        ),
        Shape("/public-inspection-documents/", {"": "results", "results[]": "document_number title type pdf_url"}),
    )
    trial = Trial(Query(phrase="digital assets"), Window(date(2022, 3, 9), date(2022, 3, 9)), "Executive Order 14067")

    def search(self, fetch: Fetch, query: Query, window: Window, cursor: str | None = None) -> Page:
        """Return documents that hold a phrase or words, best first."""
        types = list(self.configuration["types"])
        printed = _printed(window) if PRESIDENTIAL in types else window
        url = cursor or self._documents(types, printed, ("[term]", term_of(query)), order="relevance")
        return self._page(fetch, url, printed, window)

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return what was signed in a window, then what was published in it."""
        types = self.configuration["types"]
        lists = [([PRESIDENTIAL], _printed(window))] if PRESIDENTIAL in types else []
        if others := [each for each in types if each != PRESIDENTIAL]:
            lists.append((others, window))
        at, _, following = (cursor or "0").partition(" ")
        number = int(at)
        asked_types, printed = lists[number]
        page = self._page(fetch, following or self._documents(asked_types, printed, order="oldest"), printed, window)
        if page.next_cursor:
            next_cursor: str | None = f"{number} {page.next_cursor}"
        else:
            next_cursor = str(number + 1) if number + 1 < len(lists) else None
        outcome = Outcome.OK if page.entries or next_cursor else page.outcome
        return Page(page.entries, next_cursor, outcome, page.sentence, page.answers)

    def poll(self, fetch: Fetch, cursor: str | None = None) -> Page:
        """Return what was published last, then what is filed, where the desk wants that as well."""
        if cursor == FILED:
            return self._filed(fetch)
        types = self.configuration["types"]
        many = PER_PAGE if list(types) == [PRESIDENTIAL] else SOME_DAYS
        url = self._documents(types, Window(), order="newest", per_page=many)
        following = FILED if self.configuration["public_inspection"] else None
        answer = fetch(Ask(url, accept=JSON, conditional=True))
        if answer.outcome is Outcome.NOT_MODIFIED:
            return Page((), following, Outcome.NOT_MODIFIED, None, (answer,))
        page = page_of(record_of(answer), self.api, Window(), Window())
        return Page(page.entries, following, page.outcome, page.sentence, page.answers)

    def recognise(self, text: str) -> Sequence[str]:
        """Return numbers of documents, orders, proclamations, citations and addresses that a text names."""
        return recognised(text)

    def resolve(self, fetch: Fetch, identifier: str) -> SourceEntry:
        """Return the document of one name."""
        if match := ISSUED.fullmatch(identifier):
            return issued(fetch, self.api, match[1], match[2])
        if match := CITATION.fullmatch(identifier):
            return cited(fetch, self.api, int(match[1]), int(match[2]))
        absent = none_called(identifier)
        match = NUMBER.fullmatch(identifier)
        if not match:
            raise absent
        if match[1] and (day := read_date(match[1])):
            return numbered(fetch, self.api, day.at.date(), match[2])
        url = address(f"{self.api}/documents/{match[2]}.json", [("fields[]", name) for name in FIELDS])
        return entry_of(asked(fetch, Ask(url, accept=JSON), absent=absent.sentence))

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the register's plain text; of what is only filed, its PDF."""
        address_of_text = entry.memo.get("pdf") or entry.memo.get("text")
        if not address_of_text:
            raise Interrupted(
                Outcome.NOT_PUBLISHED, words("The Federal Register has no text of “%(name)s”.", name=entry.stable_id)
            )
        answer = needed(fetch(Ask(str(address_of_text))))
        return Fetched(text_of(entry, answer), answer)

    def examples(self) -> Sequence[str]:
        """Return the newest document, and what is filed."""
        newest = [self._documents(self.configuration["types"], Window(), order="newest", per_page=1)]
        return [*newest, self._filed_url()] if self.configuration["public_inspection"] else newest

    def _documents(
        self, types: Sequence[str], printed: Window, *conditions: tuple[str, str], order: str, per_page: int = PER_PAGE
    ) -> str:
        kinds = [("[type][]", code) for code in types]
        agencies = [("[agencies][]", slug) for slug in self.configuration["agencies"]]
        return documents(self.api, [*conditions, *kinds, *agencies], printed, order=order, per_page=per_page)

    def _page(self, fetch: Fetch, url: str, printed: Window, window: Window) -> Page:
        return page_of(asked(fetch, Ask(url, accept=JSON)), self.api, printed, window)

    def _filed_url(self) -> str:
        return f"{self.api}/public-inspection-documents/current.json"

    def _filed(self, fetch: Fetch) -> Page:
        record = asked(fetch, Ask(self._filed_url(), accept=JSON))
        if "results" not in record.fields:
            raise record.wrong("results")
        labels = {TYPES[code] for code in self.configuration["types"]}
        found = tuple(filed_entry(each) for each in record.records("results") if each.text("type") in labels)
        return Page(found, None, Outcome.OK if found else Outcome.EMPTY, None, (record.answer,))


def _printed(window: Window) -> Window:
    """Return when a document that was signed in a window may have been printed."""
    return Window(window.since, window.until + SIGNED_BEFORE if window.until else None)
