"""A web archive for others: complete, the same each time, and every line of its index leads to its record."""

import gzip
import hashlib
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

import pytest
from warcio.archiveiterator import ArchiveIterator

from claims.capture.exchange import Exchange, Truncated
from claims.capture.surt import surt
from claims.capture.wacz import Page, WarcFile, resource_file, write_wacz
from claims.capture.warc import Revisited, warc_file

AT = datetime(2031, 5, 4, 9, 30, 15, 250000, tzinfo=UTC)
PAGE = b"<h1>Remarks on the northern mole</h1>"


def exchange(path: str, body: bytes = PAGE, status: str = "200 OK", minutes: int = 0) -> Exchange:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return Exchange(
        f"https://www.port.example{path}",
        "GET",
        f"GET {path} HTTP/1.1\r\nHost: www.port.example\r\n\r\n".encode(),
        b"",
        head.encode(),
        body,
        None,
        "192.0.2.1",
        None,
        AT + timedelta(minutes=minutes),
    )


def file_of(*exchanges: Exchange, revisit_of: Revisited | None = None) -> WarcFile:
    data = warc_file(exchanges, software="Readout", user_agent="Readout/1", revisit_of=revisit_of)
    return WarcFile(hashlib.sha256(data).hexdigest(), data)


def written(pages: list[Page], files: list[WarcFile]) -> bytes:
    into = BytesIO()
    write_wacz(into, pages, iter(files), title="R-12", software="Readout", created=AT)
    return into.getvalue()


def index_of(wacz: ZipFile) -> list[tuple[str, str, dict[str, str]]]:
    lines = gzip.decompress(wacz.read("indexes/index.cdx.gz")).decode().splitlines()
    return [(key, moment, json.loads(told)) for key, moment, told in (line.split(" ", 2) for line in lines)]


@pytest.fixture(scope="module")
def wacz() -> Iterator[ZipFile]:
    moved, page = exchange("/old", b"", "301 Moved Permanently"), exchange("/remarks?b=2&a=1")
    first = Revisited(page.url, page.started_at, page.payload_sha256)
    files = [
        file_of(moved, page),
        file_of(replace(page, started_at=AT + timedelta(days=1)), revisit_of=first),
        file_of(exchange("/remarks?b=2&a=1", b"", "304 Not Modified", 5), revisit_of=first),
        file_of(exchange("/refused", b"no", "403 Forbidden")),
        file_of(replace(exchange("/cut"), response_head=b"HTTP/1.1 2", payload=b"", truncated=Truncated.DISCONNECT)),
        resource_file("urn:sha256:ab", b"%PDF-1.7 an upload", "application/pdf", AT, UUID(int=7)),
    ]
    pages = [
        Page("b", page.url, AT + timedelta(days=1), "Again"),
        Page("a", page.url, AT, "Remarks on the “mole”", len(PAGE)),
    ]
    with ZipFile(BytesIO(written(pages, [*files, files[0]]))) as opened:
        yield opened


def test_it_holds_what_the_specification_names_and_each_file_once(wacz: ZipFile) -> None:
    names = wacz.namelist()
    assert len(names) == len(set(names))
    assert [name for name in names if not name.startswith("archive/")] == [
        "indexes/index.cdx.gz",
        "indexes/index.idx",
        "pages/pages.jsonl",
        "datapackage.json",
        "datapackage-digest.json",
    ]
    stored = [info for info in wacz.infolist() if info.filename.startswith(("archive/", "indexes/index.cdx"))]
    assert {info.compress_type for info in stored} == {ZIP_STORED}
    assert wacz.testzip() is None


def test_every_hash_in_it_is_that_of_its_member(wacz: ZipFile) -> None:
    package = json.loads(wacz.read("datapackage.json"))
    for resource in package["resources"]:
        data = wacz.read(resource["path"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
    told = json.loads(wacz.read("datapackage-digest.json"))
    assert told["hash"] == f"sha256:{hashlib.sha256(wacz.read(told['path'])).hexdigest()}"
    warcs = [resource for resource in package["resources"] if resource["path"].startswith("archive/")]
    assert all(resource["name"] == f"{resource['hash'][7:]}.warc.gz" for resource in warcs)
    assert (package["wacz_version"], package["title"], len(warcs)) == ("1.1.1", "R-12", 6)
    assert package["mainPageUrl"] == "https://www.port.example/remarks?b=2&a=1"
    assert package["mainPageDate"] == "2031-05-04T09:30:15.250000Z"


def test_pages_stand_in_the_order_of_their_time(wacz: ZipFile) -> None:
    head, *pages = map(json.loads, wacz.read("pages/pages.jsonl").decode().splitlines())
    assert head == {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    assert [page["id"] for page in pages] == ["a", "b"]
    assert pages[0]["title"] == "Remarks on the “mole”"
    assert "size" not in pages[1]


def test_each_line_of_the_index_leads_to_its_record(wacz: ZipFile) -> None:
    lines = index_of(wacz)
    for key, moment, told in lines:
        start, length = int(told["offset"]), int(told["length"])
        member = wacz.read(f"archive/{told['filename']}")[start : start + length]
        (record,) = list(ArchiveIterator(BytesIO(member)))
        assert record.rec_headers.get_header("WARC-Target-URI") == told["url"]
        assert record.rec_headers.get_header("WARC-Date").translate(str.maketrans("", "", "-T:"))[:14] == moment
        assert surt(told["url"]) == key


def test_the_index_knows_answers_redirects_refusals_and_revisits_but_no_304_and_nothing_cut_off(wacz: ZipFile) -> None:
    lines = index_of(wacz)
    assert [(key, told["mime"], told.get("status")) for key, _, told in lines] == [
        ("example,port)/old", "text/html", "301"),
        ("example,port)/refused", "text/html", "403"),
        ("example,port)/remarks?a=1&b=2", "text/html", "200"),
        ("example,port)/remarks?a=1&b=2", "warc/revisit", None),
        ("urn:sha256:ab", "application/pdf", None),
    ]
    page, again = (told for key, _, told in lines if "remarks" in key)
    assert page["digest"] == again["digest"]


def test_warcio_finds_nothing_wrong_with_what_is_inside(wacz: ZipFile, tmp_path: Path) -> None:
    wacz.extractall(tmp_path)
    files = sorted(map(str, (tmp_path / "archive").iterdir()))
    done = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_long_index_is_read_block_by_block() -> None:
    data = written([], [file_of(*(exchange(f"/{number:04}", b"x") for number in range(2500)))])
    with ZipFile(BytesIO(data)) as opened:
        index = opened.read("indexes/index.cdx.gz")
        head, *places = opened.read("indexes/index.idx").decode().splitlines()
    assert head == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
    lines: list[str] = []
    for place in places:
        first, told = place.rsplit(" {", 1)
        at: dict[str, Any] = json.loads("{" + told)
        block = gzip.decompress(index[at["offset"] : at["offset"] + at["length"]]).decode().splitlines()
        assert block[0].startswith(first + " ")
        lines += block
    assert [len(places), len(lines)] == [3, 2500]
    assert lines == sorted(lines)


def test_the_same_again_is_the_same_file_byte_for_byte() -> None:
    pages = [Page("a", "https://www.port.example/remarks", AT)]
    files = [
        file_of(exchange("/remarks")),
        resource_file("urn:sha256:ab", b"upload", None, AT, UUID(int=7)),
    ]
    assert written(pages, files) == written(pages, files)


def test_a_large_archive_is_written_in_a_flat_memory(tmp_path: Path) -> None:
    def files() -> Iterator[WarcFile]:
        for number in range(60):
            body = hashlib.shake_256(str(number).encode()).digest(1_000_000)
            yield file_of(exchange(f"/{number}", body))

    with (tmp_path / "large.wacz").open("wb") as into:
        tracemalloc.start()
        write_wacz(into, [], files(), title="", software="Readout", created=AT)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (tmp_path / "large.wacz").stat().st_size > 60_000_000
    assert peak < 12_000_000
