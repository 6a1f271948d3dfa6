"""A table (CSV, TSV) as text: a paragraph a row, each figure after its column's name, each cell with its place."""

import csv
from io import StringIO

from claims.capture.text import decode, normalise
from claims.wording import words
from verification.connectors.contract import UnreadableFile
from verification.connectors.places import Place

DELIMITERS = ",;\t|"
# In a table with more cells places are rows; one with more rows is a database, and nobody could follow it.
MAX_PLACES = 10_000


def table_text(body: bytes) -> tuple[str, list[Place]]:
    """Return a table's text, and the place of each cell that holds something; rows are numbered as in the file, from 1.

    The first row names the columns. Raises UnreadableFile for one that is none, or too large.
    """
    rows = _rows(decode(body).text.replace("\0", ""))
    if len(rows) < 2:
        raise UnreadableFile(words("The table has no rows below the names of its columns."))
    _number, header = rows[0]
    names = [_plain(name) for name in header]
    parts: list[str] = []
    cells: list[Place] = []
    lines: list[Place] = []
    at = 0
    for number, row in rows[1:]:
        begin, told = at, []
        for column, cell in enumerate(row):
            value, name = _plain(cell), names[column] if column < len(names) else ""
            if value:
                shown = f"{name}: {value}" if name else value
                place: Place = {"start": at, "end": at + len(shown), "row": number}
                cells.append(place | ({"column": name} if name else {}))
                told.append(shown)
                at += len(shown) + 2
        parts.append("; ".join(told))
        lines.append({"start": begin, "end": at - 2, "row": number})
    if len(lines) > MAX_PLACES:
        raise UnreadableFile(
            words("The table has more than %(limit)s rows: hand in the part that matters.", limit=MAX_PLACES)
        )
    return "\n\n".join(parts), cells if len(cells) <= MAX_PLACES else lines


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, each with its number in the file."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count))
    try:
        numbered = list(enumerate(reader, start=1))
    except csv.Error as error:
        raise UnreadableFile(words("The table cannot be read: %(error)s.", error=str(error).rstrip("."))) from error
    return [(number, row) for number, row in numbered if any(cell.strip() for cell in row)]


def _plain(cell: str) -> str:
    return " ".join(normalise(cell).split())
