"""WARC files as one web archive that others can open: WACZ 1.1.1 (specs.webrecorder.net/wacz/1.1.1).

    archive/<sha256>.warc.gz    each WARC file as it lies in the archive, its own hash for a name
    indexes/index.cdx.gz        where in them each answer lies (CDXJ), in blocks; index.idx says where each block begins
    pages/pages.jsonl           the pages a reader starts from
    datapackage.json            the hash of each of these; datapackage-digest.json, the hash of that

Players in a browser read the index only by way of `index.idx`; pywb reads `index.cdx.gz` alone. The same pages and
files make the same archive, byte for byte. One WARC file is held in memory at a time.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any, Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from claims.capture.surt import surt

VERSION: Final = "1.1.1"
_BLOCK: Final = 1024
"""Lines of the index in one block: what a player fetches to look up one address."""

_STATUS: Final = re.compile(r"[1-9]\d\d")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a reader may start from: `id` is the desk's own name for the capture, `at` when it was made."""

    id: str
    url: str
    at: datetime
    title: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class WarcFile:
    """A WARC file (gzip, one member a record) and its SHA-256 (hex)."""

    sha256: str
    data: bytes


def write_wacz(
    into: IO[bytes], pages: Iterable[Page], files: Iterable[WarcFile], *, title: str, software: str, created: datetime
) -> None:
    """Write an archive of `files`, taken one by one, each once. Raises `ArchiveLoadFailed` for what is no WARC file."""
    with ZipFile(into, "w") as target:
        package = _Package(target)
        index: list[str] = []
        seen: set[str] = set()
        for file in files:
            if file.sha256 not in seen:
                seen.add(file.sha256)
                name = f"{file.sha256}.warc.gz"
                package.add(f"archive/{name}", file.data)
                index += _lines(file.data, name)
        blocks, places = _in_blocks(sorted(index))
        package.add("indexes/index.cdx.gz", blocks)
        package.add("indexes/index.idx", places, ZIP_DEFLATED)
        ordered = sorted(pages, key=lambda page: (page.at, page.id))
        package.add("pages/pages.jsonl", _pages(ordered), ZIP_DEFLATED)
        package.close(title, software, created, ordered[0] if ordered else None)


def resource_file(url: str, body: bytes, media_type: str | None, at: datetime, record: UUID) -> WarcFile:
    """Return the WARC file of bytes that came by no exchange: what a person handed in, or a part of something larger.

    A `resource` record (WARC/1.1 §6.2) claims no request and no server.
    """
    file = BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
    headers = {"WARC-Record-ID": f"<urn:uuid:{record}>", "WARC-Date": _moment(at)}
    kind = media_type or "application/octet-stream"
    writer.write_record(
        writer.create_warc_record(url, "resource", BytesIO(body), len(body), kind, warc_headers_dict=headers)
    )
    data = file.getvalue()
    return WarcFile(hashlib.sha256(data).hexdigest(), data)


class _Package:
    """The members written so far, with their hashes."""

    def __init__(self, target: ZipFile) -> None:
        self._target = target
        self._resources: list[dict[str, Any]] = []

    def add(self, path: str, data: bytes, compression: int = ZIP_STORED) -> None:
        """Write one member. Archives and the index are stored, so that a player can read within them (§5.1)."""
        self._write(path, data, compression)
        self._resources.append(
            {"name": path.rpartition("/")[2], "path": path, "hash": _digest(data), "bytes": len(data)}
        )

    def close(self, title: str, software: str, created: datetime, main: Page | None) -> None:
        """Write what is told of all members, and its hash."""
        told: dict[str, Any] = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": title,
            "software": software,
            "created": _moment(created),
            "resources": self._resources,
        }
        if main:
            told |= {"mainPageUrl": main.url, "mainPageDate": _moment(main.at)}
        package = json.dumps(told, indent=2, ensure_ascii=False).encode()
        self._write("datapackage.json", package, ZIP_DEFLATED)
        digest = {"path": "datapackage.json", "hash": _digest(package)}
        self._write("datapackage-digest.json", json.dumps(digest, indent=2).encode(), ZIP_DEFLATED)

    def _write(self, path: str, data: bytes, compression: int) -> None:
        member = ZipInfo(path, _EPOCH)
        member.compress_type = compression
        member.external_attr = 0o644 << 16
        self._target.writestr(member, data)


def _lines(data: bytes, name: str) -> Iterator[str]:
    """Return the index's line for each answer in a WARC file.

    A 304 is left out: a player that met one would show nothing, and without it shows the page that stood then. So is an
    answer that broke off in its head.
    """
    records = ArchiveIterator(BytesIO(data))
    for record in records:
        kind, headers = record.rec_type, record.rec_headers
        http = record.http_headers
        status = http.get_statuscode() if http else ""
        told = {
            "url": headers.get_header("WARC-Target-URI"),
            "mime": _mime(kind, http.get_header("Content-Type") if http else headers.get_header("Content-Type")),
            "status": status if kind == "response" else None,
            "digest": (headers.get_header("WARC-Payload-Digest") or "").removeprefix("sha1:"),
        }
        moment = datetime.fromisoformat(headers.get_header("WARC-Date")).astimezone(UTC)
        records.read_to_end(record)
        shows = kind in ("response", "revisit") and _STATUS.fullmatch(status) and status != "304"
        if shows or kind == "resource":
            told |= {"length": records.get_record_length(), "offset": records.get_record_offset(), "filename": name}
            stated = {key: str(value) for key, value in told.items() if value or value == 0}
            yield f"{surt(told['url'])} {moment:%Y%m%d%H%M%S} {json.dumps(stated)}\n"


def _mime(kind: str, content_type: str | None) -> str:
    if kind == "revisit":
        return "warc/revisit"
    return (content_type or "").partition(";")[0].strip().lower() or "unk"


def _in_blocks(lines: list[str]) -> tuple[bytes, bytes]:
    """Return the compressed index, a gzip member a block, and the list of its blocks."""
    blocks = BytesIO()
    places = ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n']
    for start in range(0, len(lines), _BLOCK):
        block = gzip.compress("".join(lines[start : start + _BLOCK]).encode(), mtime=0)
        first = " ".join(lines[start].split(" ", 2)[:2])
        places.append(f"{first} {json.dumps({'offset': blocks.tell(), 'length': len(block)})}\n")
        blocks.write(block)
    return blocks.getvalue(), "".join(places).encode()


def _pages(pages: Iterable[Page]) -> bytes:
    lines: list[dict[str, Any]] = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
    for page in pages:
        told = {"id": page.id, "url": page.url, "ts": _moment(page.at), "title": page.title, "size": page.size}
        lines.append({key: value for key, value in told.items() if value is not None})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
