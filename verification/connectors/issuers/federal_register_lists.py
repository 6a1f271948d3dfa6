"""Lists of the Federal Register: the addresses they are asked by, how they are read, one document found in them."""

from collections.abc import Sequence
from datetime import date, timedelta

from claims.capture.asking import Ask, Fetch, Interrupted, NotAsExpected
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.dates import read_date
from verification.connectors.issuers.contract import Page, SourceEntry, Window
from verification.connectors.issuers.entry_text import day_of, within
from verification.connectors.issuers.federal_register_entries import FIELDS, entry_of
from verification.connectors.issuers.federal_register_names import CITATION, FIRST_VOLUME_OF, identifier_of
from verification.connectors.issuers.json_answers import JSON, Record, address, asked

COUNTS_TO = 10_000
FIRST_YEAR = 1994
PER_DAY = 1000
"""The most that one page may hold; an issue has some hundred documents."""

HOLIDAYS = timedelta(days=6)
"""There is an issue at least once in so many days."""

ISSUED_AS = {
    "Executive Order": ("executive_order", "executive_order_number"),
    "Proclamation": ("proclamation", "proclamation_number"),
}

Pairs = Sequence[tuple[str, str]]


def documents(api: str, conditions: Pairs, printed: Window, *, order: str, per_page: int) -> str:
    """Return the address of a list. `conditions` are pairs of a condition's name and value; `printed` in which days."""
    pairs = [(f"conditions{name}", value) for name, value in conditions]
    pairs += [("conditions[publication_date][gte]", printed.since.isoformat())] if printed.since else []
    pairs += [("conditions[publication_date][lte]", printed.until.isoformat())] if printed.until else []
    pairs += [("order", order), ("per_page", str(per_page))]
    return address(f"{api}/documents.json", pairs + [("fields[]", name) for name in FIELDS])


def results_of(record: Record, printed: Window) -> list[Record]:
    """Return the documents in an answer. Raises `NotAsExpected` where they are not of the days that were asked for."""
    count, results = record.count("count"), record.records("results")
    if count and not results:
        raise record.wrong("results")
    for result in results:
        day = read_date(result.told("publication_date"))
        if day is None or not within(day.at.date(), printed):
            raise NotAsExpected(
                record.answer,
                words(
                    "The Federal Register answered with a document of %(day)s, which was not asked for: it did not "
                    "heed the dates.",
                    day=result.told("publication_date"),
                ),
            )
    return results


def page_of(record: Record, api: str, printed: Window, window: Window) -> Page:
    """Return the documents of a window, out of those that were asked for by the days they were printed."""
    found = tuple(entry for entry in map(entry_of, results_of(record, printed)) if within(day_of(entry), window))
    following = record.text("next_page_url")
    if following and not following.startswith(f"{api}/"):
        raise record.wrong("next_page_url")
    capped = words("The Federal Register counts no further than %(count)s: there may be more.", count=f"{COUNTS_TO:,}")
    outcome = Outcome.OK if found or following else Outcome.EMPTY
    return Page(found, following, outcome, capped if record.count("count") >= COUNTS_TO else None, (record.answer,))


def issued(fetch: Fetch, api: str, name: str, number: str) -> SourceEntry:
    """Return an order or a proclamation: the document that has the number, of those that mention it."""
    kind, field = ISSUED_AS[name]
    conditions = [
        ("[term]", f'"{name} {number}"'),
        ("[type][]", "PRESDOCU"),
        ("[presidential_document_type][]", kind),
    ]
    # The order itself is older than all that mention it.
    url = documents(api, conditions, Window(), order="oldest", per_page=PER_DAY)
    for result in results_of(asked(fetch, Ask(url, accept=JSON)), Window()):
        if result.text(field) == number:
            return entry_of(result)
    raise none_called(f"{name} {number}")


def numbered(fetch: Fetch, api: str, day: date, number: str) -> SourceEntry:
    """Return the document that was published on a day under a number that may have been given twice."""
    for result in _printed_in(fetch, api, Window(day, day), per_page=PER_DAY):
        if result.told("document_number") == number:
            return entry_of(result)
    raise none_called(identifier_of(number, day.isoformat()))


def cited(fetch: Fetch, api: str, volume: int, page: int) -> SourceEntry:
    """Return what begins on a page, or goes on over it: pages rise through the year, so the year is halved."""
    name, year = f"{volume} FR {page}", volume + FIRST_VOLUME_OF
    if not FIRST_YEAR <= year < date.max.year:
        raise none_called(name)
    first, last = date(year, 1, 1), date(year, 12, 31)
    end = last
    while first < last:
        middle = first + (last - first + timedelta(days=1)) // 2
        begun = _begun(_printed_in(fetch, api, Window(middle, end), per_page=1))
        if begun and begun[0][0] <= page:
            first = max(middle, begun[0][1])
        else:
            last = middle - timedelta(days=1)
    begun = _begun(_printed_in(fetch, api, Window(first, min(end, first + HOLIDAYS)), per_page=PER_DAY))
    at = max((start for start, _day, _result in begun if start <= page), default=None)
    held = [result for start, _day, result in begun if start == at]
    if not held:
        raise none_called(name)
    if len(held) > 1:
        raise NotAsExpected(
            held[0].answer,
            words(
                "Several documents begin on the page of %(name)s: %(numbers)s. Name one by its number.",
                name=name,
                numbers=", ".join(result.told("document_number") for result in held),
            ),
        )
    return entry_of(held[0])


def none_called(identifier: str) -> Interrupted:
    """Return what is raised where the register holds nothing of a name."""
    return Interrupted(
        Outcome.NOT_PUBLISHED, words("The Federal Register holds nothing called “%(name)s”.", name=identifier)
    )


def _printed_in(fetch: Fetch, api: str, printed: Window, *, per_page: int) -> list[Record]:
    url = documents(api, (), printed, order="oldest", per_page=per_page)
    return results_of(asked(fetch, Ask(url, accept=JSON)), printed)


def _begun(results: Sequence[Record]) -> list[tuple[int, date, Record]]:
    """Return the page that each document begins on, its day and itself."""
    found = []
    for result in results:
        match, day = CITATION.fullmatch(result.text("citation") or ""), read_date(result.told("publication_date"))
        if match and day:
            found.append((int(match[2]), day.at.date(), result))
    return found
