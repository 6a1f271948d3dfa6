"""Reads a folder, an archive or one file of primary documents: Markdown with front matter, HTML, text, PDF, JSONL."""

import bz2
import gzip
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, cast

from claims.capture.errors import CaptureError
from claims.capture.languages import vote
from claims.capture.readable import read
from claims.capture.text import decode, normalise
from claims.wording import Words, words
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.dates import read_date
from verification.connectors.markdown import plain, split_front_matter

MEDIA_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
}
ARCHIVES = (".tgz", ".tar.gz", ".tar", ".tar.bz2", ".tar.xz", ".zip")
# One primary document: the longest transcript seen has 250 KB, the longest report in PDF some 20 MB.
MAX_FILE_BYTES = 50 * 1024 * 1024

# The names under which sources give the same thing, most exact first.
DATE_KEYS = ("published_time", "published", "datePublished", "pubDate", "date")
URL_KEYS = ("source_url", "url", "link")
TEXT_KEYS = ("text", "body", "description", "content", "html")
ID_KEYS = ("id", "stable_id", "guid", "link", "url")


class UnreadableLibrary(Exception):
    """The path holds nothing that can be read; the message is one sentence."""

    def __init__(self, sentence: Words) -> None:
        """Keep the sentence."""
        self.sentence = sentence
        super().__init__(str(sentence))


def count_files(path: Path) -> int | None:
    """Return how many files there are to read, for a progress bar; None where counting means reading it all."""
    if path.is_dir():
        return sum(1 for file in path.rglob("*") if file.is_file() and file.suffix.lower() in MEDIA_TYPES)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return sum(1 for name in archive.namelist() if PurePosixPath(name).suffix.lower() in MEDIA_TYPES)
    return None


def read_files(path: Path) -> Iterator[SourceText | Skipped]:
    """Yield every document below a folder, in an archive or in one file, and every file that holds none.

    A document's stable id is its path below the archive's one top folder (or below the folder), in POSIX form; a JSONL
    row's is its own id. Raises UnreadableLibrary when the path is missing, damaged or of no known kind.
    """
    if not path.exists():
        raise UnreadableLibrary(words("There is no file or folder %(path)s.", path=path))
    name = path.name.lower()
    known = path.is_dir() or name.endswith(ARCHIVES) or path.suffix.lower() in MEDIA_TYPES
    if not known:
        kinds = ", ".join([*MEDIA_TYPES, *ARCHIVES])
        raise UnreadableLibrary(
            words("%(path)s is none of the kinds that are read: %(kinds)s.", path=path, kinds=kinds)
        )
    try:
        for stable_id, body in _bytes_of(path):
            yield from _documents(stable_id, body)
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError) as error:
        raise UnreadableLibrary(
            words("%(path)s cannot be read to its end: %(error)s.", path=path, error=error)
        ) from error


def _bytes_of(path: Path) -> Iterator[tuple[str, bytes | None]]:
    """Yield (stable id, bytes) of each file whose ending is known; None instead of bytes when it is too large."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix.lower() in MEDIA_TYPES and file.is_file():
                large = file.stat().st_size > MAX_FILE_BYTES
                yield file.relative_to(path).as_posix(), None if large else file.read_bytes()
    elif path.name.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if PurePosixPath(info.filename).suffix.lower() in MEDIA_TYPES:
                    yield below_top(info.filename), None if info.file_size > MAX_FILE_BYTES else archive.read(info)
    elif path.name.lower().endswith(ARCHIVES):
        # As a stream, so that an archive of any size is read in bounded memory; nothing is unpacked to disk. The
        # compression is undone by its own module, which notices a file that was cut short; tarfile's does not.
        with _opened(path) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                if member.isfile() and PurePosixPath(member.name).suffix.lower() in MEDIA_TYPES:
                    file_in = None if member.size > MAX_FILE_BYTES else archive.extractfile(member)
                    yield below_top(member.name), None if file_in is None else file_in.read()
    else:
        yield path.name, path.read_bytes()


def _opened(path: Path) -> IO[bytes]:
    match path.suffix.lower():
        case ".tgz" | ".gz":
            return cast(IO[bytes], gzip.open(path))
        case ".bz2":
            return cast(IO[bytes], bz2.open(path))
        case ".xz":
            return cast(IO[bytes], lzma.open(path))
        case _:
            return path.open("rb")


def below_top(name: str) -> str:
    """Return an archive member's path below the archive's top folder."""
    parts = [part for part in PurePosixPath(name).parts if part not in {"/", ".", ".."}]
    return "/".join(parts[1:] or parts)


def _documents(stable_id: str, body: bytes | None) -> Iterator[SourceText | Skipped]:
    if body is None:
        yield Skipped(stable_id, f"larger than {MAX_FILE_BYTES // 1024**2} MB")
        return
    media_type = MEDIA_TYPES[PurePosixPath(stable_id).suffix.lower()]
    try:
        if media_type == "application/jsonl":
            yield from _rows(stable_id, body)
        elif media_type == "text/markdown":
            yield _markdown(stable_id, body)
        else:
            yield _page(stable_id, body, media_type)
    except CaptureError as error:
        yield Skipped(stable_id, str(error.sentence))


def _markdown(stable_id: str, body: bytes) -> SourceText | Skipped:
    facts, rest = split_front_matter(normalise(decode(body).text))
    return _source_text(stable_id, body, "text/markdown", plain(rest), facts)


def _page(stable_id: str, body: bytes, media_type: str) -> SourceText:
    page = read(body, media_type, url=None, filename=stable_id)
    published = read_date(page.published.isoformat()) if page.published else None
    return SourceText(
        stable_id=stable_id,
        body=body,
        media_type=media_type,
        text=page.text,
        title=page.title,
        url=page.canonical_url,
        published=published.at if published else None,
        precision=page.published_precision if published else None,
        offset=published.offset if published else None,
        date_origin=page.published_origin if published else None,
        language=page.language,
    )


def _rows(stable_id: str, body: bytes) -> Iterator[SourceText | Skipped]:
    for number, line in enumerate(body.splitlines(), start=1):
        if not line.strip():
            continue
        here = f"{stable_id}:{number}"
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, UnicodeDecodeError):
            row = None
        if not isinstance(row, dict):
            yield Skipped(here, "not a JSON object")
            continue
        facts = {str(key): value for key, value in row.items() if isinstance(value, str)}
        text = normalise(_first(facts, TEXT_KEYS) or "")
        if "</" in text:
            try:
                page = f"<html><body><article>{text}</article></body></html>".encode()
                text = read(page, "text/html", url=None, filename=None, charset="utf-8").text
            except CaptureError as error:
                yield Skipped(here, str(error.sentence))
                continue
        yield _source_text(_first(facts, ID_KEYS) or here, line, "application/json", text, facts)


def _source_text(
    stable_id: str, body: bytes, media_type: str, text: str, facts: Mapping[str, str]
) -> SourceText | Skipped:
    if not text.strip():
        return Skipped(stable_id, "no text")
    origin = next((key for key in DATE_KEYS if facts.get(key)), None)
    published = read_date(facts[origin]) if origin else None
    title = " ".join(normalise(facts.get("title", "")).split())
    return SourceText(
        stable_id=stable_id[:500],
        body=body,
        media_type=media_type,
        text=text,
        title=title or None,
        url=_first(facts, URL_KEYS),
        published=published.at if published else None,
        precision=published.precision if published else None,
        offset=published.offset if published else None,
        date_origin=origin if published else None,
        language=_first(facts, ("language", "lang")) or vote(text),
    )


def _first(facts: Mapping[str, str], keys: tuple[str, ...]) -> str | None:
    return next((facts[key].strip() for key in keys if facts.get(key, "").strip()), None)
