"""Earlier checks in a table (CSV): a line each, under headers that may go by any of several obvious names."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from claims.wording import words
from verification.connectors.contract import Skipped, UnreadableFile
from verification.connectors.earlier.contract import EarlierText
from verification.connectors.earlier.fields import Facts, check_of
from verification.connectors.fields import clean_id

DELIMITERS = (",", ";", "\t", "|")
# Column names as people and tools write them, without blanks, marks and case; most exact first.
NAMES: Mapping[str, Sequence[str]] = {
    "claim": ("claim", "claimreviewed", "claimtext", "statement", "text", "quote"),
    "claimant": ("claimant", "speaker", "saidby", "claimauthor", "who", "person", "author"),
    "said": ("claimdate", "datesaid", "saidon", "said", "statementdate", "claimdatepublished"),
    "rating": ("rating", "verdict", "ratinglabel", "textualrating", "alternatename", "conclusion", "ratingname"),
    "value": ("ratingvalue", "value", "score"),
    "worst": ("worstrating", "worst"),
    "best": ("bestrating", "best"),
    "url": ("url", "link", "address", "reviewurl", "factcheckurl", "permalink"),
    "title": ("title", "headline", "reviewtitle"),
    "publisher": ("publisher", "organisation", "organization", "publishername", "outlet", "factchecker", "site"),
    "language": ("language", "lang", "languagecode", "inlanguage"),
    "published": ("date", "published", "datepublished", "reviewdate", "publishedon", "publicationdate"),
}
REQUIRED = ("claim", "rating", "url")
NOT_A_NAME = re.compile(r"[\W_]+")


def checks_in_table(text: str, name: str) -> Iterator[EarlierText | Skipped]:
    """Yield the checks of a table, in its order, each placed by its line; the file is `name`.

    Raises UnreadableFile when its first line does not name the columns that every check needs.
    """
    body = text.lstrip("\n")
    above = len(text) - len(body)
    first = body.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=lambda mark: len(_columns(_row(first, mark))))
    rows = csv.reader(StringIO(body), delimiter=delimiter)
    header = _next(rows)
    columns = _columns(header) if isinstance(header, list) else {}
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        raise UnreadableFile(
            words(
                "Its first line must name its columns, “claim”, “rating” and “url” among them: %(missing)s is missing.",
                missing=", ".join(f"“{column}”" for column in missing),
            )
        )
    while True:
        here = f"{name}:{rows.line_num + above + 1}"
        row = _next(rows)
        if row is None:
            return
        if isinstance(row, csv.Error):
            yield Skipped(clean_id(here), words("The line cannot be read: %(error)s.", error=str(row).rstrip(".")))
        elif any(cell.strip() for cell in row):
            yield check_of(here, _facts(row, columns))


def _next(rows: Iterator[list[str]]) -> list[str] | csv.Error | None:
    """Return the next row, or why it cannot be read; None at the end. Those below an unreadable one can be."""
    try:
        return next(rows, None)
    except csv.Error as error:
        return error


def _row(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Return the place of each column that is known by one of its names."""
    places: dict[str, int] = {}
    for place, written in enumerate(header):
        places.setdefault(NOT_A_NAME.sub("", written).casefold(), place)
    found = {column: next((places[name] for name in names if name in places), None) for column, names in NAMES.items()}
    return {column: place for column, place in found.items() if place is not None}


def _facts(row: Sequence[str], columns: Mapping[str, int]) -> Facts:
    return Facts(**{column: row[place] for column, place in columns.items() if place < len(row)})
