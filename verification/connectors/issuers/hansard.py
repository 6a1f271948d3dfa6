"""Hansard, the record of the Parliament of the United Kingdom, by its API: who said what, in which debate."""

import re
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from claims.capture.asking import Ask, Fetch, NotAsExpected
from claims.capture.outcome import Outcome
from claims.wording import Words, words
from verification.connectors.dates import read_date
from verification.connectors.issuers.contract import Connector, Fetched, Page, Query, Setting, SourceEntry, Window
from verification.connectors.issuers.entry_text import document_of
from verification.connectors.issuers.hansard_debates import debate_text, entry_of, overview_entry
from verification.connectors.issuers.json_answers import JSON, Record, address, asked, term_of
from verification.connectors.issuers.recognising import Reader, named_in
from verification.connectors.issuers.shapes import Shape, Trial

MOST = 100
"""What `take` may be: with more the API answers 500."""

_GUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_READERS: Sequence[Reader] = (
    (
        re.compile(rf"\bhansard\.parliament\.uk/(?:Commons|Lords)/[\d-]{{10}}/debates/({_GUID})", re.IGNORECASE),
        lambda match: match[1],
    ),
)


class Hansard(Connector):
    """A document is a whole debate, with who speaks: a contribution out of its debate proves little."""

    key = "hansard"
    title = words("Hansard (United Kingdom)")
    summary = words(
        "Asks the API of Hansard for debates: those in which a phrase was spoken, those of a sitting day, and one by "
        "its address. A document is the whole debate, each contribution under its speaker’s name, so that a quotation "
        "is compared with who said it."
    )
    quirks = (
        words(
            "Parameters have to begin with “queryParameters.”: others are ignored in silence, and everything comes "
            "back. Only such parameters are sent, and sitting days that were not asked for count as failed."
        ),
        words("No more than %(most)s results are taken at once: with more the API answers 500.", most=MOST),
        words("Ids are written in capitals or not, by era: they are compared, and kept, in small letters."),
        words("Sitting days have no zone: they are days."),
        words("Old rows name no member; such a contribution stands without a name."),
        words(
            "The text is corrected after it was published, and the bound volume may differ from the copy of the day: "
            "when it was last changed is kept, and a document that is cited is looked at again."
        ),
        words(
            "The list of debates of a day was not seen in the hand-book: its fields are taken to be those of a debate."
        ),
        words("Open Parliament Licence v3, as is remembered."),
    )
    settings = (
        Setting(
            "house",
            words("House"),
            words("Which House is asked; empty for both."),
            kind="choice",
            default="",
            choices=(("Commons", "House of Commons"), ("Lords", "House of Lords")),
        ),
    )
    hand_book = "§4.2"
    api: ClassVar[str] = "https://hansard-api.parliament.uk"
    shapes = (
        Shape(
            "/search/contributions/Spoken.json",
            {
                "": "TotalResultCount Results",
                "Results[]": "MemberName? MemberId AttributedTo ContributionExtId ContributionText "
                "ContributionTextFull HansardSection DebateSection DebateSectionExtId SittingDate Section House",
            },
        ),
        Shape(
            "/search/debates.json",
            {"": "TotalResultCount Results", "Results[]": "Title DebateSectionExtId SittingDate House"},
        ),
        Shape(
            "/debates/debate/",
            {
                "": "Overview Navigator Items ChildDebates",
                "Overview": "Id ExtId Title Date Location House VolumeNo ContentLastUpdated",
                "Items[]": "ItemType ItemId MemberId AttributedTo Value Timecode ExternalId UIN",
            },
        ),
    )
    trial = Trial(Query(phrase="flood defences"), Window(date(2024, 12, 19), date(2024, 12, 19)))

    def search(self, fetch: Fetch, query: Query, window: Window, cursor: str | None = None) -> Page:
        """Return debates in which words were spoken, newest first; each once a page."""
        return self._page(fetch, "/search/contributions/Spoken.json", window, cursor, term_of(query))

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return the debates of sitting days."""
        return self._page(fetch, "/search/debates.json", window, cursor, None)

    def recognise(self, text: str) -> Sequence[str]:
        """Return ids of debates whose addresses stand in a text."""
        return named_in(text, _READERS)

    def resolve(self, fetch: Fetch, identifier: str) -> SourceEntry:
        """Return the debate of an id."""
        absent = words("Hansard has no debate “%(name)s”.", name=identifier)
        return overview_entry(self._debate(fetch, identifier, absent))

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return a whole debate."""
        record = self._debate(fetch, str(entry.memo.get("id") or entry.stable_id), None)
        told = overview_entry(record)
        if told.stable_id != entry.stable_id:
            raise NotAsExpected(
                record.answer, words("Hansard answered with another debate than “%(name)s”.", name=entry.stable_id)
            )
        answer = record.answer
        return Fetched(document_of(told, answer.body, answer.media_type, debate_text(record)), answer)

    def examples(self) -> Sequence[str]:
        """Return a search of one contribution, and one of the debates of a day."""
        window = self.trial.window or Window()
        return [
            self._url("/search/contributions/Spoken.json", Window(), 0, 1, "flood"),
            self._url("/search/debates.json", window, 0, 1, None),
        ]

    def _url(self, path: str, window: Window, skip: int, take: int, term: str | None) -> str:
        told = {
            "searchTerm": term,
            "startDate": window.since.isoformat() if window.since else None,
            "endDate": window.until.isoformat() if window.until else None,
            "house": self.configuration["house"] or None,
            "skip": str(skip),
            "take": str(min(take, MOST)),
            "orderBy": "SittingDateDesc",
        }
        pairs = [(f"queryParameters.{name}", value) for name, value in told.items() if value is not None]
        return address(f"{self.api}{path}", pairs)

    def _page(self, fetch: Fetch, path: str, window: Window, cursor: str | None, term: str | None) -> Page:
        skip = int(cursor or 0)
        record = asked(fetch, Ask(self._url(path, window, skip, MOST, term), accept=JSON))
        if "Results" not in record.fields:
            raise record.wrong("Results")
        total, results = record.count("TotalResultCount"), record.records("Results")
        if not results and skip < total:
            raise record.wrong("Results")
        for result in results:
            self._check(result, window)
        after = skip + len(results)
        found = tuple({entry.stable_id: entry for entry in map(entry_of, results)}.values())
        following = str(after) if after < total else None
        return Page(found, following, Outcome.OK if found or following else Outcome.EMPTY, None, (record.answer,))

    def _check(self, result: Record, window: Window) -> None:
        """Raise `NotAsExpected` for what was not asked for: then the parameters were not heeded."""
        written, house = result.told("SittingDate"), self.configuration["house"]
        day = read_date(written)
        if day is None:
            raise result.wrong("SittingDate")
        sat = day.at.date()
        in_house = not house or result.text("House") in {None, house}
        if not (in_house and (window.since or sat) <= sat <= (window.until or sat)):
            raise NotAsExpected(
                result.answer,
                words("Hansard answered with a sitting of %(day)s, which was not asked for.", day=written),
            )

    def _debate(self, fetch: Fetch, identifier: str, absent: Words | None) -> Record:
        return asked(fetch, Ask(f"{self.api}/debates/debate/{identifier}.json", accept=JSON), absent=absent)
