"""What was archived can be played by others: pywb gives back the very bytes that were served."""

import gzip
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from claims.archiving import archive as store
from claims.archiving import keep
from claims.capture.archive import WARC
from claims.capture.surt import surt
from claims.capture.warc import response_in
from claims.models import Snapshot
from tests.claims.capture.doors import door, url
from tests.claims.capture.loopback import Answer, LoopbackServer, redirect, response
from tests.faults.replayer import Player, replayed
from tests.verification.publishing.package.cases import Case, packed
from tests.verification.publishing.package.reading import members_of
from verification.research.exporting import export, of_captures

pytestmark = [pytest.mark.faults, pytest.mark.django_db, pytest.mark.timeout(600)]

HTML = "<h1>Remarks on the northern mole</h1><p>“Forty lamps”, said the warden of Quai des Brumes.</p>"
LATIN = HTML.replace("“", "«").replace("”", "»").encode("latin-1")
BINARY = b"%PDF-1.7\n" + hashlib.shake_256(b"a scanned letter").digest(300_000)
CODED = gzip.compress(HTML.encode() * 200, mtime=0)
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n" + b"".join(
    f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in (b"Forty lamps ", b"burn on ", b"the mole.", b"")
)
ADDRESSES = (
    "https://www.port.example/Remarks/?b=2&a=1&a=0",
    "http://port.example:8080/a//b/../c/",
    "https://port.example/x?y=1&PHPSESSID=0123456789abcdef0123456789abcdef",
    "https://port.example/%E2%82%AC%20b/%7Euser?q=%C3%A9&u=https%3A%2F%2Fa.example%2F%3Fq",
    "https://xn--bcher-kva.example/index.php/2031/03/24/remarks-by-the-warden/",
    "https://192.0.2.7/?",
)


@dataclass(frozen=True)
class Expected:
    """What pywb has to answer for one capture."""

    snapshot: Snapshot
    status: int
    body: bytes


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory) -> Player:
    return Player(tmp_path_factory.mktemp("replaying") / "pywb")


@pytest.fixture
def captures() -> Iterator[list[Expected]]:
    """Fetch and keep a page of each kind, some of them twice."""
    answers: dict[str, Answer] = {
        "/html": response(LATIN, headers=["Content-Type: text/html; charset=iso-8859-1"]),
        "/coded": response(CODED, headers=["Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip"]),
        "/letter.pdf": response(BINARY, headers=["Content-Type: application/pdf"]),
        "/chunked": CHUNKED,
        "/old": redirect("/html", "301 Moved Permanently"),
        "/refused": response(b"no machines", status="403 Forbidden", headers=["Content-Type: text/plain"]),
    }
    with LoopbackServer(answers) as server, door(server) as ours:

        def kept(path: str, status: int, body: bytes, validators: tuple[str, str] | None = None) -> Expected:
            capture = ours.fetch(url(server, path), validators=validators)
            return Expected(keep(capture, capture.outcome, None), status, body)

        found = [
            kept("/html", 200, LATIN),
            kept("/coded", 200, CODED),
            kept("/letter.pdf", 200, BINARY),
            kept("/chunked", 200, b"Forty lamps burn on the mole."),
            kept("/refused", 403, b"no machines"),
        ]
        time.sleep(1.1)  # addresses of a player know whole seconds only
        found += [
            kept("/letter.pdf", 200, BINARY),
            kept("/coded", 200, CODED),
            kept("/old", 200, LATIN),
        ]
        server.answers["/html"] = response(status="304 Not Modified")
        kept("/html", 304, b"", ('"e"', ""))
    assert [each.snapshot.revisits_id is not None for each in found] == [False] * 5 + [True] * 2 + [False]
    yield found


def warcs(archive: Path) -> list[Path]:
    return sorted(archive.rglob("*.warc.gz"))


def moment_of(snapshot: Snapshot) -> str:
    return f"{response_in(store().get(snapshot.warc_sha256 or '', suffix=WARC)).date:%Y%m%d%H%M%S}"


def assert_plays(port: int, collection: str, captures: Sequence[Expected]) -> None:
    for each in captures:
        answer = replayed(port, collection, moment_of(each.snapshot), each.snapshot.final_url or "")
        assert (answer.status, hashlib.sha256(answer.body).hexdigest()) == (
            each.status,
            hashlib.sha256(each.body).hexdigest(),
        ), each.snapshot
    revisits = [each.snapshot for each in captures if each.snapshot.revisits]
    assert all(moment_of(each) > moment_of(each.revisits or each) for each in revisits)
    moved = captures[-1].snapshot
    answer = replayed(port, collection, moment_of(moved), moved.requested_url or "")
    assert (answer.status, answer.headers["location"].endswith("/html")) == (301, True)


def test_pywb_plays_the_files_as_they_lie_in_the_archive(
    player: Player, captures: list[Expected], archive: Path
) -> None:
    player.add("evidence", warcs(archive))
    with player.playing() as port:
        assert_plays(port, "evidence", captures)


def test_pywb_plays_an_exported_archive_by_its_own_index(
    player: Player, captures: list[Expected], tmp_path: Path
) -> None:
    selected = of_captures([str(public) for public in Snapshot.objects.values_list("public", flat=True)])
    with (tmp_path / "case.wacz").open("wb") as into:
        assert export(selected, into, "R-12") == len(captures) + 1
    player.add("exported", [tmp_path / "case.wacz"], "--unpack-wacz")
    with player.playing() as port:
        assert_plays(port, "exported", captures)


def test_our_index_names_addresses_as_pywb_looks_them_up(player: Player) -> None:
    assert [surt(address) for address in ADDRESSES] == player.keys(ADDRESSES)


def test_everything_written_in_a_run_passes_warcio_check(captures: list[Expected], archive: Path) -> None:
    files = [str(path) for path in warcs(archive)]
    assert len(files) == len(captures) + 1
    done = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_a_package_holds_is_played_and_passes_warcio_check(
    player: Player, tmp_path: Path, settings: Settings
) -> None:
    settings.STATE_DIR, settings.LOG_KEY, settings.PUBLIC_URL = tmp_path, "", "https://desk.example"
    members = members_of(packed(Case().out()))
    (tmp_path / "shipped").mkdir()
    shipped = []
    for name, data in members.items():
        if name.endswith(WARC):
            shipped.append(tmp_path / "shipped" / Path(name).name)
            shipped[-1].write_bytes(data)
    assert len(shipped) == 2
    done = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *shipped], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    player.add("shipped", shipped)
    pages = {each["final_url"]: each["sha256"] for each in json.loads(members["captures.json"])}
    with player.playing() as port:
        for address, digest in pages.items():
            answer = replayed(port, "shipped", "20310505093000", address)
            assert answer.status == 200
            assert hashlib.sha256(gzip.decompress(answer.body)).hexdigest() == digest
