"""Articles listed in a file: a table (CSV), a JSON list, or JSON Lines; one article a row.

Columns and keys go by any of several obvious names. A row that cannot be used is told with its number and stops no
other; only a file that is none of these is refused as a whole.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Final

from claims.capture.errors import CaptureError
from claims.capture.given import BadlyGiven, Given, article_given
from claims.capture.media import binary_name
from claims.capture.text import decode
from claims.wording import Words, words

MAX_ROWS: Final = 10_000
_DELIMITERS: Final = (",", ";", "\t", "|")
_LONGEST_CELL: Final = 2**28
_MOST_MENDED: Final = 20
# Names as people and tools write them, without blanks, marks and case; most exact first.
_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "url": ("url", "link", "address", "articleurl", "articlelink", "webaddress", "permalink", "href", "uri"),
    "text": ("text", "articletext", "fulltext", "body", "articlebody", "content", "contenttext"),
    "html": ("html", "articlehtml", "contenthtml", "bodyhtml"),
    "title": ("title", "headline", "articletitle", "name"),
    "outlet": ("outlet", "publisher", "publication", "newspaper", "site", "sitename", "source", "medium"),
    "byline": ("byline", "author", "authors", "writer", "by"),
    "published": (
        *("published", "date", "publishedat", "publishedon", "datepublished", "publicationdate", "pubdate"),
        *("publisheddate", "dateofpublication", "day"),
    ),
    "found_at": ("foundat", "publishedaturl", "urlfortext", "originalurl", "sourceurl", "canonicalurl"),
}
_CARRIERS: Final = ("url", "text", "html")
_NOT_A_NAME: Final = re.compile(r"[\W_]+")
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
Row = tuple[int, Given | Words]


class UnreadableList(CaptureError):
    """The file lists no articles that could be read."""


@dataclass(frozen=True, slots=True)
class ListOfArticles:
    """A file that lists articles: each row's number in it (from 1, as its kind counts), and the article or why not."""

    name: str
    rows: tuple[Row, ...]


def read_list(name: str, body: bytes, *, max_bytes: int, max_rows: int = MAX_ROWS) -> ListOfArticles:
    """Read a file that lists articles. Rows of a table count from its header; JSON Lines by line; a list by item.

    Raises UnreadableList.
    """
    if len(body) > max_bytes:
        limit = f"{max_bytes / 1_000_000:.0f}"
        raise UnreadableList(words("The file is larger than %(limit)s MB: hand it in in parts.", limit=limit))
    if (binary := binary_name(body)) is not None:
        raise UnreadableList(words("This is %(what)s: save the list as CSV or JSON, and hand that in.", what=binary))
    text = decode(body).text
    if not text.strip():
        raise UnreadableList(words("There is nothing in the file."))
    rows = tuple(islice(_rows(text), max_rows + 1))
    if len(rows) > max_rows:
        raise UnreadableList(words("The file lists more than %(limit)s articles: hand it in in parts.", limit=max_rows))
    if not rows:
        raise UnreadableList(words("The file lists no article: each row below its first is one."))
    return ListOfArticles(name, rows)


def _rows(text: str) -> Iterator[Row]:
    start = text.lstrip()[:1]
    if start == "[":
        listed = _loaded(text)
        return _items(listed if isinstance(listed, list) else [listed])
    if start == "{":
        try:
            return _items(_inside(_loaded(text)))
        except UnreadableList:
            if "\n" not in text.strip():
                raise
            return _lines(text)
    return _table(text)


def _loaded(text: str) -> object:
    """Return what a JSON text holds. Raises UnreadableList."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        why = words(
            "The file is no JSON: see its line %(line)s, column %(column)s.", line=error.lineno, column=error.colno
        )
        raise UnreadableList(why) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableList(words("The JSON is nested too deep, or holds a number of too many digits.")) from error


def _inside(value: object) -> list[object]:
    """Return the articles of a JSON object: one that holds a list of them, or is one itself."""
    if isinstance(value, dict):
        for key in ("articles", "items", "data", "results"):
            if isinstance(value.get(key), list):
                return list(value[key])
    return [value]


def _items(listed: Sequence[object]) -> Iterator[Row]:
    for number, item in enumerate(listed, start=1):
        yield number, _of_object(item)


def _lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, _of_object(json.loads(line))
            except (ValueError, RecursionError):
                yield number, words("The line is no JSON object.")


def _of_object(item: object) -> Given | Words:
    if isinstance(item, str):
        return _given({"url": item})
    if not isinstance(item, dict):
        return words("It is no JSON object with “url” or “text” in it.")
    keys = list(item)
    places = _known(keys)
    return _given({name: item[keys[place]] for name, place in places.items()})


def _given(fields: Mapping[str, object]) -> Given | Words:
    try:
        return article_given(fields)
    except BadlyGiven as error:
        return error.sentence


def _table(text: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)  # an article is longer than a cell of a table may be by default
    line = _SEPARATOR_LINE.match(text)  # written by spreadsheets, and shown as no row
    body = text[line.end() :] if line else text
    header = body.lstrip("\r\n").split("\n", 1)[0]
    delimiter = (
        line[1] if line else max(_DELIMITERS, key=lambda mark: (len(_known(_cells(header, mark))), header.count(mark)))
    )
    columns: dict[str, int] | None = None
    width = 0
    for number, cells, is_mended in _records(body, delimiter):
        if columns is None:
            columns, width = _known(cells or []), len(cells or [])
            if not columns.keys() & set(_CARRIERS):
                raise _no_columns()
        elif cells is None:
            yield number, words("The row cannot be read: a quotation mark in it is not closed, or not doubled.")
        elif is_mended and len(cells) != width:
            yield number, words("The line may belong to the row above it, whose quotation mark is not closed.")
        elif any(cell.strip() for cell in cells[width:]):
            yield number, words("It has more cells than the first row has columns: put a text into quotation marks.")
        else:
            yield number, _given({name: cells[place] for name, place in columns.items() if place < len(cells)})


def _records(body: str, delimiter: str) -> Iterator[tuple[int, list[str] | None, bool]]:
    """Yield (number, cells, is_mended) of each row that holds something; cells are None where it cannot be read.

    A quotation mark that nobody closed would swallow all rows below: they are read anew, line by line, and are
    `is_mended` then, `_MOST_MENDED` times at most. In a table of one column a line more is told from a row by nothing.
    """
    lines = list(StringIO(body, newline=""))
    begin = number = mended = width = 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number, above = number + 1, reader.line_num
        try:
            cells = next(reader, None)
        except csv.Error:
            yield number, None, mended > 0
            if width > 1 and reader.line_num > above + 1 and mended < _MOST_MENDED:
                begin, mended = begin + above + 1, mended + 1
                reader = csv.reader(lines[begin:], delimiter=delimiter, strict=True)
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            width = width or len(cells)
            yield number, cells, mended > 0


def _no_columns() -> UnreadableList:
    return UnreadableList(words("The first row must name the columns, “url” or “text” among them."))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _known(written: Sequence[str]) -> dict[str, int]:
    """Return the place of each field that one of the names written there means."""
    places: dict[str, int] = {}
    for place, name in enumerate(written):
        places.setdefault(_NOT_A_NAME.sub("", name).casefold(), place)
    found = {field: next((places[name] for name in names if name in places), None) for field, names in _NAMES.items()}
    return {field: place for field, place in found.items() if place is not None}
