"""The Press Corner of the European Commission, by the JSON behind its public pages: releases, statements, read-outs."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from claims.capture.asking import Ask, Fetch, Interrupted, NotAsExpected
from claims.capture.outcome import Outcome
from claims.wording import Words, words
from verification.connectors.dates import Published, read_date
from verification.connectors.issuers.contract import Connector, Fetched, Page, Query, Setting, SourceEntry, Window
from verification.connectors.issuers.entry_text import dated, document_of, fragment_text, within
from verification.connectors.issuers.json_answers import JSON, Record, address, asked, record_of
from verification.connectors.issuers.recognising import Reader, named_in
from verification.connectors.issuers.shapes import Shape, Trial

SITE = "https://ec.europa.eu/commission/presscorner"
PER_PAGE = 100
NEWEST = 30
BRUSSELS = ZoneInfo("Europe/Brussels")

KINDS = {
    "IP": "statement",
    "STATEMENT": "statement",
    "READ": "readout",
    "SPEECH": "prepared",
    "QANDA": "fact_sheet",
    "FS": "fact_sheet",
    "MEX": None,
    "AC": None,
    "INF": None,
}
"""What a type of document is to us. The last four labels are from memory: `/api/docutypes` tells them."""

_CODES = "|".join(KINDS)
_LANGUAGE = re.compile(r"[A-Za-z]{2}")
_READERS: Sequence[Reader] = (
    (
        re.compile(rf"\bpresscorner/detail/[a-z]{{2}}/({_CODES})[_/-](\d{{2}})[_/-](\d{{1,6}})\b", re.IGNORECASE),
        lambda match: f"{match[1].upper()}/{match[2]}/{match[3]}",
    ),
    (
        re.compile(rf"\b({_CODES})([/_])(\d{{2}})\2(\d{{1,6}})\b"),
        lambda match: f"{match[1]}/{match[3]}/{match[4]}",
    ),
    (
        re.compile(rf"\b({_CODES.lower()})_(\d{{2}})_(\d{{1,6}})\b"),
        lambda match: f"{match[1].upper()}/{match[2]}/{match[3]}",
    ),
)


class PressCorner(Connector):
    """Undocumented, and said to be so: what does not come back as it is known counts as failed."""

    key = "press_corner"
    title = words("European Commission, Press Corner")
    summary = words(
        "Asks the Commission’s Press Corner for press releases, statements, speeches and read-outs of calls and "
        "meetings: by day, by words, the newest, and one by its reference (“IP/26/301”) or its address. Only the text "
        "of a document is kept as the document, not the answer around it."
    )
    quirks = (
        words("The interface is not documented, and may change without a word."),
        words(
            "A document’s answer may come with 200 and be empty, or no JSON at all: it counts as failed, and is tried "
            "again. It never counts as a document without text."
        ),
        words(
            "A page of a list that failed is not the end of it: the list ends when all that it counts was shown, and "
            "one that ends before has failed. Dates outside the days that were asked for count as failed, too."
        ),
        words("Dates are asked for as ddmmyyyy."),
        words(
            "The answer names spokespersons with telephone numbers. They are no part of the document; the exchange in "
            "the archive, which readers do not see, holds them as they were served."
        ),
        words(
            "A document that is not in the language that was asked for is told as not published in it. Where the "
            "answer says that it is a translation, its language says so (“en-t-fr” is English out of French): compare "
            "a quotation with the original."
        ),
        words(
            "A speech is taken for remarks as prepared: the Commission publishes them for checking against delivery."
        ),
        words("Reuse with attribution (Decision 2011/833/EU, CC BY 4.0), as is remembered."),
    )
    settings = (
        Setting(
            "language",
            words("Language"),
            words("Two letters: in which language documents are asked for."),
            kind="text",
            default="en",
        ),
        Setting(
            "types",
            words("Types of documents"),
            words("Which types are listed and searched."),
            kind="choices",
            default=("IP", "STATEMENT", "SPEECH", "READ"),
            choices=(
                ("IP", "Press release"),
                ("STATEMENT", "Statement"),
                ("SPEECH", "Speech"),
                ("READ", "Read-out of a call or meeting"),
                ("QANDA", "Questions and answers"),
                ("MEX", "Daily news"),
                ("AC", "Announcement"),
                ("FS", "Factsheet"),
                ("INF", "Infringements"),
            ),
        ),
    )
    hand_book = "§5.1"
    site: ClassVar[str] = SITE
    shapes = (
        Shape(
            "/api/search",
            {
                "": "totalNumber pageSize pageNumber docuLanguageListResources",
                "docuLanguageListResources[]": "refCode eventDate title leadText docutype languageCode",
                "docuLanguageListResources[].docutype": "code description",
            },
            trimmed=False,
        ),
        Shape(
            "/api/documents",
            {
                "": "docuLanguageResource refCd eventDate publishDate docutypeResource commissionerResource "
                "contactsResource placeResource policiesResource originalLanguage",
                "docuLanguageResource": "title subtitle htmlContent language attachmentResources linkResources "
                "original",
            },
            trimmed=False,
        ),
    )
    trial = Trial(Query(words=("Ukraine",)), Window(date(2022, 1, 24), date(2022, 1, 25)))

    def search(self, fetch: Fetch, query: Query, window: Window, cursor: str | None = None) -> Page:
        """Return documents that hold words; a phrase is given as it stands."""
        return self._list(fetch, window, cursor, text=query.phrase or " ".join([*query.names, *query.words]))

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return what happened in a window, newest first."""
        return self._list(fetch, window, cursor)

    def poll(self, fetch: Fetch, cursor: str | None = None) -> Page:
        """Return what is newest."""
        answer = fetch(Ask(self._search_url(Window(), 1, NEWEST), accept=JSON, conditional=True))
        if answer.outcome is Outcome.NOT_MODIFIED:
            return Page((), None, Outcome.NOT_MODIFIED, None, (answer,))
        page = self._page(record_of(answer), Window(), 1, NEWEST)
        return Page(page.entries, None, page.outcome, None, page.answers)

    def recognise(self, text: str) -> Sequence[str]:
        """Return references that a text names, by themselves or in addresses."""
        return named_in(text, _READERS)

    def resolve(self, fetch: Fetch, identifier: str) -> SourceEntry:
        """Return the document of one reference."""
        absent = words("The Press Corner holds nothing called “%(name)s”.", name=identifier)
        record = self._detail(fetch, identifier, absent)
        told = self._in_language(record, identifier)
        entry = self._entry(identifier, told.text("title"), record.text("eventDate"), None)
        return replace(entry, language=self._tag(record, told))

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the text of a document: the HTML in its answer, without the contacts beside it."""
        record = self._detail(fetch, entry.stable_id)
        told = self._in_language(record, entry.stable_id)
        markup = told.text("htmlContent")
        if not markup:
            raise NotAsExpected(record.answer, words("“%(name)s” came back without its text.", name=entry.stable_id))
        text = fragment_text(record.answer, markup)
        entry = replace(entry, language=self._tag(record, told))
        return Fetched(
            document_of(entry, markup.encode("utf-8", "replace"), "text/html", text), record.answer, inline=True
        )

    def examples(self) -> Sequence[str]:
        """Return a list of two days that the hand-book names, and the newest document."""
        return [
            self._search_url(Window(date(2022, 1, 24), date(2022, 1, 25)), 1, PER_PAGE),
            self._search_url(Window(), 1, 1),
        ]

    def _search_url(self, window: Window, number: int, size: int, *, text: str | None = None) -> str:
        pairs = [("language", self.configuration["language"]), ("pagesize", str(size)), ("pagenumber", str(number))]
        pairs += [("datefrom", f"{window.since:%d%m%Y}")] if window.since else []
        pairs += [("dateto", f"{window.until:%d%m%Y}")] if window.until else []
        pairs += [("documentTypeCodes", ",".join(self.configuration["types"]))]
        return address(f"{self.site}/api/search", [*pairs, *([("text", text)] if text else [])])

    def _list(self, fetch: Fetch, window: Window, cursor: str | None, *, text: str | None = None) -> Page:
        number = int(cursor or 1)
        url = self._search_url(window, number, PER_PAGE, text=text)
        return self._page(asked(fetch, Ask(url, accept=JSON)), window, number, PER_PAGE)

    def _page(self, record: Record, window: Window, number: int, size: int) -> Page:
        if "docuLanguageListResources" not in record.fields:
            raise record.wrong("docuLanguageListResources")
        total, shown = record.count("totalNumber"), record.records("docuLanguageListResources")
        before = (number - 1) * size
        if not shown and total > before:
            raise NotAsExpected(
                record.answer,
                words(
                    "The Press Corner counts %(count)s documents and shows none after %(seen)s: this is not the end.",
                    count=total,
                    seen=before,
                ),
            )
        entries = []
        for each in shown:
            when = _when(each.text("eventDate"))
            if when and not within(_day(when), window):
                raise NotAsExpected(
                    record.answer,
                    words("The Press Corner answered with a document of %(day)s, not asked for.", day=_day(when)),
                )
            name, lead = each.told("refCode"), each.text("leadText")
            entries.append(self._entry(name, each.text("title"), each.text("eventDate"), lead))
        following = str(number + 1) if before + size < total else None
        return Page(tuple(entries), following, Outcome.OK if entries else Outcome.EMPTY, None, (record.answer,))

    def _detail(self, fetch: Fetch, reference: str, absent: Words | None = None) -> Record:
        pairs = [("reference", reference), ("language", self.configuration["language"])]
        record = asked(fetch, Ask(address(f"{self.site}/api/documents", pairs), accept=JSON), absent=absent)
        if (record.text("refCd") or "").upper() != reference.upper():
            raise NotAsExpected(
                record.answer, words("The Press Corner did not answer with “%(name)s”.", name=reference)
            )
        return record

    def _in_language(self, record: Record, reference: str) -> Record:
        told = record.record("docuLanguageResource")
        if told is None:
            raise Interrupted(
                Outcome.NOT_PUBLISHED,
                words(
                    "“%(name)s” is not published in the language “%(language)s”.",
                    name=reference,
                    language=self.configuration["language"],
                ),
                record.answer,
            )
        return told

    def _tag(self, record: Record, told: Record) -> str:
        """Return the tag of a document's language; that of a translation names what it was translated from (RFC 6497).

        An original language that is not told is "und".
        """
        language = str(self.configuration["language"])
        if told.fields.get("original") is not False:
            return language
        written = record.fields.get("originalLanguage")
        code = written.get("code") if isinstance(written, dict) else written
        known = isinstance(code, str) and _LANGUAGE.fullmatch(code)
        return f"{language}-t-{str(code).lower() if known else 'und'}"

    def _entry(self, reference: str, title: str | None, day: str | None, lead: str | None) -> SourceEntry:
        """Return a document; `day` is when it happened, as the Commission writes it."""
        language = self.configuration["language"]
        code = reference.partition("/")[0]
        return SourceEntry(
            stable_id=reference,
            url=f"{SITE}/detail/{language}/{reference.lower().replace('/', '_')}",
            title=" ".join((title or "").split()) or None,
            kind=KINDS.get(code),
            language=language,
            snippet=" ".join((lead or "").split()),
            **dated(_when(day), "eventDate"),
        )


def _when(written: str | None) -> Published | None:
    return read_date(written) if written else None


def _day(when: Published) -> date:
    return when.at.date() if when.precision == "day" else when.at.astimezone(BRUSSELS).date()
