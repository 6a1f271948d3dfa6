"""What is the folder's own of the store of exact bytes: its files, its disk, its crashes."""

import hashlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.capture.archive import FolderArchive
from claims.capture.errors import ArchiveError, ArchiveFull, ArchiveUnwritable


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


@given(st.lists(st.binary(max_size=20), max_size=30))
def test_many_bodies_get_their_hashes_in_order(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]) -> None:
    archive = FolderArchive(tmp_path_factory.mktemp("archive"))
    assert archive.put_many(bodies) == [hashlib.sha256(body).hexdigest() for body in bodies]
    assert len(files(archive.path("0" * 64).parents[1])) == len(set(bodies))


def test_more_bodies_than_one_batch_are_all_kept(tmp_path: Path) -> None:
    archive = FolderArchive(tmp_path)
    hashes = archive.put_many(str(number).encode() for number in range(1300))
    assert [archive.get(sha256) for sha256 in hashes[::100]] == [str(n).encode() for n in range(0, 1300, 100)]
    assert list((tmp_path / "incoming").iterdir()) == []


def test_writers_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    bodies = [str(number).encode() * 100 for number in range(50)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: FolderArchive(tmp_path).put_many(bodies), range(8)))
    assert all(result == results[0] for result in results)
    assert len(files(tmp_path)) == 50


def test_a_full_disk_is_one_clear_error_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    script = """
import resource, sys
from claims.capture.archive import FolderArchive
from claims.capture.errors import ArchiveFull
archive = FolderArchive(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    archive.put_many([b"small", bytes(80_000)])
except ArchiveFull as error:
    print(error)
"""
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert "free some space" in run.stdout
    assert files(tmp_path) == []
    assert not ArchiveFull.permanent


def test_a_folder_that_refuses_us_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file where the folder should be")
    with pytest.raises(ArchiveUnwritable, match="permissions"):
        FolderArchive(tmp_path / "archive").put(b"x")
    assert issubclass(ArchiveUnwritable, ArchiveError)


def test_what_a_dead_process_left_behind_goes_after_a_day(tmp_path: Path) -> None:
    archive = FolderArchive(tmp_path)
    archive.put(b"first")
    old, fresh = (tmp_path / "incoming" / name for name in ("old", "fresh"))
    old.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(old, (time.time() - 90_000,) * 2)
    archive.put(b"second")
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_process_killed_while_writing_leaves_whole_files_only(tmp_path: Path) -> None:
    script = """
import sys
from claims.capture.archive import FolderArchive
archive = FolderArchive(sys.argv[1])
print("ready", flush=True)
for number in range(10**9):
    archive.put(str(number).encode() * 5000)
"""
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.3)
        process.kill()
    archive = FolderArchive(tmp_path)
    kept = [path for path in files(tmp_path) if path.parent.name != "incoming"]
    assert kept
    for path in kept:
        archive.get(path.name)
