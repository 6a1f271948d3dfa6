"""Reads a folder, an archive or one file of primary documents: Markdown with front matter, HTML, text, PDF, JSONL, CSV,
WebVTT, SRT and saved e-mail."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from claims.capture.errors import CaptureError, Unreadable
from claims.capture.readable import read
from claims.capture.text import decode, normalise
from claims.wording import words
from verification.connectors.containers import (
    LibraryFile,
    count_in,
    damage_named,
    files_in,
    require_known,
    too_large,
    unreadable,
)
from verification.connectors.contract import Skipped, SourceText, UnreadableFile
from verification.connectors.dates import read_date
from verification.connectors.fields import clean_id, document
from verification.connectors.letters import mail
from verification.connectors.markdown import plain, split_front_matter
from verification.connectors.tables import table_text
from verification.connectors.transcripts import recording

MEDIA_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".eml": "message/rfc822",
}
SUFFIXES = frozenset(MEDIA_TYPES)

# The names under which sources give the same thing, most exact first.
DATE_KEYS = ("published_time", "published", "datePublished", "pubDate", "date")
URL_KEYS = ("source_url", "url", "link")
TEXT_KEYS = ("text", "body", "description", "content", "html")
ID_KEYS = ("id", "stable_id", "guid", "link", "url")
LANGUAGE_KEYS = ("language", "lang")


def count_files(path: Path) -> int | None:
    """Return how many files there are to read, for a progress bar; None where counting means reading it all."""
    return count_in(path, SUFFIXES)


def read_files(path: Path) -> Iterator[SourceText | Skipped]:
    """Yield every document below a folder, in an archive or in one file, and every file that holds none.

    A document's stable id is its path below the archive's one top folder (or below the folder), in POSIX form; a JSONL
    row's is its own id. Raises UnreadableLibrary when the path is missing, damaged or of no known kind.
    """
    with damage_named(path):
        require_known(path, MEDIA_TYPES)
        for file in files_in(path, SUFFIXES):
            if isinstance(file, Skipped):
                yield file
            else:
                yield from _documents(file)


def _documents(file: LibraryFile) -> Iterator[SourceText | Skipped]:
    try:
        if MEDIA_TYPES[file.suffix] == "application/jsonl":
            for number, line in enumerate(file.lines(), start=1):
                here = f"{file.name}:{number}"
                if line is None:
                    yield Skipped(clean_id(here), too_large())
                elif line.strip():
                    yield _row(here, line)
        else:
            yield _whole(file.name, file.read(), MEDIA_TYPES[file.suffix])
    except UnreadableFile as error:
        yield Skipped(clean_id(file.name), error.sentence)


def _whole(name: str, body: bytes, media_type: str) -> SourceText | Skipped:
    try:
        return _markdown(name, body) if media_type == "text/markdown" else read_page(name, body, media_type)
    except CaptureError as error:
        return Skipped(clean_id(name), error.sentence)
    except (ValueError, ArithmeticError, RecursionError) as error:
        return Skipped(clean_id(name), unreadable(error))


def _markdown(stable_id: str, body: bytes) -> SourceText | Skipped:
    facts, rest = split_front_matter(normalise(decode(body).text))
    return _from_facts(stable_id, body, "text/markdown", plain(rest), facts)


def read_page(
    stable_id: str,
    body: bytes,
    media_type: str | None,
    *,
    url: str | None = None,
    filename: str | None = None,
    charset: str | None = None,
) -> SourceText | Skipped:
    """Read one page, text or PDF, table, transcript or e-mail, fetched from `url` or handed in.

    Raises CaptureError when it cannot be read.
    """
    named = PurePosixPath((filename or stable_id).replace("\\", "/")).suffix.lower()
    try:
        if own := OWN_READERS.get(named):
            return own(stable_id, body, url)
    except UnreadableFile as error:
        raise Unreadable(error.sentence, permanent=True) from error
    page = read(body, media_type, url=url, filename=filename or stable_id, charset=charset)
    published = read_date(page.published.isoformat()) if page.published else None
    if published and page.published_precision:
        published = replace(published, precision=page.published_precision)
    return document(
        stable_id,
        body,
        media_type or "application/octet-stream",
        page.text,
        title=page.title,
        url=url or page.canonical_url,
        published=published,
        date_origin=page.published_origin,
        language=page.language,
        places=[{"start": start, "end": end, "page": number} for start, end, number in page.pages],
    )


def _table(stable_id: str, body: bytes, url: str | None) -> SourceText | Skipped:
    text, places = table_text(body)
    return document(
        stable_id,
        body,
        "text/csv",
        text,
        title=PurePosixPath(stable_id).stem,
        url=url,
        published=None,
        date_origin=None,
        language=None,
        places=places,
        kind="dataset",
    )


def _transcript(stable_id: str, body: bytes, url: str | None) -> SourceText | Skipped:
    read = recording(body, title=PurePosixPath(stable_id).stem, url=url, day=None)
    return read if isinstance(read, Skipped) else replace(read, stable_id=clean_id(stable_id))


def _mail(_stable_id: str, body: bytes, _url: str | None) -> SourceText | Skipped:
    return mail(body)


# What no reader of articles understands is told by its name.
OWN_READERS: Mapping[str, Callable[[str, bytes, str | None], SourceText | Skipped]] = {
    ".csv": _table,
    ".tsv": _table,
    ".vtt": _transcript,
    ".srt": _transcript,
    ".eml": _mail,
}


def _row(here: str, line: bytes) -> SourceText | Skipped:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        return Skipped(clean_id(here), words("It is not a JSON object."))
    facts = {str(key): value for key, value in row.items() if isinstance(value, str)}
    try:
        text = normalise(_first(facts, TEXT_KEYS) or "")
        if "</" in text:
            page = f"<html><body><article>{text}</article></body></html>".encode()
            text = read(page, "text/html", url=None, filename=None, charset="utf-8").text
        return _from_facts(_first(facts, ID_KEYS) or here, line, "application/json", text, facts)
    except CaptureError as error:
        return Skipped(clean_id(here), error.sentence)
    except (ValueError, ArithmeticError, RecursionError) as error:
        return Skipped(clean_id(here), unreadable(error))


def _from_facts(
    stable_id: str, body: bytes, media_type: str, text: str, facts: Mapping[str, str]
) -> SourceText | Skipped:
    origin = next((key for key in DATE_KEYS if facts.get(key)), None)
    return document(
        stable_id,
        body,
        media_type,
        text,
        title=facts.get("title"),
        url=_first(facts, URL_KEYS),
        published=read_date(facts[origin]) if origin else None,
        date_origin=origin,
        language=_first(facts, LANGUAGE_KEYS),
    )


def _first(facts: Mapping[str, str], keys: tuple[str, ...]) -> str | None:
    return next((facts[key].strip() for key in keys if facts.get(key, "").strip()), None)
