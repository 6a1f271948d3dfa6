"""`verify_archive` reads everything again, and names what is gone, changed or not well formed."""

import gzip
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.archiving import archive as store
from claims.archiving import keep
from claims.capture.archive import WARC, FolderArchive
from claims.capture.warc_check import faults_in
from claims.models import Snapshot
from tests.claims.capture.doors import door, url
from tests.claims.capture.loopback import LoopbackServer, response
from tests.factories import make_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer({"/a": response(b"one page"), "/b": response(b"another page")}) as running:
        yield running


def kept(server: LoopbackServer, path: str) -> Snapshot:
    with door(server) as ours:
        capture = ours.fetch(url(server, path))
    return keep(capture, capture.outcome, None)


def uploaded(body: bytes) -> Snapshot:
    store().put(body)
    return make_snapshot(body)


def verified(*arguments: str) -> tuple[list[str], bool]:
    """Return what the command prints, and whether it ends well."""
    said = StringIO()
    try:
        call_command("verify_archive", *arguments, stdout=said, no_color=True)
    except CommandError as error:
        return [*said.getvalue().splitlines(), str(error)], False
    return said.getvalue().splitlines(), True


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(data)


def test_an_archive_that_is_whole_is_said_to_hold(server: LoopbackServer) -> None:
    kept(server, "/a"), kept(server, "/a"), kept(server, "/b"), uploaded(b"a file")
    assert verified() == (["Read: 4 captures, 6 files.", "The archive holds."], True)


def test_bytes_that_are_gone_or_changed_are_named_one_by_one(server: LoopbackServer, archive: Path) -> None:
    page, other, file = kept(server, "/a"), kept(server, "/b"), uploaded(b"a file")
    folder = FolderArchive(archive)
    folder.path(page.sha256).unlink()
    overwrite(folder.path(file.sha256), b"a fine")
    told, holds = verified()
    assert not holds
    assert told == [
        f"{page.public} {page}: The archive holds no bytes for {page.sha256}: restore them from a backup.",
        f"{file.public} {file}: The archived bytes of {file.sha256} were changed: restore them from a backup.",
        "Read: 3 captures, 5 files.",
        "2 faults.",
    ]
    assert not any(str(other.public) in line for line in told)


def test_a_warc_file_that_is_not_what_it_says_is_named(server: LoopbackServer) -> None:
    whole = store().get(kept(server, "/a").warc_sha256 or "", suffix=WARC)
    assert faults_in(whole) == []
    plain = gzip.decompress(whole)
    forged = plain.replace(b"one page", b"two page")
    members = b"".join(gzip.compress(b"WARC/1.1\r\n" + part) for part in forged.split(b"WARC/1.1\r\n")[1:])
    for broken in (members, whole[:-20], b"", b"no archive at all", gzip.compress(plain[:-30])):
        assert faults_in(broken)
        make_snapshot(broken or b"-", warc_sha256=store().put(broken, suffix=WARC))
        store().put(broken or b"-")
    told, holds = verified()
    assert (holds, told[-1]) == (False, f"{len(told) - 2} faults.")
    assert len({line.split()[0] for line in told[:-2]}) == 5


def test_a_sample_is_as_large_as_it_is_asked_to_be(server: LoopbackServer) -> None:
    for number in range(5):
        uploaded(str(number).encode())
    assert verified("--sample", "2")[0][0] == "Read: 2 captures, 2 files."
    assert verified("--sample", "50")[0][0] == "Read: 5 captures, 5 files."
