"""GovInfo of the Government Publishing Office (United States): presidential documents, Congressional Record, bills."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote, urlsplit

from claims.capture.asking import Ask, Fetch, Interrupted, NotAsExpected, Secret, needed
from claims.capture.errors import CaptureError
from claims.capture.outcome import Outcome
from claims.capture.readable import read
from claims.wording import Words, words
from verification.connectors.dates import read_date
from verification.connectors.issuers.contract import Connector, Fetched, Page, Query, Setting, SourceEntry, Window
from verification.connectors.issuers.entry_text import dated, document_of, within
from verification.connectors.issuers.govinfo_names import (
    COLLECTIONS,
    TIERS,
    collection_of,
    day_of_issue,
    is_issue,
    kind_in,
    recognised,
)
from verification.connectors.issuers.json_answers import JSON, Record, address, asked, bare, term_of
from verification.connectors.issuers.printed_text import printed_text
from verification.connectors.issuers.shapes import Shape, Trial

PER_PAGE = 100
FIRST = "*"
DATED_LATE = timedelta(days=1)
"""What was said in the evening may carry the next day's date."""

_INDEX = re.compile(r"^(?:Categories|Locations|Names|Subjects|DCPD Number):", re.MULTILINE)


class GovInfo(Connector):
    """Asked by date of issue and by words; never by date of change, which may be of a scan of something old."""

    key = "govinfo"
    title = words("GovInfo (United States)")
    summary = words(
        "Asks the API of the Government Publishing Office for presidential documents (speeches, remarks, statements, "
        "messages), and, where a desk says so, for the Congressional Record, bills and the Federal Register: by day of "
        "issue, by words, and one by its id or its address. Read-outs of calls are generally not among them."
    )
    quirks = (
        words(
            "Presidential documents have the collection code CPD, although their ids begin with DCPD: the code DCPD "
            "finds nothing."
        ),
        words(
            "Presidential documents appear some five weeks late: an empty answer about a younger day says so, and "
            "proves nothing. What was said in the evening may carry the next day’s date, so a day more is asked for."
        ),
        words("The day of a change is never taken for a date: whole years of old scans are changed in one day."),
        words(
            "Lists go on by a mark. A mark that repeats, or a list that ends before its count, counts as failed, not "
            "as the end."
        ),
        words(
            "The Congressional Record and the Federal Register are issues: each is asked for its parts, which are the "
            "documents."
        ),
        words(
            "The list of subjects that the compilation prints below each document is left out of its text. The range "
            "of dates in searches is written as is remembered, not as was seen; the dates of what comes back are "
            "checked."
        ),
        words(
            "What is made on demand is answered with 503 and how long to wait; a missing key with 401. Both are told "
            "in the words of the answer."
        ),
        words("Works of the United States government. Limits: 36,000 requests an hour, 40 a second."),
    )
    settings = (
        Setting(
            "collections",
            words("Collections"),
            words("Which collections are asked."),
            kind="choices",
            default=("CPD",),
            choices=tuple(COLLECTIONS.items()),
        ),
    )
    secret = Secret("govinfo", "X-Api-Key")
    hand_book = "§2.1"
    api: ClassVar[str] = "https://api.govinfo.gov"
    shapes = (
        Shape(
            "/search",
            {
                "": "results offsetMark count",
                "results[]": "title packageId granuleId lastModified dateIssued collectionCode resultLink download "
                "governmentAuthor dateIngested",
            },
        ),
        Shape("/published/", {"": "count nextPage packages", "packages[]": "packageId dateIssued title lastModified"}),
        Shape("/granules?", {"": "count nextPage granules", "granules[]": "title granuleId granuleLink"}),
        Shape("/summary", {"": "dateIssued packageId collectionCode title lastModified detailsLink download"}),
    )
    trial = Trial(
        Query(phrase="European leaders"), Window(date(2022, 3, 1), date(2022, 3, 2)), identifier="DCPD-202200127"
    )

    def search(self, fetch: Fetch, query: Query, window: Window, cursor: str | None = None) -> Page:
        """Return documents that hold a phrase or words, newest first."""
        at = json.loads(cursor) if cursor else {"mark": FIRST, "seen": 0}
        since, until = window.since, window.until + DATED_LATE if window.until else None
        terms = [term_of(query)] if query.phrase else [bare(each) for each in (*query.names, *query.words)]
        issued = f"publishdate:range({since or ''},{until or ''})"
        wanted = [f"collection:({' OR '.join(self.configuration['collections'])})", *terms]
        body = {
            "query": " AND ".join([*wanted, issued] if since or until else wanted),
            "pageSize": str(PER_PAGE),
            "offsetMark": at["mark"],
            "resultLevel": "default",
            "historical": True,
            "sorts": [{"field": "publishdate", "sortOrder": "DESC"}],
        }
        url = f"{self.api}/search"
        record = asked(
            fetch,
            Ask(url, method="POST", accept=JSON, content_type=JSON, body=json.dumps(body).encode(), secret=self.secret),
        )
        if "results" not in record.fields:
            raise record.wrong("results")
        results = record.records("results")
        _of_days(results, Window(since, until))
        found = [self._entry(each, each.told("packageId"), each.text("granuleId")) for each in results]
        following = self._following(record, record.text("offsetMark"), at, len(results))
        return self._page(record, found, json.dumps(following) if following else None)

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return what was issued in a window; of collections whose packages are issues, their parts."""
        at: dict[str, Any] = json.loads(cursor) if cursor else {"mark": FIRST, "seen": 0}
        if issues := at.get("issues"):
            return self._parts(fetch, issues, at)
        asked_for = Window(window.since, window.until + DATED_LATE if window.until else None)
        path = "/".join(str(day) for day in (asked_for.since or date(1789, 1, 1), asked_for.until) if day)
        pairs = [("collection", ",".join(self.configuration["collections"])), *_marked(at["mark"])]
        record = self._asked(fetch, address(f"{self.api}/published/{path}", pairs))
        if "packages" not in record.fields:
            raise record.wrong("packages")
        packages = record.records("packages")
        _of_days(packages, asked_for)
        following = self._following(record, _mark_in(record), at, len(packages)) or {"mark": None}
        found, whole = [], []
        for package in packages:
            name = package.told("packageId")
            if is_issue(name):
                whole.append(name)
            else:
                found.append(self._entry(package, name, None))
        return self._page(record, found, _going_on(following | {"issues": whole}))

    def recognise(self, text: str) -> Sequence[str]:
        """Return ids of packages, and of parts below them, that a text names."""
        return recognised(text)

    def resolve(self, fetch: Fetch, identifier: str) -> SourceEntry:
        """Return the document of one id."""
        package, _, granule = identifier.partition("/")
        if not granule and is_issue(package):
            raise Interrupted(
                Outcome.NOT_PUBLISHED, words("“%(name)s” is a whole issue: name a part of it.", name=package)
            )
        absent = words("GovInfo holds nothing called “%(name)s”.", name=identifier)
        record = self._asked(fetch, f"{self._address(package, granule)}/summary", absent=absent)
        return self._entry(record, package, granule or None)

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the text rendition."""
        url = f"{self._address(str(entry.memo['package']), str(entry.memo.get('granule') or ''))}/htm"
        answer = needed(fetch(Ask(url, secret=self.secret)))
        if printed := printed_text(answer.text()):
            text, places = printed
            return Fetched(document_of(entry, answer.body, answer.media_type, text, places=places), answer)
        # Each page of the compilation ends with its own number: without it, it is some other page.
        if entry.stable_id.replace("-", "") not in answer.text().replace("-", ""):
            raise NotAsExpected(answer, words("%(url)s is not the document that was asked for.", url=answer.url))
        try:
            page = read(answer.body, "text/html", charset=answer.charset)
        except CaptureError as error:
            raise NotAsExpected(answer, error.sentence) from error
        index = _INDEX.search(page.text)
        text = page.text[: index.start()].rstrip() if index else page.text
        return Fetched(document_of(entry, answer.body, answer.media_type, text), answer)

    def examples(self) -> Sequence[str]:
        """Return the summary of a document that the hand-book names."""
        return [f"{self.api}/packages/DCPD-202200127/summary"]

    def _asked(self, fetch: Fetch, url: str, *, absent: Words | None = None) -> Record:
        return asked(fetch, Ask(url, accept=JSON, secret=self.secret), absent=absent)

    def _address(self, package: str, granule: str) -> str:
        below = f"/granules/{quote(granule, safe='')}" if granule else ""
        return f"{self.api}/packages/{quote(package, safe='')}{below}"

    def _parts(self, fetch: Fetch, issues: list[str], at: dict[str, Any]) -> Page:
        """Return the parts of the first issue, and go on with the next."""
        within_issue = at.get("part") or {"mark": FIRST, "seen": 0}
        url = address(f"{self._address(issues[0], '')}/granules", _marked(within_issue["mark"]))
        record = self._asked(fetch, url)
        if "granules" not in record.fields:
            raise record.wrong("granules")
        parts = record.records("granules")
        following = self._following(record, _mark_in(record), within_issue, len(parts))
        found = [self._entry(each, issues[0], each.told("granuleId")) for each in parts]
        left = {**at, "part": following, "issues": issues if following else issues[1:]}
        return self._page(record, found, _going_on(left))

    def _following(self, record: Record, mark: str | None, at: Mapping[str, Any], shown: int) -> dict[str, Any] | None:
        """Return where a list goes on, None at its end: when all that was counted was shown, or no mark is left."""
        count, seen = record.count("count"), int(at["seen"]) + shown
        if seen >= count:
            return None
        if not mark or mark == at["mark"] or not shown:
            raise NotAsExpected(
                record.answer,
                words(
                    "GovInfo counts %(count)s documents and showed %(seen)s: its list ends too early, or goes round.",
                    count=count,
                    seen=seen,
                ),
            )
        return {"mark": mark, "seen": seen}

    def _entry(self, record: Record, package: str, granule: str | None) -> SourceEntry:
        """Return a document, alike whether it was listed, found or asked for by its id."""
        code = collection_of(package)
        issued = record.text("dateIssued") or day_of_issue(package)
        title = " ".join((record.text("title") or "").split()) or None
        return SourceEntry(
            stable_id=granule or package,
            url="/".join(["https://www.govinfo.gov/app/details", *filter(None, (package, granule))]),
            title=title,
            kind=kind_in(code, title),
            tier=TIERS.get(code or ""),
            language="en",
            memo={"package": package} | ({"granule": granule} if granule else {}),
            **dated(read_date(issued) if issued else None, "dateIssued"),
        )

    def _page(self, record: Record, found: Sequence[SourceEntry], next_cursor: str | None) -> Page:
        outcome = Outcome.OK if found or next_cursor else Outcome.EMPTY
        late = words("GovInfo is some five weeks behind with presidential documents: nothing there may mean not yet.")
        said = late if outcome is Outcome.EMPTY and "CPD" in self.configuration["collections"] else None
        return Page(tuple(found), next_cursor, outcome, said, (record.answer,))


def _marked(mark: str) -> list[tuple[str, str]]:
    return [("offsetMark", mark), ("pageSize", str(PER_PAGE))]


def _mark_in(record: Record) -> str | None:
    """Return the mark in the address of the next page."""
    following = record.text("nextPage")
    return parse_qs(urlsplit(following).query).get("offsetMark", [None])[0] if following else None


def _going_on(at: Mapping[str, Any]) -> str | None:
    return json.dumps(at) if at.get("issues") or at.get("mark") else None


def _of_days(records: Sequence[Record], asked_for: Window) -> None:
    """Raise `NotAsExpected` where a document is not of the days that were asked for."""
    for record in records:
        day = read_date(record.told("dateIssued"))
        if day is None or not within(day.at.date(), asked_for):
            raise NotAsExpected(
                record.answer,
                words(
                    "GovInfo answered with a document of %(day)s, which was not asked for: it did not heed the dates.",
                    day=record.told("dateIssued"),
                ),
            )
