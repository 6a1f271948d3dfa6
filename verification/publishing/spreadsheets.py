"""Tables as spreadsheets take them: CSV in UTF-8 with a byte order mark, no cell of which is run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

BYTE_ORDER_MARK: Final = "\ufeff"
# What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection").
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Return a table as CSV, line by line, the mark and the heading first."""
    yield BYTE_ORDER_MARK + _line(head)
    for row in rows:
        yield _line([defused(value) for value in row])


def defused(value: object) -> object:
    """Return a cell, with an apostrophe before what would be run as a formula; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _line(cells: Sequence[object]) -> str:
    held = io.StringIO()
    csv.writer(held).writerow(cells)
    return held.getvalue()
