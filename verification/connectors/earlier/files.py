"""Reads a folder, an archive or one file of earlier fact checks: JSON, JSONL, web pages and CSV."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from claims.capture.text import decode
from claims.wording import words
from verification.connectors.containers import (
    damage_named,
    files_in,
    require_known,
    unreadable,
)
from verification.connectors.contract import Skipped, UnreadableFile
from verification.connectors.earlier.claimreview import checks_in, loads
from verification.connectors.earlier.contract import EarlierFile, EarlierText
from verification.connectors.earlier.pages import checks_in_page
from verification.connectors.earlier.table import checks_in_table
from verification.connectors.fields import clean_id

JSON, LINES, PAGE, TABLE = "application/json", "application/jsonl", "text/html", "text/csv"
MEDIA_TYPES = {
    ".json": JSON,
    ".jsonld": JSON,
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".html": PAGE,
    ".htm": PAGE,
    ".csv": TABLE,
    ".tsv": TABLE,
}
SUFFIXES = frozenset(MEDIA_TYPES)


def read_earlier(path: Path) -> Iterator[EarlierFile | Skipped]:
    """Yield every file below a folder, in an archive or alone, and every one that cannot be read.

    Raises UnreadableLibrary when the path is missing, damaged or of no known kind.
    """
    with damage_named(path):
        require_known(path, MEDIA_TYPES)
        for file in files_in(path, SUFFIXES):
            if isinstance(file, Skipped):
                yield file
                continue
            try:
                yield read_body(file.name, file.read())
            except UnreadableFile as error:
                yield Skipped(clean_id(file.name), error.sentence)


def read_body(name: str, body: bytes) -> EarlierFile:
    """Return one file, whose name's ending tells its kind, or else how it begins; its checks are read as one goes."""
    kind = MEDIA_TYPES.get(PurePosixPath(name).suffix.lower()) or _told_by(body)
    return EarlierFile(clean_id(name), body, kind, _rows(name, body, kind))


def _told_by(body: bytes) -> str:
    start = body[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return PAGE if start == b"<" else JSON if start in (b"{", b"[") else TABLE


def _rows(name: str, body: bytes, kind: str) -> Iterator[EarlierText | Skipped]:
    try:
        text = decode(body, markup=kind == PAGE).text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            yield Skipped(clean_id(name), words("There is nothing in it."))
        elif kind == LINES:
            yield from _lines(name, text)
        elif kind == PAGE:
            yield from checks_in_page(text, name)
        elif kind == JSON:
            yield from checks_in(loads(text), name)
        else:
            yield from checks_in_table(text, name)
    except UnreadableFile as error:
        yield Skipped(clean_id(name), error.sentence)
    except (ValueError, ArithmeticError, RecursionError) as error:
        yield Skipped(clean_id(name), unreadable(error))


def _lines(name: str, text: str) -> Iterator[EarlierText | Skipped]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            here = f"{name}:{number}"
            try:
                yield from checks_in(loads(line), here)
            except UnreadableFile as error:
                yield Skipped(clean_id(here), error.sentence)
