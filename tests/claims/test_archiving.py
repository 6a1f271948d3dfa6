"""One exchange, whole, in the archive and in the book of record: what came, what came again, what broke off."""

import gzip
import hashlib
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from warcio.archiveiterator import ArchiveIterator

from claims.archiving import archive, keep, keep_broken, part
from claims.capture.archive import WARC, FolderArchive
from claims.capture.door import Capture
from claims.capture.errors import BytesMissing, DoorError
from claims.capture.outcome import Outcome
from claims.capture.text import TEXT_NORMALISER, text_sha256
from claims.capture.warc import response_in
from claims.models import Snapshot
from claims.wording import words
from tests.claims.capture.doors import door, url
from tests.claims.capture.loopback import LoopbackServer, redirect, response
from tests.claims.capture.stores import new_bucket, s3_server

pytestmark = pytest.mark.django_db
PAGE = b"<h1>Remarks on the northern mole</h1><p>Forty lamps burn on it.</p>"
TYPED = ["Content-Type: text/html; charset=utf-8"]


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


def fetched(server: LoopbackServer, path: str, validators: tuple[str, str] | None = None) -> Capture:
    with door(server) as ours:
        return ours.fetch(url(server, path), validators=validators)


def kept(server: LoopbackServer, path: str, validators: tuple[str, str] | None = None) -> Snapshot:
    capture = fetched(server, path, validators)
    return keep(capture, capture.outcome, None)


def file_of(snapshot: Snapshot) -> bytes:
    assert snapshot.warc_sha256
    return archive().get(snapshot.warc_sha256, suffix=WARC)


def kinds(snapshot: Snapshot) -> list[str]:
    return [record.rec_type for record in ArchiveIterator(BytesIO(file_of(snapshot)))]


def test_a_page_is_kept_under_its_hash_and_its_exchange_beside_it(server: LoopbackServer) -> None:
    server.answers["/remarks"] = response(gzip.compress(PAGE), headers=[*TYPED, "Content-Encoding: gzip"])
    snapshot = kept(server, "/remarks")
    snapshot.refresh_from_db()
    assert archive().get(snapshot.sha256) == PAGE
    assert snapshot.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert (snapshot.outcome, snapshot.status, snapshot.size) == ("OK", 200, len(PAGE))
    assert (snapshot.media_type, snapshot.address, snapshot.revisits) == ("text/html", "127.0.0.1", None)
    assert ["content-encoding", "gzip"] in snapshot.headers
    assert kinds(snapshot) == ["warcinfo", "request", "response"]
    assert response_in(file_of(snapshot)).entity() == PAGE


def test_every_hop_of_a_redirect_is_in_the_file(server: LoopbackServer) -> None:
    server.answers |= {"/old": redirect("/new"), "/new": response(PAGE, headers=TYPED)}
    snapshot = kept(server, "/old")
    assert kinds(snapshot) == ["warcinfo", "request", "response", "request", "response"]
    assert [hop["url"] for hop in snapshot.redirects] == [url(server, "/old")]
    assert (snapshot.requested_url, snapshot.final_url) == (url(server, "/old"), url(server, "/new"))


def test_a_refusal_is_kept_with_its_sentence(server: LoopbackServer) -> None:
    server.answers["/remarks"] = response(b"prove that you are no machine", status="403 Forbidden")
    capture = fetched(server, "/remarks")
    snapshot = keep(capture, Outcome.REFUSED, words("“%(host)s” refused to answer.", host="site.example\0"))
    snapshot.refresh_from_db()
    assert (snapshot.outcome, snapshot.status) == ("REFUSED", 403)
    assert snapshot.sentence == "“site.example” refused to answer."
    assert archive().get(snapshot.sha256) == b"prove that you are no machine"
    assert response_in(file_of(snapshot)).status == 403


def test_the_same_bytes_again_are_a_revisit_and_not_stored_twice(server: LoopbackServer, archive: Path) -> None:
    server.answers["/remarks"] = response(PAGE, headers=TYPED)
    first, second, third = (kept(server, "/remarks") for _ in range(3))
    assert [first.revisits, second.revisits, third.revisits] == [None, first, first]
    assert kinds(second) == ["warcinfo", "request", "revisit"]
    again = response_in(file_of(second))
    assert again.refers_to_date == response_in(file_of(first)).date
    assert again.refers_to_uri == url(server, "/remarks")
    assert PAGE[:20] not in gzip.decompress(file_of(second))
    assert len([path for path in archive.rglob("*") if path.is_file() and path.suffix == ""]) == 1


def test_other_bytes_are_kept_whole_and_the_first_ones_again_refer_to_the_first(server: LoopbackServer) -> None:
    rows = []
    for body in (b"one", b"two", b"one", b"one"):
        server.answers["/count"] = response(body)
        rows.append(kept(server, "/count"))
    assert [row.revisits for row in rows] == [None, None, rows[0], rows[0]]


def test_a_304_refers_to_the_page_that_stood_last(server: LoopbackServer) -> None:
    rows = []
    for body in (b"one", b"two", b"one"):
        server.answers["/count"] = response(body, headers=['ETag: "e"'])
        rows.append(kept(server, "/count"))
    server.answers["/count"] = response(status="304 Not Modified")
    unchanged = kept(server, "/count", ('"e"', ""))
    assert (unchanged.outcome, unchanged.status, unchanged.size) == ("NOT_MODIFIED", 304, 0)
    assert unchanged.revisits == rows[0]
    assert unchanged.sha256 == hashlib.sha256(b"").hexdigest()
    assert kinds(unchanged) == ["warcinfo", "request", "revisit"]
    assert response_in(file_of(unchanged)).refers_to_date == response_in(file_of(rows[0])).date


def test_the_same_bytes_at_another_address_or_as_an_error_are_no_revisit(server: LoopbackServer) -> None:
    server.answers |= {"/a": response(PAGE), "/b": response(PAGE)}
    assert [kept(server, path).revisits for path in ("/a", "/b")] == [None, None]
    failed = keep(fetched(server, "/a"), Outcome.FAILED, None)
    assert failed.revisits is None
    assert kinds(failed) == ["warcinfo", "request", "response"]


def test_where_the_first_file_is_lost_the_page_is_kept_whole_again(server: LoopbackServer, archive: Path) -> None:
    server.answers["/remarks"] = response(PAGE, headers=TYPED)
    first = kept(server, "/remarks")
    FolderArchive(archive).path(first.warc_sha256 or "", suffix=WARC).unlink()
    second = kept(server, "/remarks")
    assert second.revisits == first
    assert response_in(file_of(second)).entity() == PAGE


def test_what_broke_off_is_kept_as_far_as_it_came(server: LoopbackServer) -> None:
    server.answers |= {"/old": redirect("/cut"), "/cut": breaking_off(response(PAGE * 2, headers=TYPED)[: -len(PAGE)])}
    with pytest.raises(DoorError) as raised:
        fetched(server, "/old")
    snapshot = keep_broken(url(server, "/old"), raised.value.exchanges, Outcome.FAILED, raised.value.sentence)
    assert snapshot is not None
    snapshot.refresh_from_db()
    assert (snapshot.outcome, snapshot.status, snapshot.final_url) == ("FAILED", 200, url(server, "/cut"))
    assert archive().get(snapshot.sha256) == PAGE
    assert snapshot.sentence
    assert response_in(file_of(snapshot)).truncated == "disconnect"
    assert [hop["status"] for hop in snapshot.redirects] == [302]


def test_of_nothing_nothing_is_kept(archive: Path) -> None:
    assert keep_broken("http://site.example/", (), Outcome.FAILED, None) is None
    assert not archive.exists()


def test_an_item_of_a_feed_is_a_part_of_the_feed_it_was_read_from(server: LoopbackServer) -> None:
    server.answers["/feed"] = response(b"<rss>two items</rss>")
    feed = kept(server, "/feed")
    item = part(feed, b"<p>One item.</p>", "text/html", "http://site.example/one", text_sha256("One item."))
    item.refresh_from_db()
    assert (item.part_of, item.final_url) == (feed, "http://site.example/one")
    assert (item.warc_sha256, item.address, item.status) == (None, None, None)
    assert item.text_normaliser == TEXT_NORMALISER
    assert archive().get(item.sha256) == b"<p>One item.</p>"


def test_a_crash_between_file_and_row_leaves_a_file_that_does_no_harm(
    server: LoopbackServer, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/remarks"] = response(PAGE, headers=TYPED)
    capture = fetched(server, "/remarks")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Snapshot.objects, "create", killed)
        keep(capture, Outcome.OK, None)
    assert not Snapshot.objects.exists()
    assert len([path for path in archive.rglob("*") if path.is_file()]) == 2
    assert kept(server, "/remarks").revisits is None


def breaking_off(data: bytes) -> Callable[[socket.socket], None]:
    """Return an answer that stops in its middle."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_RDWR)

    return answer


def killed(**_: object) -> None:
    raise KeyboardInterrupt


def test_everything_written_passes_warcios_own_check(server: LoopbackServer, archive: Path) -> None:
    server.answers |= {
        "/old": redirect("/page"),
        "/page": response(gzip.compress(PAGE), headers=[*TYPED, "Content-Encoding: gzip", "ETag: x"]),
        "/refused": response(b"no", status="403 Forbidden"),
        "/empty": response(),
    }
    for path in ("/old", "/page", "/page", "/refused", "/empty", "/missing"):
        kept(server, path)
    server.answers["/page"] = response(status="304 Not Modified")
    kept(server, "/page", ("x", ""))
    files = sorted(str(path) for path in archive.rglob("*.warc.gz"))
    assert len(files) == 7
    checked = subprocess.run([sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "")


def test_a_desk_with_a_bucket_keeps_everything_there(server: LoopbackServer, settings: Settings, archive: Path) -> None:
    server.answers["/remarks"] = response(PAGE, headers=TYPED)
    with s3_server() as endpoint:
        settings.ARCHIVE_BUCKET = new_bucket(endpoint)
        snapshot = kept(server, "/remarks")
        assert response_in(file_of(snapshot)).entity() == PAGE
        settings.ARCHIVE_BUCKET = None
        with pytest.raises(BytesMissing):
            file_of(snapshot)
    assert not archive.exists()
